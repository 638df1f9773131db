"""What the search page of a repository is given."""

from __future__ import annotations

import json

import pytest
from search_site import FILES, site

from sphinx_ajo import testing


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return site(tmp_path_factory.mktemp("site") / "src")


def data(build):
    text = build.text("_static/ajo-search-data.js")
    return json.loads(text.removeprefix("window.ajoSearch="))


def test_data(build):
    """The search page knows what is above each page, and which pages have no file."""
    found = data(build)
    group = "help/guide/dimmers/index"
    assert found["generated"] == [group, "help/guide/index", "help/other/index", "index"]
    assert found["parents"]["help/guide/one.html"] == f"{group}.html"
    assert found["titles"][f"{group}.html"] == "Dimmers"
    assert "index.html" not in found["titles"]
    assert "Scorer.score" in build.text("_static/language_data.js")


def test_no_other_page_is_touched(build, tmp_path):
    """Nothing of it is in other pages, and nothing at all where it is off."""
    off = site(tmp_path / "src", ajo_search=False)
    names = {path.relative_to(build.outdir) for path in build.outdir.rglob("*.html")}
    assert len(names) > 5
    for name in names:
        same = build.text(name) == off.text(name)
        assert same or name.name == "search.html"
        assert "ajo-search" not in off.text(name)
    assert "PAGE = 100" not in off.text("_static/language_data.js")
    assert not list(off.outdir.rglob("ajo-search*"))


def test_switched_off_later(tmp_path):
    site(tmp_path / "src")
    off = testing.build(tmp_path / "src", ajo_search=False)
    assert "ajo-search" not in off.text("search.html")
    assert not (off.outdir / "_static/ajo-search-data.js").exists()


def test_scorer_of_the_project(tmp_path):
    """It is kept; the results say where they are all the same."""
    (tmp_path / "own.js").write_text("/* mine */")
    build = site(tmp_path / "src", html_search_scorer=str(tmp_path / "own.js"))
    script = build.text("_static/language_data.js")
    assert "/* mine */" in script
    assert "PAGE = 100" not in script
    assert "ajo-search.js" in build.text("search.html")


@pytest.mark.parametrize("options", [{"ajo_dialect": "mixed"}, {}])
def test_ordinary_projects(project, options):
    """They keep the search of Sphinx."""
    project.write(index="# Home\n")
    build = project.build(**options)
    assert "ajo-search" not in build.text("search.html")
    assert "PAGE = 100" not in build.text("_static/language_data.js")


def test_hostile_titles(tmp_path):
    """No title ends the script."""
    title = "`</script><script>alert(1)</script>`"
    toc = FILES["help/guide/TOC.md"].replace("+ Dimmers", f"+ {title}")
    build = site(tmp_path / "src", FILES | {"help/guide/TOC.md": toc})
    assert "</script>" not in build.text("_static/ajo-search-data.js")
    assert any("alert(1)" in title for title in data(build)["titles"].values())
