"""Read untrusted YAML: every scalar as text, and no more values than a budget allows.

A few lines of aliases can expand to gigabytes: ``a: &a [*b, *b]`` doubles ``b``. PyYAML keeps each
value once, but code that uses them (metadata, searches, saved environments) visits every
repetition. So the values are counted while YAML is read, repetitions included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_ajo.base.limits import Limits

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads scalars as text. The C loader is several times faster, but not always available."""

_MOST_DEPTH: Final = 50
"""How deep lists and maps may nest: code that reads them recurses into every level."""

Value = str | list["Value"] | dict[str, "Value"]
"""The value of an entry."""

ERRORS: Final = (yaml.YAMLError, RecursionError, TypeError, ValueError)
"""The exceptions that invalid YAML can raise."""


class LimitError(yaml.YAMLError):
    """The YAML holds more than its budget."""


@dataclass(slots=True)
class Budget:
    """How much may still be read."""

    values: int
    characters: int

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        """Return the whole budget of a front matter.

        :returns: A budget of which nothing is spent.
        """
        return cls(limits.front_matter_values, limits.front_matter_characters)

    def spend(self, values: int, characters: int) -> None:
        """Take a part of the budget.

        :raises LimitError: If less is left.
        """
        self.values -= values
        self.characters -= characters
        if self.values < 0 or self.characters < 0:
            raise LimitError


@dataclass(slots=True)
class _Anchor:
    """The value of an anchor, and what each alias of it takes from the budget."""

    value: Value
    values: int
    characters: int


class _Reader:
    """Reads one document from the events of a parser."""

    def __init__(self, text: str, budget: Budget) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, _LOADER)
        self._budget = budget
        self._anchors: dict[str, _Anchor | None] = {}
        self._depth = 0

    def read(self) -> Value | None:
        """Read the document; return ``None`` if there is none."""
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._value(next(self._events))
        next(self._events)  # the end of the document
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            msg = "there is a second document"
            raise yaml.YAMLError(msg)
        return value

    def _value(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor))
        budget = self._budget
        name = event.anchor if isinstance(event, yaml.NodeEvent) else None
        if name is not None:
            self._anchors[name] = None
        before = budget.values, budget.characters
        value = self._own_value(event)
        if name is not None:
            self._anchors[name] = _Anchor(
                value, before[0] - budget.values, before[1] - budget.characters
            )
        return value

    def _alias(self, name: str) -> Value:
        if name not in self._anchors:
            msg = f"there is no anchor {name!r} above"
            raise yaml.YAMLError(msg)
        anchor = self._anchors[name]
        if anchor is None:
            raise LimitError  # the alias is inside its own anchor: endless recursion
        self._budget.spend(anchor.values, anchor.characters)
        return anchor.value

    def _own_value(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            self._budget.spend(1, len(text))
            return text
        self._budget.spend(1, 0)
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            msg = f"lists and maps nest more than {_MOST_DEPTH} levels deep"
            raise yaml.YAMLError(msg)
        value = self._list() if isinstance(event, yaml.SequenceStartEvent) else self._map()
        self._depth -= 1
        return value

    def _list(self) -> list[Value]:
        found: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event))
        return found

    def _map(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event)
            if not isinstance(key, str):
                msg = "a key is a list or a map"
                raise yaml.YAMLError(msg)
            found[key] = self._value(next(self._events))
        return found


def load_yaml(text: str, budget: Budget) -> Value | None:
    """Read YAML: every scalar is text, tags are ignored, and merge keys (``<<``) merge nothing.

    :param budget: How much the text may hold; its values are subtracted.
    :returns: The value; ``None`` if there is none.
    :raises LimitError: If the text holds more than the budget.
    :raises yaml.YAMLError: If it cannot be read.
    """
    return _Reader(text, budget).read()


def exceeds(text: str, limits: Limits) -> bool:
    """Tell whether a text with its aliases expanded exceeds the budget.

    :returns: Whether it does. A text that cannot be read does not.
    """
    try:
        load_yaml(text, Budget.of(limits))
    except LimitError:
        return True
    except ERRORS:
        return False
    return False
