"""Headings of a translation have the ids of its original, too."""

from __future__ import annotations

import lxml.html
import pytest

SETUP = "help/user/setup.md"


def ids(build, page="help/user/setup.html"):
    """Return the ids of each section: its own first."""
    root = lxml.html.fromstring(build.text(page))
    return [
        [section.get("id"), *(span.get("id") for span in section.xpath("./span[@id]"))]
        for section in root.xpath('//div[@class="body"]//section')
    ]


def hrefs(build, page="help/user/home.html"):
    body = lxml.html.fromstring(build.text(page)).find_class("body")[0]
    return [a.get("href") for a in body.iter("a") if "headerlink" not in a.classes]


def setup_ids(lamps, swedish, english, **options):
    lamps.write({SETUP: swedish})
    lamps.write_original({SETUP: english})
    return ids(lamps.build(**options))


def test_ids(lamps):
    """The own id is the first; links to either lead to the heading."""
    lamps.write(
        {
            "help/user/home.md": (
                "# Hem\n\n[a](setup.md#bulbs--sockets) [b](setup.md#lampor)\n"
                "[c](/help/user/setup.md#notes) [d](#home)\n"
            )
        }
    )
    build = lamps.build()
    assert ids(build) == [
        ["montera", "set-up"],
        ["första-stegen", "first-steps"],
        ["lampor", "bulbs--sockets"],
        ["anteckningar", "notes"],
    ]
    assert hrefs(build) == [
        "setup.html#bulbs--sockets",
        "setup.html#lampor",
        "setup.html#notes",
        "#home",
    ]


def test_nothing_is_taken_away(lamps):
    """What stands on the page keeps its id, wherever it stands."""
    assert setup_ids(
        lamps,
        "# A\n\n## B\n\n## C {#two}\n\n## D\n\n<p id='one'>Text</p>\n",
        "# A\n\n## One\n\n## Two\n\n## Four\n",
    ) == [["a"], ["b"], ["two"], ["d", "four"]]


def test_written_ids(lamps):
    """A written id that was lost is there again; one that was not is the only one."""
    assert setup_ids(
        lamps,
        "# A\n\n## B {#b}\n\n## C\n\n## D {#d}\n",
        "# X {#top}\n\n## Y {#b}\n\n## Z {#z}\n\n## W\n",
    ) == [["a", "top"], ["b"], ["c", "z"], ["d", "w"]]


@pytest.mark.parametrize(
    "english",
    [
        "# X\n\n<!--\n## No\n-->\n\n```\n## No\n```\n\n>[!NOTE]\n>\n>## Y\n\n## Z `code`\n",
        "---\ntitle: X\n---\n\n1. List\n\n   ## Y\n\n{{$include /help/_includes/z.md}}\n",
        "---\ntitle: X\n---\n\n<h2>Y</h2>\n\n{{z}}\n",
    ],
    ids=["code", "include", "html"],
)
def test_originals_are_read_like_pages(lamps, english):
    """Code, comments, boxes, lists, HTML and included texts of the original are understood."""
    lamps.write_original(
        {
            "help/_includes/z.md": "# Name\n\n## Z `code`\n",
            "help/_includes/snippets.md": "# S\n\n# A {#z}\n\n## Z `code`\n\n# B {#b}\n",
        }
    )
    found = setup_ids(lamps, "# A\n\n* B\n\n  ## B\n\n## C\n", english)
    assert found == [["a", "x"], ["c", "z-code"]]


def test_heading_in_a_list(lamps):
    """A heading that is no section can be reached, too."""
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#first)\n"})
    lamps.write({SETUP: "# A\n\n* ## B\n"})
    lamps.write_original({SETUP: "# A\n\n* ## First\n"})
    build = lamps.build()
    assert hrefs(build) == ["setup.html#first"]
    assert 'id="first"' in build.text("help/user/setup.html")


def test_same_id_at_another_path(lamps):
    """A page that was moved is known by its exl-id."""
    lamps.write({"help/user/old.md": "---\nexl-id: 1-a\nhide: true\n---\n\n# A\n\n## B\n"})
    lamps.write_original({"help/user/unlisted.md": "---\nexl-id: 1-a\n---\n\n# X\n\n## Y\n"})
    assert ids(lamps.build(), "help/user/old.html") == [["a", "x"], ["b", "y"]]


def test_one_id_twice(lamps):
    """An exl-id that two files have tells nothing."""
    page = "---\nexl-id: 1-a\n---\n\n# X\n\n## Y\n"
    lamps.write({"help/user/old.md": "---\nexl-id: 1-a\nhide: true\n---\n\n# A\n\n## B\n"})
    lamps.write_original({"help/user/unlisted.md": page, "help/user/more.md": page})
    assert ids(lamps.build(), "help/user/old.html") == [["a"], ["b"]]


def test_other_headings(lamps):
    """Where it is not clear which heading is which, the warning says so."""
    lamps.write(
        {"help/user/home.md": "# Hem\n\n[a](setup.md#third) [b](setup.md#none) [c](setup.md#two)\n"}
    )
    lamps.write({SETUP: "# A\n\n## B\n\n## C\n"})
    lamps.write_original({SETUP: "# A\n\n## First\n\n## Two {#second}\n\n## Third\n"})
    message = "home.md:3: WARNING: no heading or id '{}' on page 'help/user/setup'; the link leads"
    build = lamps.build(
        warnings=[
            f"{message} to the top of that page (its original has it, but".format("third"),
            f"{message} to the top of that page (its original has it, but".format("two"),
            f"{message} to the top of that page [ajo.link_anchor]".format("none"),
        ]
    )
    assert hrefs(build) == ["setup.html", "setup.html", "setup.html"]


def test_text_of_a_heading_with_an_id(lamps):
    """Such a heading has no other id, but there is no doubt which one is meant."""
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#first-steps) [b](setup.md#början)\n"})
    lamps.write({SETUP: "# A\n\n## Början {#first}\n"})
    lamps.write_original({SETUP: "# A\n\n## First steps {#first}\n"})
    message = "home.md:3: WARNING: no id '{}' on page 'help/user/setup', where that heading has"
    build = lamps.build(warnings=[message.format("first-steps"), message.format("början")])
    assert hrefs(build) == ["setup.html#first", "setup.html#first"]


def test_original_that_cannot_be_read(lamps):
    """A file that is no text is no reason to stop."""
    (lamps.original / SETUP).write_bytes(b"\xff# A")
    assert ids(lamps.build())[0] == ["montera"]


@pytest.mark.parametrize("builder", ["latex", "epub", "text", "gettext"])
def test_builders(lamps, builder):
    """All builders know the ids."""
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#first-steps)\n"})
    lamps.build(builder, version="1", copyright="us")


def test_parallel(lamps):
    """Several processes read the same."""
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#first-steps)\n"})
    lamps.write({f"help/user/more{n}.md": "---\nhide: true\n---\n\n# More\n" for n in range(12)})
    lamps.write({"help/user/old.md": "---\nexl-id: 1-a\nhide: true\n---\n\n# A\n\n## B\n"})
    lamps.write_original({"help/user/unlisted.md": "---\nexl-id: 1-a\n---\n\n# X\n\n## Y\n"})
    serial = lamps.build()
    parallel = lamps.build(parallel=4, outdir=lamps.folder.parent / "parallel")
    for name in ("home", "setup", "old"):
        page = f"help/user/{name}.html"
        assert serial.text(page) == parallel.text(page)
    assert "first-steps" in serial.text("help/user/home.html")
