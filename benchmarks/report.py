"""The report of a comparison: tables of Markdown, and a plot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks.figures import table
from benchmarks.measure import Run, median
from benchmarks.plot import plot
from benchmarks.tools import AJO, EDIT, MKDOCS, NO_OP, PARALLEL, STOCK, TOCTREE, ZENSICAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ORDER = (STOCK, TOCTREE, MKDOCS, ZENSICAL, AJO, PARALLEL, NO_OP, EDIT)

HEADER = (
    *("Tool", "User, s", "Of stock", "Of sphinx_ajo", "Wall, s", "Pages/s", "Peak RSS, MB"),
    *("Output, MB", "HTML of a page, kB"),
)

DOCS_TABLE = "explanation/benchmarks.inc"
DOCS_PLOT = "_static/benchmarks.svg"


def report(results: Mapping[str, Any], docs: Path | None = None) -> str:
    """Return the report.

    :param results: What was measured.
    :param docs: The folder of the documentation, if its files are to be written.
    :returns: Markdown.
    """
    text = "\n".join(_parts(results))
    if docs:
        (docs / DOCS_TABLE).write_text(text, encoding="utf-8")
        (docs / DOCS_PLOT).write_text(plot(_points(results)), encoding="utf-8")
    return text


def _parts(results: Mapping[str, Any]) -> Iterator[str]:
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    yield f"Theme of Sphinx: {results['theme']}. {versions}.\n"
    medians = [_medians(repository) for repository in results["repositories"]]
    for repository, found in zip(results["repositories"], medians, strict=True):
        most = max(map(len, repository["runs"].values()))
        yield f"**{repository['name']}**, {repository['pages']:,} pages, medians of {most}:\n"
        yield table(HEADER, _rows(repository, found))
    growth = [
        (repository, found)
        for repository, found in zip(results["repositories"], medians, strict=True)
        if repository["name"].startswith("generated-")
    ]
    if len(growth) > 1:
        yield "**Growth**, how many times as much from each size to the next:\n"
        yield table(
            ("Tool, pages", "Pages", "User s", "Peak RSS", "HTML of a page"), _growth(growth)
        )


def _medians(repository: Mapping[str, Any]) -> dict[str, Run]:
    runs = repository["runs"]
    return {name: median(Run(**each) for each in runs[name]) for name in ORDER if name in runs}


def _rows(repository: Mapping[str, Any], medians: Mapping[str, Run]) -> Iterator[list[str]]:
    pages = repository["pages"]
    for name, run in medians.items():
        label = name
        repeated = sum(not each["failed"] for each in repository["runs"][name])
        if repeated < max(map(len, repository["runs"].values())):
            label += f" ({repeated} done)"
        if run.failed:
            yield [label, run.failed, *[""] * (len(HEADER) - 2)]
            continue
        sizes = repository["sizes"].get(name)
        yield [
            label,
            f"{run.user:.1f}",
            _ratio(run.user, medians.get(STOCK)),
            _ratio(run.user, medians.get(AJO)),
            f"{run.wall:.1f}",
            f"{pages / run.wall:.1f}" if sizes else "",
            f"{run.rss / 1e6:.0f}",
            f"{sizes['output'] / 1e6:.1f}" if sizes else "",
            f"{sizes['page'] / 1e3:.1f}" if sizes else "",
        ]


def _ratio(seconds: float, base: Run | None) -> str:
    if base is None or base.failed:
        return ""
    return f"{seconds / base.user:.3f}"


def _growth(growth: list[tuple[Mapping[str, Any], dict[str, Run]]]) -> Iterator[list[str]]:
    for (small, before), (large, after) in pairwise(growth):
        for name in (STOCK, TOCTREE, MKDOCS, ZENSICAL, AJO):
            both = before.get(name), after.get(name)
            if not (both[0] and both[1]) or both[0].failed or both[1].failed:
                continue
            sizes = [each["sizes"][name]["page"] for each in (small, large)]
            yield [
                f"{name}, {small['pages']:,} → {large['pages']:,}",
                f"{large['pages'] / small['pages']:.2f}",
                f"{both[1].user / both[0].user:.2f}",
                f"{both[1].rss / both[0].rss:.2f}",
                f"{sizes[1] / sizes[0]:.3f}",
            ]


def _points(results: Mapping[str, Any]) -> dict[str, list[tuple[int, float]]]:
    """Return the milliseconds that a page takes, by tool and number of pages."""
    points: dict[str, list[tuple[int, float]]] = {}
    for repository in results["repositories"]:
        if not repository["name"].startswith("generated-"):
            continue
        for name, run in _medians(repository).items():
            if name in {STOCK, TOCTREE, MKDOCS, ZENSICAL, AJO} and not run.failed:
                each = run.user / repository["pages"] * 1000
                points.setdefault(name, []).append((repository["pages"], each))
    return points
