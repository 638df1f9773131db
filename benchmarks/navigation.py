"""Measure what the navigation costs each page: Sphinx's own, ours in full, ours by branch.

Generates sites, reads each once, and lets every kind write the same sample of pages, in turn, each
in a process of its own (themes keep what they have seen). Times are CPU seconds; what counts are
the ratios of one run.

    python -m benchmarks.navigation [--pages 100 1000 3000] [--theme furo] [--sample 20]
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx

from benchmarks.figures import cpu_seconds, table

if TYPE_CHECKING:
    from collections.abc import Sequence

FAN = 10
"""How many pages are below each."""

MODES = ("none", "off", "full", "branch")
"""No navigation at all, that of Sphinx, and the two of this package."""

SECTIONS = "".join(
    f"\n## Section {number}\n\nSome text with a [link](#x).\n" for number in range(4)
)


def write_site(folder: Path, pages: int) -> None:
    """Write the pages of a site: a tree in which each page has up to ten below it.

    :param folder: Where they go.
    :param pages: How many.
    """
    names = ["index"]
    for number in range(1, pages):
        parent = names[(number - 1) // FAN]
        base = "" if parent == "index" else f"{parent}/"
        names.append(f"{base}page-{number}")
    for number, name in enumerate(names):
        below = names[number * FAN + 1 : number * FAN + FAN + 1]
        entries = "\n".join(f"/{child}" for child in below)
        toctree = f"\n```{{toctree}}\n:hidden:\n\n{entries}\n```\n" if below else ""
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"# The title of page {number}\n\nA paragraph.\n{SECTIONS}{toctree}"
        path.write_text(text, encoding="utf-8")


def measure(source: Path, theme: str, mode: str, sample: Sequence[str]) -> tuple[list[float], int]:
    """Write a sample of pages.

    :param source: The pages.
    :param theme: The theme.
    :param mode: One of :data:`MODES`.
    :param sample: The pages.
    :returns: The seconds for each page, and the size of the last.
    """
    config: dict[str, Any] = {
        "extensions": ["myst_parser", "sphinx_ajo.navigation"],
        "html_theme": theme,
        "suppress_warnings": ["myst.xref_missing"],
        "ajo_navigation": "off" if mode == "none" else mode,
    }
    output = source.parent / f"out-{mode}"
    doctrees = source.parent / "doctrees"
    app = Sphinx(source, None, output, doctrees, "html", config, status=None, warning=None)
    if mode == "none":
        app.connect("html-page-context", _no_toctree, priority=100)
    times: list[float] = []
    write = app.builder.write_doc

    def timed(docname: str, doctree: Any) -> None:
        times.append(cpu_seconds(lambda: write(docname, doctree)))

    app.builder.write_doc = timed  # type: ignore[method-assign]
    app.builder.build(list(sample), method="specific")
    size = (output / f"{sorted(sample)[-1]}.html").stat().st_size
    return times, size


def _no_toctree(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    context["toctree"] = lambda **_kwargs: ""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 3000])
    parser.add_argument("--theme", default="furo")
    parser.add_argument("--sample", type=int, default=20)
    options = parser.parse_args()
    header = ("navigation", "pages", "first page, s", "each page, ms", "of Sphinx's", "page, kB")
    for pages in options.pages:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "src")
            write_site(source, pages)
            names = sorted(
                path.relative_to(source).with_suffix("").as_posix() for path in source.rglob("*.md")
            )
            step = max(1, len(names) // options.sample)
            sample = names[::step]
            found = {}
            for mode in MODES:
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    times, size = pool.apply(measure, (source, options.theme, mode, sample))
                found[mode] = (times[0], statistics.median(times[1:]) * 1000, size / 1000)
            base = found["none"][1]
            rows = [
                (
                    *(mode, str(pages), f"{first:.2f}", f"{each:.1f}"),
                    f"{(each - base) / (found['off'][1] - base):.4f}",
                    f"{size_:.1f}",
                )
                for mode, (first, each, size_) in found.items()
            ]
            sys.stdout.write(table(header, rows) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
