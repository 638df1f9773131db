"""Sites work under a Content-Security-Policy without inline scripts, handlers and styles."""

from __future__ import annotations

import re
from collections import Counter
from importlib import metadata
from pathlib import Path

import pytest
from all_constructs import FILES, WARNINGS
from chromium import MARKS
from lxml import html
from served import serve

from sphinx_ajo import testing

pytestmark = MARKS

POLICY = "default-src 'self'; script-src 'self'"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "content-security-policy.md"
THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "sphinx_book_theme", "alabaster"]
PAGE = "help/everything.html"
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push([
  event.effectiveDirective,
  event.blockedURI,
  /[.]html$/.test(event.sourceFile) ? "" : event.sourceFile.replace(/.*[/]/, ""),
]));
"""


@pytest.fixture(scope="module", params=THEMES)
def theme(request):
    pytest.importorskip(request.param, reason=f"no {request.param} here")
    return request.param


@pytest.fixture(scope="module")
def site(theme, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "src"
    testing.write_files(folder, FILES)
    options = {
        "ajo_navigation": "branch",
        "ajo_machine_metadata": True,
        "html_baseurl": "https://example.com/",
        "html_theme": theme,
    }
    return testing.build(folder, warnings=WARNINGS, **options).outdir


@pytest.fixture(scope="module")
def bare(theme, tmp_path_factory):
    """What Sphinx, MyST and the theme make without us."""
    folder = tmp_path_factory.mktemp("bare") / "src"
    testing.write_files(folder, {"index.md": "# A\n\n```{toctree}\nb\n```\n", "b.md": "# B\n"})
    return testing.build(folder, html_theme=theme, extensions=["myst_parser"]).outdir


def violations(browser, folder, name, policy=POLICY):
    with serve(folder, policy) as root:
        page = browser.new_page()
        page.add_init_script(LISTEN)
        page.goto(f"{root}/{name}")
        page.wait_for_load_state("networkidle")
        found = Counter(map(tuple, page.evaluate("window.violations")))
        page.close()
    return found


def test_we_violate_nothing(browser, site, bare):
    """A page with every construct does nothing forbidden that a bare page of the theme does not."""
    found = violations(browser, site, PAGE, f"{POLICY}; media-src https://video.tv.adobe.com")
    found -= violations(browser, bare, "b.html")
    # the drawings in the style sheet of a theme
    assert {directive for directive, *_ in found} <= {"img-src"}
    assert {blocked for _directive, blocked, _file in found} <= {"data"}


def test_content_has_nothing_inline(site):
    tree = html.fromstring((site / PAGE).read_text("utf-8"))
    (content,) = tree.xpath("//section[@id='everything']")
    assert not content.xpath(".//@style | .//script | .//style")
    assert not [name for tag in content.iter() for name in tag.attrib if name.startswith("on")]
    assert not [link for link in content.xpath(".//@href") if "script:" in link]


@pytest.fixture
def open_page(browser, site):
    """Open the page under the policy; hosts of videos may be framed, and answer by themselves."""
    with serve(site, f"{POLICY}; frame-src https://video.tv.adobe.com") as root:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.route(
            re.compile(r"^https:"),
            lambda route: route.fulfill(body="<p>player</p>", content_type="text/html"),
        )
        page = context.new_page()
        page.goto(f"{root}/{PAGE}")
        yield page
        context.close()


def test_everything_works(open_page):
    page = open_page
    assert not page.locator("text=Second panel.").is_visible()
    page.locator(".sd-tab-label", has_text="Second").click()
    assert page.locator("text=Second panel.").is_visible()

    page.locator("summary", has_text="An accordion").click()
    assert page.locator("text=Inside it.").is_visible()

    page.locator("a.ajo-zoom").first.click()
    assert page.locator("dialog.ajo-zoom-dialog img").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".ajo-zoom-dialog", state="detached")

    half = page.locator("img[alt=Half]")
    assert half.bounding_box()["width"] > 100
    assert page.locator("img[alt=High]").evaluate("e => getComputedStyle(e).height") == "30px"
    colour = "e => getComputedStyle(e).backgroundColor"
    assert page.locator("//td[normalize-space()='x']").evaluate(colour) == "rgb(238, 238, 255)"

    page.locator(".ajo-video-still").first.click()
    frame = page.frame_locator(".ajo-video iframe")
    assert frame.locator("p").text_content() == "player"

    page.locator(".ajo-card").locator("p", has_text="Its text").click()
    page.wait_for_url("**/other.html")


def test_branches_open(open_page, theme):
    """The sidebar opens a branch from the file that all pages share."""
    if theme != "furo":
        pytest.skip("the sidebar of this theme does not show all pages unless it is told to")
    fourth = open_page.get_by_role("link", name="Fourth")
    assert fourth.count() == 0
    open_page.locator(".ajo-nav-toggle").last.click()
    fourth.first.wait_for()


def test_how_to(browser, site, theme):
    """The header of the how-to is all that a theme needs: no style, script or image is blocked."""
    sections = HOW_TO.read_text("utf-8").split("\n## ")
    (section,) = (section for section in sections if section.startswith(f"`{theme}`"))
    version = metadata.version(theme)
    if f"{version}." not in section:
        pytest.skip(f"the how-to is about another version of {theme} than {version}")
    (header,) = re.findall(r"```text\n(.*?)```", section, re.DOTALL)
    policy = " ".join(header.partition(":")[2].split())
    for name in (PAGE, "search.html?q=text"):
        left = violations(browser, site, name, policy)
        # handlers of the theme, and the name of the page for its switcher of versions
        known = {"sphinx_book_theme": {"script-src-attr"}}.get(theme, set())
        per_page = {"pydata_sphinx_theme", "sphinx_book_theme"}
        scripts = left.pop(("script-src-elem", "inline", ""), 0)
        assert scripts <= (2 if theme in per_page else 0)
        assert {directive for directive, *_ in left} <= known
