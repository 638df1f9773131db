"""What the script of the sidebar does, in a real browser."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest
from chromium import MARKS
from served import serve
from site_tree import write_tree

from sphinx_ajo import testing

pytestmark = MARKS

DEEPEST = "p0/p1/p0/p1.html"


@pytest.fixture(scope="module", params=["furo", "sphinx_rtd_theme"])
def folder(request, tmp_path_factory):
    """A site."""
    pytest.importorskip(request.param)
    source = tmp_path_factory.mktemp("script") / "src"
    source.mkdir()
    project = SimpleNamespace(folder=source, write_files=partial(testing.write_files, source))
    write_tree(project, (3, 2, 2, 2), theme=request.param)
    options = {"collapse_navigation": False, "navigation_depth": -1}
    return testing.build(
        source, html_theme_options=options if "rtd" in request.param else {}
    ).outdir


@pytest.fixture(scope="module", params=["server", "disk"])
def address(request, folder):
    """The address of its root."""
    if request.param == "disk":
        yield folder.as_uri()
    else:
        with serve(folder) as root:
            yield root


@pytest.fixture
def page(address, browser):
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{address}/{DEEPEST}")
    yield page
    context.close()
    assert not [text for text in messages if "ajo" in text]


def entries(page):
    """Return the addresses of all entries of the sidebar that can be seen."""
    links = page.locator("li[class*=toctree-l] > a").all()
    root = page.evaluate("() => new URL('../', document.querySelector('[src*=ajo-nav]').src).href")
    return [
        link.evaluate("(link, root) => link.href.replace(root, '')", root)
        for link in links
        if link.is_visible()
    ]


SHORT = ["p0.html", "p0/p1.html", "p0/p1/p0.html", "p0/p1/p0/p0.html", DEEPEST, "p0/p1/p1.html"]
WHOLE = ["p0.html", "p0/p0.html", *SHORT[1:], "p1.html", "p2.html"]


def more(page):
    return page.locator(".ajo-nav-more > button")


def test_buttons_say_what_they_open(page):
    assert more(page).all_text_contents() == ["More in Title of p0", "Show the other pages"]
    assert all(button.bounding_box()["height"] >= 24 for button in more(page).all())


def test_lists_are_completed(page, address):
    """One button completes all lists, in the order of the site, here and on the next pages."""
    assert entries(page) == SHORT
    assert more(page).count() == 2
    more(page).first.press("Enter")
    page.wait_for_function("() => !document.querySelector('.ajo-nav-more')")
    assert entries(page) == WHOLE
    focused = page.evaluate("() => document.activeElement.href")
    assert focused.removeprefix(address) in ("/p1.html", "/p0/p0.html")
    page.goto(f"{address}/p0/p1/p1/p0.html")
    page.wait_for_function("() => !document.querySelector('[data-ajo-more]')")
    assert more(page).count() == 0
    assert {"p0/p0.html", "p1.html", "p2.html"} <= set(entries(page))


def test_entries_that_come_later_can_be_opened(page):
    """An entry that was not on the page has a button for what is below it."""
    more(page).first.click()
    name = "Show or hide the pages below Title of p2"
    button = page.get_by_role("button", name=name, exact=True)
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert entries(page)[-3:] == ["p2.html", "p2/p0.html", "p2/p1.html"]
    button.click()
    assert entries(page) == WHOLE


@pytest.fixture
def without_the_file(folder):
    path = folder / "_static" / "ajo-navigation-data.js"
    away = path.rename(folder / "away.js")
    yield
    away.rename(path)


def test_without_the_file(without_the_file, page):
    """Where the file cannot be read, the page above shows what is beside."""
    # the one of the top-level pages, which the home page lists
    more(page).last.click()
    page.wait_for_url("**/index.html")
    page.go_back()
    more(page).first.click()
    page.wait_for_url("**/p0.html")
