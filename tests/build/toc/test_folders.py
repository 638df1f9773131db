"""Repositories and folders without `TOC.md`: their navigation is that of their folders."""

from __future__ import annotations

import os
import subprocess
import sys

import lxml.html
import pytest

from sphinx_ajo.site.toc.folders import build_folders

ABSENT = "has no TOC.md, so the start page"

FILES = {
    "metadata.md": "---\nsolution: Lamp\nproduct: lamp\n---\nInternal.\n",
    "README.md": "# About this repository\n",
    "LICENSE.md": "# Licence\n",
    "articles/oil.md": "---\ndescription: All of oil.\n---\n# Oil *lamps*\n",
    "articles/wick.md": "---\ntitle: The wick\n---\nText.\n",
    "articles/secret.md": "---\nhide: true\n---\n# Secret\n",
    "articles/part-2/two.md": "# Two\n",
    "articles/part-10/ten.md": "# Ten\n",
    "articles/part-2/deep/er/deep.md": "# Deep\n",
    "articles/_includes/text.md": "# No page\n",
    "articles/assets/a.txt": "",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def cards(build, page="index"):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return [
        (card.find_class("sd-card-title")[0].text_content().strip(), card.xpath(".//a/@href")[0])
        for card in root.find_class("sd-card")
    ]


def sidebar(build, page):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    items = root.find_class("sidebar-tree")[0].iter("li")
    return [(item.get("class").split()[0][-1], item.find("a").text_content()) for item in items]


def test_start_page(repository):
    """It shows pages and folders, called as they call themselves, in the order of their names."""
    build = repository.build(warnings=[f"metadata.md:1: WARNING: '{repository.folder}' {ABSENT}"])
    assert cards(build) == [
        ("Oil lamps", "articles/oil.html"),
        ("The wick", "articles/wick.html"),
        ("Part 2", "articles/part-2/index.html"),
        ("Part 10", "articles/part-10/index.html"),
    ]
    page = lxml.html.fromstring(build.text("index.html"))
    lists = page.xpath("//div[contains(@class, 'sd-card-body')]/ul")
    assert [[link.text_content() for link in list_.iter("a")] for list_ in lists] == [
        ["Two", "Deep", "Er", "Deep"],
        ["Ten"],
    ]
    assert page.xpath("//ul//ul//ul//a/@href") == ["articles/part-2/deep/er/deep.html"]
    assert page.xpath("//h1")[0].text_content().startswith("Lamp")
    assert "All of oil." in page.text_content()
    assert not {"README", "LICENSE", "metadata", "articles/_includes/text"} & set(build.doctrees)


def test_sidebar(repository):
    """It is the tree of the folders."""
    build = repository.build(warnings=[ABSENT], html_theme="furo")
    assert sidebar(build, "articles/part-10/ten") == [
        ("1", "Oil lamps"),
        ("1", "The wick"),
        ("1", "Part 2"),
        ("2", "Two"),
        ("2", "Deep"),
        ("3", "Er"),
        ("4", "Deep"),
        ("1", "Part 10"),
        ("2", "Ten"),
    ]
    assert "Secret" in build.text("articles/secret.html")


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "latex", "text", "man", "gettext", "xml"]
)
def test_builders(repository, builder):
    """All of them know the pages."""
    build = repository.build(builder, warnings=[ABSENT], copyright="x", version="1")
    if builder == "text":
        assert "* Oil lamps\n\n  All of oil." in build.text("index.txt")
    if builder == "latex":
        text = next(build.outdir.glob("*.tex")).read_text(encoding="utf-8")
        assert r"\chapter{Oil \sphinxstyleemphasis{lamps}}" in text


@pytest.mark.parametrize("folder", ["help", "help/user"])
def test_help_folder(project, folder):
    """It can be the source folder itself, or lie above it."""
    name = folder.removeprefix("help").removeprefix("/")
    top = f"help/{name}/" if name else "help/"
    project.write_files(
        {"metadata.md": "---\nsolution: Lamp\n---\n", f"{top}a.md": "# A\n", f"{top}b.md": "# B\n"}
    )
    project.folder /= folder
    metadata = os.path.relpath(project.folder.parents[folder.count("/")], project.folder)
    build = project.build(warnings=[f"{metadata}/metadata.md:1: WARNING: "])
    assert cards(build) == [("A", "a.html"), ("B", "b.html")]


def test_plain_folder(project, capfd):
    """Pages alone are enough, and are no reason for a warning."""
    project.write(one="# One\n", two="# Two\n")
    build = project.build()
    assert cards(build) == [("One", "one.html"), ("Two", "two.html")]


def test_plain_folder_of_exl_pages(project):
    """A key that only ExL pages have makes a repository of it."""
    project.write(one="---\nexl-id: 1\n---\n# One\n", two="# Two\n")
    build = project.build(warnings=[ABSENT])
    assert cards(build) == [("One", "one.html"), ("Two", "two.html")]


def test_readme_alone(project):
    """It is the start page."""
    project.write(README="# Lamps\n\nText.\n")
    build = project.build()
    assert set(build.doctrees) == {"index"}
    assert "<h1>Lamps" in build.text("index.html")


def test_readme(project):
    """Its text is that of the start page, and the pages are below it; links to it lead there."""
    project.write_files(
        {
            "Readme.md": (
                "# Lamps\n\nSee [one](sub/one.md), ![](a.png).\n\n[x](gone.md)\n\n## Last\n"
            ),
            "sub/one.md": "# One\n\n[Home](../Readme.md)\n",
            "sub/README.md": "# Sub\n",
            "sub/more/x.md": "# X\n",
            "two.md": "# Two\n",
        }
    )
    (project.folder / "a.png").write_bytes(b"")
    build = project.build(warnings=["Readme.md:5: WARNING: "], html_theme="furo")
    assert cards(build) == [("Two", "two.html"), ("Sub", "sub/README.html")]
    assert 'href="sub/one.html"' in build.text("index.html")
    assert 'href="../index.html"' in build.text("sub/one.html")
    assert (build.outdir / "_images/a.png").is_file()
    assert "# Lamps" in build.text("_sources/index.md.txt")
    assert sidebar(build, "two") == [
        ("1", "Two"),
        ("1", "Sub"),
        ("2", "One"),
        ("2", "More"),
        ("3", "X"),
    ]
    assert project.build(html_theme="furo").updated == frozenset()


def test_readme_comes_and_goes(project):
    """However old it is, the start page is made from what is there."""
    project.write(one="# One\n")
    project.build(project="P")
    project.write(README="# Lamps\n")
    os.utime(project.folder / "README.md", (1, 1))
    assert "<h1>Lamps" in project.build(project="P").text("index.html")
    (project.folder / "README.md").unlink()
    assert "<h1>P" in project.build(project="P").text("index.html")


def test_root_document(project):
    """A project that has one is left alone."""
    project.write_files({"metadata.md": "---\nsolution: L\n---\n", "a/b.md": "# B\n"})
    (project.folder / "index.rst").write_text("A\n=\n\n.. toctree::\n\n   a/b\n", encoding="utf-8")
    assert cards(project.build()) == []


def test_root_document_of_another_name(project):
    """It counts, too; and so does its name where there is none."""
    project.write(home="# H\n\n```{toctree}\na\n```\n", a="# A\n")
    assert set(project.build(root_doc="home").doctrees) == {"home", "a"}
    assert set(project.build(root_doc="start").doctrees) == {"home", "a", "start"}


def test_without_configuration(tmp_path):
    """From the command line, with one line that says so; the folder gives the name."""
    folder = tmp_path / "oil-lamps"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n", encoding="utf-8")
    result = run(folder, tmp_path / "out")
    assert result.returncode == 0
    assert result.stdout.count("a start page is generated that lists its pages by folder") == 1
    assert not result.stderr
    page = lxml.html.parse(tmp_path / "out/index.html").getroot()
    assert page.xpath("//section/h1")[0].text_content().startswith("Oil lamps")


def test_mixed_dialect(project):
    """MyST, too, needs a start page."""
    project.write_files({"TOC.md": "# Not read\n", "a.md": "# A\n"})
    build = project.build(ajo_dialect="mixed", project="P")
    assert cards(build) == [("A", "a.html")]
    assert "<h1>P" in build.text("index.html")


@pytest.mark.parametrize("files", [(), ("a.txt",), ("_includes/a.md",), ("metadata.md",)])
def test_no_page(tmp_path, files):
    """There is one line that says so, and the build fails."""
    folder = tmp_path / "src"
    folder.mkdir()
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    for _ in range(2):
        result = run(folder, tmp_path / "out")
        assert result.returncode == 1
        assert result.stderr.count("\n") == 1
        assert f"ERROR: no page in {folder}: " in result.stderr
        assert "Traceback" not in result.stdout


def run(folder, out):
    command = [sys.executable, "-m", "sphinx", "-C", "-D", "extensions=sphinx_ajo", folder, out]
    # the warnings that Python gives developers are none of the build
    left_out = {"PYTHONDEVMODE", "PYTHONWARNDEFAULTENCODING"}
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=env
    )


def test_second_build(repository):
    """It reads and writes nothing."""
    build = repository.build(warnings=[ABSENT])
    before = {path: path.stat().st_mtime_ns for path in build.outdir.rglob("*.html")}
    assert repository.build().updated == frozenset()
    after = {path: path.stat().st_mtime_ns for path in build.outdir.rglob("*.html")}
    generated = {build.outdir / f"{name}.html" for name in ("genindex", "search")}
    assert {path for path in after if before[path] != after[path]} <= generated


EDITS = {
    "page added": {"articles/part-2/new.md": "# New\n"},
    "folder added": {"articles/new/new.md": "# New\n"},
    "page above added": {"new.md": "# New\n"},
    "page removed": {"articles/oil.md": None},
    "folder removed": {"articles/part-10/ten.md": None},
    "page renamed": {"articles/oil.md": None, "articles/oils.md": "# Oil\n"},
    "title changed": {"articles/oil.md": "# Olive oil\n"},
    "page hidden": {"articles/oil.md": "---\nhide: true\n---\n# Oil\n"},
    "folder page added": {"articles/part-2/index.md": "# Part two\n"},
    "TOC.md added": {"articles/TOC.md": "# G {#g}\n\n- [O](oil.md)\n- H {#h}\n  - [W](wick.md)\n"},
    "index added": {"index.md": "# Own\n\n```{toctree}\narticles/oil\n```\n"},
    "metadata.md removed": {"metadata.md": None},
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_edits(repository, tmp_path, name, builder):
    """A build after an edit gives what a first build gives; so does one after it is undone."""
    suppress = ["ajo.toc_absent", "ajo.toc_unlisted", "toc.not_included"]
    conf = {"html_theme": "furo", "suppress_warnings": suppress, "project": "Lamp"}
    first = repository.build(builder, **conf)
    before = pages(first)
    for edit in (EDITS[name], {path: FILES.get(path) for path in EDITS[name]}):
        apply(repository.folder, edit)
        after = repository.build(builder, **conf)
        clean = repository.build(builder, outdir=tmp_path / f"clean{len(edit)}", fresh=True, **conf)
        assert pages(after) == pages(clean)
    assert pages(after) == before


def apply(folder, edit):
    for path, text in edit.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


def pages(build):
    return {
        path.relative_to(build.outdir).as_posix(): path.read_bytes()
        for path in build.outdir.rglob("*.html")
    }


def test_deep_folders():
    """What is deeper than the budget stands in the deepest folder; names stay distinct."""
    names = {"a/b/c/d/one", "a/b/x/two", "three"}
    site = build_folders(names, "index", "T", lambda _: False, 2)
    assert {name: page.entries for name, page in site.pages.items()} == {
        "index": [("", "three"), ("A", "a/index")],
        "a/index": [("B", "a/b/index")],
        "a/b/index": [("", "a/b/c/d/one"), ("", "a/b/x/two")],
    }


def test_toc_of_another_guide(project):
    """Where one guide has a TOC.md, pages of another are reported, as ever."""
    project.write_files(
        {
            "metadata.md": "---\nsolution: L\n---\n",
            "help/a/TOC.md": "# A {#a}\n\n- [A](a.md)\n",
            "help/a/a.md": "# A\n",
            "help/b/b.md": "# B\n",
        }
    )
    build = project.build(warnings=["help/b/b.md:1: WARNING: no TOC.md lists this page"])
    assert cards(build) == [("A", "help/a/a.html")]
