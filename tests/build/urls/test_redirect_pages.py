"""Pages that lead to where others have gone."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.language.languages import SITE


@pytest.fixture
def redirects(repository):
    """Build with lines of redirects.csv: old path, new address."""

    def redirects(*lines, builder="html", **options):
        rows = [f"{SITE}/docs/{old}.html,{new}" for old, new in lines]
        repository.write_files({"redirects.csv": "\n".join(["source,dest", *rows, ""])})
        return repository.build(builder, **options)

    return redirects


def read(build, path):
    """Return the address, the canonical one, the link and its text."""
    root = lxml.html.fromstring(build.text(path))
    [refresh] = root.xpath("//meta[@http-equiv='refresh']/@content")
    [canonical] = root.xpath("//link[@rel='canonical']/@href")
    [link] = root.iter("a")
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    return refresh.partition("url=")[2], canonical, link.get("href"), link.text


def test_pages(redirects):
    build = redirects(
        ("lamp/old", f"{SITE}/docs/lamp/user/home.html#light"),
        ("lamp/deep/er/old", f"{SITE}/en/docs/lamp/user/start/setup"),
        ("lamp/user/gone", "https://example.com/?a=1&b=2"),
        ("shade/old", f"{SITE}/docs/lamp/user/home.html"),
    )
    home, setup = "help/user/home.html#light", "../../help/user/setup/setup.html"
    away = "https://example.com/?a=1&b=2"
    assert read(build, "old.html") == (home, home, home, "Home")
    assert read(build, "deep/er/old.html") == (setup, setup, setup, "Set up")
    assert read(build, "user/gone.html") == (away, away, away, away)
    assert not (build.outdir / "shade").exists()
    assert "moved to a new address" in build.text("old.html")


def test_folders(redirects):
    build = redirects(("lamp/old", f"{SITE}/docs/lamp/user/home.html"), builder="dirhtml")
    home = "../help/user/home/"
    assert read(build, "old/index.html") == (home, home, home, "Home")


def test_canonical(redirects):
    """The best address that is known of a page."""
    line = ("lamp/old", f"{SITE}/docs/lamp/user/home.html#light")
    base = "https://example.com/"
    assert read(redirects(line, html_baseurl=base), "old.html")[1] == f"{base}help/user/home.html"
    build = redirects(line, html_baseurl=base, ajo_canonical=True)
    assert read(build, "old.html")[1] == f"{SITE}/en/docs/lamp/user/home"


def test_language(redirects):
    build = redirects(("lamp/old", f"{SITE}/en/docs/lamp/user/home"), language="sv")
    assert read(build, "old.html")[0] == "help/user/home.html"
    assert "flyttat" in build.text("old.html")


@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "json", "latex"])
def test_other_builders(redirects, builder):
    line = ("lamp/old", f"{SITE}/docs/lamp/user/home.html")
    build = redirects(line, builder=builder, version="1", copyright="x")
    assert not list(build.outdir.glob("**/old*"))
    assert not (build.outdir / ".ajo-redirects").exists()


def test_pages_are_not_overwritten(redirects):
    """Neither those of the project nor those of Sphinx."""
    home = f"{SITE}/docs/lamp/user/home.html"
    build = redirects(("lamp/help/user/home", home), ("lamp/genindex", home), ("lamp/index", home))
    for name in ("help/user/home.html", "genindex.html", "index.html"):
        assert "sphinx_ajo redirects" not in build.text(name)


def test_stale_pages_are_removed(redirects, repository):
    home = f"{SITE}/docs/lamp/user/home.html"
    build = redirects(("lamp/a/b/old", home), ("lamp/a/kept", home), ("lamp/mine", home))
    pages = [build.outdir / name for name in ("a/b/old.html", "a/kept.html", "mine.html")]
    assert all(page.exists() for page in pages)
    pages[2].write_text("not ours any more", encoding="utf-8")
    first = build.text("a/kept.html")
    build = redirects(("lamp/a/kept", home))
    assert [page.exists() for page in pages] == [False, True, True]
    assert not (build.outdir / "a/b").exists()
    assert build.text("a/kept.html") == first
    (repository.folder / "redirects.csv").unlink()
    repository.build()
    assert [page.exists() for page in pages] == [False, False, True]
    assert not (build.outdir / ".ajo-redirects").exists()


def test_manifest_of_strangers(redirects):
    """What it lists is removed only if we have written it, below the output directory."""
    home = f"{SITE}/docs/lamp/user/home.html"
    build = redirects(("lamp/old", home))
    outside = build.outdir.parent / "outside.html"
    outside.write_text(build.text("old.html"), encoding="utf-8")
    (build.outdir / ".ajo-redirects").write_text(
        '["../outside.html", "index.html", "none.html", 1]', encoding="utf-8"
    )
    redirects(("lamp/new", home))
    assert outside.exists()
    assert (build.outdir / "index.html").exists()


def test_warnings(repository):
    """Each with file and line; once, not in each build."""
    repository.write_files(
        {
            "redirects.csv": "source,dest\nrubbish\n"
            f"{SITE}/docs/lamp/user/home.html,{SITE}/docs/lamp/x.html\n"
        }
    )
    repository.build(
        warnings=[
            "redirects.csv:2: WARNING: 'rubbish' is not the address of a page",
            "redirects.csv:3: WARNING: a page has the address 'lamp/user/home'",
        ]
    )
    repository.build()


def test_a_page_that_cannot_be_written(redirects):
    """What stands in its way stays; the build goes on."""
    home = f"{SITE}/docs/lamp/user/home.html"
    build = redirects(("lamp/old/page", home))
    (build.outdir / "old" / "page.html").unlink()
    (build.outdir / "old").rmdir()
    (build.outdir / "old").write_text("x", encoding="utf-8")
    build = redirects(("lamp/old/page", home), warnings=["'old/page.html' cannot be written: "])
    assert build.text("old") == "x"


@pytest.mark.parametrize(
    "name",
    ["x" * 300, "a/" * 400 + "b", "con", "a:b", "a*b", "a%3Cb%3E", "a%22b", "a./b", "a.html/b"],
)
def test_addresses_that_no_page_can_have(redirects, name):
    """No page is written for them; links to them lead to the new place all the same."""
    home = f"{SITE}/docs/lamp/user/home.html"
    build = redirects((f"lamp/{name}", home), warnings=["no page can have the address"])
    assert not (build.outdir / ".ajo-redirects").exists()


def test_addresses_that_lead_elsewhere(redirects):
    """Whatever such a line says, it is a page of the output, or none."""
    home = f"{SITE}/docs/lamp/user/home.html"
    lines = [(f"lamp/{name}", home) for name in ("../../x", "%2e%2e/x", "a/%2E%2E/%2E%2E/x")]
    redirects(*lines, warnings=["is not the address of a page"] * 3)


def test_own_root_page(redirects, repository):
    """Without navigation of ours, pages have their official addresses all the same."""
    repository.write_files({"index.md": "# Root\n\n```{toctree}\n:glob:\n\nhelp/**\n```\n"})
    build = redirects(("lamp/old", f"{SITE}/docs/lamp/user/home.html"), ajo_dialect="exl")
    assert read(build, "old.html")[0] == "help/user/home.html"


LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"


def permalinks(build):
    return sorted(
        path.relative_to(build.outdir).as_posix() for path in build.outdir.glob("exl/**/*.*")
    )


@pytest.mark.parametrize(
    ("builder", "target"), [("html", "help/user/home.html"), ("dirhtml", "help/user/home/")]
)
def test_permalinks(redirects, repository, builder, target):
    """An article has an address that stays, beside the redirects, and no other id has."""
    home = f"---\nexl-id: {LAMP.upper()}\n---\n# Home & <more>\n"
    odd = "---\nexl-id: ../../up\n---\n# Links\n"
    repository.write_files({"help/user/home.md": home, "help/user/links.md": odd})
    line = ("lamp/old", f"{SITE}/docs/lamp/user/home.html")
    build = redirects(line, builder=builder)
    assert permalinks(build) == []
    build = redirects(line, builder=builder, ajo_permalinks=True)
    assert permalinks(build) == [f"exl/{LAMP}/index.html"]
    href = f"../../{target}"
    assert read(build, f"exl/{LAMP}/index.html") == (href, href, href, "Home & <more>")
    assert "moved" not in build.text(f"exl/{LAMP}/index.html")
    assert not (build.outdir.parent / "up").exists()
    time = (build.outdir / "exl" / LAMP / "index.html").stat().st_mtime_ns
    redirects(line, builder=builder, ajo_permalinks=True)
    assert (build.outdir / "exl" / LAMP / "index.html").stat().st_mtime_ns == time
    # the page moves
    (repository.folder / "help/user/home.md").rename(repository.folder / "help/user/moved.md")
    build = redirects(line, builder=builder, ajo_permalinks=True, warnings=None)
    assert read(build, f"exl/{LAMP}/index.html")[0] == href.replace("home", "moved")
    redirects(line, builder=builder, warnings=None)
    assert not (build.outdir / "exl").exists()


@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "json", "latex"])
def test_no_permalinks(repository, builder):
    repository.write_files({"help/user/home.md": f"---\nexl-id: {LAMP}\n---\n# Home\n"})
    build = repository.build(builder, version="1", copyright="x", ajo_permalinks=True)
    assert not list(build.outdir.glob("**/exl"))


def test_permalinks_of_a_plain_project(project):
    project.write(index=f"---\nexl-id: {LAMP}\n---\n# Home\n")
    build = project.build(ajo_dialect="mixed", ajo_permalinks=True, html_baseurl="https://x.org/")
    found = read(build, f"exl/{LAMP}/index.html")
    assert found == ("../../index.html", "https://x.org/index.html", "../../index.html", "Home")
