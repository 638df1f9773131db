"""What a construct of the dialect consists of.

Each module (or package) below :mod:`sphinx_ajo.constructs` holds one construct and describes it
with one :class:`Construct`: the parser, the renderer and the extension take it from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

    from sphinx_ajo.language.dialect import Dialect
    from sphinx_ajo.markup.renderer import NameHeading, RenderFunction


class Plugin(Protocol):
    """Adds the syntax rules of one construct to a Markdown parser."""

    def __call__(self, md: MarkdownIt, *, dialect: Dialect) -> None:
        """Register the rules."""


def _no_setup(_app: Sphinx) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct of the dialect."""

    name: str
    """Its name, as in the documentation."""
    plugin: Plugin | None = None
    """Its syntax."""
    renderers: Mapping[str, RenderFunction] = field(default_factory=dict)
    """Token type → the function that appends its nodes to ``renderer.current_node``."""
    name_heading: NameHeading | None = None
    """Gives a heading its id: the token, its level, and the section or rubric made of it."""
    setup: Callable[[Sphinx], None] = _no_setup
    """Registers its nodes, directives and transforms."""
