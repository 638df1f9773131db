"""All data of the extension in the build environment, in one place.

It is the attribute ``env.ajo`` of the environment. Data of single pages is in :class:`PageRecords`,
and is purged and merged here; the rest is created once per build, before Sphinx forks reading
processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sphinx_ajo.config import get_ajo_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.language.front_matter import FrontMatter
    from sphinx_ajo.site.boundary import Boundary
    from sphinx_ajo.site.inheritance.model import Inheritance
    from sphinx_ajo.site.originals.model import Original
    from sphinx_ajo.site.toc.site import Site
    from sphinx_ajo.site.urls.redirects import RedirectProblem
    from sphinx_ajo.site.urls.resolver import Resolver

T = TypeVar("T")

ATTRIBUTE: Final = "ajo"
"""The attribute of the environment."""


@dataclass(slots=True)
class AjoState:
    """What is known of a project."""

    exl_repository: bool | None = None
    """Whether all its pages are ExL pages; ``None`` while that is not known."""
    accelerated: bool = False
    """Whether this build uses faster replacements (``ajo_accelerate``)."""
    boundary: Boundary | None = None
    """Which files its pages may read."""
    site: Site | None = None
    """The navigation that its pages are read with."""
    heads: dict[str, Any] = field(default_factory=dict)
    """The beginnings of pages that earlier builds have read for the navigation."""
    resolver: Resolver | None = None
    """The link resolver."""
    resolver_before: Resolver | None = None
    """The link resolver of the last build, while Sphinx looks for outdated pages."""
    redirect_problems: list[RedirectProblem] = field(default_factory=list)
    """The mistakes in ``redirects.csv`` that have been reported."""
    original: Original | None = None
    """The original of which the project is a translation."""
    original_read: Original | None = None
    """The original in the last build that read pages."""
    original_heads: dict[str, Any] = field(default_factory=dict)
    """The beginnings of pages of the original that earlier builds have read."""
    original_addresses: Mapping[str, str] = field(default_factory=dict)
    """The addresses of pages that only the original has."""
    inheritance: Inheritance | None = None
    """The metadata that pages inherit."""
    inherited_files: Mapping[str, FrontMatter] = field(default_factory=dict)
    """The files that they inherit from, whose mistakes have been reported."""
    lint_rules: Mapping[str, Any] = field(default_factory=dict)
    """The rules that are on, with their severities."""
    lint_docs: Sequence[str] = ()
    """The pages that have been read, until their includes are checked."""
    left_out: Mapping[str, list[str]] = field(default_factory=dict)
    """The toctree entries that were left out because they close a circle."""
    as_text: str | None = None
    """The page that is read as plain text, because reading it has failed."""
    versions: dict[str, str] = field(default_factory=dict)
    """The versions of the programs with which pages were read."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """All :class:`PageRecords` by name."""

    def part(self, docnames: AbstractSet[str]) -> AjoState:
        """Return the data that a reading process sends back.

        :returns: The records of its pages; the receiving process has the rest.
        """
        return AjoState(
            records={
                name: {page: found[page] for page in docnames if page in found}
                for name, found in self.records.items()
            }
        )

    def purge(self, docname: str) -> None:
        """Purge a page that is read again, or was deleted."""
        for found in self.records.values():
            found.pop(docname, None)

    def merge(self, docnames: Iterable[str], other: AjoState) -> None:
        """Merge the data of another process."""
        for name, found in other.records.items():
            own = self.records.setdefault(name, {})
            own.update({page: found[page] for page in docnames if page in found})


def state_of(env: BuildEnvironment) -> AjoState:
    """Return the state of the extension in an environment.

    :returns: The state, which may be changed.
    """
    attributes: dict[str, Any] = vars(env)
    state: AjoState | None = attributes.get(ATTRIBUTE)
    if state is None:
        state = attributes[ATTRIBUTE] = AjoState()
    return state


def is_on(env: BuildEnvironment, setting: bool | str) -> bool:
    """Tell whether a feature is on that is on by default in ExL repositories.

    :param setting: ``True``, ``False`` or ``"auto"``.
    """
    if isinstance(setting, bool):
        return setting
    repository = bool(state_of(env).exl_repository)
    return repository and get_ajo_config(env.config).dialect != "mixed"


class PageRecords(Generic[T]):
    """Records of one kind, by page."""

    def __init__(self, name: str) -> None:
        """Name the records."""
        self._name = name

    def of(self, env: BuildEnvironment) -> dict[str, T]:
        """Return the records.

        :returns: Page → its record. The dictionary may be changed.
        """
        return state_of(env).records.setdefault(self._name, {})


def setup_state(app: Sphinx) -> None:
    """Purge pages that are read again or deleted, and merge the data of other processes."""
    app.connect("env-purge-doc", lambda _app, env, docname: state_of(env).purge(docname))
    app.connect(
        "env-merge-info",
        lambda _app, env, docnames, other: state_of(env).merge(docnames, state_of(other)),
    )
