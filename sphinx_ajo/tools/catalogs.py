"""Keep the message catalogs up to date: ``python -m sphinx_ajo.tools.catalogs [NEW_LANGUAGE ...]``.

Extracts the strings of the code, merges them into the catalog of each language and compiles it.
Unlike the commands of Babel, it is repeatable (no dates change unless strings do), and uses the
obsolete translation of a string that is in use again. Only developers need it.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sphinx_ajo.i18n import DOMAIN, LOCALE_DIR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKAGE: Final = LOCALE_DIR.parent
"""The folder whose code is read."""

COMMENT_TAG: Final = "Translators:"
"""A comment that begins so, above a string, is shown to translators."""

_DETAILS: Final[Mapping[str, Any]] = {
    "domain": DOMAIN,
    "project": DOMAIN,
    "version": "-",
    "header_comment": "# What readers see of sphinx_ajo. How to translate: see CONTRIBUTING.md",
    "msgid_bugs_address": "-",
    "last_translator": "The sphinx_ajo developers",
    "language_team": "-",
    "fuzzy": False,
}


def extract() -> Catalog:
    """Collect the strings of the code.

    :returns: The template: each string with the files that use it.
    """
    template = Catalog(**_DETAILS)
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python")],
        keywords={"_": None},
        comment_tags=[COMMENT_TAG],
        strip_comment_tags=True,
    )
    for name, line, message, comments, context in found:
        template.add(
            message,
            locations=[(Path(PACKAGE.name, name).as_posix(), line)],
            auto_comments=comments,
            context=context,
        )
    return template


def read(path: Path, language: str | None = None) -> Catalog:
    """Read a catalog.

    :param path: The ``.po`` or ``.pot`` file.
    :param language: Its language; ``None`` for a template.
    :returns: The catalog; a new one if there is no such file.
    """
    if not path.exists():
        return Catalog(locale=language, **_DETAILS)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def translations(catalog: Catalog) -> dict[str, str]:
    """Return the translations that are in use.

    :returns: String → translation; empty if it has none.
    """
    return {str(m.id): str(m.string or "") for m in catalog if m.id}


def merge(catalog: Catalog, template: Catalog) -> Catalog:
    """Bring the catalog of a language up to date.

    :returns: A catalog of the strings of the template. Translated strings that are not used any
        more become obsolete, and obsolete ones come back when they are used again.
    """
    obsolete = {str(m.id): str(m.string) for m in catalog.obsolete.values()}
    known = obsolete | translations(catalog)
    new = Catalog(
        locale=catalog.locale,
        creation_date=catalog.creation_date,
        revision_date=catalog.revision_date,
        **_DETAILS,
    )
    wanted = {str(message.id): message for message in template if message.id}
    for id_, message in wanted.items():
        new.add(
            id_,
            known.get(id_, ""),
            locations=message.locations,
            auto_comments=message.auto_comments,
        )
    unused = Catalog(locale=catalog.locale)
    for id_ in sorted(known.keys() - wanted.keys()):
        if known[id_]:
            new.obsolete[id_] = unused.add(id_, known[id_])
    if translations(new) != translations(catalog):
        new.revision_date = datetime.now(UTC)
    return new


def languages() -> list[str]:
    """Return the languages that have a catalog.

    :returns: Their codes, sorted.
    """
    return sorted(path.name for path in LOCALE_DIR.iterdir() if path.is_dir())


def po_path(language: str) -> Path:
    """Return where the catalog of a language is.

    :returns: The ``.po`` file; the compiled one is beside it.
    """
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def update(new_languages: Sequence[str] = ()) -> list[str]:
    """Bring all catalogs up to date, and compile them.

    :returns: The strings without a translation, as ``language: string``.
    """
    template = extract()
    pot = LOCALE_DIR / f"{DOMAIN}.pot"
    old = read(pot)
    if translations(old).keys() == translations(template).keys():
        template.creation_date = old.creation_date
    _write(pot, template)
    missing = []
    for language in sorted({*languages(), *new_languages}):
        path = po_path(language)
        catalog = merge(read(path, language), template)
        _write(path, catalog)
        path.with_suffix(".mo").write_bytes(compile_catalog(catalog))
        missing += [f"{language}: {id_}" for id_, text in translations(catalog).items() if not text]
    return missing


def compile_catalog(catalog: Catalog) -> bytes:
    """Compile a catalog.

    :returns: The content of the ``.mo`` file.
    """
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
    path.write_bytes(buffer.getvalue().rstrip(b"\n") + b"\n")


def main(argv: Sequence[str]) -> int:
    """Run :func:`update` from the command line.

    :returns: Exit status: 1 if a translation is missing, otherwise 0.
    """
    missing = update(argv)
    sys.stdout.writelines(f"not translated: {line}\n" for line in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
