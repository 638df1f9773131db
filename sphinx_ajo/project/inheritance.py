"""The metadata that pages inherit, in the build environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_ajo.project.state import PageRecords, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.safe_yaml import Value
    from sphinx_ajo.site.inheritance.model import Inheritance


_OWN_KEYS: Final = PageRecords[tuple[str, ...]]("own_keys")


def inheritance_of(env: BuildEnvironment) -> Inheritance | None:
    """Return the inheritable metadata.

    :returns: The metadata with which the pages were read; ``None`` if they are in no ExL
        repository.
    """
    return state_of(env).inheritance


def inherited_entries(env: BuildEnvironment, docname: str) -> Mapping[str, Value]:
    """Return the inheritable entries of a page.

    :returns: Keys and values, regardless of its own entries.
    """
    inheritance = inheritance_of(env)
    return inheritance.entries(docname) if inheritance else {}


def own_keys(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return the entries that pages do not inherit because they have their own.

    :returns: ExL page → keys. Pages in the mixed dialect are not in it.
    """
    return _OWN_KEYS.of(env)
