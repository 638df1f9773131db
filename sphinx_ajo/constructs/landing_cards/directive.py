"""The same grid as a directive, for MyST and reStructuredText."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.config import MAX_COLUMNS, MAX_GUTTER
from sphinx_ajo.constructs.landing_cards.builder import arrange_card, arrange_grid
from sphinx_ajo.constructs.landing_cards.nodes import ajo_card, ajo_card_grid
from sphinx_ajo.constructs.landing_cards.syntax import NAME
from sphinx_ajo.foreign.myst import is_markdown_state

if TYPE_CHECKING:
    from sphinx.util.typing import OptionSpec


def columns_option(argument: str | None) -> tuple[int, int, int]:
    """Read the ``columns`` option.

    :param argument: How many cards stand side by side: one number for large screens, where
        smaller ones show fewer, or three for small, medium and large screens.
    :raises ValueError: If it is anything else.
    """
    numbers = [int(part) for part in (argument or "").replace(",", " ").split()]
    if len(numbers) == 1:
        numbers = [1, min(2, numbers[0]), numbers[0]]
    if len(numbers) != 3 or not all(1 <= number <= MAX_COLUMNS for number in numbers):
        msg = f"must be one or three integers from 1 to {MAX_COLUMNS}"
        raise ValueError(msg)
    small, medium, large = numbers
    return small, medium, large


def gutter_option(argument: str | None) -> int:
    """Read the ``gutter`` option.

    :param argument: The size of the gap between the cards, from 0 to 5.
    :raises ValueError: If it is not one of a sphinx-design gutter.
    """
    number = directives.nonnegative_int(argument or "")
    if number > MAX_GUTTER:
        msg = f"must be an integer from 0 to {MAX_GUTTER}"
        raise ValueError(msg)
    return number


class LandingCardsDirective(SphinxDirective):
    """A grid of landing cards.

    In Markdown the cards are bare ``:::`` lines, as in ExL pages, or ``landing-card``
    directives; in reStructuredText they are ``landing-card`` directives.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "columns": columns_option,
        "gutter": gutter_option,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Build the grid."""
        note_use(self.env)
        holder = nodes.Element()
        if is_markdown_state(self.state):
            # one line above the content opens the container, so that line numbers stay true
            colons = ":" * (max(map(_colons, self.content), default=0) + 4)
            lines = [f"{colons} {NAME}", *self.content, colons]
            self.state.nested_parse(
                StringList(lines, self.content.source(0) if self.content else ""),
                self.content_offset - 1,
                holder,
            )
            grid = next(iter(holder.findall(ajo_card_grid)))
        else:
            grid = ajo_card_grid("\n".join(self.content))
            self.set_source_info(grid)
            self.state.nested_parse(self.content, self.content_offset, grid)
            arrange_grid(grid)
        for option in ("columns", "gutter"):
            if option in self.options:
                grid[option] = self.options[option]
        grid["classes"] += self.options.get("class", [])
        self.add_name(grid)
        return [grid]


def _colons(line: str) -> int:
    text = line.strip()
    return len(text) - len(text.lstrip(":"))


class LandingCardDirective(SphinxDirective):
    """One card of a :class:`LandingCardsDirective`."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Build the card."""
        card = ajo_card("\n".join(self.content), classes=self.options.get("class", []))
        self.set_source_info(card)
        self.state.nested_parse(self.content, self.content_offset, card)
        arrange_card(card, self.state.document)
        self.add_name(card)
        return [card]
