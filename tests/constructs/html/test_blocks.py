"""Blocks of raw HTML, on the level of tokens."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def render(text):
    return markdown().render(text)


def parse(text):
    return lxml.html.fragment_fromstring(render(text), create_parent="div")


def words(element):
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>a<li>b</ul>",
        "<UL>\n<LI>a</LI>\n<LI>b</LI>\n</UL>",
        "<ul>\n\n<li>a</li>\n\n<li>\n\nb\n\n</li>\n\n</ul>",
        "<ul>\n<li>a</li>\n\n<li>b</li>\n",
        "<li>a</li>\n<li>b</li>",
        "<ul>a<li>b",
    ],
)
def test_list(text):
    """A list, however sloppy."""
    tree = parse(text)
    (ul,) = tree.findall("ul")
    assert [words(li) for li in ul.findall("li")] == ["a", "b"]


def test_nested_list_without_item():
    """A list right in a list belongs to the item before."""
    tree = parse("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>")
    assert [words(li) for li in tree.findall("ul/li")] == ["a b", "c"]
    assert words(tree.find("ul/li/ul/li")) == "b"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", {}),
        ("start=3", {"start": 3}),
        ("start=-3", {}),
        ("start=x type=a", {"style": "lower-alpha"}),
        ("style='list-style-type: upper-roman'", {"style": "upper-roman"}),
    ],
)
def test_numbered_list(attributes, expected):
    tokens = markdown().parse(f"<ol {attributes}><li>a</ol>")
    assert tokens[0].type == "ordered_list_open"
    assert tokens[0].attrs == expected


def test_definition_list():
    tree = parse("<dl><dt>a<dt>b<dd>c<dd>d<dt>e</dl>")
    assert [child.tag for child in tree.find("dl")] == ["dt", "dd", "dd", "dt"]
    assert words(tree.find("dl")) == "a b c d e"


def test_definition_without_term():
    assert words(parse("<dl>x<dd>a</dl>")) == "x a"


def test_details():
    tree = parse("<details open>\n<summary>S <b>b</b></summary>\n\n- *a*\n\n</details>\n\nafter")
    details = tree.find("details")
    assert words(details.find("summary")) == "S b"
    assert words(details.find("ul/li/em")) == "a"
    assert words(tree.find("p")) == "after"


def test_details_without_summary():
    assert words(parse("<details>a</details>")) == "Details a"


def test_markdown_of_any_kind_in_html():
    text = (
        "<div class=x>\n\n- a\n\n  | b |\n  |---|\n  | c |\n\n> d\n\n```\n<e>\n```\n\n</div>\n\nf"
    )
    tree = parse(text)
    box = tree.find("div")
    assert [child.tag for child in box] == ["ul", "blockquote", "pre"]
    assert tree[-1].tag == "p"


def test_unclosed_element_ends_with_its_block():
    """It does not swallow the page."""
    tree = parse('<div class="x">\na\n\nb\n\n## c\n')
    assert [child.tag for child in tree] == ["div", "p", "h2"]


def test_html_in_list_item_and_quote():
    tree = parse("- a\n\n  <div class=x>\n\n  b\n\n  </div>\n\n> <p>c</p>\n")
    assert words(tree.find("ul/li/div")) == "b"
    assert words(tree.find("blockquote/p")) == "c"


def test_list_opened_in_a_paragraph():
    """``text <ul>`` is a paragraph to CommonMark, and its items are a block of HTML."""
    tree = parse("text <ul>\n<li>a</li>\n<li>b</li>\n</ul>\n")
    assert [words(li) for li in tree.findall("ul/li")] == ["a", "b"]
    assert words(tree.find("p")) == "text"


def test_heading_in_box_makes_a_section():
    """Headings are not nested in boxes; what is below them is."""
    tree = parse('<div class="preview">\n\na\n\n## b\n\nc\n\n</div>\n')
    assert [child.tag for child in tree] == ["div", "h2", "div"]
    assert {div.get("class") for div in tree.findall("div")} == {"ajo-preview"}


def test_heading_in_styled_box_stays():
    tree = parse('<div style="display: grid">\n<h3>a</h3>\n</div>\n')
    assert words(tree.find("div/h3")) == "a"


def test_anchor():
    tokens = markdown().parse('<a id="Some.Place"></a>\n\n<p id="x">a</p>\n')
    anchors = [token.attrs["id"] for token in tokens if token.type == "ajo_html_anchor"]
    assert anchors == ["Some.Place", "x"]


def test_block_link():
    """A link around blocks is a link in each paragraph."""
    tree = parse('<a href="x.md"><div><p>a</p><p>b</p></div></a>')
    assert [a.get("href") for a in tree.iter("a")] == ["x.md", "x.md"]
    assert words(tree) == "a b"


def test_markers_in_html():
    tree = parse("<ul><li>[!UICONTROL Save] and [!DNL Thing]</li></ul>")
    assert words(tree.find(".//span[@class='guilabel']")) == "Save"
    assert words(tree) == "Save and Thing"


def test_no_typography_in_html():
    html = markdown(enable_extensions=["smartquotes", "replacements"]).render('<p>a -- "b"</p>')
    assert "a -- &quot;b&quot;" in html


def test_docs_cards():
    text = """<div class="columns">
<div class="column"><div class="card"><p class="headline">One</p><p>text</p></div></div>
<div class="column"><div class="card"><p class="headline">Two</p></div></div>
</div>"""
    types = [token.type for token in markdown().parse(text)]
    assert types.count("ajo_cards_open") == 1
    assert types.count("ajo_card_open") == 2


def test_other_columns_are_boxes():
    tree = parse('<div class="columns">stray <div class="card">a</div></div>')
    assert words(tree) == "stray a"
    assert tree.find(".//div[@class='card']") is not None


@pytest.mark.parametrize("name", ["script", "style", "pre", "textarea"])
def test_block_without_end_ends_at_blank_line(name):
    """CommonMark would make all of the page part of it."""
    assert "after" in words(parse(f"<{name}>\nx\n\nafter\n")).split()


@pytest.mark.parametrize("start", ["<?php", "<!DOCTYPE", "<![CDATA["])
def test_declaration_without_end(start):
    text = words(parse(f"{start} x\n\nafter\n"))
    assert text.endswith("after")


def test_instructions():
    """One for servers is a sample of code; one for a parser of XML says nothing to readers."""
    assert words(parse("<?php echo 1 ?>\n\na")) == "<?php echo 1 ?> a"
    assert words(parse("<?xml version='1'?>\n\na")) == "a"


@pytest.mark.parametrize("name", ["title", "textarea", "noscript", "iframe", "select", "xmp"])
def test_markdown_is_not_lost_in_elements_without_markup(name):
    """The parser takes their content for text, or drops it."""
    text = render(f"<div>\n<{name}>\n\none **two**\n\n</{name}>\n</div>\n")
    assert "ajo-slot" not in text
    assert "one <strong>two</strong>" in text


def test_slots_cannot_be_forged():
    html = render('<div ajo-slot="0"></div>\n\n<div>\n\na\n\n</div>\n')
    assert html == "<p>a</p>\n"


def test_placeholder_in_block():
    assert words(parse("<div>Use <your-org-id> and <address> here</div>")) == (
        "Use <your-org-id> and <address> here"
    )


def test_placeholder_that_is_no_tag():
    """What only a browser takes for a tag is shown, but not what word processors leave."""
    text = "Use <YOUR_ID>, </org_id>, <dc:title> and <https://a.example/b>"
    assert words(parse(f"<p>{text}<o:p></o:p>.</p>")) == f"{text}."


def test_unknown_elements_show_their_content():
    assert words(parse("<note-box>\n\na\n\n</note-box>\n")) == "a"
    assert words(parse("<div><o:p>a</o:p></div>")) == "a"


def test_lines_are_true():
    text = "# T\n\n<table>\n<tr>\n<td>a</td>\n\n</tr>\n</table>\n\n<div>\n\nb\n\n<p>c</p>\n</div>\n"
    maps = {t.content: t.map for t in markdown().parse(text) if t.type == "inline"}
    assert maps == {"T": [0, 1], "a": [4, 5], "b": [11, 12], "c": [13, 14]}


def test_levels_are_true():
    tokens = markdown().parse("- <ul><li>\n\n  a\n\n  </ul>\n\n<div class=x>\n\n# b\n\nc\n\n</div>")
    level = 0
    for token in tokens:
        level += min(token.nesting, 0)
        assert token.level == level, token
        level += max(token.nesting, 0)


def test_mixed_dialect_is_left_alone():
    text = "<div>\n\n*a* <b>c</b>\n\n</div>\n"
    assert markdown(Dialect.MIXED).render(text) == ("<div>\n<p><em>a</em> <b>c</b></p>\n</div>\n")


@pytest.mark.parametrize(
    "text",
    [
        "<div>a</div>\n>[!NOTE]\n>\n>n\n\nb",
        "<div>\na\n> [!Note]\n>n\n</div>\nb",
        "<p>a<br>\n>[!MORE LIKE THIS]\n>n\n</p>\n\nb",
        "<table><tr><td>a\n>[!TIP]\n>n\n</td><td>b</table>",
    ],
)
def test_alert_below_html(text):
    """An alert needs no blank line between it and HTML, and may stand in HTML."""
    tree = parse(text)
    assert words(tree) == "a n b"
    (alert,) = tree.xpath("//div[contains(@class, 'admonition')]")
    assert words(alert) == "n"


@pytest.mark.parametrize("text", ["<div>\n>[!DNL a] b\n</div>", "<pre>\n>[!NOTE]\n</pre>"])
def test_no_alert_in_html(text):
    """What is no marker in a quote ends no block, and code ends with its tag."""
    assert words(parse(text)).startswith(">")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><tr><td><pre>\na\n\n*b*\n</pre></td><td>c</table>", ["a *b*"]),
        ("<div><pre><code>a\n\n  b</code></pre>\n>[!NOTE]\n>c\n</div>", ["a b"]),
        ("<div><PRE>a\n\nb</PRE><pre>c\n\n>[!NOTE]</pre></div>", ["a b", "c >[!NOTE]"]),
        ("- <div><pre>a\n\n  b</pre></div>\n\n  c", ["a b"]),
        ("<div><pre>a\n\nb</div>", ["a"]),
        ("- <div><pre>a\n\n  b</div>\n\nc</pre>", ["a"]),
    ],
)
def test_code_with_blank_lines(text, expected):
    """A blank line ends no code, unless nothing ends it."""
    tree = parse(text)
    assert [words(code) for code in tree.xpath("//pre")] == expected
    assert "b" in words(tree)


CODES = [
    ("<pre>one<br>two</pre>", "one two"),
    ("<PRE><code>one<br/>two</code></PRE>", "one two"),
    ("<listing>a_b_c *d* `e` &lt;f> \\* <your-id></listing>", "a_b_c *d* `e` <f> \\* <your-id>"),
]


@pytest.mark.parametrize(("source", "code"), CODES)
@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| x | top {} end |",
        "top {} end",
        "top {}\nend",
        "- top {} end",
        "1. a\n\n   top {} end",
        ">[!NOTE]\n>\n>top {} end",
        "| a | b |\n|---|---|\n| x | <ul><li>top {} end</li></ul> |",
        "<table><tr><td>top {} end</td></tr></table>",
        "<ul><li>top {} end</li></ul>",
        "top <b>{}</b> end",
    ],
)
def test_code_in_text(text, source, code):
    """Code in the midst of text is a block of code at its place."""
    tree = parse(text.format(source))
    (block,) = tree.xpath("//pre")
    assert words(block) == code
    assert words(tree).replace("a b x ", "").removeprefix("a ") == f"top {code} end"


@pytest.mark.parametrize(
    ("text", "codes", "all_words"),
    [
        ("top <pre>one\n  two</pre> end", ["one\n  two\n"], "top one two end"),
        ("- x <pre>one\n\n      two\n\n  three</pre> y", ["one\n\n    two\n\nthree\n"], None),
        ("- x <pre>a\n\n  # b\n\n  c</pre> y", ["a\n", "c\n"], "x a b c y"),
        ("x <pre>a `</pre>` b", ["a `\n"], "x a ` ` b"),
        ("x `<pre>` y", [], "x <pre> y"),
        ("| a |\n|---|\n| x <pre>b *c* |", ["b *c*\n"], "a x b *c*"),
        ('x <pre><code class="language-sql">a</code></pre>', ["a\n"], "x a"),
    ],
)
def test_lines_of_code_in_text(text, codes, all_words):
    """Its lines are those of the source, blank ones included, whatever they look like."""
    tree = parse(text)
    assert [code.text_content() for code in tree.xpath("//pre")] == codes
    assert all_words is None or words(tree) == all_words


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("<table><tr><td>mid</td></tr></table>", "//td//td | //li//td | //p/following::td"),
        ("<ul><li>mid</li></ul>", "//li[normalize-space()='mid']"),
        ("<ol><li>mid</li></ol>", "//ol/li"),
        ("<div>mid</div>", "//p[.='mid']"),
        ("<p>mid</p>", "//p[.='mid']"),
        ("<details><summary>mid</summary></details>", "//summary"),
        ("<h3>mid</h3>", "//h3"),
        ("<blockquote>mid</blockquote>", "//blockquote"),
        ("<dl><dt>mid</dt></dl>", "//dt"),
        ("<hr>mid", "//hr"),
    ],
)
@pytest.mark.parametrize("text", ["| a |\n|---|\n| top {} end |", "top {} end", "- top {} end"])
def test_blocks_in_text(text, source, path):
    """Other blocks of HTML in the midst of text stay at their place, too."""
    tree = parse(text.format(source))
    assert tree.xpath(path)
    assert words(tree).removeprefix("a ") == "top mid end"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!<tr>[a](b)", "!a"),
        ("[a]<tr>(b)", "[a](b)"),
        ("!</td>[a][b]\n\n[b]: c", "!a"),
    ],
)
def test_left_out_between_texts(text, expected):
    """Where a tag is left out, the texts beside it do not become an image or a link."""
    tree = parse(text)
    assert not tree.xpath("//img")
    assert words(tree).replace("\u200b", "") == expected


@pytest.mark.parametrize("name", ["svg", "math", "template"])
@pytest.mark.parametrize("place", ["<div>{}</div>", "<table><tr><td>{}</table>", "<p>{}"])
def test_tags_of_browsers(name, place):
    """What only a browser takes for a tag, by its attributes, ends where it ends for browsers."""
    tree = parse(place.format(f"<{name} a==></{name}>word"))
    assert "word" in words(tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>a <b<i>c</i></div>", "a <bc"),
        ("<table><d<!>word>", "<d<!>word>"),
        ("<td <!>word>", "<td <!>word>"),
        ("<div>a <b\n\nword</div>", "a <b word"),
        ("<div>a </b\n\n**word**</div>", "a </b word"),
    ],
)
def test_tags_without_end(text, expected):
    """What begins like a tag, but is none, does not take the next tag for its end."""
    assert words(parse(text)) == expected


@pytest.mark.parametrize("svg", ["<svg><d =</svg>", "<svg =<></svg>", "<svg><d<e></d<e></svg>"])
def test_names_that_cannot_be_written(svg):
    """An image with such a name is rebuilt without it; what stands beside it stays."""
    assert words(parse(f"<div>word {svg}</div>")).startswith("word")
    assert words(parse(f"<details><summary>word</summary>{svg}</details>")).startswith("word")
