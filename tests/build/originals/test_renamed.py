"""A link to what a heading was called leads where the same link of the original leads."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.site.originals.renamed import find_renamed

PAGE = "x.md"


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        (["add-bulb"], ["insert-a-bulb"], {"add-bulb": "insert-a-bulb"}),
        (["a", "button"], ["a", "buttons"], {"button": "buttons"}),
        # nothing in common, or the same
        (["bulb"], ["shade"], {}),
        (["bulb"], ["bulb"], {}),
        (["a-b"], ["a-c"], {}),
        # other numbers of links
        (["add-bulb"], ["insert-bulb", "x"], {}),
        ([], ["x"], {}),
        # two answers
        (["bulb-1", "bulb-1"], ["bulb-2", "bulb-3"], {}),
        (["bulb-1", "bulb-1"], ["bulb-2", "bulb-2"], {"bulb-1": "bulb-2"}),
        (["bulb-1", "bulb-1"], ["bulb-1", "bulb-2"], {}),
    ],
)
def test_links(ours, theirs, found):
    links = ([(PAGE, anchor) for anchor in anchors] for anchors in (ours, theirs))
    expected = {(PAGE, anchor): other for anchor, other in found.items()}
    assert find_renamed(*links) == expected


def test_other_pages_do_not_count():
    theirs = [("y.md", "bulb-2"), ("x.md", "bulb-3")]
    assert find_renamed([("x.md", "bulb-1")], theirs) == {("x.md", "bulb-1"): "bulb-3"}


def hrefs(build):
    body = lxml.html.fromstring(build.text("help/user/home.html")).find_class("body")[0]
    return [a.get("href") for a in body.iter("a") if "headerlink" not in a.classes]


HOME = "# {}\n\n[a](setup.md#{}) [b](#{}) [c](/help/user/setup.md#{})\n\n## {}\n"


def test_build(lamps):
    """The page has the new id from the original; there is one true warning each."""
    lamps.write({"help/user/home.md": HOME.format("Hem", "socket-list", "old-part", "gone", "Del")})
    lamps.write_original(
        {"help/user/home.md": HOME.format("Home", "bulbs--sockets", "new-part", "x", "New part")}
    )
    message = "the link leads to"
    build = lamps.build(
        warnings=[
            f"no id 'socket-list' on page 'help/user/setup'; {message} 'bulbs--sockets'",
            f"no id 'old-part' on page 'help/user/home'; {message} 'new-part'",
            "no heading or id 'gone'",
        ]
    )
    assert hrefs(build) == ["setup.html#bulbs--sockets", "#new-part", "setup.html"]


def test_increments(lamps):
    """The page is written again when the target gets or loses the id."""
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#socket-list)\n"})
    lamps.write_original({"help/user/home.md": "# Home\n\n[a](setup.md#bulbs--sockets)\n"})
    assert hrefs(lamps.build(warnings=None)) == ["setup.html#bulbs--sockets"]
    lamps.write({"help/user/setup.md": "# Montera\n"})
    assert hrefs(lamps.build(warnings=None)) == ["setup.html"]
    lamps.write({"help/user/setup.md": "# Montera\n\n## B {#bulbs--sockets}\n"})
    assert hrefs(lamps.build(warnings=None)) == ["setup.html#bulbs--sockets"]
