"""No host but that of the site is contacted before a reader clicks."""

from __future__ import annotations

import re

import pytest
from all_constructs import FILES, WARNINGS
from chromium import MARKS
from served import serve

from sphinx_ajo import testing
from sphinx_ajo.language.players import FRAME

pytestmark = MARKS

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "sphinx_book_theme", "alabaster"]
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 400) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 30));
  }
}"""
"""Go to every place, for frames and images may be lazy."""

LOOK = """(still) => {
  const box = still.getBoundingClientRect();
  const parts = [...still.querySelectorAll("span")];
  const outside = parts.filter((part) => {
    const inner = part.getBoundingClientRect();
    return inner.left < box.left || inner.right > box.right
      || inner.top < box.top || inner.bottom > box.bottom;
  });
  return {
    ratio: box.width / box.height,
    outside: outside.map((part) => part.className),
    colours: parts.map((part) => getComputedStyle(part).color),
    line: getComputedStyle(still).textDecorationLine,
  };
}"""

VIDEO = "https://video.tv.adobe.com/v/1"


@pytest.fixture(scope="module")
def build_site(tmp_path_factory):
    built = {}

    def build_site(theme="alabaster", **options):
        pytest.importorskip(theme, reason=f"no {theme} here")
        key = (theme, *sorted(options.items()))
        if key not in built:
            folder = tmp_path_factory.mktemp("site") / "src"
            testing.write_files(folder, FILES)
            built[key] = testing.build(
                folder, warnings=WARNINGS, html_theme=theme, **options
            ).outdir
        return built[key]

    return build_site


@pytest.fixture
def visit(browser):
    """Open the page of a site; return it with the list of what it asks of others."""
    closing = []

    def visit(folder, *, width=1400, **options):
        server = serve(folder)
        root = server.__enter__()
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        closing.append((context, server))
        asked = []

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(body="<p>player</p>", content_type="text/html")

        context.route(re.compile(rf"^(?!{re.escape(root)}|data:)"), answer)
        page = context.new_page()
        page.goto(f"{root}/help/everything.html")
        if options.get("java_script_enabled", True):
            page.evaluate(SCROLL)
        page.wait_for_load_state("networkidle")
        return page, asked

    yield visit
    for context, server in closing:
        context.close()
        server.__exit__(None, None, None)


@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_contacted(build_site, visit, theme):
    page, asked = visit(build_site(theme))
    assert page.locator(".ajo-video-still").count() == 3
    assert asked == []


@pytest.mark.parametrize("mode", ["convert", "raw", "escape"])
@pytest.mark.parametrize("videos", ["click", "link"])
def test_nobody_is_contacted_whatever_html_becomes(tmp_path, visit, mode, videos):
    testing.write_files(tmp_path / "src", FILES)
    warnings = WARNINGS if mode != "escape" else WARNINGS[:1]
    options = {"html_theme": "alabaster", "ajo_html": mode, "ajo_videos": videos}
    _page, asked = visit(testing.build(tmp_path / "src", warnings=warnings, **options).outdir)
    assert asked == []


def test_loaded_frames(build_site, visit):
    """`ajo_videos = "load"`: only hosts of the list are contacted, by https."""
    page, asked = visit(build_site(ajo_videos="load"))
    assert {url.split("/")[2] for url in asked} == {
        "video.tv.adobe.com",
        "www.youtube-nocookie.com",
        "player.vimeo.com",
    }
    assert all(url.startswith("https://") for url in asked)
    frame = page.locator(".ajo-video iframe").first
    assert {name: frame.get_attribute(name) for name in FRAME} == FRAME


@pytest.mark.parametrize("way", ["click", "Enter", " "])
def test_a_click_plays(build_site, visit, way):
    page, asked = visit(build_site())
    still = page.get_by_role("button", name="A tour Play video video.tv.adobe.com")
    before = page.evaluate("document.body.scrollHeight")
    if way == "click":
        still.click()
    else:
        still.focus()
        page.keyboard.press(way)
    frame = page.locator(".ajo-video iframe")
    assert page.frame_locator(".ajo-video iframe").locator("p").text_content() == "player"
    assert asked == [f"{VIDEO}?autoplay=true"]
    assert page.evaluate("document.body.scrollHeight") == before
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert frame.get_attribute("title") == "A tour"
    allowed = {name: frame.get_attribute(name) for name in FRAME}
    assert allowed == FRAME | {"allow": f"autoplay; {FRAME['allow']}"}


def test_a_click_with_ctrl_opens_a_tab(build_site, visit):
    page, asked = visit(build_site())
    with page.context.expect_page() as opened:
        page.locator(".ajo-video-still").first.click(modifiers=["Control"])
    assert opened.value is not page
    assert f"{VIDEO}?autoplay=true" not in asked
    assert page.locator(".ajo-video iframe").count() == 0


def test_a_link_without_scripts(build_site, visit):
    page, asked = visit(build_site(), java_script_enabled=False)
    page.get_by_role("link", name="A tour Play video").click()
    page.wait_for_url(VIDEO)
    assert asked == [VIDEO]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 400])
def test_how_a_still_looks(build_site, visit, theme, scheme, width):
    page, _asked = visit(build_site(theme), width=width, color_scheme=scheme)
    for still in page.locator(".ajo-video-still").all():
        look = still.evaluate(LOOK)
        assert 1.7 < look["ratio"] < 1.85
        assert look["outside"] == []
        assert look["line"] == "none"
        for colour in look["colours"]:
            assert all(int(value) > 180 for value in re.findall(r"\d+", colour)[:3])


def test_print(build_site, visit):
    page, _asked = visit(build_site())
    page.emulate_media(media="print")
    box = page.locator(".ajo-video").first
    assert not box.locator(".ajo-video-still").is_visible()
    printed = box.evaluate("e => getComputedStyle(e, '::after').content")
    assert "A tour:" in printed
    assert VIDEO in printed
