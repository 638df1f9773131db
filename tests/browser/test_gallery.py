"""The gallery of the documentation, in a browser and in five themes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pictures
import pytest
from chromium import MARKS, find_axe
from layout_shift import WATCH, what_moves
from served import serve

from sphinx_ajo import testing

pytestmark = MARKS

DOCS = Path(__file__).parents[2] / "docs"
DARK_THEMES = ["furo", "pydata_sphinx_theme", "sphinx_book_theme"]
THEMES = [*DARK_THEMES, "sphinx_rtd_theme", "alabaster"]
NAMES = {"pydata_sphinx_theme": "pydata", "sphinx_rtd_theme": "rtd", "sphinx_book_theme": "book"}

THEIR_WORDS = ("[PST]", "Got invalid theme mode")
"""What pydata_sphinx_theme says on the console."""


@pytest.fixture(scope="module", params=THEMES)
def theme(request):
    pytest.importorskip(request.param, reason=f"no {request.param} here")
    return request.param


@pytest.fixture(scope="module")
def root(theme, tmp_path_factory):
    """The address of a repository with the gallery, and a stub for each page that it links to."""
    folder = tmp_path_factory.mktemp("gallery") / "src"
    text = (DOCS / "gallery.md").read_text("utf-8")
    names = sorted(set(re.findall(r"\]\((constructs/[\w-]+)\.md", text)))
    entries = "".join(f"- [Page {name[11:]}]({name}.md)\n" for name in names)
    files = {f"help/{name}.md": f"# Page {name[11:]}\n\nText.\n" for name in names}
    files |= {
        "metadata.md": "---\nproduct: p\n---\n",
        "help/TOC.md": f"# Guide\n\n- [Gallery](gallery.md)\n- Constructs\n{_indent(entries)}",
        "help/gallery.md": text,
        "help/_includes/gallery.md": (DOCS / "_includes/gallery.md").read_text("utf-8"),
    }
    testing.write_files(folder, files)
    (folder / "help/_static").mkdir()
    shutil.copy(DOCS / "_static/cards-light.png", folder / "help/_static")
    options = {"ajo_page_info": True, "html_theme": theme, "html_show_sphinx": False}
    with serve(testing.build(folder, **options).outdir) as root:
        yield root


def _indent(lines):
    return "".join(f"  {line}" for line in lines.splitlines(keepends=True))


@pytest.fixture
def open_page(browser, root):
    contexts = []

    def open_page(width=1400, fragment="", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.route(re.compile(r"https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(f"{root}/help/gallery.html{fragment}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1400, 400])
def test_it_loads_quietly(open_page, root, theme, width):
    """Nobody else is asked, nothing is said on the console, nothing moves or sticks out."""
    page = open_page(width)
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.asked if not url.startswith((root, "data:"))]
    assert not [text for text in page.said if not text.startswith(THEIR_WORDS)]
    # the letters of this theme come late
    most = 0.03 if theme == "sphinx_rtd_theme" else 0.01
    assert not what_moves(page, lambda: page.reload(wait_until="networkidle"), most)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# what themes colour, or lay out, by themselves
THEIRS = """
(target) => {
  const node = document.querySelector(target);
  return !node?.closest("[class*='ajo-'], [role=main], article, .body")
    || node.matches(":is(.footnote, .highlight, .admonition-title) *")
    || node.matches(".admonition-title, .headerlink, .backrefs");
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(open_page, theme, scheme):
    """The checker finds nothing in what we write."""
    axe = find_axe()
    if axe is None:
        pytest.skip("no axe-core here")
    if scheme == "dark" and theme not in DARK_THEMES:
        pytest.skip("this theme is never dark")
    page = open_page(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((node) => (node.open = true))")
    page.evaluate(axe.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", tags)
    assert found["passes"]
    ours = [
        (violation["id"], node["html"])
        for violation in found["violations"]
        # the blue of its links, and the red of its code, are too light everywhere
        if theme != "sphinx_rtd_theme"
        or violation["id"] not in ("color-contrast", "link-in-text-block")
        for node in violation["nodes"]
        if not page.evaluate(THEIRS, node["target"][0])
    ]
    assert not ours


def test_tabs(open_page):
    """A click switches both groups."""
    page = open_page()
    page.locator(".ajo-tabs > label", has_text="Windows").first.click()
    page.get_by_text("in the start menu").wait_for()
    page.get_by_text("Press Alt and F4.").wait_for()
    assert not page.get_by_text("Press Ctrl and Q.").is_visible()


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("#closed", "up to a hundred thousand"),
        ("#deep-in-an-accordion", "A link opens it."),
        ("#deep-in-a-tab", "A link can lead here."),
        # how browsers search in a page
        ("#:~:text=a%20hundred%20thousand", "up to a hundred thousand"),
    ],
)
def test_what_is_searched_for_opens(open_page, fragment, text):
    assert not open_page().get_by_text(text).is_visible()
    open_page(fragment=fragment).get_by_text(text).wait_for(state="visible")


def test_cards(open_page):
    """A card with one link is a link; the columns follow the width."""
    page = open_page(400)
    tops = [box.bounding_box()["y"] for box in page.locator(".ajo-card").all()]
    assert tops == sorted(set(tops))
    page = open_page()
    assert len({box.bounding_box()["y"] for box in page.locator(".ajo-card").all()}) == 1
    page.locator(".ajo-card-clickable p", has_text="The whole card").first.click()
    page.wait_for_url("**/constructs/index.html")


def test_zoom(open_page):
    page = open_page()
    page.locator("a.ajo-zoom").first.click()
    assert page.locator(".ajo-zoom-dialog img").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".ajo-zoom-dialog", state="detached")


def test_video_after_a_click(open_page, root):
    """The first request to another host is that of a click on the still."""
    page = open_page()
    page.locator(".ajo-video").first.click()
    page.locator("iframe").first.wait_for()
    (asked,) = {url.split("/")[2] for url in page.asked if not url.startswith((root, "data:"))}
    assert asked == "video.tv.adobe.com"


def test_sidebar(open_page):
    """It shows where the page is, and leads to the others."""
    page = open_page()
    links = page.locator("nav a, header a, aside a, .sphinxsidebar a").filter(has_text="Constructs")
    next(link for link in links.all() if link.is_visible()).click()
    page.wait_for_url(re.compile("constructs"))


def test_paper(open_page):
    """All is on the sheet, open, and nothing sticks out."""
    page = open_page(720)
    page.emulate_media(media="print")
    for text in ("up to a hundred thousand", "in the start menu", "Open a terminal"):
        assert page.get_by_text(text).first.bounding_box()["height"] > 0
    assert not page.locator("button:visible").count()
    outside = page.evaluate(
        """() => [...document.querySelectorAll("[class*='ajo-'], [class*='ajo-'] *, pre")]
          .filter((node) => node.checkVisibility() && !node.closest("svg, input"))
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
          .map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert not outside


@pytest.mark.parametrize("width", [1400, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture(open_page, theme, scheme, width):
    """The page looks as in the picture that is kept; themes without dark colours have one."""
    name = theme.replace("_", "-")
    if others := pictures.other_versions(name, "sphinx", "sphinx-design", "pygments"):
        pytest.skip(f"the pictures show other versions of {', '.join(others)}")
    shown = scheme if theme in DARK_THEMES else "light"
    if pictures.RENEW and shown != scheme:
        return
    page = open_page(width, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    picture = pictures.take(page, 4 if width > 1000 else 2)
    pictures.check(picture, f"{NAMES.get(theme, theme)}-{shown}-{width}")


def test_the_test_finds_differences(tmp_path, monkeypatch):
    """An icon that is missing is found; another edge of a letter is not."""
    image = pytest.importorskip("PIL.Image", reason="no Pillow here")
    monkeypatch.setattr(pictures, "FOLDER", tmp_path / "a" / "b")
    monkeypatch.setenv("TOX_ENV_DIR", str(tmp_path))
    page = image.new("RGB", (80, 80), "white")
    page.paste("black", (20, 20, 26, 26))
    monkeypatch.setattr(pictures, "RENEW", True)
    pictures.FOLDER.parent.mkdir()
    pictures.check(page, "page")
    monkeypatch.setattr(pictures, "RENEW", False)
    page.putpixel((26, 22), (90, 90, 90))
    pictures.check(page, "page")
    for other in (image.new("RGB", (80, 80), "white"), page.crop((0, 0, 80, 72))):
        with pytest.raises(pytest.fail.Exception):
            pictures.check(other, "page")
