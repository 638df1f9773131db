"""The search index: stem each word of the site once.

Sphinx caches stems for one page only, and its stemmers are slow without ``PyStemmer``. A site has
about ten thousand different words, and each page has hundreds of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sphinx.search import SearchLanguage, languages

from sphinx_ajo.acceleration.switch import is_accelerated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


NO_STEMS: Final = frozenset({"ja", "zh"})
"""Languages without stems, or whose stems depend on more than the word."""


class _Remembering(SearchLanguage):
    """A mixin for a search language that stems each word once."""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self.stem = cache(super().stem)  # type: ignore[method-assign]


def setup_search(app: Sphinx) -> None:
    """Replace the language of the search index by a subclass with a cache."""
    # after handlers that may set the language or add one
    app.connect("config-inited", _remember_stems, priority=900)


def _remember_stems(app: Sphinx, config: Config) -> None:
    found = _language(config.html_search_language or config.language or "en")
    if found is None or found.lang in NO_STEMS:
        return
    if not is_accelerated(app):
        # the registry is shared by all builds of a process: an earlier build may have left our
        # class
        if issubclass(found, _Remembering):
            app.add_search_language(found.__mro__[2])
    elif not issubclass(found, _Remembering):
        name = f"Remembering{found.__name__}"
        members: dict[str, Any] = {"__module__": found.__module__}
        app.add_search_language(type(name, (_Remembering, found), members))


def _language(name: str) -> type[SearchLanguage] | None:
    """Return the class that Sphinx would use for a language."""
    found = languages.get(name) or languages.get(name.partition("_")[0])
    if isinstance(found, str):
        module, _, class_name = found.rpartition(".")
        found = getattr(import_module(module), class_name)
    return found
