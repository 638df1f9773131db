"""Which pages an edit has read and written: those it concerns, and no others."""

from __future__ import annotations

import json

import pytest
from edited import Entry, Page

from sphinx_ajo.testing import write_files

OPTIONS = [{}, {"html_theme": "furo"}, {"builder": "dirhtml"}]
ALPHA = {f"help/alpha/p{n}" for n in (0, 1, 3, 4, 6, 7, 9)}


@pytest.fixture
def site(make_site, request):
    site = make_site(ajo_navigation="branch", **getattr(request, "param", {}))
    repository = site.repository
    for page in repository.pages.values():
        page.body = [("text", 1)]
    repository.pages["help/alpha/p0"].body += [("snippet", 0), ("image", 0)]
    repository.pages["help/alpha/p1"].body += [("snippet", 1), ("image", 1)]
    repository.pages["help/alpha/p3"].body += [("include", 0), ("file link", 0), ("titled link", 5)]
    repository.pages["help/beta/p5"].body += [("foreign address", 1), ("anchor link", 1)]
    repository.redirects = []
    site.build()
    return site


def check(site, differences, read, written=()):
    """Build; check what was read, what was written besides, and that nothing is stale."""
    result = site.build()
    assert result.read == set(read)
    assert result.written - result.read == set(written)
    assert differences(site.output(), site.clean()[0]) == []
    return result


@pytest.mark.parametrize(
    "site", [{}, {"html_theme": "furo"}, {"builder": "dirhtml"}], indirect=True
)
def test_nothing(site):
    """A second build reads and writes nothing."""
    if site.theme == "furo":
        pytest.importorskip("furo")
    times = {path: path.stat().st_mtime_ns for path in site.out.rglob("*") if path.is_file()}
    result = site.build()
    assert (result.read, result.written) == (set(), set())
    # Sphinx itself writes these always
    always = ("search", "genindex", "objects.inv", ".buildinfo", "_static/", "environment.pickle")
    now = {path: path.stat().st_mtime_ns for path in site.out.rglob("*") if path.is_file()}
    changed = [path for path in now if now[path] != times.get(path)]
    assert [path for path in changed if not any(name in str(path) for name in always)] == []


def test_body(site, differences):
    """A page that looks no different from outside is written alone."""
    site.repository.pages["help/alpha/p4"].body.append(("text", 2))
    check(site, differences, {"help/alpha/p4"})


def test_title(site, differences):
    """Titles stand in links before and behind, and in the text of links."""
    site.repository.pages["help/alpha/p1"].title = "Another"
    pages = sorted(site.repository.pages)
    assert pages[5 % len(pages)] == "help/alpha/p7"
    check(site, differences, {"help/alpha/p1"}, {"help/alpha/p0", "help/alpha/p6"})
    site.repository.pages["help/alpha/p7"].title = "Other"
    check(
        site, differences, {"help/alpha/p7"}, {"help/alpha/p3", "help/alpha/p9", "help/beta/index"}
    )


def test_description(site, differences):
    """Descriptions stand on the cards of the page above."""
    site.repository.pages["help/alpha/p4"].description = "Something else."
    check(site, differences, {"help/alpha/p4"}, {"help/alpha/index"})


def test_heading(site, differences):
    """A link to a heading that is gone leads to the page."""
    site.repository.pages["help/alpha/p1"].heading = "another"
    text = site.repository.files()["help/beta/p5.md"].replace("#another", "#part")
    site.files["help/beta/p5.md"] = site.repository.files()["help/beta/p5.md"]
    assert "#part" in text
    result = site.build()
    assert (result.read, result.written) == (
        {"help/alpha/p1"},
        {"help/alpha/p1", "help/beta/p5"},
    )


def test_snippet(site, differences):
    """The pages with that snippet are read, not those with others of the file."""
    site.repository.snippets["first"] = "Now this."
    check(site, differences, {"help/alpha/p0"})
    site.repository.snippets["second"] = "And [this](/help/alpha/p4.md)."
    check(site, differences, {"help/alpha/p1"})
    # the line of a link is one of warnings
    site.repository.snippets["first"] = "Now this.\n\nAnd that."
    check(site, differences, {"help/alpha/p0", "help/alpha/p1"})
    site.repository.snippets["third"] = "Nobody has it."
    check(site, differences, set())


def test_include(site, differences):
    site.repository.includes["note"] = "Now this."
    check(site, differences, {"help/alpha/p3"})


def test_metadata(site, differences):
    """A page that says it itself inherits nothing."""
    for page in site.repository.pages.values():
        page.more["badge"] = 'label="Own"'
    del site.repository.pages["help/alpha/p4"].more["badge"]
    site.build()
    site.repository.metadata["badge"] = 'label="New" type="Caution"'
    generated = {"index", "help/alpha/index", "help/beta/index", "help/alpha/start/index"}
    result = site.build()
    assert result.read == {"help/alpha/p4"} | generated
    assert differences(site.output(), site.clean()[0]) == []


def test_guide(site, differences):
    """An entry that changes is on the pages of its branch."""
    (entry,) = [entry for entry in site.repository.guides["beta"] if entry.name == "help/beta/p5"]
    entry.title = "Another"
    check(site, differences, {"help/beta/index"}, {f"help/beta/p{n}" for n in (2, 5, 8)})


def test_images(site, differences):
    """Images of one name are told apart, whichever page is read first."""
    page = site.repository.pages["help/alpha/p0"]
    page.body = [("image", 1)]
    check(site, differences, {"help/alpha/p0"}, {"help/alpha/p1"})
    site.repository.assets["help/assets/two/pic.svg"] = 7
    check(site, differences, {"help/alpha/p0", "help/alpha/p1"})
    assert sorted(name for name in site.output() if "_images" in name) == ["_images/pic.svg"]


def test_absent_files(site, differences):
    """What is not there is waited for, and not looked for in vain in each build."""
    page = site.repository.pages["help/alpha/p4"]
    page.body += [("file link", 1), ("include", 1)]
    del site.repository.assets["help/assets/three/other.svg"]
    page.body.append(("image", 2))
    check(site, differences, {"help/alpha/p4"})
    check(site, differences, set())
    for edit in (
        lambda: site.repository.assets.update({"help/assets/b.zip": 1}),
        lambda: site.repository.assets.update({"help/assets/three/other.svg": 1}),
        lambda: site.repository.includes.update({"other": "Here it is."}),
        lambda: site.repository.assets.pop("help/assets/b.zip"),
    ):
        edit()
        check(site, differences, {"help/alpha/p4"})


def test_redirects(site, differences):
    """Pages are read again if one of their addresses may be ours now."""
    site.repository.redirects = [("product/gone", "product/alpha-guide/p1")]
    check(site, differences, set())
    assert "product/gone.html" not in site.output()
    assert "gone.html" in site.output()
    site.repository.metadata["landing-page-name"] = "other"
    result = site.build()
    assert "help/beta/p5" in result.read
    assert "help/alpha/p4" not in result.read


def test_removed_page(site, differences):
    """What a page leaves is removed: its file, its source, what only it had."""
    site.repository.pages["help/alpha/only/x"] = Page("X", body=[("image", 2), ("file link", 0)])
    site.repository.guides["alpha"].append(Entry("help/alpha/only/x", "X"))
    site.build()
    assert "_images/other.svg" in site.output()
    theirs = site.out / "html/help/alpha/only/theirs.html"
    theirs.write_text("Not ours", encoding="utf-8")
    del site.repository.pages["help/alpha/only/x"]
    site.repository.guides["alpha"].pop()
    site.build()
    assert [name for name in site.output() if "only" in name or "other.svg" in name] == [
        "help/alpha/only/theirs.html"
    ]
    theirs.unlink()
    theirs.parent.rmdir()
    assert differences(site.output(), site.clean()[0]) == []


def test_only_ours_is_removed(site, tmp_path):
    """A folder that is not what we have written is left alone."""
    page = site.out / "html/help/alpha/p4.html"
    for path in (page, site.out / "html/.buildinfo"):
        path.unlink()
    page.write_text("Not ours", encoding="utf-8")
    del site.repository.pages["help/alpha/p4"]
    site.repository._drop("help/alpha/p4")
    site.build()
    assert page.read_text(encoding="utf-8") == "Not ours"


def test_broken_off(site, differences, monkeypatch):
    """Pages that a build did not come to are written by the next one."""
    site.repository.pages["help/alpha/p1"].title = "Another"
    (entry,) = [entry for entry in site.repository.guides["beta"] if entry.name == "help/beta/p5"]
    entry.title = "Another"
    site.files = site.repository.write(site.folder, site.files)

    def stop(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sphinx.builders.html.StandaloneHTMLBuilder.write_doc", stop)
        with pytest.raises(KeyboardInterrupt):
            site.run(site.out)
    assert "help/beta/p2" in site.build().written
    assert differences(site.output(), site.clean()[0]) == []


def test_two_builders(site, differences):
    """What another builder has read is written, too."""
    site.repository.snippets["first"] = "Now this."
    site.repository.pages["help/alpha/p4"].description = "Something else."
    site.builder = "text"
    assert site.build().read == {"help/alpha/p0", "help/alpha/p4"}
    site.builder = "html"
    assert site.build().written == {"help/alpha/p0", "help/alpha/p4", "help/alpha/index"}
    assert differences(site.output(), site.clean()[0]) == []


def test_visible_toctree(site, differences):
    """Sphinx does not write a page again whose text lists the pages below those it names."""
    loose = "# Loose\n\n```{{toctree}}\n{}\n```\n".format
    write_files(site.folder, {"help/one.md": loose("two"), "help/two.md": loose("alpha/p6")})
    assert site.build().read == {"help/one", "help/two"}
    site.repository.pages["help/alpha/p6"].title = "Far below"
    assert {"help/one", "help/two"} < site.build().written
    assert b"Far below" in site.output()["help/one.html"]
    assert differences(site.output(), site.clean()[0]) == []


def test_generated_pages(site):
    """Nothing is left of generated pages, and no output names the folder they stand in."""
    site.repository.guides["alpha"][-1].name = "begin"
    site.build()
    folder = site.out / "doctrees/ajo"
    assert (folder / "help/alpha/begin/index.md").is_file()
    assert not (folder / "help/alpha/start/index.md").exists()
    names = [name for name in site.output() if name.startswith("_sources")]
    assert not any("index" in name for name in names)
    assert str(site.out) not in site.output()["searchindex.js"].decode()


def test_damaged_ledger(site, differences):
    """Without a ledger, all pages are written."""
    for path in (site.out / "doctrees").glob("ajo-output-*.json"):
        assert set(json.loads(path.read_text(encoding="utf-8"))) == {
            "made_from",
            "pages",
            "files",
            "theme",
            "built",
        }
        path.write_text("{", encoding="utf-8")
    result = site.build()
    assert result.read == set()
    assert result.written > ALPHA
    assert differences(site.output(), site.clean()[0]) == []
