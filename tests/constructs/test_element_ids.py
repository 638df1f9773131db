"""Ids in braces right behind a text."""

from __future__ import annotations

import lxml.html
import pytest
from effort import check_linear

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown


def main(build, name="index.html"):
    return lxml.html.fromstring(build.text(name)).xpath("//div[@role='main']")[0]


@pytest.mark.parametrize(
    ("text", "tag", "shown"),
    [
        ("- Oak{#x}", "li", "Oak"),
        ("1. Oak {#x}", "li", "Oak"),
        ("- Oak\n\n  Bark{#x}", "p", "Bark"),
        ("Elm tree{#x}", "p", "Elm tree"),
        ("Elm\ntree{#x}", "p", "Elm\ntree"),
        ("**Fir**{#x} wood", "strong", "Fir"),
        ("*Fir*{#x} wood", "em", "Fir"),
        ("a **Fir{#x}** wood", "strong", "Fir"),
        ("***Fir***{#x} wood", "em", "Fir"),
        ("~~Fir~~{#x} wood", "s", "Fir"),
        ("`ash`{#x} wood", "code", "ash"),
        ("[e](https://example.com){#x} wood", "a", "e"),
        ("[here](#t){#x} wood", "a", "here"),
        ("![a](https://example.com/a.svg){#x} wood", "img", ""),
        ("[!UICONTROL Row]{#x} wood", "span", "Row"),
        ("[!DNL Row]{#x}", "p", "Row"),
        ("a <b>Fir</b>{#x} wood", "strong", "Fir"),
        ("| a |\n|---|\n| Oak{#x} |", "td", "Oak"),
        ("| Oak{#x} |\n|---|\n| b |", "th", "Oak"),
        ("| a |\n|---|\n| {#x} |", "td", ""),
        ("> [!NOTE]\n>\n> Oak{#x}", "p", "Oak"),
        ("> Oak{#x}", "p", "Oak"),
        ("+++Fold\n\nOak{#x}\n\n+++", "p", "Oak"),
        ("+++Fold{#x}\n\nOak\n\n+++", "details", None),
        (">[!BEGINTABS]\n\n>[!TAB A]\n\nOak{#x}\n\n>[!ENDTABS]", "p", "Oak"),
        (">[!BEGINTABS]\n\n>[!TAB Oak{#x}]\n\na\n\n>[!ENDTABS]", "span", ""),
        ("term{#x}\n: what it is", "dt", "term"),
        ("term\n: what it is{#x}", "p", "what it is"),
        ("Oak{#x}\nElm", "span", ""),
        ("Oak {#x}\nElm", "span", ""),
        ("[!DNL Oak]{#x} wood", "span", ""),
        ("## A **b**{#x} c", "span", ""),
        ("Oak{#x}&#x200B;", "p", "Oak"),
        ("Oak {#x}\u200b &#8203;", "p", "Oak"),
        ("### Yew{#x}&#x200B;", "section", None),
        ("Oak{#x}<br>Elm", "span", ""),
        ("| a |\n|---|\n| Oak{#x}<br/>b |", "span", ""),
        ("Oak{#x}{.tall}", "p", "Oak"),
        ("Oak{.tall}{#x}", "p", "Oak"),
        ("Oak {#x} {.tall}", "p", "Oak"),
        ('[e](https://example.com){#x}{target="_blank"} wood', "a", "e"),
        ("**Fir**{#x}{.tall} wood", "strong", "Fir"),
        ('![a](https://example.com/a.svg){#x}{width="20"} wood', "img", ""),
        ("`ash`{#x}{.tall} wood", "code", "ash"),
        ("| Oak{#x}{.tall} |\n|---|\n| b |", "th", "Oak"),
        ("Text.\n\n{#x}{.tall}", "p", "Text."),
        ("### Yew{#x}{.tall}", "section", None),
        ("### Yew{.tall}{#x}", "section", None),
        ("### Yew\n{#x}", "section", None),
        ("Text.\n\n{#x}", "p", "Text."),
        ("Text.\n{#x}", "p", "Text."),
        ("- a\n- b\n\n{#x}\n\nnext", "ul", None),
        ("> quote\n\n{#x}\n\nnext", "blockquote", None),
        ("- {#x}\n\nnext", "p", "next"),
    ],
)
def test_element(build_page, text, tag, shown):
    """The id is that of what it stands behind; nothing of it is shown, and links lead to it."""
    build = build_page(f"# T\n\n{text}\n\n[go](#x)\n", suppress_warnings=["image.not_readable"])
    tree = main(build)
    found = tree.xpath("//*[@id='x']")
    assert [element.tag for element in found] == [tag]
    assert shown is None or "".join(found[0].text_content().split("¶")).strip() == shown
    assert "{" not in tree.text_content()
    assert tree.xpath(".//a[@href='#x']")


@pytest.mark.parametrize(
    "text",
    [
        "a{#x} wood",
        "a {#x} wood",
        "a{tenantId}",
        "**a**{tenantId} b",
        "a{1}",
        "**a**{1}",
        "{#each x}",
        "a{#each x}",
        "**a**{#each x} b",
        "a{{#x}}",
        "a{{x}}",
        "https://example.com/a/{#x}",
        r"a\{#x}",
        "`{#x}`",
        "[a{#x}](https://example.com)",
        "{#x}\ntext",
        "text\n{#x}\ntext",
        "a{.b} c",
        "a{.b} c {x}",
        "a{width=1}",
        "/a/{.b}",
        "a{#}",
        "a{#x",
        "a ${#x}",
    ],
)
def test_text(text):
    """Braces that hold something else, or stand in a sentence, stay."""
    html = markdown().render(text)
    assert 'id="' not in html
    assert "{" in html


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("**a**{.b} c", "b"),
        ("**a**{#x .b .c} d", "b c"),
        ("`a`{.b} c", "b"),
        ("[!UICONTROL a]{.b} c", "guilabel b"),
        ("[a](https://example.com){.b} c", "b"),
        ("a{.b}", "b"),
        ("a {.b} {.c}", "b c"),
        ("- a{.b}", "b"),
        ('a{.b}{style="color:red" target="_blank"}', "b"),
    ],
)
def test_classes(build_page, text, classes):
    """A class goes to the element before it, or to the block that it ends."""
    tree = main(build_page(f"# T\n\n{text}\n"))
    found = [element for element in tree.iter() if set(classes.split()) <= set(element.classes)]
    assert [element.text_content() for element in found] == ["a"]
    assert "{" not in tree.text_content()


def test_letters(project):
    """An id stays as it was written, and links from other pages lead to it."""
    project.write(
        index="# T\n\n- Oak{#Oak.Tree_1:a}\n\n`b`{#Täg}\n\n```{toctree}\nother\n```\n",
        other="# O\n\n[a](index.md#Oak.Tree_1:a) [b](index.md#Täg)\n",
    )
    build = project.build(ajo_dialect="exl")
    tree = main(build)
    assert tree.xpath("//li/@id") == ["Oak.Tree_1:a"]
    assert tree.xpath("//code/@id") == ["Täg"]
    links = main(build, "other.html").xpath(".//p/a/@href")
    assert links == ["index.html#Oak.Tree_1:a", "index.html#Täg"]


def test_other_attributes(build_page):
    """An id can stand beside other attributes."""
    link = '[a](https://example.com){#x target="_blank" .c}'
    page = f'# T\n\n{link} ![b](https://example.com/b.svg){{#y width="30"}}\n'
    tree = main(build_page(page, suppress_warnings=["image.not_readable"]))
    link, image = tree.xpath("//p/a")[0], tree.xpath("//p/img")[0]
    assert (link.get("id"), link.get("target")) == ("x", "_blank")
    assert "c" in link.classes
    assert (image.get("id"), image.get("width")) == ("y", "30")


def test_twice(build_page):
    """The first of two equal ids counts."""
    build = build_page(
        "# T\n\n- Oak{#x}\n- Elm{#x}\n\n## Yew {#x}\n",
        warnings=[
            "index.md:4: WARNING: the id 'x' is already used above",
            "index.md:6: WARNING: the id 'x' is already used above",
        ],
    )
    assert main(build).xpath("//*[@id='x']/p/text()") == ["Oak"]


def test_many_pages(project):
    """The same id may stand on several pages."""
    project.write(
        index="# A\n\n- Oak{#x}\n\n[b](b.md#x)\n\n```{toctree}\nb\n```\n", b="# B\n\n- Oak{#x}\n"
    )
    build = project.build(ajo_dialect="exl")
    assert main(build).xpath("//a[text()='b' or *='b']/@href") == ["b.html#x"]


PLACES = """
# T

- Oak{#li}

**Fir**{#strong} `ash`{#code} [a](https://example.com){#link} [b](#li){#xref}

Elm{#p}

| a{#th} |
|---|
| b{#td} |

term{#dt}
: def{#dd}

Text

{#alone}

"""


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "latex", "text", "texinfo"])
def test_builders(build_page, builder):
    """Each format has a place for each id, once."""
    ids = ["li", "strong", "code", "link", "xref", "p", "th", "td", "dt", "dd", "alone"]
    links = " ".join(f"[{id_}](#{id_})" for id_ in ids)
    conf = {"epub_copyright": "x", "version": "1"} if builder == "epub" else {}
    build = build_page(f"{PLACES}{links}\n", builder, **conf)
    if builder == "latex":
        text = build.text("projectnamenotset.tex")
        for id_ in ids:
            assert text.count(f"\\label{{\\detokenize{{index:{id_}}}}}") == 1
    elif builder == "texinfo":
        text = build.text("projectnamenotset.texi")
        for id_ in ids:
            assert text.count(f"@anchor{{{id_}}}") + text.count(f"@anchor{{index {id_}}}") == 1
    elif builder == "text":
        assert "{" not in build.text("index.txt")
    else:
        text = build.text("index.xhtml" if builder == "epub" else "index.html")
        for id_ in ids:
            assert text.count(f' id="{id_}"') == 1


def test_mixed():
    """In the mixed dialect braces with an id are MyST's."""
    assert "{#x}" in markdown(Dialect.MIXED).render("**a**{#x}")


@pytest.mark.parametrize("text", ["a{#x}", "**a**{#x}", "{#x}", "a {#", "`a`{#x .b"])
def test_linear(text):
    """No number of ids takes more than its share of work."""
    check_linear(markdown().render, lambda size: text * size)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (r"![](https://example.com/a\(1\).PNG)", "https://example.com/a(1).PNG"),
        (r"![](<https://example.com/a\(1\).PNG>)", "https://example.com/a(1).PNG"),
        (r"[x](https://example.com/a\(1\).PNG)", "https://example.com/a(1).PNG"),
        ("![x][y]\n\n[y]: https://example.com/a\\(1\\).PNG", "https://example.com/a(1).PNG"),
        (r"![](https://example.com/a\_b\&c\?d\=e)", "https://example.com/a_b&c?d=e"),
        (r"| ![](https://example.com/a\(1\).PNG)<p>x |", "https://example.com/a(1).PNG"),
    ],
)
def test_escapes_in_addresses(build_page, source, address):
    """Backslashes before signs are no part of an address."""
    if source.startswith("|"):
        source = f"| a |\n|---|\n{source}"
    tree = main(build_page(f"# T\n\n{source}\n", suppress_warnings=["image.not_readable"]))
    assert address in [*tree.xpath("//@src"), *tree.xpath(".//@href")]
