"""Links to articles by their ids."""

from __future__ import annotations

import zlib

import lxml.html
import pytest

from sphinx_ajo.language.identities import is_uuid, split_target

LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"
SHADE = "0f7c1d2e-3b4a-4c5d-8e6f-708192a3b4c5"
NONE = "00000000-0000-4000-8000-000000000000"

FILES = {
    "metadata.md": "---\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": (
        "# Guide {#user}\n\n+ [Lamp](lamp.md)\n+ [Links](links.md)\n+ [More](more.md)\n"
    ),
    "help/user/lamp.md": f"---\nexl-id: {LAMP}\n---\n# Lamp\n\n## Bulb types {{#bulbs}}\n",
    "help/user/links.md": "# Links\n",
    "help/user/more.md": f"---\nexl-id: {SHADE}\n---\n# More\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def anchors(text, name="body"):
    root = lxml.html.fromstring(text)
    [article] = root.find_class(name)
    found = [a for a in article.iter("a") if "headerlink" not in a.classes]
    return [(a.text_content(), a.get("href")) for a in found]


KINDS = {
    "text": (f"[See](exl:{LAMP})", "See", ""),
    "title": (f"[](exl:{LAMP})", "Lamp", ""),
    "anchor": (f"[See](exl:{LAMP}#bulbs)", "See", "#bulbs"),
    "anchor, title": (f"[](exl:{LAMP}#bulbs)", "Bulb types", "#bulbs"),
    "slug": (f"[](exl:{LAMP}#bulb-types)", "Bulb types", "#bulbs"),
    "capitals": (f"[See](EXL:{LAMP.upper()})", "See", ""),
    "angle brackets": (f"<exl:{LAMP}>", "Lamp", ""),
    "reference": (f"[See][1]\n\n[1]: exl:{LAMP}#bulbs", "See", "#bulbs"),
    "HTML": (f'<a href="exl:{LAMP}#bulbs">See</a>', "See", "#bulbs"),
    "list": (f"- [See](exl:{LAMP})", "See", ""),
    "table": (f"| A |\n|---|\n| [See](exl:{LAMP}) |", "See", ""),
    "alert": (f">[!NOTE]\n>\n>[See](exl:{LAMP})", "See", ""),
    "heading": (f"## [See](exl:{LAMP})", "See", ""),
    "badge": (f'[!BADGE See]{{type=Caution url="exl:{LAMP}"}}', "See", ""),
    "tab": (f">[!BEGINTABS]\n\n>[!TAB One]\n\n[See](exl:{LAMP})\n\n>[!ENDTABS]", "See", ""),
}


@pytest.mark.parametrize("name", KINDS)
def test_markdown(repository, name):
    source, text, anchor = KINDS[name]
    repository.write_files({"help/user/links.md": f"# Links\n\n{source}\n"})
    warned = ["no id 'bulb-types'"] if name == "slug" else []
    build = repository.build(warnings=warned)
    assert anchors(build.text("help/user/links.html")) == [(text, f"lamp.html{anchor}")]


@pytest.mark.parametrize("html", ["convert", "raw", "escape"])
def test_html(repository, html):
    """No option lets the scheme into a page as a link of a node."""
    repository.write_files({"help/user/links.md": f'# L\n\n<a href="exl:{LAMP}">See</a>\n'})
    build = repository.build(ajo_html=html)
    assert "See" in build.text("help/user/links.html")


def test_mixed_dialect(project):
    """MyST, its roles, and reStructuredText."""
    project.write_files(
        {
            "index.md": (
                f"# Home\n\n[See](exl:{LAMP}#bulbs) [](exl:{LAMP}) <exl:{LAMP}>\n"
                f"{{exl:page}}`{LAMP}` {{exl:page}}`See <{LAMP}#bulbs>` {{any}}`x <{LAMP}>`\n\n"
                "```{toctree}\nlamp\nother\n```\n"
            ),
            "lamp.md": f"---\nexl-id: {LAMP}\n---\n# Lamp\n\n(bulbs)=\n## Bulb types\n",
            "other.rst": (
                f":exl-id: {SHADE}\n\nOther\n=====\n\n:exl:page:`{SHADE}`\n"
                f":exl:page:`exl:{LAMP}#bulbs` :exl:page:`See <{LAMP}>`\n"
            ),
        }
    )
    build = project.build(ajo_dialect="mixed")
    seen, lamp = ("See", "lamp.html#bulbs"), ("Lamp", "lamp.html")
    assert anchors(build.text("index.html"))[:6] == [
        seen, lamp, lamp, lamp, seen, ("x", "lamp.html"),
    ]  # fmt: skip
    assert anchors(build.text("other.html")) == [
        ("Other", "#"),
        ("Bulb types", "lamp.html#bulbs"),
        ("See", "lamp.html"),
    ]


def test_scheme_of_the_project(project):
    """Who has another use for the scheme keeps it."""
    project.write(index=f"# A\n\n[See](exl:{LAMP})\n")
    schemes = {"exl": "https://example.com/{{path}}"}
    build = project.build(ajo_dialect="mixed", myst_url_schemes=schemes)
    assert anchors(build.text("index.html")) == [("See", f"https://example.com/{LAMP}")]


@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "latex", "text", "man"])
def test_builders(repository, builder):
    text = f"# Links\n\n[See](exl:{LAMP}#bulbs) [](exl:{LAMP}#bulbs) [Lost](exl:{NONE})\n"
    repository.write_files({"help/user/links.md": text})
    missing = [f"links.md:3: WARNING: no page has the exl-id '{NONE}'; the text"]
    build = repository.build(builder, warnings=missing, version="1", copyright="x")
    found = [
        path.read_text(encoding="utf-8")
        for path in build.outdir.rglob("*")
        if path.suffix in {".html", ".xhtml", ".tex", ".txt", ".1"} and "_sources" not in path.parts
    ]
    [page] = [text for text in found if "See" in text and "Lost" in text]
    assert "Bulb types" in page
    assert "exl:" not in page
    href = {
        "dirhtml": 'href="../lamp/#bulbs"',
        "singlehtml": 'href="#bulbs"',
        "epub": 'href="lamp.xhtml#bulbs"',
        "latex": r"\hyperref[\detokenize{help/user/lamp:bulbs}]",
    }
    assert href.get(builder, "See") in page


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_missing(project, dialect):
    """One warning, and the text stays; an address of a reader's browser never."""
    links = f"[Lost *word*](exl:{NONE}) [](exl:{NONE}#x) [Odd](exl:#x) [Script](exl:javascript:a)"
    project.write(index=f"# A\n\n{links}\n\n{{exl:page}}`Role <{NONE}>`\n")
    warned = [*[f"no page has the exl-id '{NONE}'"] * 2, "exl-id ''", "exl-id 'javascript:a'"]
    warned += [f"no page has the exl-id '{NONE}'"] if dialect == "mixed" else []
    for nitpicky in (False, True):
        build = project.build(ajo_dialect=dialect, warnings=warned, nitpicky=nitpicky, fresh=True)
        page = build.text("index.html")
        assert anchors(page) == []
        text = lxml.html.fromstring(page).find_class("body")[0].text_content()
        assert f"Lost word exl:{NONE} Odd Script" in text
        assert "Role" in text


def test_missing_anchor(repository):
    repository.write_files({"help/user/links.md": f"# L\n\n[See](exl:{LAMP}#gone)\n"})
    build = repository.build(warnings=["no heading or id 'gone' on page 'help/user/lamp'"])
    assert anchors(build.text("help/user/links.html")) == [("See", "lamp.html")]


@pytest.mark.parametrize("parallel", [0, 2])
def test_one_id_twice(repository, parallel):
    """One warning that names both files, in each build that reads; links lead to the first."""
    link = f"# Links\n\n[](exl:{LAMP})\n"
    again = f"---\nexl-id: {LAMP.upper()}\n---\n# More\n"
    repository.write_files({"help/user/links.md": link, "help/user/more.md": again})
    warned = [f"more.md:2: WARNING: help/user/lamp.md has the exl-id '{LAMP}', too"]
    build = repository.build(warnings=warned, parallel=parallel)
    assert anchors(build.text("help/user/links.html")) == [("Lamp", "lamp.html")]


def test_no_uuid(repository):
    """A warning, and links work all the same."""
    files = {
        "help/user/more.md": "---\ntitle: M\nexl-id: Not one\n---\n# More\n",
        "help/user/links.md": "# Links\n\n[](<exl:Not one>)\n",
    }
    repository.write_files(files)
    warned = ["more.md:3: WARNING: the exl-id 'not one' is not a UUID"]
    build = repository.build(warnings=warned, suppress_warnings=[])
    assert anchors(build.text("help/user/links.html")) == [("More", "more.html")]


@pytest.mark.parametrize("parallel", [0, 2])
def test_moved_page(repository, parallel):
    """A page that links to an id is written again when the id is that of another page."""
    link = f"# Links\n\n[](exl:{LAMP})\n"
    repository.write_files({"help/user/links.md": link})
    page = "help/user/links.html"
    steps = [
        ({"help/user/lamp.md": f"---\nexl-id: {LAMP}\n---\n# New name\n"}, ("New name", "lamp")),
        (
            {
                "help/user/lamp.md": "# Lamp\n",
                "help/user/more.md": f"---\nexl-id: {LAMP}\n---\n# Two\n",
            },
            ("Two", "more"),
        ),
    ]
    repository.build(parallel=parallel)
    for files, (title, name) in steps:
        repository.write_files(files)
        build = repository.build(parallel=parallel)
        assert anchors(build.text(page)) == [(title, f"{name}.html")]
    repository.write_files({"help/user/more.md": "# More\n"})
    build = repository.build(parallel=parallel, warnings=["no page has the exl-id"])
    assert anchors(build.text(page)) == []
    repository.write_files({"help/user/more.md": f"---\nexl-id: {LAMP}\n---\n# Three\n"})
    build = repository.build(parallel=parallel)
    assert anchors(build.text(page)) == [("Three", "more.html")]
    assert "help/user/links" not in build.updated


def test_moved_page_in_a_plain_project(project):
    """The same where there is no ledger."""
    home = f"# Home\n\n[](exl:{LAMP})\n\n```{{toctree}}\none\ntwo\n```\n"
    page = f"---\nexl-id: {LAMP}\n---\n# "
    project.write(index=home, one=f"{page}One\n", two="# Two\n")
    for builder in ("html", "text"):
        project.build(builder, ajo_dialect="mixed")
    project.write(one="# One\n", two=f"{page}Two\n")
    build = project.build(ajo_dialect="mixed")
    assert anchors(build.text("index.html"))[0] == ("Two", "two.html")


# MyST 5.0 reads inventories in the way of older releases of Sphinx
@pytest.mark.filterwarnings("ignore:.*_InventoryItem objects is deprecated")
def test_inventory(project, tmp_path):
    """Other projects resolve the articles, by intersphinx and by MyST."""
    project.write_files(FILES)
    build = project.build()
    inventory = build.outdir / "objects.inv"
    entries = zlib.decompress(inventory.read_bytes().split(b"\n", 4)[4]).decode()
    assert sorted(line for line in entries.splitlines() if " exl:page " in line) == [
        f"{SHADE} exl:page -1 help/user/more.html More",
        f"{LAMP} exl:page -1 help/user/lamp.html Lamp",
    ]
    other = type(project)(tmp_path / "other")
    other.folder.mkdir()
    other.write(
        index=(
            f"# A\n\n[See](exl:{LAMP}#bulbs) [](exl:{LAMP}) {{exl:page}}`{SHADE}` "
            f"[](inv:lamp:exl:page#{LAMP}) {{external+lamp:exl:page}}`{LAMP}` [L](exl:{NONE})\n"
        )
    )
    options = {
        "extensions": ["sphinx_ajo", "sphinx.ext.intersphinx"],
        "intersphinx_mapping": {"lamp": ("https://example.com/", str(inventory))},
        "ajo_dialect": "mixed",
    }
    build = other.build(warnings=["no page has the exl-id"], **options)
    lamp = "https://example.com/help/user/lamp.html"
    more = "https://example.com/help/user/more.html"
    assert anchors(build.text("index.html")) == [
        ("See", f"{lamp}#bulbs"), ("Lamp", lamp), ("More", more), ("Lamp", lamp), ("Lamp", lamp),
    ]  # fmt: skip


def test_searches_do_not_find_ids(repository):
    assert LAMP not in repository.build().text("searchindex.js")


def test_targets():
    assert split_target(" exl:A-B#c%20d ") == ("a-b", "c d")
    assert split_target("A-B") == ("a-b", "")
    assert is_uuid(LAMP)
    assert not any(map(is_uuid, ["", LAMP[1:], f"{LAMP}0", LAMP.replace("a", "g"), f"{LAMP}\n"]))
