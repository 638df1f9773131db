"""Create the docutils settings of a page once, and copy them for each page.

Since version 9, Sphinx creates them for each page from the command-line options of docutils,
including help texts, and looks for three configuration files each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.utils import DependencyList

from sphinx_ajo.foreign.sphinx import exchange_settings
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils.frontend import Values
    from sphinx.application import Sphinx


class _Remembering:
    """Replaces the function of Sphinx that creates settings."""

    def __init__(self, stock: Callable[..., Values]) -> None:
        self.stock = stock
        self._asked: object = None
        self._values: Values | None = None

    def __call__(
        self, *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False
    ) -> Values:
        kinds = [each if isinstance(each, type) else type(each) for each in components]
        asked = (kinds, dict(defaults), read_config_files)
        if self._values is None or asked != self._asked:
            values = self.stock(*components, defaults=defaults, read_config_files=read_config_files)
            # a dependency list that is written to a file is shared by all pages
            if getattr(values.record_dependencies, "file", None) is not None:
                return values
            self._asked, self._values = asked, values
        return _copy(self._values)


def _copy(values: Values) -> Values:
    """Return a copy of the settings, which a page may change."""
    copy = values.copy()
    for name, value in vars(values).items():
        if isinstance(value, list):
            setattr(copy, name, list(value))
    copy.record_dependencies = DependencyList()
    return copy


def _begin(app: Sphinx, *_: object) -> None:
    if state_of(app.env).accelerated:
        exchange_settings(_remember)


def _remember(stock: Callable[..., Any]) -> Callable[..., Any]:
    return _Remembering(stock.stock if isinstance(stock, _Remembering) else stock)


def _end(*_: object) -> None:
    exchange_settings(lambda stock: stock.stock if isinstance(stock, _Remembering) else stock)


def setup_settings(app: Sphinx) -> None:
    """Create the settings of pages once while pages are read."""
    app.connect("env-before-read-docs", _begin)
    app.connect("env-updated", _end)
    app.connect("build-finished", _end)
