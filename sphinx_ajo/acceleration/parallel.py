"""Reading in several processes: send back only what was read, and only once.

Sphinx forks a process for each hundred pages, or fewer. Here, there are only a few, and each reads
pages from the whole site: guides with long pages are divided, too.

Each forked reading process sends its whole environment back, including everything that it
inherited. Most of what the main process unpickles is what it had before, and the time grows with
the square of the number of pages. Here, each process leaves out the inherited part of those records
that Sphinx keeps, and merges, by page.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import make_chunks

from sphinx_ajo.foreign.sphinx import exchange_shares
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.project.state import ATTRIBUTE, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx

BY_PAGE: Final = (
    "all_docs",
    "dependencies",
    "included",
    "longtitles",
    "metadata",
    "titles",
    "toc_num_entries",
    "toc_secnumbers",
    "tocs",
    "toctree_includes",
)
"""Records of the environment by page, of which Sphinx merges those of the pages that were read."""


class PartialEnvironment(BuildEnvironment):
    """The environment of a process that reads pages for the main process."""

    def __getstate__(self) -> dict[str, Any]:
        """Return what was read.

        :returns: The state of the environment without what the receiving process has already.
        """
        state = super().__getstate__()
        read = state.pop("ajo_read")
        for name in BY_PAGE:
            if name in state:
                state[name] = _of_pages(state[name], read)
        state[ATTRIBUTE] = state_of(self).part(read)
        files = state["files_to_rebuild"]
        state["files_to_rebuild"] = {name: pages for name in files if (pages := files[name] & read)}
        domains = state["domaindata"] = state["domaindata"].copy()
        if AjoDomain.name in domains:
            data = domains[AjoDomain.name]
            domains[AjoDomain.name] = data | {
                name: _of_pages(data[name], read) for name in AjoDomain.initial_data
            }
        return state


def _of_pages(records: dict[str, Any], pages: set[str]) -> dict[str, Any]:
    """Return the records of some pages, in a dictionary of the same class."""
    found = records.copy()
    found.clear()
    found.update({page: records[page] for page in pages if page in records})
    return found


SHARES: Final = 4
"""How many processes are forked, one after the other, in place of each one that may run at a time.
With fewer, there would hardly be any progress to show."""


def share_out(pages: Sequence[str], processes: int, *_: int) -> list[Sequence[str]]:
    """Divide pages among processes, from the whole site for each.

    :returns: The pages of each process; no list is empty.
    """
    count = min(SHARES * processes, len(pages))
    return [pages[first::count] for first in range(count)]


def _begin_reading(app: Sphinx, *_: object) -> None:
    if state_of(app.env).accelerated:
        exchange_shares(_to_ours)


def _end_reading(*_: object) -> None:
    exchange_shares(_to_stock)


def _to_ours(stock: Callable[..., Any]) -> Callable[..., Any]:
    # another package may have replaced it, too
    return share_out if stock is make_chunks else stock


def _to_stock(ours: Callable[..., Any]) -> Callable[..., Any]:
    return make_chunks if ours is share_out else ours


def setup_parallel(app: Sphinx) -> None:
    """Make reading processes send back only what they have read."""
    builder: list[int] = []

    def begin(*_: object) -> None:
        builder[:] = [os.getpid()]

    def note(app: Sphinx, page: str, _source: list[str]) -> None:
        env: Any = app.env
        if builder == [os.getpid()] or not state_of(env).accelerated:
            return
        if not isinstance(env, PartialEnvironment):
            env.__class__ = PartialEnvironment
            env.ajo_read = set()
        env.ajo_read.add(page)

    app.connect("env-before-read-docs", begin)
    app.connect("env-before-read-docs", _begin_reading)
    app.connect("source-read", note)
    app.connect("env-updated", _end_reading)
    app.connect("build-finished", _end_reading)
