"""What readers see and do, in a real browser and in every theme."""

from __future__ import annotations

import pytest
from chromium import MARKS

from sphinx_ajo import testing

pytestmark = MARKS

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "alabaster"]

CARD = """\
:::
![icon](https://cdn.experienceleague.adobe.com/icons/{icon}.svg)

{title}

A sentence that is long enough to be selected by a reader with a mouse.

{links}
:::
"""

FILES = {
    "index.md": "---\nexl-id: 1\n---\n# Home\n\n```{toctree}\nother\n```\n\n"
    ":::: landing-cards-container\n"
    + CARD.format(icon="gear", title="One link", links="[Go there](other.md)")
    + CARD.format(
        icon="users", title="Two links", links="[Go there](other.md)\n[Go on](other.md#end)"
    )
    + CARD.format(icon="clock", title="No link", links="Nothing.")
    + "::::\n\n"
    "+++Closed {#closed}\n\nHidden text and [a place](#a-place).\n\n### A place\n\n+++\n",
    "other.md": "---\nexl-id: 2\n---\n# Other\n\n## End\n",
}


@pytest.fixture(scope="module", params=THEMES)
def site(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "src"
    testing.write_files(folder, FILES)
    return testing.build(folder, html_theme=request.param).outdir


@pytest.fixture
def open_page(browser, site):
    """Open the page in a window of some width."""
    contexts = []

    def open_page(width=1400, fragment="", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"file://{site}/index.html{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def clickable(page):
    return page.locator(".ajo-card-clickable")


def test_columns(open_page):
    """Three cards side by side on wide screens, two on medium ones, one on small ones."""
    for width, columns in ((1400, 3), (800, 2), (400, 1)):
        page = open_page(width)
        boxes = [card.bounding_box() for card in page.locator(".ajo-card").all()]
        assert sum(box["y"] == boxes[0]["y"] for box in boxes) == columns
        assert all(box["x"] + box["width"] <= width for box in boxes)


def test_click_anywhere(open_page):
    """A card with one link is that link: on its text and beside it."""
    page = open_page()
    assert clickable(page).count() == 1
    clickable(page).locator("p", has_text="sentence").click()
    page.wait_for_url("**/other.html")
    page.go_back()
    box = clickable(page).bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] - 4)
    page.wait_for_url("**/other.html")


def test_text_can_be_selected(open_page):
    """Selecting the text of a card selects it, and does not follow the link."""
    page = open_page()
    box = clickable(page).locator("p", has_text="sentence").bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 4)
    page.mouse.up()
    assert "sentence that is long" in page.evaluate("getSelection().toString()")
    assert page.url.endswith("index.html")


def test_focus_is_visible(open_page):
    """The card of the link that has the keyboard is outlined."""
    page = open_page()
    page.locator(".ajo-card-target").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    style = clickable(page).evaluate("e => getComputedStyle(e).outlineStyle")
    assert style == "solid"


def test_icons_follow_the_text(open_page):
    """Icons have the colour of the title beside them, and about its height."""
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        card = page.locator(".ajo-card").first
        icon, title = card.locator("svg"), card.locator(".sd-card-title")
        colours = [
            icon.evaluate("e => getComputedStyle(e).fill"),
            title.evaluate("e => getComputedStyle(e).color"),
        ]
        assert colours[0] == colours[1]
        assert icon.bounding_box()["height"] < 2 * title.bounding_box()["height"] + 8


def _contrast(page, locator):
    return locator.evaluate(
        """element => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 1;
          const context = canvas.getContext("2d", {willReadFrequently: true});
          const layers = [];
          for (let e = element; e; e = e.parentElement) {
            layers.unshift(getComputedStyle(e).backgroundColor);
          }
          const paint = colour => { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); };
          const luminance = () => {
            const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
              .map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          paint("white");
          layers.forEach(paint);
          const back = luminance();
          paint(getComputedStyle(element).color);
          const [high, low] = [luminance(), back].sort((a, b) => b - a);
          return (high + 0.05) / (low + 0.05);
        }"""
    )


def test_contrast(open_page):
    """Titles, text and links of cards reach 4.5:1 (WCAG AA)."""
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        for card in page.locator(".ajo-card").all():
            assert _contrast(page, card.locator(".sd-card-title")) >= 4.5
            assert _contrast(page, card.locator("p").first) >= 4.5
            for link in card.locator("a").all():
                assert _contrast(page, link) >= 4.5


def test_links_stand_at_the_foot(open_page):
    """In a row of cards the last links stand at one height."""
    page = open_page()
    ends = {
        round(box.bounding_box()["y"] + box.bounding_box()["height"])
        for box in page.locator(".ajo-card-links").all()
    }
    assert max(ends) - min(ends) <= 1


def test_accordion_opens_by_fragment(open_page):
    """A link to an accordion, or into it, opens it."""
    for fragment in ("#closed", "#a-place"):
        page = open_page(fragment=fragment)
        page.wait_for_function("document.querySelector('details').open")
    assert not open_page().locator("details").evaluate("e => e.open")
