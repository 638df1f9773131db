"""Typographic text, definition lists, footnotes, task lists, deleted text, abbreviations."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes

from sphinx_ajo.constructs.typography import ajo_deleted
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def body(build, name="index.html"):
    return lxml.html.fromstring(build.text(name)).xpath('//*[@role="main"]')[0]


def inline(source):
    return markdown().renderInline(source)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_quotation_marks_are_english(build_page, language):
    """Sphinx's own typography is off: it would make other marks, and dashes of options."""
    build = build_page('# T\n\n"a" --flag 5"\n', language=language)
    assert body(build).xpath(".//p/text()") == ['“a” --flag 5"']


def test_mixed_pages_keep_the_typography_of_sphinx(project):
    """Also beside ExL pages, in either order."""
    page = '# T\n\n"a" --- b\n'
    exl = f"---\nexl-id: {{}}\n---\n\n{page}"
    toctree = "\n```{toctree}\na\nb\nc\n```\n"
    project.write(index=page + toctree, a=exl.format("a"), b=page, c=exl.format("c"))
    build = project.build(language="de")
    found = [
        body(build, f"{name}.html").xpath(".//p/text()")[0] for name in ("index", "a", "b", "c")
    ]
    assert found == ["„a“ — b", "“a” — b", "„a“ — b", "“a” — b"]
    off = project.build(language="de", smartquotes=False, fresh=True)
    assert body(off, "b.html").xpath(".//p/text()") == ['"a" --- b']


def test_mixed_pages_have_none_of_it():
    """MyST's defaults stay."""
    text = '~~a~~ "b" -- (c)\n\n*[HTML]: x\n\n- [ ] task\n'
    html = markdown(Dialect.MIXED).render(text)
    for part in ("~~a~~", "-- (c)", "*[HTML]: x", "[ ] task"):
        assert part in html


def test_lists_and_notes(build_page):
    """Definition lists and footnotes are those of MyST."""
    build = build_page("# T\n\nTerm\n: What it *means*\n\nText[^1].\n\n[^1]: The note\n")
    tree = body(build)
    assert tree.xpath("string(.//dl/dt)") == "Term"
    assert tree.xpath("string(.//dl/dd/p)") == "What it means"
    assert "The note" in tree.text_content()


def test_deleted_text(build_page):
    """A real node: no warning, and readers of every format see that it is deleted."""
    page = "# T\n\nHas ~~old & *bad*~~ and ~~plain words~~.\n"
    assert [p.text_content() for p in body(build_page(page)).xpath(".//p/s")] == [
        "old & bad",
        "plain words",
    ]
    text = build_page(page, "text").text("index.txt")
    assert "Has ~~old & *bad*~~ and ~~plain words~~." in text
    latex = build_page(page, "latex")
    tex = next(latex.outdir.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\hbox{plain}" in tex
    assert r"\hbox{words}" in tex
    assert r"\textasciitilde{}\textasciitilde{}old" in tex
    for builder in ("man", "texinfo", "xml"):
        build_page(page, builder)


def test_deleted_text_in_mixed_pages(build_page):
    """With MyST's extension on, it is MyST that renders it."""
    build_page(
        "# T\n\n~~a~~\n",
        ajo_dialect="mixed",
        myst_enable_extensions=["strikethrough"],
        warnings=["Strikethrough is currently only supported in HTML"],
    )


TASKS = "# T\n\n- [ ] open *task*\n- [x] done\n\n  more\n- plain\n"


def test_task_list(build_page):
    """A box for each task, in every format."""
    tree = body(build_page(TASKS))
    boxes = tree.xpath(".//li[contains(@class, 'task-list-item')]/p[1]/input[@type='checkbox']")
    assert [box.get("checked") for box in boxes] == [None, "checked"]
    assert all(box.get("disabled") for box in boxes)
    text = build_page(TASKS, "text").text("index.txt")
    assert "* [ ] open *task*" in text
    assert "* [x] done" in text
    tex = next(build_page(TASKS, "latex").outdir.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\(\boxtimes\) done" in tex
    for builder in ("man", "texinfo", "xml"):
        build_page(TASKS, builder)


def test_translated_task_keeps_its_box(project, tmp_path):
    """A translation replaces the text, not the box."""
    project.write(index=TASKS)
    pot = project.build("gettext", ajo_dialect="exl", outdir=tmp_path / "pot").text("index.pot")
    assert 'msgid "done"' in pot
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": po + 'msgid "done"\nmsgstr "fertig"\n'})
    build = project.build(ajo_dialect="exl", language="de", locale_dirs=["locale"])
    paragraph = body(build).xpath(".//li[2]/p[1]")[0]
    assert paragraph.text_content().strip() == "fertig"
    assert paragraph.xpath("./input/@checked") == ["checked"]


def test_deleted_text_is_in_the_doctree(build_page):
    """It holds its inline markup."""
    node = next(build_page("# T\n\n~~a **b**~~\n").doctrees["index"].findall(ajo_deleted))
    assert isinstance(node[1], nodes.strong)


# Abbreviations


def abbreviations(source):
    html = markdown().render(source)
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    return [(a.text_content(), a.get("title")) for a in tree.xpath("//abbr")]


def test_abbreviation():
    """Each occurrence is explained, before or after the definition, as a whole word."""
    text = "HTML, (HTML) XHTML HTML5 html _HTML_.\n\n*[HTML]: HyperText Markup\n\n# HTML\n"
    assert abbreviations(text) == [("HTML", "HyperText Markup")] * 4
    assert "*[" not in markdown().render(text)


@pytest.mark.parametrize(
    ("definition", "text", "found"),
    [
        ("*[A B]: x", "A B, A C", ["A B"]),
        ("*[A B]: x\n*[A]: y", "A B, A C", ["A B", "A"]),
        ("*[C++]: x", "C++ C C++11", ["C++", "C++"]),
        ("*[.NET]: x", "Use .NET or VB.NET", [".NET", ".NET"]),
        ("*[A]: x\n*[A]: y", "A", ["A"]),
        ("*[日本]: x", "日本 日本語", ["日本"]),
    ],
)
def test_labels(definition, text, found):
    """Labels hold words, spaces and punctuation; the longest wins, and the first of two equal."""
    marked = abbreviations(f"{definition}\n\n{text}\n")
    assert [label for label, _ in marked] == found
    assert marked[0][1] == "x"


@pytest.mark.parametrize(
    "line",
    [
        "*[!DNL Sample]: a note*",
        "*[!DNL Sample] is emphasis*",
        "*[Link](x.md): text*",
        "*[A]: emphasis*",
        "*[A]:",
        "*[ ]: x",
        "*[]: x",
        "    *[A]: code",
        "\\*[A]: x",
    ],
)
def test_no_definition(line):
    """Emphasis that begins with a bracket stays text."""
    html = markdown().render(f"{line}\n\nA\n")
    assert "abbr" not in html
    assert "]" in html or "note" in html or "emphasis" in html or "Link" in html


def test_code_and_links():
    """Code is left alone, the text of links is not."""
    text = "`HTML` [HTML](HTML.md) ![HTML](x.png)\n\n*[HTML]: x\n"
    html = markdown().render(text)
    assert html.count("<abbr") == 1
    assert '<a href="HTML.md"><abbr title="x">HTML</abbr></a>' in html


def test_abbreviation_in_pages(build_page):
    """The node of docutils, so every writer knows it."""
    page = '# T\n\nUse HTML.\n\n*[HTML]: "Hyper" Text\n'
    tree = body(build_page(page))
    assert tree.xpath(".//abbr/@title") == ['"Hyper" Text']
    assert 'HTML ("Hyper" Text)' in build_page(page, "text").text("index.txt")
    build_page(page, "latex")
