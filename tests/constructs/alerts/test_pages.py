"""What readers get of alerts."""

from __future__ import annotations

import gettext
import shutil

import pytest
from code_tree import PACKAGE
from docutils import nodes
from lxml import html
from sphinx import package_dir
from sphinx.util.docutils import patch_docutils

TRANSLATED = sorted(
    path.parts[-3]
    for path in (PACKAGE / "locale").glob("*/LC_MESSAGES/*.po")
    if path.parts[-3] != "en"
)
KINDS = [
    *["note", "tip", "important", "caution", "warning", "info", "success", "error"],
    *["administration", "availability", "prerequisites"],
]
STANDARD = [*KINDS[:5], "error"]

ALL = "# Page\n\n" + "\n\n".join(f">[!{kind.upper()}]\n>\n>Text of {kind}." for kind in KINDS)

RELATED = """# Page

>[!MORELIKETHIS]
>
>* [One](other.md) and more
>* [Two](https://example.com/2), **[three](https://example.com/3)**
>* No link
"""
OTHER = "---\norphan: true\n---\n# Other\n"


def boxes(build):
    page = html.fromstring(build.text("index.html"))
    return page.xpath("//div[contains(concat(' ', @class, ' '), ' admonition ')]")


def texts(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def titles(build):
    return texts(box.find("p[@class='admonition-title']") for box in boxes(build))


def test_nodes(build_page):
    """docutils' own nodes where there are such, else admonitions with a title and the kind."""
    doctree = build_page(ALL).doctrees["index"]
    found = list(doctree.findall(nodes.Admonition))
    assert [type(node).__name__ for node in found] == [
        kind if kind in STANDARD else "admonition" for kind in KINDS
    ]
    assert [node.line for node in found] == [3 + 4 * number for number in range(len(KINDS))]
    for node, kind in zip(found, KINDS, strict=True):
        if kind in STANDARD:
            assert node["classes"] == []
        else:
            assert node["classes"] == [f"admonition-{kind}", kind]
            assert isinstance(node[0], nodes.title)
            assert node[0].source
            assert node[0].line == node.line


def test_html(build_page):
    """Each box has its kind as a class, a title and its text."""
    found = boxes(build_page(ALL))
    for box, kind in zip(found, KINDS, strict=True):
        assert kind in box.get("class").split()
        assert texts([box]) == [f"{kind.capitalize()} Text of {kind}."]


def test_as_the_directive_makes_it(project):
    """The standard alerts look just like the directives of the same name."""
    project.write(
        index=">[!NOTE]\n>a *b*\n", other="---\norphan: true\n---\n```{note}\na *b*\n```\n"
    )
    built = project.build(ajo_dialect="mixed")
    ours, theirs = (
        html.tostring(html.fromstring(built.text(name)).xpath("//div[@class='admonition note']")[0])
        for name in ("index.html", "other.html")
    )
    assert ours.split() == theirs.split()


EXTRA = {
    "suppress_warnings": ["ajo.link_missing"],
    "epub_copyright": "a",
    "version": "1",
}


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml", "epub"])
def test_builders(build_page, builder):
    """No text is lost in any builder."""
    built = build_page(ALL + "\n" + RELATED.replace("# Page", "## Related"), builder, **EXTRA)
    output = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in built.outdir.rglob("*")
        if path.suffix in {".txt", ".tex", ".1", ".texi", ".xml", ".xhtml"}
    )
    words = " ".join(output.replace("\\ ", " ").split())
    for kind in KINDS:
        assert f"Text of {kind}" in words
    if builder != "xml":
        for kind in KINDS:
            assert words.lower().count(kind) >= 2  # in the title, and in the text
    assert "Related Articles" in words


def test_related_articles(project):
    """Links that stand alone get an item each; words beside a link stay with it."""
    project.write(index=RELATED, other=OTHER)
    (box,) = boxes(project.build(ajo_dialect="exl"))
    assert "morelikethis" in box.get("class").split()
    assert texts(box.xpath("p")) == ["Related Articles"]
    assert texts(box.xpath(".//li")) == ["One and more", "Two", "three", "No link"]
    assert box.xpath(".//a/@href") == [
        "other.html",
        "https://example.com/2",
        "https://example.com/3",
    ]


def test_related_articles_without_a_list(build_page):
    """The body is kept."""
    built = build_page(">[!MORELIKETHIS]\n>\n>See [one](https://example.com/1) first.\n")
    assert texts(boxes(built)) == ["Related Articles See one first."]


def test_related_article_that_does_not_exist(project):
    """A link that leads nowhere keeps its text."""
    project.write(index=">[!MORELIKETHIS]\n>* [One](missing.md): more\n")
    built = project.build(ajo_dialect="exl", warnings=["missing.md"])
    assert texts(boxes(built)) == ["Related Articles One: more"]


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        ("[a](https://x.example/a): *what* it is", ["a: what it is"]),
        ("See [a](https://x.example/a) or [b](https://x.example/b)", ["See a or b"]),
        ("[a](https://x.example/a)<br>[b](https://x.example/b)", ["a", "b"]),
        ("[a](https://x.example/a) | [b](https://x.example/b)", ["a", "b"]),
        ("[a](https://x.example/a) `b`", ["a b"]),
        ("[a](https://x.example/a) [!BADGE b]", ["a b"]),
        ("[a](https://x.example/a)\n>\n>   What it is.", ["a What it is."]),
    ],
)
def test_text_beside_related_articles(build_page, item, shown):
    """It stays, wherever it stands."""
    (box,) = boxes(build_page(f"# T\n\n>[!MORELIKETHIS]\n>\n>* {item}\n"))
    assert texts(box.xpath("./ul/li")) == shown


CELLS = {
    "text": (">[!NOTE] a **b**", "note", ["Note", "a b"]),
    "blank": ("> [!WARNING] a", "warning", ["Warning", "a"]),
    "line": (">[!TIP]<br>a", "tip", ["Tip", "a"]),
    "title": ('>[!TIP "Short *way*"]<br/>a<br/>b', "tip", ["Short way", "a b"]),
    "entity": ("&gt;[!NOTE] a", "note", ["Note", "a"]),
    "panel": (">[!MORELIKETHIS] [a](#t): b", "morelikethis", ["Related Articles", "a: b"]),
}


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("table", ["| x |\n|---|\n| {} |", "| {} |\n|---|\n| x |"])
def test_in_a_cell(build_page, name, table):
    """An alert that is all of a cell is one, and reported: the official site shows its mark."""
    text, kind, words = CELLS[name]
    built = build_page(f"# T\n\n{table.format(text)}\n", warnings=["an alert in a cell"])
    (box,) = boxes(built)
    assert kind in box.classes
    assert texts(box) == words
    assert "[!" not in html.fromstring(built.text("index.html")).text_content()


@pytest.mark.parametrize("text", ["a >[!NOTE] b", "`>[!NOTE] a`", "> a", ">[!FOO] a", "[!NOTE] a"])
def test_no_alert_in_a_cell(build_page, text):
    """What begins with something else, or names no alert, is text."""
    built = build_page(f"# T\n\n| x |\n|---|\n| {text} |\n")
    assert boxes(built) == []
    assert text.strip("`") in built.doctrees["index"].astext()


def test_markup_in_a_title(build_page):
    """The title is Markdown: no mark of it is shown."""
    text = "# T\n\n>[!TIP **Row** `a` [!UICONTROL *b*] [c](#t)]\n>\n>Row.\n"
    built = build_page(text, warnings=["[ajo.alert_unknown]"])
    assert titles(built) == ["Row a b c"]
    assert [element.tag for element in boxes(built)[0].find("p")] == ["strong", "code", "span", "a"]


@pytest.mark.parametrize("builder", ["html", "latex", "text", "man"])
def test_title_of_an_alert(build_page, builder):
    """A title that stands in the marker is shown, and the box is of its kind."""
    text = '# T\n\n>[!TIP "Short way"]\n>\n>Row.\n\n>[!HINT x]\n'
    built = build_page(text, builder, warnings=["[ajo.alert_unknown]"] * 2)
    if builder == "html":
        assert titles(built) == ["Short way", "HINT x"]
        assert [box.get("class") for box in boxes(built)] == [
            "admonition-tip tip admonition",
            "admonition-note note admonition",
        ]
    tip, hint = built.doctrees["index"].findall(nodes.admonition)
    assert tip.astext().split() == ["Short", "way", "Row."]
    assert hint.astext() == "HINT x"


@pytest.mark.parametrize("body", ["", ">\n>\n", "><!-- a -->\n"])
def test_empty(build_page, body):
    """Nothing is shown, with one warning."""
    built = build_page(
        f"a\n\n>[!NOTE]\n{body}\nb\n",
        warnings=["index.md:3: WARNING: this alert is empty; nothing is shown [ajo.alert_empty]"],
    )
    assert boxes(built) == []


def test_lazy(build_page):
    """The line without ``>`` is named."""
    built = build_page(
        ">[!TIP]\n>a\nb\n", warnings=["index.md:3: WARNING: this line has no > but is read"]
    )
    assert texts(boxes(built)) == ["Tip a b"]


def test_unknown(build_page):
    """An unknown kind is named, and becomes a note with its name."""
    built = build_page(
        "1. a\n\n   >[!HINT]\n   >b\n",
        warnings=['index.md:3: WARNING: there is no alert called "HINT"; it is shown as a note'],
    )
    assert texts(boxes(built)) == ["HINT b"]


def test_content(build_page, project):
    """Lists, code, tables and nested alerts in a box; a box in a list."""
    (project.folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    text = """# Page

1. Item

   >[!PREREQUISITES]
   >
   >* One
   >* ![alt](a.svg)
   >
   >```python
   >x = 1
   >```
   >
   >|a|b|
   >|-|-|
   >|c|d|
   >
   >>[!TIP]
   >>
   >>Inner
"""
    outer, inner = boxes(build_page(text))
    assert outer.getparent().tag == "li"
    assert len(outer.xpath(".//li")) == 2
    assert outer.xpath(".//img/@alt") == ["alt"]
    assert texts(outer.xpath(".//pre")) == ["x = 1"]
    assert texts(outer.xpath(".//td")) == ["c", "d"]
    assert inner.getparent() is outer
    assert texts([inner]) == ["Tip Inner"]


def test_in_a_card(build_page):
    """An alert in a landing card."""
    text = ":::: landing-cards-container\n:::\n**a**\n\n>[!SUCCESS]\n>b\n:::\n::::\n"
    (box,) = boxes(build_page(text))
    assert texts([box]) == ["Success b"]
    assert box.xpath("ancestor::div[contains(@class, 'ajo-card ')]")


def test_mixed_dialect_leaves_other_quotes_alone(project):
    """Ordinary quotes are as they were."""
    project.write(index="> a\nb\n> c\n\n> [a link](https://example.com)\n")
    built = project.build(ajo_dialect="mixed")
    assert len(list(built.doctrees["index"].findall(nodes.block_quote))) == 2


LABELS = {
    "sv": ("sv", "Tillgänglighet", "Relaterade artiklar"),
    "de": ("de", "Verfügbarkeit", "Verwandte Artikel"),
    "ja": ("ja", "提供状況", "関連記事"),
    "pt_BR": ("pt_BR", "Disponibilidade", "Artigos relacionados"),
    "zh_CN": ("zh_CN", "可用性", "相关文章"),
    "zh_Hans": ("zh_CN", "可用性", "相关文章"),
    "zh_Hant": ("zh_TW", "可用性", "相關文章"),
    "zh-Hant": ("zh_TW", "可用性", "相關文章"),
    "sv-SE": ("sv", "Tillgänglighet", "Relaterade artiklar"),
    "fr_CA": ("fr", "Disponibilité", "Articles connexes"),
    "fi": ("fi", "Availability", "Related Articles"),
    "en": ("en", "Availability", "Related Articles"),
}
"""Language → the catalog of Sphinx that has its words; two of our titles."""


def labels(language):
    """Return the titles that LABELLED has."""
    catalog, *ours = LABELS[language]
    words = ["Note", "Warning"]
    if catalog != "en":
        translator = gettext.translation("sphinx", package_dir / "locale", [catalog])
        words = [translator.gettext(word) for word in words]
        assert words != ["Note", "Warning"]
    return words + ours


LABELLED = (
    ">[!NOTE]\n>a\n\n>[!WARNING]\n>a\n\n>[!AVAILABILITY]\n>a\n\n"
    ">[!MORELIKETHIS]\n>* [a](https://example.com)\n"
)


@pytest.mark.parametrize("language", LABELS)
def test_titles_in_the_language_of_the_page(build_page, language):
    """Titles are translated; in English where there is no catalog."""
    with patch_docutils():  # as the command does: docutils warns of languages it does not know
        assert titles(build_page(LABELLED, language=language)) == labels(language)


@pytest.mark.parametrize("builder", ["text", "latex"])
@pytest.mark.parametrize("language", ["sv", "pt_BR"])
def test_titles_in_other_builders(build_page, builder, language):
    """The same in other formats."""
    built = build_page(LABELLED, builder, language=language)
    name = "index.txt" if builder == "text" else "projectnamenotset.tex"
    text = built.text(name)
    assert all(label in text for label in labels(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_its_titles(build_page, language):
    """Each catalog is found by Sphinx."""
    found = titles(build_page(LABELLED, language=language))
    assert found[3] != "Related Articles"


def test_another_language_reads_again(project):
    """Titles that are stored with the page follow a change of the language."""
    project.write(index=LABELLED)
    assert titles(project.build(ajo_dialect="exl"))[2] == "Availability"
    assert titles(project.build(ajo_dialect="exl", language="nl"))[2] == "Beschikbaarheid"


def test_translation_of_the_page(project):
    """Translators get the text as written but no title of ours; readers get the translation."""
    text = RELATED + "\n>[!INFO]\n>\n>Some *text*.\n"
    project.write(index=text, other=OTHER)
    built = project.build("gettext", ajo_dialect="exl", outdir=project.folder.parent / "gettext")
    pot = built.text("index.pot")
    assert 'msgid "[One](other.md) and more"' in pot
    assert 'msgid "Some *text*."' in pot
    assert '"Info"' not in pot
    assert '"Related Articles"' not in pot
    catalog = project.folder / "locale" / "sv" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Some *text*."\nmsgstr "Lite *text*."\n\n'
        'msgid "[One](other.md) and more"\nmsgstr "[Ett](other.md) ord"\n',
        encoding="utf-8",
    )
    built = project.build(ajo_dialect="exl", language="sv", locale_dirs=["locale"])
    related, info = boxes(built)
    assert texts([info]) == ["Information Lite text."]
    assert texts(related.xpath(".//li")) == ["Ett ord", "Two", "three", "No link"]


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs LaTeX")
def test_pdf(build_page):
    """The PDF compiles."""
    import subprocess

    built = build_page(ALL + "\n\n1. a\n\n   >[!SUCCESS]\n   >\n   >* b\n", "latex")
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "projectnamenotset.tex"],
        cwd=built.outdir,
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("kind", ["NOTE", "INFO", "Title of it"])
@pytest.mark.parametrize("frame", [">[!{0}]\n>\n>{1}", "- a\n\n  >[!{0}]\n  >\n  >{1}"])
def test_paragraphs_in_plain_text(build_page, kind, frame):
    """The paragraphs of an alert stand apart."""
    indent = "  " if frame.startswith("-") else ""
    paragraphs = f"\n{indent}>\n{indent}>".join(["one", "two", "- three", "four", "five"])
    page = f"# T\n\n{frame.format(kind, paragraphs)}\n"
    text = build_page(page, "text", warnings=None).text("index.txt")
    assert text.split()[-6:] == ["one", "two", "*", "three", "four", "five"]
    assert text.count("\n\n") >= 5
