"""Badges in the text and in the front matter."""

from __future__ import annotations

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from lxml import html

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.front_matter import FRONT_MATTER_KEY, read_front_matter
from sphinx_ajo.testing import markdown


def render(text):
    return markdown().renderInline(text)


def badge(label="Beta", kind="informative", tooltip=""):
    title = f' title="{tooltip}"' if tooltip else ""
    return f'<span class="badge ajo-badge-{kind}"{title}>{label}</span>'


def problems(text):
    (inline,) = [token for token in markdown().parse(text) if token.type == "inline"]
    return [problem for child in inline.children for problem in child.meta.get(PROBLEMS, ())]


def test_alternative_text():
    assert 'alt="a Beta b"' in render("![a [!BADGE Beta]{type=Caution} b](c.png)")


def test_unknown_type():
    source = "above\n[!BADGE Beta]{type=Loud}"
    assert badge() in render(source)
    (problem,) = problems(source)
    assert problem.args[0] == "loud"


def test_address_that_is_none():
    source = '[!BADGE Beta]{url="javascript:alert(1)"}'
    assert render(source) == badge()
    (problem,) = problems(source)
    assert problem.args == ("javascript:alert(1)", "Beta")


def test_before_the_spans_of_myst():
    md = markdown(enable_extensions={"attrs_inline"})
    assert badge(kind="caution") in md.render("[!BADGE Beta]{type=Caution}")


PAGE = """---
title: Sample
exl-id: 1
badgeBeta: label="Beta" type="informative" url="other.md newtab=true" tooltip="Ask: first"
badgeNew: label="New & [shiny]" type="Positive"
badge: premium
---
# Sample

Text.

## Part [!BADGE Learn]{url="other.md"}

### [!BADGE Only]

```{note}
Inside.
```
"""


def parse_page(text, body):
    env = {FRONT_MATTER_KEY: read_front_matter(text)}
    md = markdown()
    tokens = md.parse(body, env)
    return md.renderer.render(tokens, md.options, env), tokens


def test_front_matter_badges_stand_below_the_title():
    rendered, tokens = parse_page('badgeX: label="B" type="Caution"\n', "a\n\n# T\n\nb\n\n# U\n")
    assert rendered.split("\n") == [
        "<p>a</p>",
        '<h1 id="t">T</h1>',
        f'<p class="ajo-page-badges">{badge("B", "caution")}</p>',
        "<p>b</p>",
        '<h1 id="u">U</h1>',
        "",
    ]
    assert next(t for t in tokens if t.type == "ajo_page_badges_open").map == [1, 2]


@pytest.mark.parametrize(
    ("front_matter", "labels"),
    [
        ('badge: label="A"\nBadgeB: label=B\n', ["A", "B"]),
        ("badge: premium\nbadgeX: type=Caution\nbadgeY: [a]\n", []),
        ('badge: label="A: b # c"\n', ["A: b # c"]),
        ("badge: label=“A”, type=“Positive”\n", ["A"]),
        ('badge: label="<b>] [!DNL x] {y} *z* &quot;"\n', ['<b>] x {y} *z* "']),
        ('title: x\nbad: label="A"\n', []),
    ],
)
def test_front_matter_values(front_matter, labels):
    rendered, _tokens = parse_page(front_matter, "# T\n")
    page = html.fromstring(f"<div>{rendered}</div>")
    assert [node.text_content() for node in page.find_class("badge")] == labels


def test_html(project):
    project.write(index=PAGE, other="---\norphan: true\n---\n# Other\n")
    build = project.build(ajo_dialect="exl", exclude_patterns=[])
    page = html.fromstring(build.text("index.html"))
    (paragraph,) = page.find_class("ajo-page-badges")
    assert paragraph.getprevious().tag == "h1"
    first, second = paragraph.find_class("sd-badge")
    assert first.text_content() == "Beta"
    assert first.get("title") == "Ask: first"
    assert {"sd-bg-primary", "ajo-badge", "ajo-badge-informative"} <= set(first.classes)
    (link,) = paragraph.iter("a")
    assert link.get("href") == "other.html"
    assert second.text_content() == "New & [shiny]"
    assert "sd-bg-success" in second.classes
    (heading,) = page.iter("h2")
    assert next(a.get("href") for a in heading.iter("a")) == "other.html"
    assert heading.find_class("sd-badge")[0].text_content() == "Learn"


def test_navigation_stays_clean(project):
    project.write(
        index="# A [!BADGE Beta]\n\n```{toctree}\nother\n```\n",
        other=(
            "# Other *x* [!BADGE Beta]{url=index.md}\n\n"
            "## **[!BADGE Beta]** Part\n\n"
            "## [!BADGE B]\n"
        ),
    )
    build = project.build(ajo_dialect="exl", html_theme="alabaster")
    page = html.fromstring(build.text("index.html"))
    (tree,) = page.find_class("toctree-wrapper")
    assert [" ".join(a.text_content().split()) for a in tree.iter("a")] == ["Other x", "Part", "B"]
    assert page.find("head/title").text.startswith("A —")
    (body,) = page.find_class("body")
    assert [h.find_class("sd-badge")[0].text for h in body.iter("h1")] == ["Beta"]


@pytest.mark.parametrize(
    ("builder", "name", "expected"),
    [
        ("text", "index.txt", ["[Beta] [New & [shiny]]", "Part [Learn]\n=", "[Only]\n-"]),
        ("latex", "projectnamenotset.tex", [r"\fbox{\scriptsize\sffamily Beta}", "{[}Learn{]}"]),
        ("man", "projectnamenotset.1", ["Beta", "[New & [shiny]]"]),
        ("texinfo", "projectnamenotset.texi", ["[Beta]"]),
    ],
)
def test_other_builders(project, builder, name, expected):
    project.write(index=PAGE, other="---\norphan: true\n---\n# Other\n")
    build = project.build(builder, ajo_dialect="exl")
    output = build.text(name).replace("\\", "") if builder == "man" else build.text(name)
    for part in expected:
        assert part in output


def test_gettext(project):
    project.write(index=PAGE, other="---\norphan: true\n---\n# Other\n")
    catalog = project.build("gettext", ajo_dialect="exl").text("index.pot")
    assert r"[!BADGE Beta]{type=\"informative\"" in catalog
    assert r"Part [!BADGE Learn]{url=\"other.md\"}" in catalog


def test_translated(project):
    label = '[!BADGE Beta]{type=\\"Caution\\" tooltip=\\"Ask\\"}'
    translated = "[!BADGE Betaversion]{type=&quot;Caution&quot;, tooltip=”Fråga”}"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog = f'{head}msgid "{label}"\nmsgstr "{translated}"\n'
    project.write(
        index='---\nexl-id: 1\nbadge: label="Beta" type="Caution" tooltip="Ask"\n---\n# A\n'
    )
    folder = project.folder / "locale/sv/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "index.po").write_text(catalog, encoding="utf-8")
    with (folder / "index.po").open("rb") as po, (folder / "index.mo").open("wb") as mo:
        write_mo(mo, read_po(po))
    build = project.build(ajo_dialect="exl", language="sv", locale_dirs=["locale"])
    (paragraph,) = html.fromstring(build.text("index.html")).find_class("ajo-page-badges")
    assert paragraph.text_content() == "Betaversion"
    assert paragraph[0].get("title") == "Fråga"


def test_table_and_list(build_page):
    build = build_page(
        "# A\n\n| a [!BADGE B] |\n| --- |\n| [!BADGE C]{type=Caution} |\n\n- [!BADGE D]\n"
    )
    page = html.fromstring(build.text("index.html"))
    assert [node.text for node in page.find_class("ajo-badge")] == ["B", "C", "D"]


def test_warnings_name_the_line(build_page):
    build_page(
        "---\nexl-id: 1\nbadge: label=X type=Loud\n---\n# A\n\nText\n[!BADGE Y]{type=Shy}\n",
        warnings=[
            (
                "index.md:3: WARNING: 'loud' is not a type of badge (informative, positive, "
                "negative, neutral, caution); the badge 'X' is shown as informative [ajo.badge]"
            ),
            "index.md:8: WARNING: 'shy' is not a type of badge",
        ],
    )


def test_mixed_pages_without_exl_keys_have_no_badges(project):
    project.write(index='---\nbadge: label="A"\n---\n# A\n')
    assert "ajo-page-badges" not in project.build(ajo_dialect="mixed").text("index.html")
