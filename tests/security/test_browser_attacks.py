"""A hostile site in a real browser: nothing of it runs, in any theme."""

from __future__ import annotations

import functools
import os
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import attacks
import pytest
from chromium import MARKS

pytestmark = [
    *(mark for mark in MARKS if mark.name != "xdist_group"),
    # one process builds each site, for all tests of this folder
    pytest.mark.xdist_group("attacks"),
]

PAGES_AT_MOST = int(os.environ.get("AJO_ATTACKS_PAGES", "6"))
"""How many pages of a site are opened."""

PROVOKE = """() => {
  for (const element of document.querySelectorAll("main *, article *, nav *, body > *")) {
    for (const name of ["mouseover", "focus", "animationstart", "toggle", "load", "error"]) {
      element.dispatchEvent(new Event(name, {bubbles: false}));
    }
  }
  document.querySelectorAll("details").forEach((each) => (each.open = true));
}"""
"""Sets off all that waits for a reader."""

LOOK = """() => ({
  ran: window.pwned ?? null,
  elements: document.querySelectorAll("x-pwned").length,
  links: [...document.querySelectorAll("[href], [src], [action], [formaction], [data]")]
    .flatMap((each) => [each.href, each.src, each.action, each.formAction, each.data])
    .map((each) => each?.baseVal ?? each)
    .filter((each) => typeof each === "string" && /^(javascript|vbscript|data:text)/i.test(each))
    // how Sphinx takes its highlights away
    .filter((each) => each !== "javascript:SphinxHighlight.hideSearchWords()"),
})"""
"""What is found on a page."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture(params=attacks.THEMES)
def address(request, attack_site):
    """Serve a site, as readers get it: search needs that."""
    outdir = attack_site(request.param, "html").outdir
    handler = functools.partial(_Quiet, directory=str(outdir))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield outdir, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _addresses(outdir):
    pages = sorted(path.relative_to(outdir).as_posix() for path in outdir.rglob("*.html"))
    # first those of the theme and of the repository itself, of which there are few
    pages.sort(key=lambda name: ("attack" in name, name.endswith("index.html"), name))
    yield from ["index.html", "help/front.html", *pages[::-1]][:PAGES_AT_MOST]
    for query in ("Title", "pwned", "%22%3E%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E"):
        yield f"search.html?q={query}"
    yield "help/plain.html?highlight=%3Cscript%3E#%22%3E%3Cscript%3Ewindow.pwned%3D1%3C/script%3E"


def test_nothing_runs(browser, address):
    outdir, site = address
    context = browser.new_context()
    # nobody else is asked
    context.route(re.compile(r"https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened = 0
    for name in _addresses(outdir):
        page.goto(site + name, wait_until="domcontentloaded")
        if name.startswith("search"):
            page.wait_for_timeout(500)
        if "://" in page.url and not page.url.startswith(site):
            continue  # a redirect to another site
        page.evaluate(PROVOKE)
        found = page.evaluate(LOOK)
        assert found == {"ran": None, "elements": 0, "links": []}, name
        opened += 1
    assert dialogs == []
    assert opened >= PAGES_AT_MOST
    context.close()


def test_the_test_finds_what_runs(browser, tmp_path):
    """An attack that is not stopped is found."""
    page = browser.new_page()
    file = tmp_path / "x.html"
    file.write_text(f"<main><a href='{attacks.ADDRESSES['plain']}'>{attacks.MARKUP['script']}</a>")
    page.goto(file.as_uri())
    assert page.evaluate(LOOK)["ran"] == 1
    assert page.evaluate(LOOK)["links"]
    assert attacks.findings(attacks.parse(file.read_text()))
    page.close()
