"""Python's garbage collector: look less often at what will stay.

Reading a page makes tens of thousands of objects, most of which live on. By default, Python looks
through the newest ones after each 700, which is a twelfth of the time of a build.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THRESHOLD: Final = 50_000
"""After how many new objects it looks for garbage: about those of one or two pages."""


def setup_gc(app: Sphinx) -> None:
    """Let the garbage collector run less often while Sphinx builds.

    :param app: The Sphinx application.
    """
    before: list[tuple[int, int, int]] = []

    def relax(*_: object) -> None:
        before.append(gc.get_threshold())
        if 0 < before[-1][0] < THRESHOLD:  # 0: somebody has turned it off
            gc.set_threshold(THRESHOLD, *before[-1][1:])

    def restore(*_: object) -> None:
        if before:
            gc.set_threshold(*before.pop())

    app.connect("env-before-read-docs", relax)
    app.connect("build-finished", restore)
