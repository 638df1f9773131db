"""What every page is like for readers: with a keyboard, in the dark, on paper, in five themes."""

from __future__ import annotations

import pytest
from all_constructs import FILES, WARNINGS
from chromium import MARKS
from layout_shift import WATCH, what_moves
from served import serve

from sphinx_ajo import testing

pytestmark = MARKS

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "sphinx_book_theme", "alabaster"]

TABS = """
>[!BEGINTABS]

>[!TAB {one}]

{text}

>[!TAB {two}]

{text} of the other. {more}

>[!ENDTABS]
"""

MORE = (
    """
## Wide

| One | Two | Three | Four | Five | Six |
|---|---|---|---|---|---|
| `a_very_long_identifier` | https://example.com/a/long/path | t | `another_long_one` | m | l |

```json
{"a_long_line": "which goes on and on and on and on and on and on and on and on"}
```

| L | C | R |
|:--|:-:|--:|
| l | c | r |

<table><tr>
<td style="background-color: #eee">Grey <code>code</code> [link](other.md) <em>text</em>
<span style="color: yellow">yellow</span></td>
<td style="background-color: #333">Dark [link](other.md)</td>
<td style="background-color: #808080; color: #777">Middle</td>
</tr></table>

<p><span style="color: navy">navy</span> <span style="color: #eee">pale</span></p>

[!BADGE New]{type=Positive} [!BADGE Bad]{type=Negative}

"""
    + TABS.format(one="Alpha", two="Beta", text="Above", more="Long text. " * 300)
    + TABS.format(one="Alpha", two="Beta", text="Below", more="")
    + TABS.format(one="Alpha", two="Gamma", text="Alone", more="\n\n### Deep in a tab\n\nText.")
)

PAGE = "help/everything.html"


@pytest.fixture(scope="module", params=THEMES)
def theme(request):
    pytest.importorskip(request.param, reason=f"no {request.param} here")
    return request.param


@pytest.fixture(scope="module")
def site(theme, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "src"
    testing.write_files(folder, FILES | {"help/everything.md": FILES["help/everything.md"] + MORE})
    return testing.build(folder, html_theme=theme, warnings=WARNINGS).outdir


@pytest.fixture
def open_page(browser, site):
    contexts = []

    def open_page(width=1400, fragment="", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{(site / PAGE).as_uri()}{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()


CONTRAST = """
(node) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const paint = (colour) => { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); };
  const luminance = () => {
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const layers = [];
  for (let e = node; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
  paint("white");
  layers.forEach(paint);
  const back = luminance();
  paint(getComputedStyle(node).color);
  const [high, low] = [luminance(), back].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_authors(open_page, scheme):
    """Text can be read on the backgrounds that authors set, and in their colours."""
    page = open_page(color_scheme=scheme)
    coloured = "[class*='ajo-on-'], [class*='ajo-on-'] *, span[class*='ajo-s-'], .ajo-badge"
    nodes = page.locator(coloured).all()
    assert len(nodes) > 10
    for node in nodes:
        assert node.evaluate(CONTRAST) >= 4.5, node.evaluate("node => node.outerHTML")


def test_keyboard_scrolls_what_scrolls(open_page):
    page = open_page(400)
    assert page.locator(".ajo-table-box").count() > 0
    page.wait_for_function(
        "[...document.querySelectorAll('.ajo-table-box')]"
        ".every((box) => box.tabIndex === (box.scrollWidth > box.clientWidth ? 0 : -1))"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_task_boxes_have_names(open_page):
    boxes = open_page().locator("input[type=checkbox].task-list-item-checkbox")
    assert [box.get_attribute("aria-label") for box in boxes.all()] == ["done", "open"]


def tab(page, text, number=0):
    return page.locator(".ajo-tabs > label", has_text=text).nth(number)


def test_tabs_with_the_same_labels(open_page):
    """Groups that offer the same are switched together, and what was clicked stays in its place."""
    page = open_page()
    label = tab(page, "Beta", 1)
    label.scroll_into_view_if_needed()
    before = label.bounding_box()["y"]
    label.click()
    page.get_by_text("Above of the other.").wait_for(state="visible")
    page.get_by_text("Below of the other.").wait_for(state="visible")
    assert page.get_by_text("Alone", exact=True).is_visible()
    assert abs(label.bounding_box()["y"] - before) < 4  # pydata_sphinx_theme lifts it
    tab(page, "Gamma").click()
    assert page.get_by_text("Above of the other.").is_visible()
    page.reload()
    page.get_by_text("Above", exact=True).wait_for(state="visible")


def test_link_into_a_tab(open_page):
    page = open_page(fragment="#deep-in-a-tab")
    page.get_by_text("Deep in a tab").first.wait_for(state="visible")


def test_tabs_are_in_one_line(open_page):
    page = open_page(400)
    for name in ("Alpha", "First"):
        tabs = tab(page, name).locator("xpath=..")
        tops = [label.bounding_box()["y"] for label in tabs.locator(":scope > label").all()]
        assert max(tops) - min(tops) < 4
        (box,) = tabs.locator(":scope > .sd-tab-content:not([hidden])").all()
        assert abs(box.bounding_box()["width"] - tabs.bounding_box()["width"]) < 2


def test_zoom_keeps_the_page(open_page):
    page = open_page()
    page.locator("a.ajo-zoom").first.click()
    overflow = "getComputedStyle(document.documentElement).overflowY"
    assert page.evaluate(overflow) == "hidden"
    page.keyboard.press("Escape")
    page.wait_for_selector(".ajo-zoom-dialog", state="detached")
    assert page.evaluate(overflow) != "hidden"


def test_paper(open_page):
    """All is on the sheet, open, and nothing that can only be clicked."""
    page = open_page(720)
    page.emulate_media(media="print")
    for text in ("First panel.", "Second panel.", "Above of the other.", "Inside it.", "Folded."):
        assert page.get_by_text(text).first.is_visible()
        assert page.get_by_text(text).first.bounding_box()["height"] > 0
    for label in page.locator(".ajo-tabs > label").all():
        assert label.is_visible()
    assert not page.locator("button:visible, nav:visible, .ajo-video-still:visible").count()
    shown = page.locator(".ajo-video").first.evaluate(
        "(n) => getComputedStyle(n, '::after').content"
    )
    assert "A tour" in shown
    outside = page.evaluate(
        """() => [...document.querySelectorAll("[class*='ajo-'], [class*='ajo-'] *, pre")]
          .filter((node) => node.checkVisibility() && !node.closest("svg, input"))
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
          .map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert not outside
    for badge in page.locator(".ajo-badge").all():
        look = badge.evaluate(
            "(n) => [getComputedStyle(n).color, getComputedStyle(n).borderTopStyle]"
        )
        assert look == ["rgb(0, 0, 0)", "solid"]


def test_tables_have_one_look(open_page):
    """Cells begin at the top, and headers stand over their columns."""
    page = open_page()
    for cell in page.locator("table.ajo-table td:not(.ajo-middle, .ajo-bottom)").all():
        assert cell.evaluate("(n) => getComputedStyle(n).verticalAlign") == "top"
    table = page.locator("table.ajo-table:has(th.text-center)")
    align = "(n) => getComputedStyle(n.querySelector('p') ?? n).textAlign"
    for tag in ("th", "td"):
        found = [cell.evaluate(align) for cell in table.locator(tag).all()]
        assert found[1:] == ["center", "right"]
        assert found[0] in ("left", "start")


def test_tabs_are_named(open_page, theme):
    """Assistive technology hears of tabs, their list and their panels."""
    page = open_page()
    tabs = page.get_by_role("tab")
    assert tabs.count() == page.locator(".ajo-tabs > label").count() > 4
    first = tab(page, "First")
    assert first.get_attribute("aria-selected") == "true"
    assert tab(page, "Second").get_attribute("aria-selected") == "false"
    panel = page.get_by_role("tabpanel", name="First")
    assert panel.get_attribute("id") == first.get_attribute("aria-controls")
    assert "First panel." in panel.inner_text()
    assert not page.locator(".ajo-tabs > input:visible").count()
    owned = page.locator("[role=tablist]").evaluate_all(
        "(lists) => lists.flatMap((list) => list.getAttribute('aria-owns').split(' '))"
    )
    assert len(owned) == len(set(owned)) == tabs.count()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_tabs_by_keyboard(open_page, direction):
    """One of a group is in the order of the keyboard; arrows lead to the others, and around."""
    page = open_page()
    page.evaluate("(dir) => (document.documentElement.dir = dir)", direction)
    forward, back = ("ArrowRight", "ArrowLeft")[:: 1 if direction == "ltr" else -1]
    first, second = tab(page, "First"), tab(page, "Second")
    assert [first.evaluate("(n) => n.tabIndex"), second.evaluate("(n) => n.tabIndex")] == [0, -1]
    first.focus()
    for key, label, text in (
        (forward, second, "Second panel."),
        (forward, first, "First panel."),
        (back, second, "Second panel."),
        ("Home", first, "First panel."),
        ("End", second, "Second panel."),
    ):
        page.keyboard.press(key)
        assert label.evaluate("(node) => node === document.activeElement")
        assert label.get_attribute("aria-selected") == "true"
        page.get_by_text(text).wait_for(state="visible")
    assert second.evaluate("(node) => getComputedStyle(node).outlineStyle") != "none"


def test_search_of_the_browser_opens_tabs(open_page):
    """It looks into the tabs that are not shown, and into accordions."""
    page = open_page()
    box = page.get_by_role("tabpanel", name="Second", include_hidden=True)
    assert box.evaluate("(node) => [node.hidden, node.offsetHeight]") == ["until-found", 0]
    page.goto(f"{page.url}?once#:~:text=Second%20panel")
    page.get_by_text("Second panel.").wait_for(state="visible")
    assert tab(page, "Second").get_attribute("aria-selected") == "true"
    assert box.evaluate("(node) => node.offsetHeight") > 10
    page.goto(f"{page.url.partition('?')[0]}?twice#:~:text=Inside%20it")
    page.get_by_text("Inside it.").wait_for(state="visible")


def test_headers_stay_in_sight(open_page):
    """The header of a long table does not scroll away, and no text is seen through it."""
    page = open_page()
    table = page.locator("table.ajo-table:has(th.text-center)")
    table.evaluate(
        "(node) => { const row = node.tBodies[0].rows[0];"
        " for (let n = 0; n < 99; n++) node.tBodies[0].append(row.cloneNode(true)); }"
    )
    table.locator("tr").nth(50).evaluate("(n) => n.scrollIntoView({behavior: 'instant'})")
    header = table.locator("th").first
    assert 0 <= header.bounding_box()["y"] < 120
    colour = header.evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert colour.startswith("rgb(")


def test_tables_are_as_wide_as_they_need(open_page):
    page = open_page()
    table = page.locator("table.ajo-table:has(th.text-center)")
    assert table.bounding_box()["width"] < 300


@pytest.fixture(scope="module")
def address(site):
    with serve(site) as address:
        yield address


@pytest.mark.parametrize("width", [1400, 400])
def test_loading(browser, address, width):
    """Nothing moves while a page loads, no other host is asked, and the console stays empty."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append((message.text, message.location["url"])))
    page.on("pageerror", lambda error: said.append((str(error), "ajo")))

    def delay(route):
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/_images/**", delay)
    # the fonts and scripts of themes move things themselves
    for theirs in ("**/*.woff*", "**/_static/scripts/*.js*"):
        page.route(theirs, lambda route: route.abort())
    page.add_init_script(WATCH)

    def load():
        page.goto(f"{address}/{PAGE}")
        for _ in range(30):
            page.mouse.wheel(0, 400)
            page.wait_for_timeout(20)
        page.wait_for_load_state("networkidle")

    moved = what_moves(page, load)
    assert [url for url in asked if "/_images/" in url]
    assert not [url for url in asked if not url.startswith((address, "data:"))]
    assert not [text for text, url in said if "ajo" in url]
    assert not moved
    page.close()
