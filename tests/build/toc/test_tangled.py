"""Guides that list pages twice, below themselves or below each other; and what exceeds a budget."""

from __future__ import annotations

import os
import subprocess
import sys

import lxml.html
import pytest

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.build.toc.project import read_inline
from sphinx_ajo.site.toc.parse import parse_toc
from sphinx_ajo.site.toc.site import Source, build_site

METADATA = {"metadata.md": "---\nsolution: L\n---\n"}
LIMITS = Limits()
NAMES = ("a", "b", "c", "d")


def site(*tocs, limits=LIMITS, names=NAMES):
    """Build the tree of some guides, in folders g0, g1 …, whose pages are at the root."""
    sources = [
        Source(f"g{number}/TOC.md", parse_toc(text, read_inline, limits), f"G{number}")
        for number, text in enumerate(tocs)
    ]
    return build_site(sources, names, lambda _, path: path, "index", "T", limits=limits)


def tree(found, name="index"):
    """Return the tree as nested dictionaries; it ends, whatever the guides say."""
    page = found.pages.get(name)
    return {target: tree(found, target) for _, target in page.entries} if page else {}


@pytest.mark.parametrize(
    ("toc", "expected"),
    [
        ("- [A](a.md)\n  - [A](a.md)\n", {"a": {}}),
        ("- [A](a.md)\n  - [B](b.md)\n    - [A](a.md)\n", {"a": {"b": {}}}),
        ("- [A](a.md)\n  - [B](b.md)\n- [B](b.md)\n  - [A](a.md)\n", {"a": {}, "b": {"a": {}}}),
        ("- [A](a.md)\n- [A](a.md)\n- [B](b.md)\n", {"a": {}, "b": {}}),
        # a page that has nothing below it, and one whose entries have nothing
        (
            "- [A](a.md)\n- [B](b.md)\n  - [A](a.md)\n- [C](c.md)\n  - [B](b.md)\n",
            {"a": {}, "b": {"a": {}}, "c": {"b": {"a": {}}}},
        ),
        # one with more below it stays where it lies highest
        (
            "- [A](a.md)\n  - [B](b.md)\n    - [C](c.md)\n- [D](d.md)\n  - [A](a.md)\n",
            {"a": {"b": {"c": {}}}, "d": {}},
        ),
    ],
)
def test_one_guide(toc, expected):
    """What is below a page is not repeated without end."""
    assert tree(site(toc)) == expected


def test_two_guides_list_each_other():
    """Each page is where it lies highest."""
    found = site("- [A](a.md)\n  - [B](b.md)\n", "- [B](b.md)\n  - [A](a.md)\n")
    assert tree(found) == {"g0/index": {"a": {}}, "g1/index": {"b": {"a": {}}}}
    assert found.problems == []


def test_layers():
    """Pages that all list the next ones do not multiply."""
    names = [f"p{number}" for number in range(40)]
    lines = [
        f"{'  ' * level}- [P](p{2 * level + side}.md)\n" for level in range(20) for side in (0, 1)
    ]
    found = site("".join(lines * 2), names=names)
    assert sum(len(page.entries) for page in found.pages.values()) <= 2 * len(lines)
    assert str(tree(found)).count("p0'") <= 2


@pytest.mark.parametrize("builder", ["html", "singlehtml", "text", "latex", "epub"])
def test_builds_end(project, builder):
    """Sphinx never sees a circle; there is nothing to warn of."""
    toc = (
        "- [A](a.md)\n  - [B](b.md)\n    - [A](a.md)\n- [B](b.md)\n  - [A](a.md)\n    - [B](b.md)\n"
    )
    project.write_files(
        METADATA
        | {
            "help/one/TOC.md": f"# One {{#one}}\n{toc}",
            "help/one/a.md": "# A\n",
            "help/one/b.md": "# B\n",
            "help/two/TOC.md": "# Two {#two}\n- [X](x.md)\n  - [B](../one/b.md)\n",
            "help/two/x.md": "# X\n",
        }
    )
    project.build(builder, copyright="x")


def test_depth():
    """What is deeper stands on the deepest level; an empty group there is no fault."""
    toc = "- [A](a.md)\n  - G\n    - H\n      - [B](b.md)\n        - [C](c.md)\n  - [D](d.md)\n"
    found = site(toc, limits=Limits(toc_depth=3))
    assert tree(found) == {"a": {"g0/g/index": {"b": {}, "c": {}}, "d": {}}}
    assert [(problem.line, problem.target) for problem in found.problems] == [(4, "toc_depth")]


def test_entries():
    """What is over the budget is left out."""
    found = site("# T\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n", limits=Limits(toc_entries=3))
    assert tree(found) == {"a": {}, "b": {}}
    assert [(problem.line, problem.target) for problem in found.problems] == [(5, "toc_entries")]


def test_groups():
    """The entries of a group for which there is no page stand where it would."""
    found = site("- G\n  - [A](a.md)\n- H\n  - [B](b.md)\n", limits=Limits(toc_groups=1))
    assert tree(found) == {"g0/g/index": {"a": {}}, "b": {}}
    assert [(problem.line, problem.target) for problem in found.problems] == [(3, "toc_groups")]


def test_line():
    """A long line is cut; blanks before it do not count."""
    guide = parse_toc(f"- [A](a.md)\n{' ' * 99}- {'b' * 99}", read_inline, Limits(toc_line=30))
    assert guide.entries[0].children[0].title == "b" * 28
    assert guide.exceeded == {"toc_line": 2}


def test_limit_is_reported(project):
    """There is one warning, with the line and the name of the budget."""
    project.write_files(
        METADATA | {"help/TOC.md": "- [A](a.md)\n- [A](a.md)\n- [A](a.md)\n", "help/a.md": "# A\n"}
    )
    message = "help/TOC.md:2: WARNING: more than 1 lines of entries; what follows is left out"
    project.build(ajo_limits={"toc_entries": 1}, warnings=[message])


@pytest.mark.parametrize("count", [2000])
@pytest.mark.parametrize("builder", ["html", "text", "latex", "singlehtml", "epub"])
def test_levels(project, builder, count):
    """Two thousand levels are built."""
    toc = "".join(f"{' ' * level}- G{level}\n" for level in range(count))
    project.write_files(
        METADATA | {"help/TOC.md": f"{toc}{' ' * count}- [A](a.md)\n", "help/a.md": "# A\n"}
    )
    build = project.build(builder, warnings=["help/TOC.md:21: WARNING: more than 20 levels"])
    assert len(build.doctrees) == 21


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("- ## Group {#g}", "Group"),
        ("- ## Group ## {#g}", "Group"),
        ("+ ### [Group](y.md) {#g}", "Group"),
        ("1. # Group {#g}", "Group"),
        ("- **Group** {#g}", "Group"),
        ("- ## **Group**{#g}", "Group"),
        ("- {hide-from-toc} ## Group {#g}", "Group"),
        ("- ####### Group {#g}", "####### Group"),
        ("- #Group {#g}", "#Group"),
        ("- C# {#g}", "C#"),
        ("- ## C# {#g}", "C#"),
    ],
)
def test_marks_of_headings(line, title):
    """An entry may be a heading."""
    guide = parse_toc(line, read_inline)
    assert [(entry.title, entry.id) for entry in guide.entries] == [(title, "g")]


@pytest.fixture
def odd(project):
    """A repository with folders, pipes and links where files are expected."""
    project.write_files(
        METADATA
        | {
            "help/TOC.md": (
                "# T {#t}\n- [Over](best-practices.md/over.md)\n- G {#g}\n  - [A](a.md)\n"
            ),
            "help/best-practices.md/over.md": "# Over\n\n[Under](under.md)\n",
            "help/best-practices.md/under.md": "# Under\n\n{{$include /help/_includes/i.md}}\n",
            "help/best-practices.md/TOC.md": (
                "# B {#b}\n- [U](under.md)\n- H.md {#h}\n  - [V](v.md)\n"
            ),
            "help/best-practices.md/v.md": "# V\n\n[Folder](../best-practices.md/)\n",
            "help/_includes/i.md": "Included.\n",
            "help/a.md": "# A\n",
        }
    )
    return project


@pytest.mark.parametrize("lint", ["off", "default"])
def test_folder_named_like_a_page(odd, lint):
    """It is a folder, for reading, for increments and for generated pages."""
    for _ in range(2):
        build = odd.build(ajo_lint=lint)
    assert build.updated == frozenset()
    assert 'href="under.html"' in build.text("help/best-practices.md/over.html")
    assert "Included." in build.text("help/best-practices.md/under.html")
    assert "help/best-practices.md/h/index" in build.doctrees


@pytest.mark.parametrize("name", ["TOC.md", "help/sub/TOC.md", "metadata.md", "redirects.csv"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_no_files(odd, name, kind):
    """What only has the name of a file is none."""
    path = odd.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    put(path, kind)
    odd.build()


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_no_pages(odd, kind):
    """Such a page is none; what is said of it is said once."""
    (odd.folder / "help/a.md").unlink()
    put(odd.folder / "help/a.md", kind)
    expected = ["help/TOC.md:4: WARNING: no page 'a.md'"]
    if kind != "folder":
        expected.append("'help/a.md' is left out")
    odd.build(warnings=expected)


def put(path, kind):
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere")


@pytest.mark.parametrize("name", ["toc.md", "Toc.md", "TOC.MD"])
def test_case_of_names(project, name):
    """They count in any case: for the navigation, links, metadata and official addresses."""
    project.write_files(
        {
            "Metadata.md": "---\nsolution: L\nproduct: lamp\n---\n",
            f"help/user/{name}": (
                "---\naudience: all\n---\n# User {#user}\n- G {#g}\n  - [A](a.md)\n"
            ),
            "help/user/a.md": "# A\n\n[guide](TOC.md)\n",
            "help/user/lost.md": "# Lost\n",
        }
    )
    message = "help/user/lost.md:1: WARNING: no TOC.md lists this page"
    build = project.build(warnings=[message], ajo_canonical=True)
    assert set(build.doctrees) == {"index", "help/user/a", "help/user/g/index", "help/user/lost"}
    page = lxml.html.fromstring(build.text("help/user/a.html"))
    assert page.xpath("//a[.='guide']/@href") == ["../../index.html"]
    assert page.xpath("//meta[@name='audience']/@content") == ["all"]
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith("/docs/lamp/user/g/a")
    path = project.folder / "help/user" / name
    path.write_text("# User {#user}\n- [A](a.md)\n- [Lost](lost.md)\n", encoding="utf-8")
    assert set(project.build().doctrees) == {"index", "help/user/a", "help/user/lost"}


def test_original_in_another_case(tmp_path):
    """A guide and its original are the same, whatever their case."""
    hidden = "# G {#g}\n- {hide-from-toc} [A](a.md)\n- [B](b.md)\n"
    files = {
        "l.en/metadata.md": "---\nsolution: L\n---\n",
        "l.en/help/TOC.md": hidden,
        "l.sv/metadata.md": "---\nsolution: L\n---\n",
        "l.sv/help/toc.md": hidden.replace("{hide-from-toc} ", ""),
        **{
            f"l.{language}/help/{name}.md": f"# {name}\n"
            for language in ("en", "sv")
            for name in "ab"
        },
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-C", "-D", "extensions=sphinx_ajo"]
    command += [tmp_path / "l.sv", tmp_path / "out"]
    subprocess.run(command, check=True)
    root = lxml.html.parse(tmp_path / "out/index.html").getroot()
    assert [card.text_content().strip() for card in root.find_class("sd-card-title")] == ["B"]
