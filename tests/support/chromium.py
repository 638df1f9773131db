"""A real browser, for the tests that need one; modules that import this are skipped without it."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("playwright") is None:
    pytest.skip("no Playwright here", allow_module_level=True)

_PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(_PROGRAM is None, reason="no Chromium here"),
    pytest.mark.skipif(sys.platform == "win32", reason="the path of the browser is not known"),
    pytest.mark.filterwarnings("ignore"),  # those of Playwright's own event loop
]
"""The marks of all tests that open it."""


@contextmanager
def open_browser():
    """Open it, and close it in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as api:
        browser = api.chromium.launch(
            executable_path=_PROGRAM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # letters look the same on all machines
                "--disable-lcd-text",
                "--font-render-hinting=none",
                "--force-color-profile=srgb",
            ],
        )
        yield browser
        browser.close()


def find_axe():
    """Return axe-core, where npm has put it beside the repository or ``AJO_AXE`` says."""
    folders = [parent / name for parent in Path(__file__).parents for name in (".", "node")]
    places = [folder / "node_modules/axe-core/axe.min.js" for folder in folders]
    places.insert(0, Path(os.environ.get("AJO_AXE", "axe.min.js")))
    return next((path for path in places if path.is_file()), None)
