"""A repository on paper: lists of pages, no blank pages, tables and pictures of a size to read."""

from __future__ import annotations

import pytest

from sphinx_ajo import testing

HEADER = "| " + " | ".join("abcdefgh") + " |\n|" + "---|" * 8
FILES = {
    "metadata.md": "---\nproduct: p\n---\n",
    "help/TOC.md": "# Guide\n\n- [First](first.md)\n- Group {#group}\n  - [Inner](inner.md)\n"
    "  - [Site](https://example.com/)\n",
    "help/first.md": "# First\n\n"
    ":::: landing-cards-container\n:::\n![Lamp](lamp.png)\n\nTitle\n\n[Inner](inner.md)\n:::\n"
    ":::\n![icon](https://cdn.experienceleague.adobe.com/icons/gear.svg)\n\nBare\n:::\n::::\n\n"
    f"{HEADER}\n| " + " | ".join("12345678") + " |\n\n"
    "| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "help/inner.md": "---\ndescription: What is inside.\n---\n# Inner\n\nSee [first](first.md).\n",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "0000000200015f0a2db40000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper") / "src"
    testing.write_files(folder, FILES)
    (folder / "help/lamp.png").write_bytes(PIXEL)
    return folder


@pytest.fixture(scope="module")
def latex(folder):
    build = testing.build(folder, "latex")
    (path,) = build.outdir.glob("*.tex")
    return path.read_text("utf-8")


def test_groups_list_their_pages(latex):
    """With the numbers of those that are in the book."""
    _before, _heading, group = latex.partition(r"\chapter{Group}")
    listed = group.partition(r"\end{itemize}")[0]
    assert listed.count(r"\item") == 2
    assert listed.count(r"\dotfill\pageref{\detokenize{help/inner::doc}}") == 1
    assert listed.count(r"\pageref") == 1
    assert "What is inside." in listed
    assert "sphinxShadowBox" not in listed


def test_start_page_has_no_second_contents(latex):
    """It follows the table of contents, which says the same."""
    before, _heading, _rest = latex.partition(r"\chapter")
    assert r"\item" not in before.partition(r"\sphinxtableofcontents")[2]


def test_no_blank_pages(latex, folder):
    assert "openany,oneside" in latex.partition("]{sphinxmanual}")[0]
    other = {"latex_elements": {"extraclassoptions": "twoside"}}
    build = testing.build(folder, "latex", outdir=folder.parent / "other", **other)
    (path,) = build.outdir.glob("*.tex")
    assert "oneside" not in path.read_text("utf-8").partition("]{sphinxmanual}")[0]


def test_wide_tables_have_small_type(latex):
    for size in ("scriptsize", "footnotesize"):
        assert latex.count(f"{{\\{size}\n") == 1
        assert r"\begin{tab" in latex.partition(f"{{\\{size}\n")[2].partition("\n}\n")[0]
    assert latex.count(r"\begin{tab") == 3


def test_pictures_of_cards_are_half_a_page_wide(latex):
    half = r"{\linewidth=0.5\linewidth\relax \sphinxincludegraphics{{lamp}.png}}"
    assert latex.replace("\n", "").count(half) == 1
    assert latex.count(r"\linewidth=") == 1


@pytest.mark.parametrize("builder", ["text", "man"])
def test_other_formats_list_them_too(folder, builder):
    build = testing.build(folder, builder)
    if builder == "text":
        assert "* Inner" in build.text("help/group/index.txt")
        return
    (path,) = build.outdir.glob("*.1")
    text = path.read_text("utf-8")
    assert "<>" not in text
    assert "Inner" in text.partition(".SS Inner")[0]
