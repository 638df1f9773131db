"""The ledger of an output folder, a file in the doctree folder: what its pages were made from."""

from __future__ import annotations

import dataclasses as dc
import json
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from sphinx_ajo.navigation.state import state_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_current: WeakSet[Builder] = WeakSet()
# builders whose search index in the output folder is up to date

_written: WeakKeyDictionary[Builder, set[str]] = WeakKeyDictionary()
# the pages written by builders that report them

_between: WeakKeyDictionary[Builder, frozenset[str]] = WeakKeyDictionary()
# the files that these builders have written between two builds


@dc.dataclass(slots=True)
class Ledger:
    """The pages and files of an output folder."""

    made_from: str = ""
    """A digest of the input that all pages share; empty if not all pages have been written."""
    pages: dict[str, str] = dc.field(default_factory=dict)
    """Page → when it was read, and a digest of what it shows of other pages."""
    files: set[str] = dc.field(default_factory=set)
    """The files that our builds have written, as paths in the output folder. Other files are not
    ours."""
    theme: str = ""
    """A digest of the templates, stylesheets and scripts."""
    built: int = 0
    """When the output folder was last built, in seconds."""


def ledger_file(app: Sphinx) -> Path:
    """Return where the ledger of an output folder is kept."""
    return state_file(app, "ajo-output")


def read_ledger(path: Path) -> Ledger:
    """Read a ledger.

    :returns: The ledger; an empty one if there is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Ledger(
            data["made_from"],
            dict(data["pages"]),
            set(data["files"]),
            str(data["theme"]),
            int(data["built"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Ledger()


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Keep a ledger."""
    data = {
        "made_from": ledger.made_from,
        "pages": dict(sorted(ledger.pages.items())),
        "files": sorted(ledger.files),
        "theme": ledger.theme,
        "built": ledger.built,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0), encoding="utf-8")


def note_current_index(builder: Builder) -> None:
    """Record that the search index in the output folder is up to date.

    :param builder: The builder, before it writes.
    """
    _current.add(builder)


def note_outdated_index(builder: Builder) -> None:
    """Note that the search index may have to be written.

    :param builder: The builder, before it writes.
    """
    _current.discard(builder)


def has_current_index(builder: Builder) -> bool:
    """Tell whether the search index in the output folder is that of the pages as they are.

    :returns: Whether :func:`note_current_index` was called.
    """
    return builder in _current


def begin_written(builder: Builder, between: Iterable[str]) -> None:
    """Begin a build that reports written pages to :func:`note_written`.

    :param builder: The builder, before the build.
    :param between: Files that have been written since the last build, as paths in the output
        folder.
    """
    _written[builder] = set()
    _between[builder] = frozenset(between)


def written_between(builder: Builder) -> frozenset[str]:
    """Return the files that were written between the last build and this one."""
    return _between.get(builder, frozenset())


def note_written(builder: Builder, pages: Iterable[str]) -> None:
    """Record that this build has written pages.

    :param builder: The builder, after :func:`begin_written`.
    """
    _written[builder].update(pages)


def was_written(builder: Builder, page: str) -> bool | None:
    """Tell whether this build has written a page.

    :returns: Whether it has; ``None`` if the builder does not report it.
    """
    return page in _written[builder] if builder in _written else None
