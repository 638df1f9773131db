"""The container rules (exl-markdown.md, 3.1), at the level of Markdown tokens."""

from __future__ import annotations

import textwrap

import pytest
from effort import check_linear
from markdown_it.tree import SyntaxTreeNode

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def outline(text, dialect=Dialect.EXL):
    """Show the cards of a text: what each holds, and what stands outside of cards."""
    tokens = markdown(dialect).parse(textwrap.dedent(text).strip("\n") + "\n")
    return _outline(SyntaxTreeNode(tokens).children)


def _outline(nodes):
    found = []
    for node in nodes:
        if node.type == "ajo_cards":
            found.append(["cards", *_outline(node.children)])
        elif node.type == "ajo_card":
            found.append(["card", *_outline(node.children)])
        elif node.type == "inline":
            found.append(node.content)
        elif node.children:
            found.extend(_outline(node.children))
        elif node.type not in ("html_block", "front_matter"):
            found.append(node.content)
    return found


def problems(text):
    tokens = markdown().parse(textwrap.dedent(text).strip("\n") + "\n")
    return [
        (token.map[0] + problem.offset + 1, problem.warning.value)
        for token in tokens
        for problem in token.meta.get(PROBLEMS, ())
    ]


TWO_CARDS = [["cards", ["card", "A"], ["card", "B"]]]

WELL_FORMED = {
    "plain": """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::
        ::::
        """,
    "blank lines everywhere": """
        :::: landing-cards-container

        :::

        A

        :::

        :::

        B

        :::

        ::::
        """,
    "more colons outside": """
        :::::: landing-cards-container
        ::::
        A
        ::::
        :::
        B
        :::
        ::::::
        """,
    "closing lines may be longer": """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::
        :::::::
        """,
    "no space before the name, attributes after it, spaces at line ends": """
        ::::landing-cards-container {.c}
        ::: \t
        A
        :::\x20\x20
        :::
        B
        :::
        ::::\x20
        """,
    "indented by up to three spaces": """
           :::: landing-cards-container
         :::
          A
           :::
        :::
        B
          :::
         ::::
        """,
    "comment between cards": """
        :::: landing-cards-container
        :::
        A
        :::
        <!-- not yet -->
        :::
        B
        :::
        ::::
        """,
    "cards in a comment between cards": """
        :::: landing-cards-container
        :::
        A
        :::
        <!--
        :::
        C
        :::
        -->
        :::
        B
        :::
        ::::
        """,
}


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("text", WELL_FORMED.values(), ids=WELL_FORMED)
def test_well_formed(text, dialect):
    """All forms of the official rules give two cards, without a problem."""
    assert outline(text, dialect) == TWO_CARDS
    assert problems(text) == []


RECOVERED = {
    "as many colons outside as inside": (
        """
        ::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::
        :::

        After
        """,
        [*TWO_CARDS, "After"],
        [(1, "cards_markers")],
    ),
    "as many colons, four of them": (
        """
        :::: landing-cards-container

        ::::
        A
        ::::

        ::::
        B
        ::::

        ::::

        After
        """,
        [*TWO_CARDS, "After"],
        [(1, "cards_markers")],
    ),
    "as many colons and no closing line": (
        """
        ::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::

        ## After

        Text
        """,
        [*TWO_CARDS, "After", "Text"],
        [(1, "cards_markers")],
    ),
    "fewer colons outside than inside": (
        """
        ::: landing-cards-container
        ::::
        A
        ::::
        ::::
        B
        ::::
        :::

        After
        """,
        [*TWO_CARDS, "After"],
        [(1, "cards_markers")],
    ),
    "first card without its end": (
        """
        :::: landing-cards-container
        :::
        A

        :::
        B
        :::

        :::
        C
        :::
        ::::
        """,
        [["cards", ["card", "A"], ["card", "B"], ["card", "C"]]],
        [(2, "cards_unclosed")],
    ),
    "two cards without their ends": (
        """
        :::: landing-cards-container
        :::
        ![icon](a.svg)

        A

        :::
        ![icon](b.svg)

        B

        :::
        ![icon](c.svg)

        C
        :::
        ::::
        """,
        [
            [
                "cards",
                ["card", "![icon](a.svg)", "A"],
                ["card", "![icon](b.svg)", "B"],
                ["card", "![icon](c.svg)", "C"],
            ]
        ],
        [(2, "cards_unclosed"), (7, "cards_unclosed")],
    ),
    "last card without its end": (
        """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B
        ::::

        After
        """,
        [*TWO_CARDS, "After"],
        [(5, "cards_unclosed")],
    ),
    "a closing line too many": (
        """
        :::: landing-cards-container
        :::
        A
        :::
        :::

        :::
        B
        :::
        ::::
        """,
        TWO_CARDS,
        [(5, "cards_markers")],
    ),
    "no closing line": (
        """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::

        ## After

        Text
        """,
        [*TWO_CARDS, "After", "Text"],
        [(1, "cards_unclosed")],
    ),
    "no closing line at all": (
        """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B

        ## After

        Text
        """,
        [*TWO_CARDS, "After", "Text"],
        [(1, "cards_unclosed"), (5, "cards_unclosed")],
    ),
    "no closing line before the next container": (
        """
        :::: landing-cards-container
        :::
        A
        :::
        :::
        B
        :::

        :::: landing-cards-container
        :::
        C
        :::
        ::::
        """,
        [*TWO_CARDS, ["cards", ["card", "C"]]],
        [(1, "cards_unclosed")],
    ),
    "colon line in code in a card": (
        """
        :::: landing-cards-container
        :::
        A

        ```text
        :::
        ```
        :::
        :::
        B
        :::
        ::::
        """,
        [["cards", ["card", "A", ":::\n"], ["card", "B"]]],
        [(6, "cards_markers")],
    ),
    "long colon line in a comment in a card": (
        """
        :::: landing-cards-container
        :::
        A
        <!--
        ::::
        -->
        :::
        :::
        B
        :::
        ::::
        """,
        TWO_CARDS,
        [],  # comments are gone before
    ),
}


@pytest.mark.parametrize(("text", "expected", "found"), RECOVERED.values(), ids=RECOVERED)
def test_recovered(text, expected, found):
    """Cards that the official rules lose or break up are there, with a warning."""
    assert outline(text) == expected
    assert problems(text) == found


def test_stray_text_is_no_card():
    """Loose text between well-formed cards is not taken for a card without an end."""
    text = """
        :::: landing-cards-container
        :::
        A
        :::
        Stray
        :::
        B
        :::
        ::::
        """
    assert outline(text) == [["cards", ["card", "A"], "Stray", ["card", "B"]]]
    assert problems(text) == []  # warned about where the nodes are built


@pytest.mark.parametrize(
    "line",
    [
        ":: landing-cards-container",
        ":::: Landing-Cards-Container",
        ":::: landing-cards-containers",
        "    :::: landing-cards-container",
    ],
)
def test_no_container(line):
    """Case and spelling of the name count, and indented code stays code."""
    assert "ajo_cards_open" not in [token.type for token in markdown().parse(line)]


def test_named_colon_line_is_no_card():
    """`::: card` is text (rule 2)."""
    text = ":::: landing-cards-container\n::: card\nA\n:::\nB\n:::\n::::\n"
    assert outline(text) == [["cards", "::: card\nA", ["card", "B"]]]


def test_interrupts_paragraph():
    """No blank line is needed above (rule 8)."""
    text = "Text\n:::: landing-cards-container\n:::\nA\n:::\n::::\nMore"
    assert outline(text) == ["Text", ["cards", ["card", "A"]], "More"]


@pytest.mark.parametrize("prefix", ["* ", "1. "])
def test_in_list_item(prefix):
    """In a list item the container ends with the item."""
    indent = " " * len(prefix)
    lines = ["Text", ":::: landing-cards-container", ":::", "A", ":::", "::::"]
    text = "\n".join([prefix + lines[0], *(indent + line for line in lines[1:]), prefix + "Next"])
    assert outline(text) == ["Text", ["cards", ["card", "A"]], "Next"]


def test_unclosed_in_list_item():
    """An open container does not leave its list item (rule 6)."""
    text = "* Text\n  :::: landing-cards-container\n  :::\n  A\n  :::\n* Next\n\nAfter\n"
    assert outline(text) == ["Text", ["cards", ["card", "A"]], "Next", "After"]
    assert problems(text) == [(2, "cards_unclosed")]


def test_in_quote():
    """In a quote the container ends with the quote."""
    text = "> :::: landing-cards-container\n> :::\n> A\n> :::\n> ::::\n\nAfter\n"
    assert outline(text) == [["cards", ["card", "A"]], "After"]


def test_line_maps():
    """Every token knows its lines, closing lines included."""
    text = "Text\n\n:::: landing-cards-container\n:::\nA\n\nB\n:::\n::::\n"
    maps = {
        (token.type, token.content): token.map
        for token in markdown().parse(text)
        if token.map is not None
    }
    assert maps["ajo_cards_open", ""] == [2, 9]
    assert maps["ajo_card_open", ""] == [3, 8]
    assert maps["inline", "A"] == [4, 5]
    assert maps["inline", "B"] == [6, 7]


SPLIT = {
    "icon and title": ("![icon](a.svg)\nTitle", ["![icon](a.svg)", "Title"]),
    "icon and title on one line": ("![icon](a.svg) Title", ["![icon](a.svg)", "Title"]),
    "icon with attributes": (
        '![icon](a.svg){width="20"}\nTitle',
        ['![icon](a.svg){width="20"}', "Title"],
    ),
    "icon of the CDN": (
        "![Gear](https://cdn.experienceleague.adobe.com/icons/gear.svg?lang=sv-SE)<br/>Title",
        ["![Gear](https://cdn.experienceleague.adobe.com/icons/gear.svg?lang=sv-SE)", "Title"],
    ),
    "two icons": (
        "![icon](a.svg) ![icon](b.svg)\nTitle",
        ["![icon](a.svg) ![icon](b.svg)", "Title"],
    ),
    "other image": ("![Photo](a.png)\nTitle", ["![Photo](a.png)\nTitle"]),
    "links on lines": ("T\n\n[A](a.md)\n[B](b.md)", ["T", "[A](a.md)", "[B](b.md)"]),
    "links parted by breaks": (
        "T\n\n[A](a.md)<br/>\n[B](b.md)<br>[C](c.md)<br/>",
        ["T", "[A](a.md)", "[B](b.md)", "[C](c.md)"],
    ),
    "link with attributes and marker": (
        'T\n\n[[!DNL A] a](a.md){target="_blank"}\n[B](b.md)',
        ["T", '[[!DNL A] a](a.md){target="_blank"}', "[B](b.md)"],
    ),
    "link over two lines": (
        "T\n\n[A](\nhttps://a.b)\n[B](b.md)",
        ["T", "[A](\nhttps://a.b)", "[B](b.md)"],
    ),
    "links with text": ("T\n\n[A](a.md) and\n[B](b.md)", ["T", "[A](a.md) and\n[B](b.md)"]),
    "undefined reference": ("T\n\n[A]\n[B]", ["T", "[A]\n[B]"]),
    "no blank lines": (
        "![icon](a.svg)\nTitle\nText\ntext\n[A](a.md)\n[B](b.md)",
        ["![icon](a.svg)", "Title", "Text\ntext", "[A](a.md)", "[B](b.md)"],
    ),
    "no blank lines and no icon": ("Title\nText\n[A](a.md)", ["Title", "Text", "[A](a.md)"]),
    "title over two lines": ("Title\ntitle\n\nText", ["Title\ntitle", "Text"]),
}


@pytest.mark.parametrize(("text", "parts"), SPLIT.values(), ids=SPLIT)
def test_parts(text, parts):
    """Icon, title and links are paragraphs of their own, each with its exact source."""
    source = f":::: landing-cards-container\n:::\n{text}\n:::\n::::\n"
    tokens = [token for token in markdown().parse(source) if token.type == "inline"]
    assert [token.content for token in tokens] == parts
    lines = source.split("\n")
    for token in tokens:
        assert token.content.split("\n")[0] in lines[token.map[0]]


def test_many_containers_take_linear_time():
    """Each line is looked at once, however many containers are left open."""
    text = ":::: landing-cards-container\n:::\nA\n"
    assert len(outline(text * 9)) == 9
    check_linear(outline, lambda size: text * size)
