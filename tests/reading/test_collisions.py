"""What MyST would take for its own syntax stays text in ExL pages, and MyST in MIXED ones.

See exl-markdown.md, 8.
"""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

TEXTS = [
    "% not a comment",
    "(not-a-target)=",
    "{role}`x`",
    "a {math}`x` b `y`{l=python}",
    "$a$ and $5 to $10",
    "$$\nx = 1\n$$",
    ":field: text",
    ":field one: text\n:other: more",
    "{{ x }} and {{x}}",
    "{a=b}",
    "{#id}\ntext",
    "[span]{.cls}",
    ":smile: :k:`x`",
    "\\begin{equation}\nx\n\\end{equation}",
    "www.example.com and https://example.com",
    "§1 and sec 2",
    "@name #12",
    "---text",
    "%%% x",
    "1. % x\n2. (a)=",
    "> % x\n> (a)=",
    "| % |\n|---|\n| (a)= |",
]
"""Pages that use no ExL syntax."""

EXTENSIONS = [
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "dollarmath", "fieldlist"),
    *("html_admonition", "html_image", "smartquotes", "strikethrough", "substitution"),
]
"""What a user of MyST may have turned on."""


def words(text):
    """Reduce a text to what readers must find again."""
    return [char for char in text if char.isalnum() or char in "%$@#§()={}"]


def visible(source):
    """Reduce Markdown to what readers should see of it."""
    text = source.replace("|---|", "").replace("1. ", "").replace("2. ", "").replace("`", "")
    return words(text)


@pytest.mark.parametrize("extensions", [[], EXTENSIONS])
@pytest.mark.parametrize("source", TEXTS)
def test_exl_pages_lose_nothing(source, extensions):
    """Every character is there, whatever extensions of MyST are on."""
    html = markdown(enable_extensions=set(extensions)).render(f"before\n\n{source}\n\nafter\n")
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    assert words(tree.text_content()) == words("before") + visible(source) + words("after")


def test_exl_pages_lose_nothing_in_sphinx(build_page):
    """Neither do the renderer, the transforms and the writers take anything for markup."""
    sources = [text for text in TEXTS if "|" not in text]
    build = build_page("# T\n\n" + "\n\nnext\n\n".join(sources), myst_enable_extensions=EXTENSIONS)
    main = lxml.html.fromstring(build.text("index.html")).xpath('//*[@role="main"]')[0]
    # the permalink of the title
    text = "".join(words(main.text_content().partition("T¶")[2] or main.text_content()))
    expected = "".join("".join(visible(source)) for source in [" next ".join(sources)])
    assert text.removeprefix("T") == expected


@pytest.mark.parametrize(
    ("source", "tokens", "extensions"),
    [
        ("% comment", {"myst_line_comment"}, []),
        ("(target)=", {"myst_target"}, []),
        ("+++ meta", {"myst_block_break"}, []),
        ("{role}`x`", {"myst_role"}, []),
        ("$a$", {"math_inline"}, ["dollarmath"]),
        ("$$\na\n$$", {"math_block"}, ["dollarmath"]),
        (":field: text", {"field_list_open"}, ["fieldlist"]),
        ("{{ x }}", {"substitution_block"}, ["substitution"]),
        (":::{note}\ntext\n:::", {"colon_fence"}, ["colon_fence"]),
        ("[x]{.c}", {"span_open"}, ["attrs_inline"]),
        ("\\begin{equation}\nx\n\\end{equation}", {"amsmath"}, ["amsmath"]),
        ("a\nb", {"softbreak"}, []),
        ("a<br>b", {"html_inline"}, []),
        ("Term\n: text", {"dl_open"}, ["deflist"]),
    ],
)
def test_mixed_pages_are_myst(source, tokens, extensions):
    """MyST's syntax means what it means without us."""
    md = markdown(Dialect.MIXED, enable_extensions=set(extensions))
    found = set()
    for token in md.parse(source):
        found |= {token.type} | {child.type for child in token.children or []}
    assert tokens <= found


def test_mixed_page_in_sphinx(project):
    """A page with all of it builds as MyST builds it."""
    project.write(
        index="# T\n\n% hidden\n\n(here)=\n## Sub\n\n{ref}`here` $a$ {{ x }}\n\n+++\n\n"
        ':field: value\n\n:::{note}\nNoted\n:::\n\na\nb\n\n[span]{.cls} -- "q"\n'
    )
    build = project.build(
        ajo_dialect="mixed",
        myst_enable_extensions=[
            *("dollarmath", "substitution", "fieldlist", "colon_fence", "attrs_inline")
        ],
        myst_substitutions={"x": "replaced"},
    )
    tree = lxml.html.fromstring(build.text("index.html")).xpath('//*[@role="main"]')[0]
    text = tree.text_content()
    assert "hidden" not in text
    assert "replaced" in text
    assert tree.xpath(".//*[contains(@class, 'math')]")
    assert tree.xpath(".//*[contains(@class, 'admonition')]")
    assert tree.xpath(".//dl[contains(@class, 'field-list')]")
    assert tree.xpath(".//span[@class='cls']")
    assert tree.xpath(".//a[@href='#here']")
    assert not tree.xpath(".//br")
