"""Reading in several processes: send back what was read, and nothing else.

Each process that reads some pages sends its whole environment back, with all that Sphinx knew when
it started the process. So most of what the one process that puts all together has to unpickle is
what it has sent: its work grows with the square of the site. Here each process leaves out what it
knew before, of the records that Sphinx keeps by page and takes over by page.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from sphinx.environment import BuildEnvironment

from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.project.state import ATTRIBUTE, state_of

if TYPE_CHECKING:
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
"""Records of the environment by page, of which those of the pages read are taken over."""


class PartialEnvironment(BuildEnvironment):
    """The environment of a process that reads pages for another."""

    def __getstate__(self) -> dict[str, Any]:
        """Return what was read.

        :returns: The state of the environment, less what is known to the process that gets it.
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
    """Return the records of some pages, in a dictionary of the same kind."""
    found = records.copy()
    found.clear()
    found.update({page: records[page] for page in pages if page in records})
    return found


def setup_parallel(app: Sphinx) -> None:
    """Let processes that read pages send back no more than that."""
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
    app.connect("source-read", note)
