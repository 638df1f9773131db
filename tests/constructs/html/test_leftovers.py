"""Tags of DITA, of wikis and of word processors."""

from __future__ import annotations

import re

import lxml.html
import pytest

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.language.html.leftovers import EQUALS
from sphinx_ajo.language.html.names import BLOCKS, KNOWN
from sphinx_ajo.testing import markdown


def parse(text, mode="convert"):
    md = markdown()
    md.options["ajo_html"] = mode
    return lxml.html.fragment_fromstring(md.render(text), create_parent="div")


def words(element):
    return " ".join(element.text_content().split())


TABLE = """\
<table><title>Parts</title><tgroup cols="2"><colspec colname="c1"/><colspec colname="c2"/>
<thead><row><entry>Bow</entry><entry>Stern</entry></row></thead>
<tbody>
<row><entry namest="c1" nameend="c2">both</entry></row>
<row><entry morerows="1">left</entry><entry>x</entry></row>
<row><entry>y</entry></row>
</tbody></tgroup></table>
"""


def test_table():
    """Rows and entries are rows and cells, with what they span."""
    tree = parse(TABLE)
    assert [words(cell) for cell in tree.xpath("//thead//th | //thead//td")] == ["Bow", "Stern"]
    assert [words(row) for row in tree.xpath("//tbody/tr")] == ["both", "left x", "y"]
    assert tree.xpath("//td[@colspan]/@colspan") == ["2"]
    assert tree.xpath("//td[@rowspan]/@rowspan") == ["2"]
    assert words(tree.find(".//caption")) == "Parts"
    assert "<" not in words(tree)


@pytest.mark.parametrize(
    ("table", "head", "row", "cell"),
    [
        ("simpletable", "sthead", "strow", "stentry"),
        ("choicetable", "chhead", "chrow", "chdesc"),
        ("properties", "prophead", "property", "propvalue"),
    ],
)
@pytest.mark.parametrize("place", ["{}", "text\n\n{}", "- a\n\n  {}", "| a |\n|---|\n| {} |"])
def test_other_tables(table, head, row, cell, place):
    text = (
        f"<{table}><{head}><{cell}>A</{cell}><{cell}>B</{cell}></{head}>"
        f"<{row}><{cell}>c</{cell}><{cell}>d</{cell}></{row}></{table}>"
    )
    tree = parse(place.format(text))
    inner = tree.xpath("(//table)[last()]")[0]
    assert [words(cell) for cell in inner.xpath("./thead//th | ./thead//td")] == ["A", "B"]
    assert [words(cell) for cell in inner.xpath("./tbody//td")] == ["c", "d"]


@pytest.mark.parametrize("name", ["codeblock", "msgblock", "screen", "CodeBlock"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<{0}>\na\n  *b*\n</{0}>", "a\n  *b*\n"),
        ("<{0}>a\n\n# b\n\n- c</{0}>", "a\n\n# b\n\n- c\n"),
        ("text\n<{0}>a\n\n\n    b\n</{0}>\ntext", "a\n\n\n    b\n"),
        ("- x\n\n  <{0}>a\n\n  # b</{0}>", "a\n\n# b\n"),
        ("x <{0}>a<br>b</{0}> y", "a\nb\n"),
        ("| a |\n|---|\n| x <{0}>b_c_d</{0}> y |", "b_c_d\n"),
        ("<div><{0}>a\n\nb</{0}></div>", "a\n\nb\n"),
        ("<{0}><![CDATA[<a>&b</a>]]></{0}>", "<a>&b</a>\n"),
        ("<{0}>&lt;a> <your-id></{0}>", "<a> <your-id>\n"),
    ],
)
def test_code(name, text, code):
    """Code keeps its lines, whatever they look like, and its place."""
    tree = parse(text.format(name))
    (block,) = tree.xpath("//pre")
    assert block.text_content() == code
    if text.endswith("y |"):
        assert words(tree) == "a x b_c_d y"


def test_language_of_code():
    text = '<codeblock outputclass="language-sql">a</codeblock>'
    assert markdown().parse(text)[0].info == "sql"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<note type="tip">a *b*</note>', "tip"),
        ("<note>a *b*</note>", "note"),
        ("<NOTE>\na *b*\n</NOTE>", "note"),
        ('<note type="fastpath">\n\na *b*\n\n</note>', "tip"),
        ('<note type="danger">a *b*</note>', "warning"),
        ('<note type="odd">a *b*</note>', "note"),
        ("<hazardstatement>a *b*</hazardstatement>", "warning"),
        ('<aside data-ajo-note="odd">a *b*</aside>', "note"),
    ],
)
@pytest.mark.parametrize("place", ["{}", "- {}", "x {} y"])
def test_note(text, kind, place):
    """A note is an alert."""
    if "\n" in text and place != "{}":
        pytest.skip("a block of several lines")
    tokens = markdown().parse(place.format(text))
    (alert,) = (token for token in tokens if token.type == "ajo_alert_open")
    assert alert.meta["kind"] == kind
    inline = " ".join(token.content for token in tokens if token.type == "inline")
    assert inline.split()[-2:] == ["a", "*b*"] or "x a *b* y" in inline or "a \\*b\\*" in inline


STEPS = """\
<steps>
  <step><cmd>First</cmd><info>Info</info>
    <substeps><substep><cmd>Sub 1</cmd></substep><substep><cmd>Sub 2</cmd></substep></substeps>
  </step>
  <step><cmd>Second</cmd><stepresult>Result</stepresult></step>
</steps>
"""


def test_steps():
    tree = parse(STEPS)
    assert [words(item) for item in tree.xpath("div/ol/li | ol/li")] == [
        "First Info Sub 1 Sub 2",
        "Second Result",
    ]
    assert [words(item) for item in tree.xpath("//li//li")] == ["Sub 1", "Sub 2"]


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ("<sl><sli>a</sli><sli>b</sli></sl>", "//ul/li", ["a", "b"]),
        ("<choices><choice>a</choice><choice>b</choice></choices>", "//ul/li", ["a", "b"]),
        ("<steps-unordered><step>a</step><step>b</step></steps-unordered>", "//li", ["a", "b"]),
        ("<parml><plentry><pt>a</pt><pd>b</pd></plentry></parml>", "//dt | //dd", ["a", "b"]),
        ("<dl><dlentry><dt>a</dt><dd>b</dd></dlentry></dl>", "//dt | //dd", ["a", "b"]),
        ("<lq>a</lq>", "//blockquote", ["a"]),
        ("<concept><title>a</title><shortdesc>b</shortdesc></concept>", "//p", ["a", "b"]),
        ("<section><title>a</title><p>b</p></section>", "//p", ["a", "b"]),
        ("<section>\n<title>a</title>\n<p>b</p>\n</section>", "//strong", ["a"]),
        ("<fig><title>a</title><image href='b.png'/></fig>", "//p", ["a", ""]),
    ],
)
def test_structure(text, path, found):
    assert [words(element) for element in parse(text).xpath(path)] == found


@pytest.mark.parametrize("place", ["{}", "x {} y", "<div>\n{}\n</div>", "| a |\n|---|\n| {} |"])
@pytest.mark.parametrize("mode", ["convert", "raw"])
def test_every_tag(place, mode):
    """Whatever it becomes, its text is there and its tags are not; blocks keep words apart."""
    for name in sorted(EQUALS.keys() - {"image"}):  # which has no text
        tree = parse(place.format(f"<{name}>one</{name}><{name}>two</{name}>"), mode)
        text = words(tree)
        assert f"<{name}" not in text
        assert text.count("one") == text.count("two") == 1, name
        if mode == "convert" and EQUALS[name] in BLOCKS:
            plain = lxml.html.tostring(tree, method="text", encoding="unicode")
            assert re.search(r"one\s+two", plain), name


def test_table_of_names():
    """Each stands for an element that is known, and is none of HTML itself, which has a link."""
    assert set(EQUALS.values()) <= KNOWN
    assert not (set(EQUALS) - {"fn", "link", "menucascade", "tgroup"}) & KNOWN


def test_links():
    """A link with an address is one for readers; that of HTML is for programs."""
    text = (
        '<related-links><link href="a.md"><linktext>one</linktext></link>'
        '<link href="b.md"><linktext>two</linktext></link></related-links>\n\n'
        'x <link href="c.md">three</link> <link rel="stylesheet" href="d.css">\n'
    )
    tree = parse(text)
    assert [words(link) for link in tree.xpath("//a")] == ["one", "two", "three"]
    assert words(tree) == "one two x three"
    warnings = [
        problem.message % problem.args
        for token in markdown().parse(text)
        for problem in token.meta.get(PROBLEMS, ())
    ]
    assert [warning for warning in warnings if "<link>" in warning] == [
        "in HTML, <link> is for programs; it is shown as <a>: write that (3 times on this page)"
    ]


def test_note_of_its_own_kind():
    """Its name is the title."""
    tree = parse('<note type="other" othertype="Hint *a*">b</note>')
    assert [words(part) for part in tree[0]] == ["Hint a", "b"]


CUT = {
    "bold": ("**a <p>b</p> c** d", "strong", ["a", "b", "c"]),
    "both": ("***a<p>b*** c", "em", ["a", "b"]),
    "one in the other": ("**a *b <p> c* d**", "strong", ["a b", "c d"]),
    "end right behind a tag": ("**a<p>** b", "strong", ["a"]),
    "all in a block": ("**<p>a</p>**", "strong", ["a"]),
    "code": ("**a <pre>b</pre> c** d", "strong", ["a", "c"]),
    "alert": ("**a <note>b</note> c** d", "strong", ["a", "b", "c"]),
    "marker": ("**[!UICONTROL a<P>(b)]**", "strong", ["a", "(b)"]),
    "deleted": ("~~a <div>b</div> c~~", "s", ["a", "b", "c"]),
    "underscores": ("_a <p> b_ c_d", "em", ["a", "b"]),
    "a break": ("**a <br> b** <p>c</p>", "strong", ["a b"]),
}


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize("place", ["{}", "- {}", "| x |\n|---|\n| {} |"])
def test_emphasis_that_blocks_cut(name, place):
    """Each part of it is emphasised, and no mark is shown."""
    text, tag, found = CUT[name]
    tree = parse(place.format(text))
    assert [words(element) for element in tree.xpath(f"//{tag}")] == found
    assert not re.search(r"[*~]|_(?!d)", words(tree))


@pytest.mark.parametrize(
    "text", ["a ** b <p> c ** d", r"\**a <p> b** x", "`**`<p>`**`", "a_b <p> c_d", "2*3 <p> 4 * 5"]
)
def test_marks_that_blocks_part(text):
    """What makes no emphasis stays."""
    tree = parse(text)
    assert not tree.xpath("//strong | //em")
    assert words(tree) == words(parse(text.replace("<p>", "\n\n")))


@pytest.mark.parametrize(
    ("text", "shown", "code"),
    [
        ("## a <pre>b</pre> c", "a b c", ["b"]),
        ("## a <codeblock>b</codeblock>", "a b", ["b"]),
        ("## a <p>b</p> c<div>d</div>e", "a b c d e", []),
        ("[a <pre>b</pre> c](https://example.com)", "a b c", ["b"]),
    ],
)
def test_blocks_where_there_is_no_room(text, shown, code):
    """In a heading or link, code is code in the line, and words stand apart by one blank."""
    tree = parse(text)
    assert lxml.html.tostring(tree, method="text", encoding="unicode").strip() == shown
    assert [words(element) for element in tree.xpath("//code")] == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('x <xref href="y.md">a</xref>', 'x <a href="y.md">a</a>'),
        ('x <xref href="y.md"/>', 'x <a href="y.md"></a>'),
        ('x <xref href="https://a.example/"/>', 'x <a href="https://a.example/">https://a.example/</a>'),
        ('x <xref href="javascript:alert(1)">a</xref>', "x a"),
        ('x <xref keyref="k">a</xref>', "x a"),
        ("x <term>a</term> <ph>b</ph> <keyword>c</keyword>", "x <em>a</em> b c"),
        ("x <parmname>a--b</parmname>", "x <code>a--b</code>"),
        ("word<fn>a note</fn>.", "word (a note)."),
        ("x <menucascade><uicontrol>A</uicontrol><uicontrol>B</uicontrol></menucascade>",
         'x <span class="guilabel">A</span> &gt; <span class="guilabel">B</span>'),
        (("x <menucascade><uicontrol>A</uicontrol> <uicontrol>B</uicontrol>\n<uicontrol>C"
         "</uicontrol></menucascade> <uicontrol>D</uicontrol>"),
         ('x <span class="guilabel">A</span> &gt; <span class="guilabel">B</span> &gt; '
         '<span class="guilabel">C</span> <span class="guilabel">D</span>')),
        ('x <image href="i.png"/>', 'x <img src="i.png" alt="" />'),
        ('x <image href="i.png" alt="A"></image>', 'x <img src="i.png" alt="A" />'),
        ('x <image href="i.png"><alt>A *b* &amp;</alt></image>',
         'x <img src="i.png" alt="A *b* &amp;" />'),
        ("x <frob>a</frob><frob>b</frob>c", "x a bc"),
        ('x<frob a="b"/>y', "xy"),
        ("x <o:p></o:p>y <o:p>z</o:p>", "x y z"),
        ('x <ac:link ac:anchor="a">y</ac:link>', "x y"),
        ("x <foo:bar>y", 'x <a href="foo:bar">foo:bar</a>y'),
        ("<mailto:a@b.example> <https://b.example>",
         '<a href="mailto:a@b.example">mailto:a@b.example</a> <a href="https://b.example">https://b.example</a>'),
        ("x <![CDATA[a < *b* & c]]> <?xml-model a?>y", "x a &lt; *b* &amp; c y"),
        ("<![CDATA[four>", "four&gt;"),
        ("x <row>, <term>, <image>, <filepath>, <fn>",
         "x &lt;row&gt;, &lt;term&gt;, &lt;image&gt;, &lt;filepath&gt;, &lt;fn&gt;"),
    ],
)  # fmt: skip
def test_phrase(text, expected):
    assert markdown().render(text).strip().removeprefix("<p>").removesuffix("</p>") == expected


def test_phrases_in_blocks():
    """They are the same in a block of HTML."""
    text = (
        "<p>\nGo <menucascade><uicontrol>A</uicontrol><uicontrol>B</uicontrol></menucascade> "
        'now<fn>n</fn>, <xref href="y.md">z</xref> <frob>a</frob><frob>b</frob> '
        '<o:p>o</o:p> <image href="i.png"><alt>I</alt></image> <row> http://<host:port>/\n</p>'
    )
    tree = parse(text)
    assert words(tree) == "Go A > B now (n), z a b o <row> http://<host:port>/"
    assert tree.find(".//a").get("href") == "y.md"
    assert tree.find(".//img").get("alt") == "I"


@pytest.mark.parametrize(
    "text",
    [
        (
            '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>a</p></ac:rich-text-body>'
            "</ac:structured-macro>"
        ),
        '<div>\n<ac:structured-macro ac:name="x">a</ac:structured-macro>\n</div>',
        "<div>\n<o:p>a</o:p><st1:place>\n</div>",
    ],
)
def test_prefixes_in_blocks(text):
    assert words(parse(text)) == "a"


def test_raw():
    """Where HTML stays HTML, it is what HTML has for it, and safe."""
    tree = parse(
        '<note type="tip"><xref href="javascript:a" onclick="b">c</xref>\n'
        '<codeblock><![CDATA[d]]></codeblock> <row> <frob x="1"/>e</note>\n',
        "raw",
    )
    assert words(tree) == "c d <row> e"
    assert tree.find(".//aside").get("class") == "admonition tip"
    assert [dict(link.attrib) for link in tree.iter("a")] == [{}]
    assert words(tree.find(".//pre")) == "d"


def test_escaped():
    """Where HTML is shown, its tags are, too."""
    md = markdown()
    md.options["html"] = False
    text = "x <xref keyref=y>a</xref> <o:p>b</o:p>"
    assert words(lxml.html.fromstring(md.render(text))) == text


def test_mixed():
    """In the mixed dialect, HTML is MyST's."""
    assert "<xref" in markdown(Dialect.MIXED).render('x <xref href="y">a</xref>')


PAGE = """\
# T

<table><tgroup cols="1"><tbody>
<row><entry>a</entry></row>
<row><entry>b</entry></row>
</tbody></tgroup></table>

text
<frob>c</frob> and <frob>d</frob>, <your-id>, <uicontrol>e</uicontrol>, <codeph>f</codeph>
"""


@pytest.mark.parametrize("mode", ["convert", "raw"])
def test_warnings(project, mode):
    """One for each page and tag, with the line of the first, and how many there are."""
    expected = [
        "index.md:3: WARNING: HTML has no <tgroup>; it is shown as its content only",
        "index.md:4: WARNING: HTML has no <row>; it is shown as <tr>: write that (2 times",
        "index.md:4: WARNING: HTML has no <entry>; it is shown as <td>: write that (2 times",
        (
            "index.md:9: WARNING: HTML has no <frob>; it is shown as its content only: write HTML, "
            "or &lt; for a placeholder (2 times on this page) [ajo.html_unknown]"
        ),
    ]
    if mode == "raw":
        expected = [part.replace("md:4", "md:3") for part in expected[:3]]
    project.write(index=PAGE)
    project.build(ajo_dialect="exl", ajo_html=mode, warnings=expected)


BUILDERS = ["html", "dirhtml", "singlehtml", "latex", "text", "man", "texinfo", "gettext", "xml"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_builders(project, builder):
    text = f"# T\n\n{TABLE}\n{STEPS}\n<codeblock>x</codeblock>\n\n<note>n<fn>f</fn></note>\n"
    project.write(index=text)
    project.build(builder, ajo_dialect="exl", suppress_warnings=["ajo.html_unknown"])
