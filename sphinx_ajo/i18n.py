"""Words that the extension itself shows to readers, in the language of the document.

Catalogs are in ``locale/``; ``python -m sphinx_ajo.tools.catalogs`` brings them up to date.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError
from sphinx import locale, package_dir
from sphinx.locale import get_translation

from sphinx_ajo.language.languages import catalog_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOMAIN: Final = "sphinx_ajo"
"""The name of our message catalogs."""

LOCALE_DIR: Final = Path(__file__).parent / "locale"
"""The folder of our message catalogs."""

_ = get_translation(DOMAIN)
"""Translate a string. Call it inside a function, because only a build knows its language."""


def setup_i18n(app: Sphinx) -> None:
    """Load our catalogs for the language of the documents; default: English."""
    app.add_message_catalog(DOMAIN, LOCALE_DIR)
    language = catalog_language(app.config.language)
    if language != app.config.language:
        locale.init([LOCALE_DIR], language, DOMAIN)
        # if Sphinx has no catalog for the language, for example for the titles of notes
        locale.init([package_dir / "locale"], language)


def language_name(language: str) -> str:
    """Return the name of a language in that language.

    :param language: Its tag, such as ``pt-BR``.
    :returns: Its name, with a capital letter; the tag if the name is unknown.
    """
    try:
        found = Locale.parse(language, sep="-")
        name = found.get_display_name(found)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[0].upper() + name[1:] if name else language
