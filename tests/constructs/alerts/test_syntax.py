"""What is read as an alert: the tokens."""

from __future__ import annotations

import random

import pytest
from effort import tries
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def render(text, dialect=Dialect.EXL, **config):
    html = markdown(dialect, **config).render(text.rstrip("\n") + "\n")
    return html.replace("\n", "")


def alert(content, kind="note"):
    return f'<div class="admonition {kind}">{content}</div>'


def alerts(text):
    """Return the opening tokens of all alerts."""
    tokens = markdown().parse(text.rstrip("\n") + "\n")
    return [token for token in tokens if token.type == "ajo_alert_open"]


def alert_titles(text):
    """Return the titles that authors have given to alerts, as they wrote them."""
    tokens = markdown().parse(text.rstrip("\n") + "\n")
    return [
        tokens[index + 1].content
        for index, token in enumerate(tokens)
        if token.type == "ajo_alert_title_open"
    ]


def problems(text, dialect=Dialect.EXL):
    tokens = markdown(dialect).parse(text.rstrip("\n") + "\n")
    return [
        (problem.warning.value, token.map[0] + problem.offset)
        for token in tokens
        for problem in token.meta.get(PROBLEMS, ())
    ]


@pytest.mark.parametrize(
    ("keyword", "kind"),
    [
        ("NOTE", "note"),
        ("TIP", "tip"),
        ("IMPORTANT", "important"),
        ("CAUTION", "caution"),
        ("WARNING", "warning"),
        ("INFO", "info"),
        ("SUCCESS", "success"),
        ("ERROR", "error"),
        ("ADMIN", "administration"),
        ("ADMINISTRATION", "administration"),
        ("AVAILABILITY", "availability"),
        ("PREREQUISITES", "prerequisites"),
        ("MORELIKETHIS", "morelikethis"),
        ("MORE_LIKE_THIS", "morelikethis"),
        ("MORE LIKE THIS", "morelikethis"),
        ("note", "note"),
        ("Note", "note"),
    ],
)
def test_keywords(keyword, kind):
    """Each keyword makes its alert, in any case."""
    assert render(f">[!{keyword}]\n>\n>a") == alert("<p>a</p>", kind)


@pytest.mark.parametrize(
    "text",
    [
        ">[!NOTE]\n>\n>a",
        ">[!NOTE]\n>a",
        "> [!NOTE]\n> a",
        ">\t[!NOTE]\n>\ta",
        ">  [!NOTE]  \n>   a",
        ">[! NOTE ]\n>a",
        "  >[!NOTE]\n  >a",
        ">[!NOTE] a",
        ">[!NOTE]a",
        '>[!NOTE]{class="x"}\n>a',
        '>[!NOTE]{class="x"} a',
        ">\u200b[!NOTE]\u200b\n>a",
        ">\n>[!NOTE]\n>a",
        ">[!NOTE]\n>\n>\n>a\n>\n",
    ],
)
def test_spacing(text):
    """All these are the same alert."""
    assert render(text) == alert("<p>a</p>")


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("2. a\n3. b", '<ol start="2"><li>a</li><li>b</li></ol>'),
        ("```text\na\n[!TIP]\n```", '<pre><code class="language-text">a[!TIP]</code></pre>'),
        ("![a](b.png)", '<p><img src="b.png" alt="a" /></p>'),
        ("# a", '<h1 id="a">a</h1>'),
        ("[a]: b\n\n[a]", '<p><a href="b">a</a></p>'),
        (": a", "<p>: a</p>"),
        ("|a|\n|-|", "<table><thead><tr><th>a</th></tr></thead></table>"),
        ("[!DNL a] b", "<p>a b</p>"),
        ("a\n[!UICONTROL b]", '<p>a<br /><span class="guilabel">b</span></p>'),
        ("a\n[!FOO] b", "<p>a<br />[!FOO] b</p>"),
        ("> a", "<blockquote><p>a</p></blockquote>"),
    ],
)
def test_body_is_markdown(body, html):
    """The body is Markdown of any kind, straight after the marker or below a blank line."""
    quoted = "\n".join(f">{line}" for line in body.split("\n"))
    assert render(f">[!NOTE]\n{quoted}") == alert(html)
    assert render(f">[!NOTE]\n>\n{quoted}") == alert(html)


@pytest.mark.parametrize("gap", ["", ">\n", ">\n>\n"])
def test_second_marker_splits(gap):
    """Two alerts in one quote are two alerts."""
    text = f">[!NOTE]\n>a\n{gap}>[!TIP]\n>b"
    assert render(text) == alert("<p>a</p>") + alert("<p>b</p>", "tip")


@pytest.mark.parametrize("fence", ["```", "~~~~", "- ```", "1. ~~~"])
def test_marker_in_a_fence_does_not_split(fence):
    """A marker that is shown in a code fence is code."""
    end = fence.split()[-1]
    text = f">[!NOTE]\n>{fence}\n>[!TIP]\n>{end}\n>[!TIP]\n>b"
    assert [token.map for token in alerts(text)][-1] == [4, 6]
    assert len(alerts(text)) == 2


@pytest.mark.parametrize(
    "marker",
    [
        "[!BEGINTABS]",
        "[!TAB a]",
        "[!ENDTABS]",
        '[!BEGINSHADEBOX "a"]',
        "[!ENDSHADEBOX]",
        "[!VIDEO](a)",
        "[!SLIDE](a)",
        "[!CONTEXTUALHELP]",
    ],
)
def test_structural_marker_ends_an_alert(marker):
    """The markers of other constructs are not part of the alert above."""
    assert alerts(f">[!NOTE]\n>a\n>{marker}\n")[0].map == [0, 2]


@pytest.mark.parametrize("marker", ["[!DNL a]", "[!UICONTROL a]", "[!BADGE a]{type=b}"])
def test_inline_markers_are_text(marker):
    """At the beginning of a quote, too, and without a warning."""
    assert not alerts(f">{marker} b\n>c")
    assert problems(f">{marker} b\n>c") == []


@pytest.mark.parametrize("gap", ["", ">\n", "   >\n>\n"])
def test_indented_marker_with_body_in_the_first_column(gap):
    """The body belongs to the alert though it stands left of the list item."""
    text = f"1. a\n   >[!NOTE]\n{gap}>b\n2. c"
    assert render(text) == f"<ol><li>a{alert('<p>b</p>')}</li><li>c</li></ol>"


@pytest.mark.parametrize(
    "text", [">>[!NOTE]\n>>a", "> > [!NOTE]\n> > a", "> >[!NOTE]\n> >\n> >a\n>\n"]
)
def test_nested_quote(text):
    """An alert in a quote."""
    assert render(text) == f"<blockquote>{alert('<p>a</p>')}</blockquote>"


def test_in_landing_cards():
    """Alerts work in other constructs."""
    text = ":::: landing-cards-container\n:::\n**a**\n\n>[!NOTE]\n>b\n:::\n::::"
    assert alert("<p>b</p>") in render(text)
    assert alerts(text)[0].map == [4, 6]


@pytest.mark.parametrize(
    "text",
    [
        ">[!NOTE]\n>a\n\nb",
        ">[!NOTE]\n>a\n>\nb",
        ">[!NOTE]\n>a\n2. b",
        ">[!NOTE]\n>a\n# b",
        ">[!NOTE]\n>```\n>a\n>```\nb",
        ">[!NOTE]\n>a\n:::: landing-cards-container\n:::\nb\n:::\n::::",
    ],
)
def test_end_of_an_alert(text):
    """What is not a continuation is not part of the alert, nor reported."""
    assert problems(text) == []
    assert "b" not in render(text).split("</div>")[0]


@pytest.mark.parametrize("text", [">[!FOO]\n>a", ">[!FOO] a", ">[!NOTE b]\n>a", ">[!MORE]\n>a"])
def test_unknown_kind_elsewhere(text):
    """In the mixed dialect, an unknown kind stays a quote with all its text, and is reported."""
    assert render(text, Dialect.MIXED).startswith("<blockquote><p>[!")
    assert problems(text, Dialect.MIXED) == [("alert_unknown", 0)]


@pytest.mark.parametrize("text", [">[!FOO](x.md)\n>a", ">[!FOO\n>a", ">[!FOO [x] y\n>a"])
def test_no_marker(text):
    """A link and what has no end are no marker; they stay, and are reported."""
    assert render(text).startswith("<blockquote><p>")
    assert problems(text) == [("alert_unknown", 0)]


@pytest.mark.parametrize(
    ("marker", "kind", "title"),
    [
        ("[!TIP Short way]", "tip", "Short way"),
        ('[!TIP "Short way"]', "tip", "Short way"),
        ('[!TIP"Short way"]', "tip", "Short way"),
        ("[!important NOTE]", "important", "NOTE"),
        ("[!NOTE: mind 2 things]", "note", "mind 2 things"),
        ("[!CAUTION - Rocks]", "caution", "Rocks"),
        ("[!TIP &quot;Short way&quot;]", "tip", "Short way"),
        ("[!TIP “Short *way*”]", "tip", "Short *way*"),
        ('[!TIP "[!UICONTROL **Row** [x]] a"]', "tip", "[!UICONTROL **Row** [x]] a"),
        ('[!FOO "a"]', "note", 'FOO "a"'),
        ("[!NOTES]", "note", "NOTES"),
        ("[!FOO BAR]", "note", "FOO BAR"),
        ("[! HINWEIS ]{class=x}", "note", "HINWEIS"),
        ("[!注意]", "note", "注意"),
        ("[!MÄRK]", "note", "MÄRK"),
    ],
)
@pytest.mark.parametrize("body", [" a", "\n>a", "\n>\n>a"])
def test_more_than_a_keyword(marker, kind, title, body):
    """What is not the keyword of an alert is its title; all is shown, and reported."""
    (opening,) = alerts(f">{marker}{body}")
    assert opening.meta["kind"] == kind
    assert alert_titles(f">{marker}{body}") == [title]
    assert problems(f">{marker}{body}") == [("alert_unknown", 0)]
    assert "<p>a</p>" in render(f">{marker}{body}")


def test_marker_with_a_title_ends_the_quote_above():
    """It begins an alert of its own, like one without; a word that names none may be text."""
    text = ">[!NOTE]\n>a\n>[!TIP b]\n>c\n>[!FOO]\n>d"
    assert [token.meta["kind"] for token in alerts(text)] == ["note", "tip"]
    assert alert_titles(text) == ["b"]


@pytest.mark.parametrize("marker", ['[!TIP ""]', "[!TIP!]", "[!TIP:]", "[!TIP -]"])
def test_nothing_beside_the_keyword(marker):
    """Signs are no title."""
    assert alert_titles(f">{marker}\n>a") == []
    assert render(f">{marker}\n>a") == render(">[!TIP]\n>a")
    assert problems(f">{marker}\n>a") == [("alert_unknown", 0)]


def test_related_information():
    """The older name of the panel of related articles; it is reported."""
    (opening,) = alerts(">[!RELATEDINFORMATION]\n>- a")
    assert opening.meta["kind"] == "morelikethis"
    assert problems(">[!RELATEDINFORMATION]\n>- a") == [("alert_unknown", 0)]


@pytest.mark.parametrize("text", [">", ">[", ">[!", ">[!N", ">[!]", ">[!NOTE", ">[ NOTE]", "> \n"])
def test_truncated_markers(text):
    """No look beyond the end of the text."""
    assert not alerts(text)
    md = markdown()
    assert "blockquote" in md.render(text)


def test_indented_code_is_code():
    """Four blanks make code."""
    assert render("    >[!NOTE]\n    >a") == "<pre><code>&gt;[!NOTE]&gt;a</code></pre>"
    assert not alerts(">     [!NOTE]\n")


def test_maps():
    """Tokens know their lines, those of the body too."""
    tokens = markdown().parse("x\n\n>[!NOTE]\n>\n>a\n>b\n\ny\n")
    found = [(token.type, token.map) for token in tokens if token.map and token.type != "inline"]
    assert found == [
        ("paragraph_open", [0, 1]),
        ("ajo_alert_open", [2, 6]),
        ("paragraph_open", [4, 6]),
        ("paragraph_open", [7, 8]),
    ]


def myst_alerts():
    """Return the configuration that enables MyST's own alerts, if this MyST has any."""
    config = {"enable_extensions": {"alert"}}
    try:
        MdParserConfig(**config)
    except ValueError:
        return {}
    return config


MYST = myst_alerts()
needs_myst_alerts = pytest.mark.skipif(not MYST, reason="this MyST has no alerts of its own")


def test_mixed_dialect():
    """Alerts are no MyST syntax, so that both dialects have them."""
    assert render(">[!INFO] a", Dialect.MIXED) == alert("<p>a</p>", "info")


@needs_myst_alerts
def test_myst_reads_its_alerts_in_mixed_dialect():
    """With MyST's extension its rules hold for the kinds it knows; the others are ours."""
    assert "markdown-alert-note" in render(">[!NOTE]\n>a\nlazy", Dialect.MIXED, **MYST)
    text = ">[!NOTE] a\n>b\n>[!TIP]"
    assert render(text, Dialect.MIXED, **MYST) == "<blockquote><p>[!NOTE] ab[!TIP]</p></blockquote>"
    assert render(">[!INFO]\n>a", Dialect.MIXED, **MYST) == alert("<p>a</p>", "info")
    text = ">[!NOTE]\n>a\n>\n>[!INFO]\n>b"
    assert render(text, Dialect.MIXED, **MYST).count("<div") == 1


def test_exl_dialect_reads_all_alerts():
    """MyST's extension does not matter there."""
    assert render(">[!NOTE] a\n>b", **MYST) == alert("<p>a<br />b</p>")
    assert render(">[!NOTE]\n>a", **MYST) == alert("<p>a</p>")


PIECES = [
    *[">", "> ", ">[!NOTE]", ">[!TIP] x", "[!NOTE]", ">[!FOO]", ">[!MORELIKETHIS]", ">[!VIDEO]"],
    *["\n", "\n", "\n>", "\n   >", "\n\n", " ", "   ", "\t", "- ", "1. ", "```", "~~~", "text"],
    *["# h", "<!--", "-->", ":::", "|a|\n|-|", "[!", "]", "{a=b}", ">>[!WARNING]", "> > "],
]


@pytest.mark.parametrize("dialect", list(Dialect))
def test_token_soup(dialect):
    """Whatever comes, tokens nest and their lines are in the text."""
    rng = random.Random(42)
    md = markdown(dialect, **MYST)
    for _ in range(tries(2500)):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 25))) + "\n"
        tokens = md.parse(text)
        SyntaxTreeNode(tokens)
        for token in tokens:
            if token.map:
                assert 0 <= token.map[0] <= token.map[1] <= text.count("\n"), text


@pytest.mark.parametrize("kind", ["NOTE", "WARNING Mind", "Something"])
@pytest.mark.parametrize("rest", ["~~~a", "```a", " ```a", "[x]: a", "[^x]: a", "[x]:a"])
@pytest.mark.parametrize("below", ["", "\n>c", "\nc"])
def test_text_beside_marker(kind, rest, below):
    """What begins code or a definition is text there: neither would show the rest of its line."""
    html = render(f">[!{kind}]{rest}{below}")
    assert f"<p>{rest.strip()}{below.strip(chr(10) + '>')}</p>" in html.replace("<br />", "")


@pytest.mark.parametrize("keyword", ["TAB one", "BEGINTABS", "ENDSHADEBOX", "SLIDE", "VIDEO"])
def test_marker_that_would_be_a_definition(keyword):
    """In the midst of a quote it is text: as the first line of one, nothing of it would be seen."""
    assert f"[!{keyword}]: b" in render(f">a\n>[!{keyword}]: b")
