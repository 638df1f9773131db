"""Compare sphinx_ajo with other tools on the same pages, in turn, in one run.

    python -m benchmarks.compare [--pages 100 1000 10000] [--repo PATH] [--copies 7] [--repeat 3]

Each build is a process of its own on one processor core (``-j 2``: two). Repositories are
generated, or those given with ``--repo``. The raw figures go to ``build/benchmarks/results.json``.
``--docs`` writes the table and the plot of the documentation, ``--from`` takes the figures of an
earlier run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from benchmarks.copies import copy_repository
from benchmarks.generate import write
from benchmarks.measure import Run, run
from benchmarks.report import report
from benchmarks.tools import (
    AJO,
    EDIT,
    MKDOCS,
    NO_OP,
    PARALLEL,
    STOCK,
    TOCTREE,
    ZENSICAL,
    Bench,
    Task,
    environment,
    has_mkdocs,
    has_zensical,
)

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "build" / "benchmarks" / "results.json"
TOOLS: Final = {
    "stock": STOCK,
    "toctree": TOCTREE,
    "mkdocs": MKDOCS,
    "zensical": ZENSICAL,
    "ajo": AJO,
    "parallel": PARALLEL,
    "edit": EDIT,
}
PACKAGES: Final = (
    *("Sphinx", "myst-parser", "docutils", "markdown-it-py", "furo", "PyStemmer"),
    *("mkdocs", "mkdocs-material", "zensical"),
)


def measure(repo: Path, work: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Let all tools build a repository.

    :param repo: The repository. It is copied.
    :param work: A folder for all output.
    :param options: The command line.
    :returns: What is reported about it.
    """
    bench = Bench(repo, work, options.theme)
    tasks = _tasks(bench, options)
    runs: dict[str, list[Run]] = {}
    sizes: dict[str, dict[str, float]] = {}
    for number in range(options.repeat):
        for task in tasks:
            if number and max(each.wall for each in runs[task.name]) > options.once:
                continue
            task.clean()
            _say(f"{repo.name}: {task.name}, {number + 1} of {options.repeat} ... ")
            took = _run(task, work, options)
            runs.setdefault(task.name, []).append(took)
            if not took.failed:
                sizes[task.name] = _sizes(task)
                if task.name == AJO and "edit" in options.tools:
                    _measure_again(bench, task, work, options, runs)
            task.clean()
    return {
        "name": repo.name,
        "pages": len(bench.pages),
        "runs": {name: [each.as_dict() for each in found] for name, found in runs.items()},
        "sizes": sizes,
    }


def _tasks(bench: Bench, options: argparse.Namespace) -> list[Task]:
    tasks = []
    if "stock" in options.tools:
        tasks.append(bench.stock())
    if "toctree" in options.tools and len(bench.pages) <= options.toctree_limit:
        tasks.append(bench.toctree())
    if "mkdocs" in options.tools and len(bench.pages) <= options.mkdocs_limit:
        tasks.append(bench.mkdocs())
    if "zensical" in options.tools and len(bench.pages) <= options.mkdocs_limit:
        tasks.append(bench.zensical())
    if "ajo" in options.tools or "edit" in options.tools:
        tasks.append(bench.ajo())
    if "parallel" in options.tools and len(bench.pages) <= options.parallel_limit:
        tasks.append(bench.ajo(PARALLEL, 2))
    return tasks


def _measure_again(
    bench: Bench, task: Task, work: Path, options: argparse.Namespace, runs: dict[str, list[Run]]
) -> None:
    """Build a second time with nothing changed, and a third time with one page edited."""
    runs.setdefault(NO_OP, []).append(_run(task, work, options))
    page = bench.source / f"{bench.pages[len(bench.pages) // 2]}.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nOne more paragraph.\n", encoding="utf-8")
    runs.setdefault(EDIT, []).append(_run(task, work, options))
    page.write_text(text, encoding="utf-8")


def _run(task: Task, work: Path, options: argparse.Namespace) -> Run:
    log = work / f"{task.output.name}.log"
    took = run(
        task.command,
        cwd=work,
        log=log,
        cores=task.cores,
        env=environment(),
        limit=options.time_limit,
    )
    _say(f"{took.failed or f'{took.user:.1f} s'}\n")
    if took.failed:
        # the log may be in a folder that is removed
        _say("".join(log.read_text(encoding="utf-8", errors="replace").splitlines(True)[-20:]))
    return took


def _sizes(task: Task) -> dict[str, float]:
    """Return the sizes of a site: of all files, and of an average page, in bytes."""
    total = sum(path.stat().st_size for path in task.output.rglob("*") if path.is_file())
    found = [page.stat().st_size for page in task.pages if page.is_file()]
    return {"output": total, "page": sum(found) / max(1, len(found)), "found": len(found)}


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--pages", type=int, nargs="*", default=[100, 1000, 10000], help="sizes to generate")
    add("--repo", type=Path, action="append", default=[], help="a repository to build as well")
    add("--copies", type=int, default=1, help="also build so many copies of each of these as one")
    add("--repeat", type=int, default=3, help="how often each tool builds")
    add("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), help="what to run")
    add("--toctree-limit", type=int, default=1000, help="most pages with a full toctree")
    add(
        "--mkdocs-limit",
        type=int,
        default=2000,
        help="most pages with MkDocs and Zensical: gigabytes above",
    )
    add("--parallel-limit", type=int, default=2000, help="most pages with two processes")
    add("--once", type=float, default=400, help="seconds after which a build is not repeated")
    add("--time-limit", type=float, default=7200, help="seconds after which a build is given up")
    add("--theme", default="furo", help="the theme of Sphinx")
    add("--seed", type=int, default=1, help="of generated repositories")
    add("--work", type=Path, help="a folder for all builds, which is kept")
    add("--output", type=Path, default=RESULTS, help="where the raw figures go")
    add("--docs", action="store_true", help="write the table and the plot of the documentation")
    add("--from", dest="source", type=Path, help="report the figures of an earlier run")
    add("--quick", action="store_true", help="20 pages, once: does it run at all?")
    options = parser.parse_args()
    if options.quick:
        options.pages, options.repeat = [20], 1
    if "mkdocs" in options.tools and not has_mkdocs():
        _say("MkDocs-Material is not installed, and left out\n")
        options.tools.remove("mkdocs")
    if "zensical" in options.tools and not has_zensical():
        _say("Zensical is not installed, and left out\n")
        options.tools.remove("zensical")
    return options


def _measure_all(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).resolve()
        repos: list[Path] = []
        for pages in options.pages:
            repos.append(work / f"generated-{pages}")
            shutil.rmtree(repos[-1], ignore_errors=True)
            write(repos[-1], pages, options.seed)
        for path in options.repo:
            repos.append(path.resolve())
            if options.copies > 1:
                repos.append(work / f"{repos[-1].name}-{options.copies}-copies")
                copy_repository(repos[-2], repos[-1], options.copies)
        found = []
        for number, repo in enumerate(repos):
            folder = work / f"{number}-{repo.name}"
            folder.mkdir(exist_ok=True)
            found.append(measure(repo, folder, options))
    return {
        "versions": _versions(),
        "cores": os.cpu_count(),
        "theme": options.theme,
        "repositories": found,
    }


def main() -> int:
    """Measure, and print the report."""
    options = _options()
    if options.source:
        results = json.loads(options.source.read_text(encoding="utf-8"))
    else:
        results = _measure_all(options)
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(report(results, docs=ROOT / "docs" if options.docs else None))
    failed = any(
        each["failed"]
        for repository in results["repositories"]
        for runs in repository["runs"].values()
        for each in runs
    )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
