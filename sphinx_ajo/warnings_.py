"""The one function that gives warnings. What they are: :class:`.AjoWarnings`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging

from sphinx_ajo.base.problems import AjoWarnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

LOGGER = logging.getLogger(__name__)

WARNING_TYPE: Final = "ajo"
"""The type of each warning, as used in Sphinx's ``suppress_warnings``."""


class Group(NamedTuple):
    """Warnings that are shown as one if there are several."""

    key: str
    """The key that all of them share."""
    message: str
    """The common message, with ``%(count)d`` and ``%(samples)s``."""
    sample: str
    """The sample that this warning contributes."""


class Place(str):
    """A location ``path:line`` of a text that a page includes."""

    __slots__ = ("page",)

    page: str
    """The page that includes it."""

    @classmethod
    def on(cls, page: str, location: str) -> Place:
        """Return a location in an included text.

        :returns: The location, which also has the page.
        """
        place = cls(location)
        place.page = page
        return place


def warn(
    warning: AjoWarnings,
    message: str,
    *args: object,
    location: nodes.Node | tuple[str, int | None] | str | None,
    page: str = "",
    group: Group | None = None,
) -> None:
    """Log one warning.

    :param message: What is wrong, what was done and what to do, with ``%`` placeholders.
    :param location: The place: a node, ``(docname, line)`` or ``"path:line"``.
    :param page: The page being built, if the location does not have it.
    :param group: The group with which it is shown.
    """
    if isinstance(location, Place):
        page = location.page
    elif isinstance(location, tuple):
        page = location[0]
    LOGGER.warning(
        message,
        *args,
        type=WARNING_TYPE,
        subtype=warning.value,
        location=location,
        extra={"ajo_page": page, "ajo_group": group},
    )


@lru_cache(maxsize=1)
def warning_docs() -> Mapping[AjoWarnings, str]:
    """Read the docstrings of the warnings from their source.

    :raises KeyError: If one has no docstring.
    """
    analyzer = ModuleAnalyzer.for_module(AjoWarnings.__module__)
    analyzer.analyze()
    return {
        warning: " ".join(analyzer.attr_docs[AjoWarnings.__qualname__, warning.name]).strip()
        for warning in AjoWarnings
    }
