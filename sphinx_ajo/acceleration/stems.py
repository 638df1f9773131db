"""The search index: look up each word of the site once.

Sphinx keeps the stems of words for one page only, and its stemmers are slow without ``PyStemmer``:
with it or not, a site has some ten thousand words, and its pages hundreds of them each.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sphinx.search import SearchLanguage, languages

from sphinx_ajo.acceleration.switch import is_accelerated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


NO_STEMS: Final = frozenset({"ja", "zh"})
"""Languages without stems, or with stems that depend on more than the word."""


class _Remembering(SearchLanguage):
    """Mixed into a language of the search, it finds the stem of each word once."""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stems: dict[str, str] = {}

    def stem(self, word: str) -> str:
        stems = self._stems
        if word not in stems:
            stems[word] = super().stem(word)
        return stems[word]


def setup_search(app: Sphinx) -> None:
    """Put a language in front of that of the search index."""
    # after handlers that may set the language or add one
    app.connect("config-inited", _remember_stems, priority=900)


def _remember_stems(app: Sphinx, config: Config) -> None:
    found = _language(config.html_search_language or config.language or "en")
    if found is None or found.lang in NO_STEMS:
        return
    if not is_accelerated(app):
        # what is registered is so for all builds of a process: the last one may have left ours
        if issubclass(found, _Remembering):
            app.add_search_language(found.__mro__[2])
    elif not issubclass(found, _Remembering):
        name = f"Remembering{found.__name__}"
        members: dict[str, Any] = {"__module__": found.__module__}
        app.add_search_language(type(name, (_Remembering, found), members))


def _language(name: str) -> type[SearchLanguage] | None:
    """Return the class that Sphinx will take for a language."""
    found = languages.get(name) or languages.get(name.partition("_")[0])
    if isinstance(found, str):
        module, _, class_name = found.rpartition(".")
        found = getattr(import_module(module), class_name)
    return found
