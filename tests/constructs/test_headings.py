"""Headings and their ids."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes
from markdown_it.token import Token
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.mdit import create_md_parser

from sphinx_ajo.foreign.myst import note_heading_slug
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.headings import heading_text
from sphinx_ajo.testing import markdown


def ids(text, dialect=Dialect.EXL, **config):
    html = markdown(dialect, **config).render(text)
    return [
        h.get("id")
        for h in lxml.html.fromstring(f"<div>{html}</div>").xpath(
            "//*[self::h1 or self::h2 or self::h3]"
        )
    ]


def page(build, name="index.html"):
    return lxml.html.fromstring(build.text(name)).xpath('//*[@role="main"]')[0]


def test_automatic_ids_follow_the_official_site():
    """An explicit id replaces the automatic one, which does not count as one."""
    text = (
        "# Notes {#x}\n\n## Notes\n\n## Notes\n\n## *Use* `code_x` [link](y.md) ![no](z.png)\n\n"
        "## [!DNL Tool] > **[!UICONTROL Go]**\n\n## a&#x200B;b\n\n## A -- B\n\n## 5 &lt; 6\n"
    )
    assert ids(text) == [
        *("x", "notes", "notes-1", "use-code_x-link", "tool--go", "ab", "a--b", "5--6")
    ]


def test_badges_do_not_count():
    """Neither as one token nor as several."""
    tokens = [
        Token("text", "", 0, content="Title "),
        Token("ajo_badge_open", "span", 1),
        Token("text", "", 0, content="Beta"),
        Token("ajo_badge_close", "span", -1),
        Token("ajo_badge", "span", 0, content="Beta"),
        Token("code_inline", "code", 0, content="x"),
    ]
    assert heading_text(tokens) == "Title x"


def test_explicit_ids_are_not_given_away():
    """A heading above the one with the id does not take it."""
    assert ids("## Notes\n\n## Other {#notes}") == ["notes-1", "notes"]


def test_mixed_pages_read_ids():
    """Only where MyST's own attributes are off; automatic ids are left to MyST."""
    text = "## Title {#My_Id}\n\n## Other"
    assert "{#" not in markdown(Dialect.MIXED).render(text)
    for extension in ("attrs_block", "attrs_inline"):
        assert "{#My_Id}" in markdown(Dialect.MIXED, enable_extensions={extension}).render(text)


PAGE = """\
# Page

See [a](#My_Id.x), [b](other.md#Ext_1), [c](other.md#sub-heading), [d](#in-list), [e](#q.Q),
[f](other.md#日本語-見出し), [g](other.md#%E6%97%A5%E6%9C%AC%E8%AA%9E-%E8%A6%8B%E5%87%BA%E3%81%97).

### Deep {#My_Id.x .special}

* item

  # In list

> ### In quote {#q.Q}

## Last

```{toctree}
other
```
"""
OTHER = "# Sub *heading*\n\ntext\n\n#### Below [!DNL it] {#Ext_1}\n\n## 日本語 見出し\n"


def test_links_find_ids(project):
    """In the page and from other pages, in sections and rubrics, without a warning."""
    project.write(index=PAGE, other=OTHER)
    build = project.build(ajo_dialect="exl")
    links = page(build).xpath(".//p/a/@href")
    assert links[:7] == [
        *("#My_Id.x", "other.html#Ext_1", "other.html#sub-heading", "#in-list", "#q.Q"),
        *("other.html#日本語-見出し", "other.html#日本語-見出し"),
    ]
    for link in links[:7]:
        name, _, fragment = link.partition("#")
        tree = page(build, name or "index.html")
        assert len(tree.xpath(f'.//*[@id="{fragment}"]')) == 1


def test_levels_in_html(project):
    """Readers get the level that was written; a rubric is never an h1."""
    project.write(index=PAGE, other=OTHER)
    build = project.build(ajo_dialect="exl")
    tree = page(build)
    found = {
        h.text_content().rstrip("¶"): h.tag for h in tree.xpath(".//*[starts-with(name(), 'h')]")
    }
    assert found == {"Page": "h1", "Deep": "h3", "In list": "h2", "In quote": "h3", "Last": "h2"}
    section = tree.xpath('.//section[@id="My_Id.x"]')[0]
    assert section.get("class") == "special"
    assert section.xpath(".//a[@class='headerlink']/@href") == ["#My_Id.x"]
    toc = build.text("index.html")
    assert 'href="other.html#Ext_1">Below it</a>' in toc


def test_page_that_begins_below(build_page):
    """A page may begin with any level."""
    tree = page(build_page("### Three\n\n## Two\n\n# One\n\n###### Six\n"))
    assert [h.tag for h in tree.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h6]")] == [
        *("h3", "h2", "h1", "h6")
    ]


def test_ids_are_the_only_ones(build_page):
    """Nothing else names the section, and no label of the project is made."""
    build = build_page("# T\n\n## Some Thing {#Some_Thing}\n\n## Some Thing\n\n## ???\n")
    sections = list(build.doctrees["index"].findall(nodes.section))
    assert [s["ids"] for s in sections[:3]] == [["t"], ["Some_Thing"], ["some-thing"]]
    assert len(sections[3]["ids"]) == 1
    assert not any(s["names"] for s in sections)


def test_same_id_on_many_pages(project):
    """Ids belong to a page: there is no warning of duplicate labels."""
    project.write(index="# A {#overview}\n\n```{toctree}\nb\n```\n", b="# B {#overview}\n")
    project.build(ajo_dialect="exl")


def test_duplicate_explicit_ids(build_page):
    """Both headings show; the first has the id, the second one from its text."""
    build = build_page(
        "# T\n\n## A {#x}\n\n## B {#x}\n\n[link](#x)\n",
        warnings=["index.md:5: WARNING: the id 'x'"],
    )
    tree = page(build)
    assert [s.get("id") for s in tree.xpath(".//section")] == ["t", "x", "b"]


def test_malformed_braces_warn(build_page):
    """One warning, at the heading."""
    build_page("# T\n\n## A {#x y}\n", warnings=["index.md:3: WARNING: 'y' is not allowed"])


@pytest.mark.parametrize("builder", ["singlehtml", "latex", "text", "xml", "epub", "texinfo"])
def test_other_builders(project, builder):
    """Every builder takes such ids."""
    project.write(index=PAGE, other=OTHER)
    conf = {"epub_copyright": "x", "copyright": "x", "version": "1"} if builder == "epub" else {}
    build = project.build(builder, ajo_dialect="exl", **conf)
    if builder == "latex":
        tex = next(build.outdir.glob("*.tex")).read_text(encoding="utf-8")
        for target in ("index:My_Id.x", "index:in-list", "index:q.Q", "other:Ext_1"):
            assert tex.count(rf"\label{{\detokenize{{{target}}}}}") == 1
    if builder == "singlehtml":
        assert 'href="#document-other#Ext_1"' in build.text("index.html")


def test_links_with_and_without_text(build_page):
    """A link without text shows that of the heading."""
    tree = page(
        build_page("# T\n\n[](#a_B)\n\n## Some *text* {#a_B}\n\n## [Link](https://x.org)\n")
    )
    assert tree.xpath('.//a[@href="#a_B"]')[0].text_content() == "Some text"
    assert tree.xpath(".//h2/a/@href")[-2:] == ["https://x.org", "#link"]


def test_footnote_has_taken_an_id(build_page):
    """docutils names footnotes; a heading above all does not clash with one."""
    tree = page(build_page("# T\n\nText [^1]\n\n## id1\n\n## id1\n\n[^1]: Note\n"))
    names = tree.xpath(".//@id")
    assert len(names) == len(set(names))


def test_translated_page_keeps_ids(project, tmp_path):
    """Ids and links are those of the source language; gettext does not see the braces."""
    project.write(
        index="# Title\n\n## Sub {#My_Sub}\n\n[x](#my-other) [y](#My_Sub)\n\n## My other\n"
    )
    pot = project.build("gettext", ajo_dialect="exl", outdir=tmp_path / "pot").text("index.pot")
    assert 'msgid "Sub"' in pot
    po = "\n".join(
        f'msgid "{a}"\nmsgstr "{b}"\n' for a, b in [("Sub", "Unter"), ("My other", "Mein anderer")]
    )
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": header + po})
    build = project.build(ajo_dialect="exl", language="de", locale_dirs=["locale"])
    tree = page(build)
    assert tree.xpath('.//section[@id="my-other"]/h2/text()') == ["Mein anderer"]
    assert tree.xpath(".//p/a/@href") == ["#my-other", "#My_Sub"]


def test_mixed_page(project):
    """The explicit id comes first, exactly; MyST's own anchors still work."""
    project.write(
        index="# T\n\n## Title {#id_A.b}\n\n"
        "[a](#id_A.b) [b](other.md#X.y) [c](#title)\n"
        "\n```{toctree}\nother\n```\n",
        other="# O {#X.y}\n",
    )
    build = project.build(ajo_dialect="mixed", myst_heading_anchors=3)
    tree = page(build)
    assert tree.xpath(".//p/a/@href") == ["#id_A.b", "other.html#X.y", "#id_A.b"]
    sections = list(build.doctrees["index"].findall(nodes.section))
    assert sections[1]["ids"][0] == "id_A.b"


def test_mixed_page_warns_of_levels(project):
    """MyST's rules hold for MyST's pages."""
    project.write(index="# T\n\n### Three\n")
    project.build(ajo_dialect="mixed", warnings=["Non-consecutive header level"])


def test_title_from_front_matter(build_page):
    """The heading that front matter makes has an id like any other."""
    tree = page(build_page("---\ntitle: The Page\n---\n\n## Sub\n"))
    assert [s.get("id") for s in tree.xpath(".//section")] == ["the-page", "sub"]


def test_contract_with_myst():
    """What ``_myst.note_heading_slug`` needs: the mapping that MyST resolves links with."""
    md = create_md_parser(markdown().options["myst_config"], DocutilsRenderer)
    renderer = md.renderer
    md.options["document"] = document = make_document()
    renderer.setup_render(md.options, {})
    note_heading_slug(renderer, "A_b", "A_b", 3, "Text")
    renderer._render_finalise()
    assert document.myst_slugs == {"A_b": (3, "A_b", "Text")}


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("A {# spaced }", "spaced"),
        ("A {:#colon}", "colon"),
        ("A {.cls}", "a"),
        ("A {:.no_toc}", "a"),
        ("A {#first} {#second}", "second"),
    ],
)
def test_sloppy_braces(heading, id_):
    """Blanks in the braces, and the forms of other tools, are understood."""
    found = markdown().render(f"## {heading}\n")
    assert f'id="{id_}"' in found
    assert "{" not in found


SEVERAL = "Lead.\n\n# One\n\na\n\n## Sub\n\nb\n\n# Two\n\nc\n\n## Sub\n\n# Three\n"


def test_several_titles(project):
    """The navigation has one entry for a page with several, titled as TOC.md says."""
    project.write_files(
        {
            "metadata.md": "",
            "help/TOC.md": "# Guide {#g}\n\n+ [Entry](a.md)\n+ [Other](b.md)\n",
            "help/a.md": SEVERAL,
            "help/b.md": "## No title\n\n## At all\n",
        }
    )
    for mode in ("full", "branch"):
        built = project.build(ajo_navigation=mode, fresh=True, html_theme="furo")
        tree = lxml.html.fromstring(built.text("help/b.html"))
        links = tree.xpath("//li[contains(@class, 'toctree')]/a[contains(@href, 'a.html')]")
        assert {link.text_content() for link in links} == {"Entry"}
        body = lxml.html.fromstring(built.text("help/a.html")).xpath("//*[@role='main']")[0]
        shown = [(h.tag, h.text_content().rstrip("¶")) for h in body.xpath(".//h1 | .//h2")]
        assert shown == [
            ("h1", "One"),
            ("h2", "Sub"),
            ("h1", "Two"),
            ("h2", "Sub"),
            ("h1", "Three"),
        ]
        sections = body.xpath("./section")
        assert [section.get("id") for section in sections] == ["one", "two", "three"]


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "singlehtml", "gettext", "xml"])
def test_several_titles_elsewhere(build_page, builder):
    """No builder loses anything of such a page."""
    extra = {"epub_copyright": "x", "version": "1"} if builder == "epub" else {}
    built = build_page(SEVERAL, builder, **extra)
    assert built.doctrees["index"].astext().split() == [
        *("Lead.", "One", "a", "Sub", "b", "Two", "c", "Sub", "Three")
    ]
