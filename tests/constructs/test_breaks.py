"""Line breaks."""

from __future__ import annotations

import lxml.html
import pytest
from docutils import nodes

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

WAYS = ["one\ntwo", "one\\\ntwo", "one  \ntwo", "one<br>two", "one <BR/> two", "one</br>two"]


def body(build, name="index.html"):
    return lxml.html.fromstring(build.text(name)).xpath('//*[@role="main"]')[0]


@pytest.mark.parametrize("source", WAYS)
def test_every_way_is_one_break(source):
    """However it is written, it is one break."""
    assert markdown().render(source) == "<p>one<br />\ntwo</p>\n"


@pytest.mark.parametrize(
    ("source", "breaks"),
    [
        ("a<br/>\nb", 1),
        ("a\n<br/>b", 1),
        ("a<br/>  \nb", 1),
        ("a<br/>\\\nb", 1),
        ("a<br/><br/>\nb", 2),
        ("a<br></br>b", 1),
        ("a <!-- c -->\nb", 1),
        ("a\nb <!-- c\nd -->", 1),
        ("a\n<!-- c -->", 0),
        ("a <br clear='all'> b", 1),
        ("a `<br>` b", 0),
        ("a \\<br> b", 0),
        ("a <brx> b", 0),
        ("日本\n語", 1),
    ],
)
def test_number_of_breaks(source, breaks):
    """The end of a line adds none to a tag, and a line of comments is no line."""
    assert markdown().render(source).count("<br />") == breaks


def test_mixed_pages_keep_their_tokens():
    """In MyST pages nothing changes."""
    html = markdown(Dialect.MIXED).render("a\nb<br>c\\\nd")
    assert html == "<p>a\nb<br>c<br />\nd</p>\n"


def test_heading_is_one_line(build_page):
    """A break in a heading is a space, which the id does not hear."""
    assert markdown().render("a\nb\n===\n") == '<h1 id="ab">a b</h1>\n'
    assert markdown().render("# a <br/> b") == '<h1 id="a--b">a  b</h1>\n'
    build = build_page("# T\n\n## a<br>b\n\n- ### c<br/>\n")
    assert body(build).xpath(".//h2/text()") == ["a b"]


def test_alternative_text_keeps_words_apart():
    """Lines of an alternative text are joined by a space."""
    assert 'alt="a b"' in markdown().render("![a\nb](c.png)")


@pytest.mark.parametrize(
    ("setting", "dialect", "breaks"),
    [
        ("auto", "exl", 1),
        ("auto", "mixed", 0),
        (True, "exl", 1),
        (True, "mixed", 1),
        (False, "exl", 0),
        (False, "mixed", 0),
    ],
)
def test_setting(build_page, setting, dialect, breaks):
    """The ends of lines follow ``ajo_hard_breaks``; other breaks are there always."""
    build = build_page("# T\n\na\nb\n\nc\\\nd\n", ajo_dialect=dialect, ajo_hard_breaks=setting)
    found = [len(p.xpath("./br")) for p in body(build).xpath(".//p")]
    assert found == [breaks, 1]


def test_setting_is_checked(build_page):
    """Another value is replaced, with a warning."""
    build_page("# T\n", ajo_hard_breaks="yes", warnings=["ajo_hard_breaks = 'yes'"])


PAGE = """\
# T

one
**two
three**<br/>
four [five
six](https://example.com)\\
.seven

- item
  [next] line
  <br/>

> quote
> next

| a | b |
|---|---|
| x<br/>y | z |

Term<br/>more
: def
  next

<br/> first

Note [^1].

[^1]: foot
  note
"""


def test_text(build_page):
    """Words of two lines never run together."""
    build = build_page(PAGE, "text")
    text = build.text("index.txt")
    assert "one\n**two\nthree**\nfour five\nsix\n.seven\n" in text
    assert "* item\n  [next] line\n\n" in text
    assert "quote\n   next\n" in text
    assert "x y" in text


def test_long_lines_wrap_in_text(build_page):
    """Each line is wrapped for itself."""
    text = build_page("# T\n\n" + "word " * 20 + "\n" + "more " * 3, "text").text("index.txt")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 70
    assert lines[-1] == "more more more"


def test_man(project):
    """A request of its own, which no text can be taken for."""
    project.write(index=PAGE)
    man = project.build("man", ajo_dialect="exl", man_pages=[("index", "p", "d", "a", "1")])
    text = man.text("p.1")
    assert "one\n.br\n\\fBtwo\n.br\nthree\\fP\n.br\nfour" in text
    assert "\n.br\n\\&.seven" in text


def test_latex(build_page):
    """No command that ends a table row, or takes a bracket for its own."""
    build = build_page(PAGE, "latex")
    tex = next(build.outdir.glob("*.tex")).read_text(encoding="utf-8")
    tex = tex.partition(r"\begin{document}")[2]
    assert tex.count(r"\leavevmode\newline{}") == 12
    assert "one\\leavevmode\\newline{}\n" in tex
    assert not any(line.endswith(r"\\") and len(line) > 2 for line in tex.splitlines())


def test_texinfo_and_xml(project):
    """Other writers know the node, too."""
    project.write(index=PAGE)
    texinfo = project.build("texinfo", ajo_dialect="exl")
    assert "one@*\n" in next(texinfo.outdir.glob("*.texi")).read_text(encoding="utf-8")
    assert "<ajo_break" in project.build("xml", ajo_dialect="exl").text("index.xml")


def test_translation_keeps_breaks(project, tmp_path):
    """gettext joins lines, so translators get the breaks as tags."""
    project.write(index="# T\n\none\ntwo\\\\\nthree\\\nfour<br/>\nfive `six\nseven`\n\na\nb\n")
    pot = project.build("gettext", ajo_dialect="exl", outdir=tmp_path / "pot").text("index.pot")
    assert 'msgid "a<br/> b"' in pot
    # where a line ends in code, nothing is rewritten
    assert 'msgid "one two' in pot
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    po += 'msgid "a<br/> b"\nmsgstr "Ä<br/> B"\n'
    project.write_files({"locale/de/LC_MESSAGES/index.po": po})
    build = project.build(ajo_dialect="exl", language="de", locale_dirs=["locale"])
    last = body(build).xpath(".//p")[-1]
    assert last.xpath("./text()") == ["Ä", "\nB"]
    assert len(last.xpath("./br")) == 1


def test_source_of_breaks(build_page):
    """Escaped backslashes stay; what ends or begins with a tag is left alone."""
    build = build_page("# T\n\na\\\\\nb\\\nc <u>d</u>\n<u>e</u>\nf\n")
    paragraph = next(build.doctrees["index"].findall(nodes.paragraph))
    assert paragraph.rawsource == "a\\\\<br/>\nb<br/>\nc <u>d</u>\n<u>e</u>\nf"


def test_node_as_text(build_page):
    """In plain text a break is the end of a line."""
    build = build_page("# T\n\na\nb\n")
    paragraph = next(build.doctrees["index"].findall(nodes.paragraph))
    assert paragraph.astext() == "a\nb"


@pytest.mark.parametrize("source", ["one<br>two", "*one<br>two*"])
def test_titles_in_plain_text(build_page, source):
    """A title is one line, and keeps the words above a break."""
    page = f"# T\n\n<table><caption>{source}</caption><tr><td>x</td></tr></table>\n"
    assert "one two" in build_page(page, "text").text("index.txt").replace("*", "")
