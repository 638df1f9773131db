"""Measure whether the search finds what readers mean, in a real browser.

Builds a repository, opens its search page with questions, and looks whether the wanted page is
among the first three. The questions are titles of pages, and the same with their words in another
order, with a noun in the other number, and without small words; a seed chooses them.

    python -m benchmarks.search --repo REPOSITORY [--theme furo] [--questions 60] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urljoin, urlsplit

from playwright.sync_api import sync_playwright
from sphinx.application import Sphinx

from benchmarks.figures import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Page

SMALL: Final = frozenset(
    "a an and are as at by for from how in into is it of on or the to with your "
    "att av den det du en ett för från hur i med och om på som till är".split()
)
"""Words that readers leave out, in English and Swedish."""

FIRST: Final = 3
"""A page among so many results is found."""

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")


def words_of(title: str) -> list[str]:
    """Return the words of a title that tell something.

    :param title: The title.
    :returns: Its words, without marks around them.
    """
    words = [word.strip(".,:;!?()[]\"'\u2026") for word in title.split()]
    return [word for word in words if word and word.lower() not in SMALL] or words


def other_order(title: str, chance: random.Random) -> str:
    """Return the words of a title in another order.

    :param title: The title.
    :param chance: What decides.
    :returns: The question.
    """
    words = words_of(title)
    shuffled = words[:]
    while len(set(words)) > 1 and shuffled == words:
        chance.shuffle(shuffled)
    return " ".join(shuffled).lower()


def other_number(title: str, _chance: random.Random) -> str:
    """Return a title with its last word in the singular or plural of English.

    :param title: The title.
    :returns: The question.
    """
    *words, last = words_of(title)
    if last.lower().endswith(("ss", "us", "is")):
        other = f"{last}es"
    elif last.lower().endswith("ies"):
        other = f"{last[:-3]}y"
    elif last.lower().endswith("s"):
        other = last[:-1]
    elif last.lower().endswith("y"):
        other = f"{last[:-1]}ies"
    else:
        other = f"{last}s"
    return " ".join([*words, other]).lower()


KINDS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "title": lambda title, _chance: title,
    "other order": other_order,
    "other number": other_number,
    "no small words": lambda title, _chance: " ".join(words_of(title)),
}
"""What is made of a title."""


def questions(
    titles: dict[str, str], count: int, seed: int
) -> list[tuple[str, str, frozenset[str]]]:
    """Make questions, as many of each kind.

    :param titles: The addresses of pages, and their titles.
    :param count: How many.
    :param seed: What chance begins with.
    :returns: The kind, the question, and the pages of this title: one of them is wanted.
    """
    chance = random.Random(seed)
    pages = defaultdict(set)
    for page, title in sorted(titles.items()):
        pages[title].add(page)
    several = sorted(title for title in pages if len(words_of(title)) > 1)
    made = []
    for kind, ask in KINDS.items():
        share = -(-count // len(KINDS))
        chosen = chance.sample(several, min(share, len(several)))
        made += [(kind, ask(title, chance), frozenset(pages[title])) for title in chosen]
    return made


def build(repository: Path, output: Path, **config: Any) -> dict[str, str]:
    """Build a repository.

    :param repository: The repository.
    :param output: Where its pages go.
    :param config: The configuration; a ``conf.py`` is not read.
    :returns: The addresses and titles of its real pages.
    """
    doctrees = output.parent / "doctrees"
    config["extensions"] = ["sphinx_ajo"]
    app = Sphinx(repository, None, output, doctrees, "html", config, status=None, warning=None)
    app.build()
    manifest = json.loads((output / "ajo-pages.json").read_text(encoding="utf-8"))
    return {page["path"]: page["title"] for page in manifest["pages"] if "source" in page}


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_args: object) -> None:
        """Say nothing: a browser that leaves a page breaks off what it was reading."""


def ask(page: Page, root: str, question: str) -> list[str]:
    """Ask the search page.

    :param page: A page of the browser.
    :param root: The address of the site.
    :param question: The question.
    :returns: The addresses of the first pages among the results, each once.
    """
    page.goto(f"{root}search.html?q={quote(question)}")
    page.wait_for_function(
        "Search.dots && !Search.dots.isConnected"
        " || new Set([...document.querySelectorAll('#search-results li > a')]"
        "   .map((link) => link.pathname)).size > 5"
    )
    links = page.locator("#search-results li > a").evaluate_all(
        "(links) => links.map((link) => link.pathname)"
    )
    base = urlsplit(root).path
    return list(dict.fromkeys(link.removeprefix(base) for link in links))[:FIRST]


def measure(
    page: Page, root: str, asked: Sequence[tuple[str, str, frozenset[str]]]
) -> dict[str, list[tuple[str, bool]]]:
    """Ask all questions.

    :param page: A page of the browser.
    :param root: The address of the site.
    :param asked: The questions.
    :returns: By kind, the questions and whether their page was found.
    """
    found = defaultdict(list)
    for kind, question, wanted in asked:
        first = ask(page, root, question)
        found[kind].append((question, bool(wanted & set(first))))
    return dict(found)


def rows(name: str, found: dict[str, list[tuple[str, bool]]]) -> list[tuple[str, ...]]:
    """Return lines of the table.

    :param name: Whose search it is.
    :param found: What :func:`measure` returns.
    :returns: A line for each kind, and one for all.
    """
    every = [result for results in found.values() for result in results]
    return [
        (name, kind, str(len(results)), f"{sum(hit for _, hit in results) / len(results):.0%}")
        for kind, results in [*found.items(), ("all", every)]
    ]


def run(repository: Path, theme: str, count: int, seed: int) -> dict[str, dict[str, Any]]:
    """Measure Sphinx's own order, and ours.

    :param repository: The repository.
    :param theme: The theme.
    :param count: How many questions.
    :param seed: What chance begins with.
    :returns: By the name of the order, what :func:`measure` returns.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    results = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as api:
        browser = api.chromium.launch(executable_path=program, args=["--no-sandbox"])
        handler = partial(_Handler, directory=folder)
        with _Server(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            for name in ("sphinx", "sphinx_ajo"):
                ours = name == "sphinx_ajo"
                titles = build(repository, Path(folder, name), html_theme=theme, ajo_search=ours)
                root = urljoin(f"http://127.0.0.1:{server.server_port}", f"{name}/")
                asked = questions(titles, count, seed)
                results[name] = measure(browser.new_page(), root, asked)
            server.shutdown()
        browser.close()
    return results


def main() -> None:
    """Print a table, and the questions without an answer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("--theme", default="alabaster")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    results = run(options.repo, options.theme, options.questions, options.seed)
    header = ("order of", "question", "number", f"in the first {FIRST}")
    lines = [line for name, found in results.items() for line in rows(name, found)]
    sys.stdout.write(table(header, lines) + "\n")
    for kind, found in results["sphinx_ajo"].items():
        for question, hit in found:
            if not hit:
                sys.stdout.write(f"not found: {question} ({kind})\n")


if __name__ == "__main__":
    main()
