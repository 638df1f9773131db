"""Tabs."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.constructs.tabs import ajo_tab, ajo_tab_set
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def html(text, dialect=Dialect.EXL):
    return markdown(dialect).render(text).replace("\n", "")


def tab(label, content=""):
    return f'<div class="ajo-tab"><p class="ajo-tab-label">{label}</p>{content}</div>'


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize(
    "text",
    [
        ">[!BEGINTABS]\n\n>[!TAB One]\n\na\n\n>[!TAB Two]\n\nb\n\n>[!ENDTABS]\n\nc\n",
        ">[!BEGINTABS]\n>[!TAB One]\na\n>[!TAB Two]\nb\n>[!ENDTABS]\nc\n",
        "> [!begintabs]\n> [!Tab One]\na\n> [!TAB  Two ]\nb\n> [!EndTabs]  \nc",
    ],
)
def test_group(text, dialect):
    assert html(text, dialect) == (
        f'<div class="ajo-tabs">{tab("One", "<p>a</p>")}{tab("Two", "<p>b</p>")}</div><p>c</p>'
    )


def test_in_a_list():
    text = "1. x\n\n   >[!BEGINTABS]\n   >[!TAB One]\n   a\n   >[!ENDTABS]\n\n1. y\n"
    assert f'<li><p>x</p><div class="ajo-tabs">{tab("One", "<p>a</p>")}</div></li>' in html(text)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("a [b] c", "a [b] c"),
        ("[!UICONTROL Save] as", '<span class="guilabel">Save</span> as'),
        ("*x* &amp; y", "<em>x</em> &amp; y"),
    ],
)
def test_label(label, shown):
    assert tab(shown) in html(f">[!BEGINTABS]\n>[!TAB {label}]\n>[!ENDTABS]\n")


def test_line_maps():
    tokens = markdown().parse("x\n\n>[!BEGINTABS]\n\n>[!TAB A]\n\na\n\n>[!TAB B]\nb\n>[!ENDTABS]\n")
    maps = [(t.type, t.map) for t in tokens if t.nesting == 1 and t.type.startswith("ajo")]
    assert maps == [
        ("ajo_tabs_open", [2, 11]),
        ("ajo_tab_open", [4, 8]),
        ("ajo_tab_label_open", [4, 5]),
        ("ajo_tab_open", [8, 10]),
        ("ajo_tab_label_open", [8, 9]),
    ]


def test_alert_before_the_next_marker():
    """The quote of an alert ends where the next tab begins."""
    text = ">[!BEGINTABS]\n>[!TAB A]\n>[!NOTE]\n>x\n>[!TAB B]\n>[!NOTE]\n>y\n>[!ENDTABS]\n>z\n"
    page = lxml.html.fromstring(f"<div>{markdown().render(text)}</div>")
    assert [" ".join(t.text_content().split()[1:]) for t in page.find_class("ajo-tab")] == [
        "x",
        "y",
    ]
    assert page[-1].text_content().strip() == "z"


GOOD = """\
# Page

>[!BEGINTABS]

>[!TAB Windows]

first

>[!TAB Other *system*]

second

>[!ENDTABS]

>[!BEGINTABS]
>[!TAB Mac]
third
>[!TAB  windows]
fourth
>[!TAB Windows]
fifth
>[!ENDTABS]
"""


@pytest.mark.parametrize("sync", ["page", False])
def test_sync_off_the_site(build_page, sync):
    """The script compares labels; there is nothing that sphinx-design's script could keep."""
    page = lxml.html.fromstring(build_page(GOOD, ajo_tab_sync=sync).text("index.html"))
    assert not page.xpath("//label[@data-sync-id or @data-sync-group]")
    groups = page.find_class("sd-tab-set")
    assert groups
    assert all(("ajo-tabs-page" in group.classes) is (sync == "page") for group in groups)


def test_html(build_page):
    page = lxml.html.fromstring(build_page(GOOD, ajo_tab_sync="site").text("index.html"))
    assert not page.xpath("//label[@aria-controls]")
    for label in page.xpath("//label"):
        number = label.get("for")
        assert label.get("id") == f"{number}-label"
        assert label.getnext().get("id") == f"{number}-content"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    first, second = page.find_class("sd-tab-set")
    assert [label.text_content().strip() for label in first.iter("label")] == [
        "Windows",
        "Other system",
    ]
    assert [i.get("checked") for i in first.iter("input")] == ["checked", None]
    assert [c.text_content().strip() for c in first.find_class("sd-tab-content")] == [
        "first",
        "second",
    ]
    # same names switch together; not two in one group, which would switch each other off
    assert [label.get("data-sync-id") for label in first.iter("label")] == [
        "windows",
        "other system",
    ]
    assert [label.get("data-sync-id") for label in second.iter("label")] == ["mac", "windows", None]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub"])
def test_other_builders_show_all_tabs(build_page, builder):
    result = build_page(GOOD, builder, version="1", copyright="us")
    names = {"text": "index.txt", "latex": "projectnamenotset.tex", "epub": "index.xhtml"}
    name = names.get(builder) or next(path.name for path in result.outdir.glob("*.1"))
    text = result.text(name)
    places = [text.rindex(word) for word in ("first", "second", "third", "fourth", "fifth")]
    assert places == sorted(places)
    assert "sd-tab" not in text
    assert text.count("Windows") == 2


def test_nodes_and_lines(build_page):
    document = build_page(GOOD).doctrees["index"]
    group = next(document.findall(ajo_tab_set))
    assert all(isinstance(tab, ajo_tab) for tab in group)
    assert [(tab[0].rawsource, tab[0].line) for tab in group] == [
        ("Windows", 5),
        ("Other *system*", 9),
    ]


def test_translation(project):
    project.write(index=GOOD)
    assert 'msgid "Other *system*"' in project.build("gettext", ajo_dialect="exl").text("index.pot")
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += 'msgid "Windows"\nmsgstr "Fenster"\n\nmsgid "Other *system*"\nmsgstr "*Anderes*"\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": catalog})
    result = project.build(
        ajo_dialect="exl", language="de", locale_dirs=["locale"], fresh=True, ajo_tab_sync="site"
    )
    page = lxml.html.fromstring(result.text("index.html"))
    labels = list(page.find_class("sd-tab-set")[0].iter("label"))
    assert [label.text_content().strip() for label in labels] == ["Fenster", "Anderes"]
    assert labels[1].find("em") is not None
    assert labels[0].get("data-sync-id") == "windows"


@pytest.mark.parametrize(
    ("text", "shown", "warnings"),
    [
        (
            ">[!BEGINTABS]\n\na\n\n>[!ENDTABS]\n\nb\n",
            "a b",
            ["index.md:3: WARNING: this tab group has no tabs"],
        ),
        (
            ">[!BEGINTABS]\n\na\n\n>[!TAB T]\nb\n>[!ENDTABS]\n",
            "a T b",
            ["index.md:4: WARNING: this stands before the first tab"],
        ),
        (
            ">[!BEGINTABS]\n<!-- a -->\n\n>[!TAB]\nb\n>[!ENDTABS]\n",
            "Tab 1 b",
            ["index.md:6: WARNING: this tab has no label"],
        ),
        (">[!ENDTABS]\na\n", "a", ["index.md:3: WARNING: ENDTABS, but no tab group is open"]),
        (
            ">[!TAB T]\na\n>[!TAB U]\nb\n>[!ENDTABS]\nc\n",
            "T U a b c",
            ["index.md:3: WARNING: this tab is in no tab group; one is opened here"],
        ),
        (
            ">[!TAB T]\na\n\n## H\nb\n",
            "T a H b",
            ["index.md:3: WARNING: this tab is in no tab group; it is shown as one that ends 2"],
        ),
        (
            ">[!BEGINTABS]\n>[!TAB T]\n## H\na\n>[!TAB U]\n## I\nb\n## J\nc\n# K\nd\n",
            "T U H a I b J c K d",
            ["index.md:3: WARNING: this tab group has no closing line; it ends 8 lines below"],
        ),
        (">[!BEGINTABS]\n>[!TAB T]\na\n>[!ENDTABS]\n", "T a", []),
    ],
)
def test_problems(build_page, text, shown, warnings):
    result = build_page("# Page\n\n" + text, warnings=warnings)
    page = lxml.html.fromstring(result.text("index.html"))
    body = page.find_class("body")[0]
    for tab_set in body.find_class("sd-tab-set"):
        # labels first, as they are seen
        tab_set[:] = sorted(
            tab_set, key=lambda element: "sd-tab-content" in element.get("class", "")
        )
    assert body.text_content().replace("¶", " ").split() == ["Page", *shown.split()]


def test_unclosed_group_ends_at_a_heading_above_those_of_its_tabs(build_page):
    text = "# Page\n\n>[!BEGINTABS]\n>[!TAB T]\n### H\n>[!TAB U]\n### I\na\n### J\nb\n\n## K\nc\n"
    page = lxml.html.fromstring(
        build_page(text, warnings=["no closing line; it ends 8 lines below"]).text("index.html")
    )
    tabs = page.find_class("sd-tab-content")
    assert tabs[1].text_content().split() == ["I", "a", "J", "b"]


@pytest.mark.parametrize("attributes", ["{#an-id}", "{.a-class #an-id}", "{.a-class}"])
def test_attributes_below_a_label(build_page, attributes):
    """They belong to no block; the id is a place in the tab, and the label stays its first part."""
    result = build_page(f">[!BEGINTABS]\n\n>[!TAB One]\n{attributes}\n\na\n\n>[!ENDTABS]\n")
    (group,) = result.doctrees["index"].findall(ajo_tab_set)
    assert group[0][0].astext() == "One"
    page = lxml.html.fromstring(result.text("index.html"))
    (content,) = page.find_class("sd-tab-content")
    assert content.text_content().split() == ["a"]
    assert len(content.xpath(".//*[@id='an-id']")) == ("#" in attributes)
