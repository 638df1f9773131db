"""A real browser, for the tests that need one; modules that import this are skipped without it."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright here")
_PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

MARKS = [
    pytest.mark.skipif(_PROGRAM is None, reason="no Chromium here"),
    pytest.mark.skipif(sys.platform == "win32", reason="the path of the browser is not known"),
    pytest.mark.filterwarnings("ignore"),  # those of Playwright's own event loop
    pytest.mark.xdist_group("browser"),
]
"""The marks of all tests that open it."""


@contextmanager
def open_browser():
    """Open it, and close it in the end."""
    with playwright.sync_playwright() as api:
        browser = api.chromium.launch(
            executable_path=_PROGRAM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
