"""How far the layout of a page moves while it loads."""

from __future__ import annotations

TRIES = 3

WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.moved.push([entry.value, entry.sources.map(
      ({ node }) => (node?.outerHTML ?? node?.parentElement?.outerHTML ?? "").slice(0, 200))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
"""The script that notes what moves. A page needs it as an init script."""


def what_moves(page, load, most=0.01):
    """Load *page* by calling *load*, and return what moves farther than *most* each time.

    On a busy machine the fonts and icons of a theme come late once. What has no size moves each
    time that the page loads.

    :returns: pairs of a distance, as a share of the window, and the elements that moved
    """
    moved = []
    for _ in range(TRIES):
        load()
        moved = page.evaluate("window.moved")
        if sum(distance for distance, _elements in moved) < most:
            return []
    return moved
