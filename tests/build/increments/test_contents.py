"""What files hold decides what is read and written again; their times only save looking."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

from sphinx_ajo import testing

PAGE = "help/alpha/p4"
YEAR = 365 * 24 * 3600


def replace(path, old, new):
    """Change a text in a file, and nothing that a listing of the folder shows."""
    status = path.stat()
    text = path.read_text(encoding="utf-8")
    assert old in text
    assert len(old) == len(new)
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.fixture
def site(make_site, request):
    site = make_site(ajo_navigation="branch", **getattr(request, "param", {}))
    repository = site.repository
    for page in repository.pages.values():
        page.body = [("text", 1)]
    repository.pages["help/alpha/p0"].body += [("snippet", 0), ("image", 0)]
    repository.pages["help/alpha/p3"].body += [("include", 0), ("file link", 0)]
    repository.redirects = []
    site.build()
    return site


def times(site):
    """Return when each output file was written, but for those that Sphinx always writes."""
    always = ("search", "genindex", "objects.inv", ".buildinfo", "_static/")
    return {
        path: path.stat().st_mtime_ns
        for path in (site.out / site.builder).rglob("*")
        if path.is_file() and not any(name in str(path) for name in always)
    }


@pytest.mark.parametrize(
    "site",
    [{}, {"html_theme": "furo"}, {"builder": "dirhtml"}, {"builder": "text"}, {"builder": "xml"}],
    indirect=True,
)
@pytest.mark.parametrize("years", [0, 1, -1])
def test_clone(site, years):
    """Where all files have new times, nothing is read and nothing written."""
    if site.theme == "furo":
        pytest.importorskip("furo")
    before, output = times(site), site.output()
    site.set_times(time.time() + years * YEAR)
    result = site.run(site.out)
    assert (result.read, result.written) == (set(), set())
    assert times(site) == before
    assert site.output() == output


def test_every_build_after(site):
    """Times that lie in the future are no reason to read pages again and again."""
    site.set_times(time.time() + YEAR)
    replace(site.folder / f"{PAGE}.md", "Words1", "Words2")
    assert site.run(site.out).read == {PAGE}
    assert site.run(site.out).read == set()


@pytest.mark.parametrize("site", [{}, {"builder": "dirhtml"}, {"builder": "text"}], indirect=True)
def test_restored(site, differences):
    """A clone with what was kept of an earlier build reads and writes what has changed since."""
    shutil.copytree(site.folder, site.folder.with_name("other"))
    shutil.copytree(site.out, site.out.with_name("kept"))
    shutil.rmtree(site.folder)
    shutil.rmtree(site.out)
    # as tools do that pack files: whole seconds
    shutil.copytree(site.out.with_name("kept"), site.out)
    for path in site.out.rglob("*"):
        os.utime(path, (int(path.stat().st_mtime),) * 2)
    shutil.copytree(site.folder.with_name("other"), site.folder, copy_function=shutil.copyfile)
    site.repository.pages[PAGE].body.append(("text", 2))
    result = site.build()
    assert result.read == {PAGE}
    assert result.written <= {PAGE}
    assert differences(site.output(), site.clean()[0]) == []


EDITS = {
    f"{PAGE}.md": ("Words1", "Words2", {PAGE}),
    "help/_includes/note.md": ("Included", "Replaced", {"help/alpha/p3"}),
    "help/_includes/snippets.md": ("Text of", "Text in", {"help/alpha/p0"}),
    "help/assets/one/pic.svg": ('"1"', '"2"', {"help/alpha/p0"}),
    "help/assets/a.zip": ('"1"', '"2"', {"help/alpha/p3"}),
}


@pytest.mark.parametrize("name", EDITS)
def test_old_times(site, differences, name):
    """A change is seen if the file has the same size, and the times that it had before."""
    old, new, pages = EDITS[name]
    replace(site.folder / name, old, new)
    assert site.run(site.out).read == pages
    assert differences(site.output(), site.clean()[0]) == []
    assert site.run(site.out).read == set()


@pytest.mark.parametrize("name", EDITS)
def test_touched(site, name):
    """A file that was only saved is no reason to read the pages that have it."""
    os.utime(site.folder / name)
    assert site.run(site.out).read == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "page"),
    [
        ("metadata.md", "feature: A", "feature: B", PAGE),
        ("help/alpha/TOC.md", "The alpha", "The omega", "index"),
        ("help/beta/TOC.md", "Entry 2", "Entry X", "help/beta/index"),
    ],
)
def test_files_of_the_repository(site, differences, name, old, new, page):
    os.utime(site.folder / name)
    assert site.run(site.out).read == set()
    replace(site.folder / name, old, new)
    assert page in site.run(site.out).read
    assert differences(site.output(), site.clean()[0]) == []


def test_there_and_back(site):
    """A file that is changed and changed back, as by ``git checkout``, is not read."""
    path = site.folder / f"{PAGE}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text("# Another\n", encoding="utf-8")
    path.unlink()
    path.write_text(text, encoding="utf-8")
    assert site.run(site.out).read == set()


def test_one_tick(site, monkeypatch):
    """A file that changes within a tick of the clock is seen: it has no time that can be told."""
    path = site.folder / f"{PAGE}.md"
    # as if it had been written just now, by a clock that stands still
    status = os.stat

    def frozen(name, *args, **options):
        found = status(name, *args, **options)
        if str(name) != str(path):
            return found
        fields = list(found)
        return os.stat_result(
            fields,
            {"st_mtime_ns": now, "st_ctime_ns": now, "st_atime_ns": now, "st_mtime": now / 1e9},
        )

    now = time.time_ns() + 10**12
    monkeypatch.setattr(os, "stat", frozen)
    path.write_text(path.read_text(encoding="utf-8").replace("Words1", "Words2"), encoding="utf-8")
    assert site.run(site.out).read == {PAGE}
    path.write_text(path.read_text(encoding="utf-8").replace("Words2", "Words3"), encoding="utf-8")
    assert site.run(site.out).read == {PAGE}
    assert b"Words3" in site.output()[f"{PAGE}.html"]


def test_other_output(site, differences):
    """Another output folder with the same doctrees reads nothing, and writes all."""
    site.set_times(time.time())
    out = site.out.with_name("second")
    shutil.copytree(site.out / "doctrees", out / "doctrees")
    result = site.run(out)
    assert result.read == set()
    assert PAGE in result.written
    assert differences(site.output(out), site.clean()[0]) == []


def test_older_output(site, differences):
    """An output folder that is older than the doctrees is written again."""
    html = site.out / "html"
    for path in html.rglob("*"):
        os.utime(path, (time.time() - 60,) * 2)
    shutil.copytree(html, site.out / "kept")
    # the page stays the same, and its image does not
    replace(site.folder / "help/assets/one/pic.svg", '"1"', '"2"')
    site.run(site.out)
    shutil.rmtree(html)
    (site.out / "kept").rename(html)
    result = site.run(site.out)
    assert result.read == set()
    assert PAGE in result.written
    assert differences(site.output(), site.clean()[0]) == []


def test_output_that_is_gone(site, differences):
    """A page is written whose file is not there."""
    (site.out / f"html/{PAGE}.html").unlink()
    site.set_times(time.time())
    assert site.run(site.out).written == {PAGE}
    assert differences(site.output(), site.clean()[0]) == []


def test_damaged_memory(site):
    """What is kept of files only saves reading them."""
    path = site.out / "doctrees/ajo-contents.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    assert str(site.folder / f"{PAGE}.md") in known
    for text in ("{", "[]", '{"a": 1}', '{"a": [1, 2, 3]}', '{"a": ["b", 1, 2, "c"]}'):
        path.write_text(text, encoding="utf-8")
        site.set_times(time.time())
        assert site.run(site.out).read == set()
    assert json.loads(path.read_text(encoding="utf-8")).keys() == known.keys()


def test_parallel(site):
    """Several processes know the same of the files they read."""
    site.set_times(time.time())
    out = site.out.with_name("parallel")
    assert len(site.run(out, parallel=2).read) == 0
    site.set_times(time.time())
    result = site.run(out, parallel=2)
    assert (result.read, result.written) == (set(), set())
    replace(site.folder / "help/_includes/note.md", "Included", "Replaced")
    site.run(out, parallel=2)
    assert b"Replaced" in site.output(out)["help/alpha/p3.html"]


@pytest.mark.parametrize(
    ("name", "setting"),
    [("own/layout.html", "templates_path"), ("own/own.css", "html_static_path")],
)
def test_look(make_site, differences, name, setting):
    """Templates and style sheets that say something else are on all pages; newer ones are not."""
    site = make_site(**{setting: ["own"], "html_css_files": ["own.css"]})
    path = site.folder / name
    path.parent.mkdir()
    text = '{% extends "!layout.html" %}{% block footer %}First{% endblock %}'
    path.write_text(text, encoding="utf-8")
    site.build()
    site.set_times(time.time())
    result = site.run(site.out)
    assert (result.read, result.written) == (set(), set())
    replace(path, "First", "Other")
    site.set_times(time.time())
    result = site.run(site.out)
    assert result.read == set()
    assert PAGE in result.written
    assert differences(site.output(), site.clean()[0]) == []
    assert site.run(site.out).written == set()


@pytest.mark.parametrize("name", ["docutils", "markdown_it", "myst_parser", "pygments", "sphinx"])
def test_versions(site, monkeypatch, name):
    """What other versions have read is read again; another builder is no other version."""
    monkeypatch.setattr(f"{name}.__version__", "99.9.9")
    result = site.run(site.out)
    assert PAGE in result.read
    assert PAGE in result.written
    assert site.run(site.out).read == set()
    site.builder = "text"
    assert site.run(site.out).read == set()
    site.builder = "html"
    assert site.run(site.out).read == set()


@pytest.mark.parametrize("builder", ["latex", "epub", "singlehtml", "man"])
def test_other_builders(site, builder):
    """Whichever builder it is: only what has changed is read."""
    site.set_times(time.time())
    site.builder = builder
    assert site.run(site.out).read == set()
    replace(site.folder / f"{PAGE}.md", "Words1", "Words2")
    assert site.run(site.out).read == {PAGE}
    site.set_times(time.time())
    assert site.run(site.out).read == set()


def test_text_of_another_build(site):
    """A text that was written before its page was read is written again."""
    site.builder = "text"
    site.run(site.out)
    replace(site.folder / "help/_includes/note.md", "Included", "Replaced")
    site.builder = "html"
    assert site.run(site.out).read == {"help/alpha/p3"}
    site.builder = "text"
    site.run(site.out)
    assert "Replaced" in (site.out / "text/help/alpha/p3.txt").read_text(encoding="utf-8")


def test_same_application(site):
    """An application that builds again and again looks at all files each time."""
    app = testing.SphinxTestApp(srcdir=site.folder, builddir=site.out)
    read = set()
    app.connect("source-read", lambda _app, docname, _source: read.add(docname))
    try:
        for old, new, expected in (
            ("Words1", "Words2", {PAGE}),
            ("Words2", "Words2", set()),
            ("Words2", "Words3", {PAGE}),
        ):
            site.set_times(time.time())
            replace(site.folder / f"{PAGE}.md", old, new)
            read.clear()
            app.build()
            assert read == expected
            assert max(app.env.all_docs.values()) <= time.time_ns() // 1000
    finally:
        app.cleanup()


def test_same_application_same_output(site, differences):
    """A second build of an application writes what a clean build writes, with the same files."""
    path = site.folder / f"{PAGE}.md"
    text = (
        path.read_text(encoding="utf-8") + "\n>[!BEGINTABS]\n\n>[!TAB A]\n\nOne.\n\n>[!ENDTABS]\n"
    )
    path.write_text(text, encoding="utf-8")
    app = testing.SphinxTestApp(
        srcdir=site.folder, builddir=site.out, confoverrides={"html_theme": site.theme}
    )
    try:
        app.build()
        path.write_text(f"{text}\nMore.\n", encoding="utf-8")
        app.build()
    finally:
        app.cleanup()
    assert differences(site.output(), site.clean()[0]) == []


def test_written_while_read(site, differences):
    """A file that changes after a page was made from it is seen by the next build."""
    site.repository.pages[PAGE].body += [("include", 1), ("image", 1)]
    site.repository.includes["other"] = "First text."
    site.files = site.repository.write(site.folder, site.files)
    app = testing.SphinxTestApp(srcdir=site.folder, builddir=site.out)

    def change(_app, doctree):
        if "First text" in doctree.astext():
            path = site.folder / "help/_includes/other.md"
            path.write_text("Other text.\n", encoding="utf-8")

    app.connect("doctree-read", change)
    try:
        app.build()
    finally:
        app.cleanup()
    assert b"First text" in site.output()[f"{PAGE}.html"]
    assert site.run(site.out).read == {PAGE}
    assert differences(site.output(), site.clean()[0]) == []
    assert site.run(site.out).read == set()


@pytest.mark.parametrize("change", ["touch", "edit", "remove"])
def test_catalog(make_site, differences, change):
    """A page is read again if its translation is another one."""
    site = make_site(language="sv", locale_dirs=["locale"], gettext_compact=False)
    path = site.folder / f"locale/sv/LC_MESSAGES/{PAGE}.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(f'{head}msgid "Page 4"\nmsgstr "Sidan ett"\n', encoding="utf-8")
    site.build()
    assert b"Sidan ett" in site.output()[f"{PAGE}.html"]
    assert site.run(site.out).read == set()
    site.set_times(time.time())
    if change == "edit":
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("ett", "ena"), encoding="utf-8")
    elif change == "remove":
        path.unlink()
        path.with_suffix(".mo").unlink()
    assert site.run(site.out).read == ({PAGE} if change != "touch" else set())
    assert differences(site.output(), site.clean()[0]) == []
    assert site.run(site.out).read == set()


def test_without_extension(site):
    """Sphinx itself goes on from what the extension has left."""
    site.set_times(time.time())
    site.run(site.out)
    (site.folder / "help/index.rst").write_text("Title\n=====\n", encoding="utf-8")
    conf = {"extensions": ["myst_parser"], "root_doc": "help/index"}
    read = []
    for _ in range(2):
        app = testing.SphinxTestApp(
            srcdir=site.folder, builddir=site.out, confoverrides=conf, warningiserror=False
        )
        read.append(set())
        app.connect("source-read", lambda _app, docname, _source: read[-1].add(docname))
        try:
            app.build()
        finally:
            app.cleanup()
    assert PAGE in read[0]
    assert read[1] == set()


def test_other_projects(project):
    """Where there is no repository, Sphinx compares times as it always does."""
    project.write(index="# Home\n")
    assert project.build().updated == {"index"}
    path = project.folder / "index.md"
    os.utime(path)
    assert project.build().updated == {"index"}
    assert not list(project.folder.parent.rglob("ajo-contents.json"))
