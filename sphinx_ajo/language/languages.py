"""How Sphinx, the official site and repositories name languages. No Sphinx."""

from __future__ import annotations

from typing import Final

from babel.core import get_global

SITE: Final = "https://experienceleague.adobe.com"
"""The official site."""

ENGLISH: Final = "en"
"""The language of all originals."""

_REGIONAL: Final = {"pt_BR": "pt-br", "zh_CN": "zh-hans", "zh_TW": "zh-hant"}
"""Languages that the site names by more than their first two letters."""

_SITE_LANGUAGES: Final = frozenset(
    {"de", "en", "es", "fr", "it", "ja", "ko", "nl", "pt-br", "sv", "zh-hans", "zh-hant"}
)
"""The languages of the site, as it names them."""

_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left, in the script that is usual for them."""

_SCRIPTS: Final = {"latn": False, "cyrl": False, "deva": False, "arab": True, "hebr": True}
"""Script subtag of a language tag → whether the script is written from right to left."""


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left.

    :param language: A value of Sphinx's ``language``, such as ``ar`` or ``uz-Arab``.
    """
    primary, *subtags = language.lower().replace("-", "_").split("_")
    told = [_SCRIPTS[tag] for tag in subtags if tag in _SCRIPTS]
    return told[0] if told else primary in _RIGHT_TO_LEFT


def catalog_language(language: str) -> str:
    """Return the name under which the catalogs of a language are found.

    Sphinx looks for catalogs named exactly ``zh_Hans`` or ``sv-SE``, and no package has these.

    :param language: A value of Sphinx's ``language``.
    :returns: ``zh_CN`` or ``zh_TW`` for Chinese, by script or territory; ``pt_BR`` for Portuguese;
        the same for other languages, with an underscore for a hyphen.
    """
    language = language.replace("-", "_")
    primary, *subtags = language.lower().split("_")
    if primary == "zh":
        return "zh_TW" if {"hant", "tw", "hk", "mo"} & set(subtags) else "zh_CN"
    return "pt_BR" if primary == "pt" else language


def language_segment(language: str) -> str:
    """Return how the official site names a language in addresses.

    :param language: Its name in Sphinx, or in the name of a repository: ``sv-SE``.
    :returns: Its name there: ``sv``.
    """
    name = catalog_language(language)
    return _REGIONAL.get(name) or name.partition("_")[0].lower()


def site_language(language: str | None) -> str:
    """Return the language of the pages of the official site that a project links to.

    :param language: Sphinx's ``language``, such as ``pt_BR``.
    :returns: Such as ``pt-br``; ``en`` for a language that the site does not have.
    """
    segment = language_segment(language or ENGLISH)
    return segment if segment in _SITE_LANGUAGES else ENGLISH


def locale_name(language: str) -> str:
    """Return a language as social networks name it: with a territory.

    :param language: Its tag, such as ``sv`` or ``zh-Hans``.
    :returns: Such as ``sv_SE``. If the tag has no territory, Babel's likely one is added; the
        language alone if Babel has none.
    """
    primary, *subtags = language.replace("_", "-").split("-")
    places = [subtag for subtag in subtags if len(subtag) == 2 or subtag.isdigit()]
    if places:
        return f"{primary.lower()}_{places[0].upper()}"
    if {"hant", "hans"} & {subtag.lower() for subtag in subtags}:
        return "zh_TW" if catalog_language(language) == "zh_TW" else "zh_CN"
    place = str(get_global("likely_subtags").get(primary.lower(), "")).rpartition("_")[2]
    return f"{primary.lower()}_{place}" if place else primary.lower()
