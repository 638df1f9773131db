"""What is known of each page, from build to build, whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

T = TypeVar("T")


class PageRecords(Generic[T]):
    """A dictionary by page, kept in the build environment."""

    def __init__(self, name: str) -> None:
        """Name the records.

        :param name: The attribute of the environment that holds them.
        """
        self.name = name

    def of(self, env: BuildEnvironment) -> dict[str, T]:
        """Return the records.

        :param env: The build environment.
        :returns: Page → what is known of it. It may be changed.
        """
        attributes: dict[str, Any] = vars(env)
        records: dict[str, T] = attributes.setdefault(self.name, {})
        return records

    def connect(self, app: Sphinx) -> None:
        """Forget pages that are read again or are gone, and take over what other processes read.

        :param app: The Sphinx application.
        """
        app.connect("env-purge-doc", self._purge)
        app.connect("env-merge-info", self._merge)

    def _purge(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self.of(env).pop(docname, None)

    def _merge(
        self, _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        found = self.of(other)
        self.of(env).update({name: found[name] for name in docnames if name in found})
