"""All that the extension keeps in the build environment, in one place.

It hangs on the environment as ``env.ajo``. What belongs to one page is in :class:`PageRecords`, and
is forgotten and merged here; the rest is made once per build, before Sphinx forks the processes
that read pages.
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
    """Whether this build may replace parts of others by faster ones (``ajo_accelerate``)."""
    boundary: Boundary | None = None
    """Which files its pages may read."""
    site: Site | None = None
    """The navigation that its pages are read with."""
    heads: dict[str, Any] = field(default_factory=dict)
    """What earlier builds have read at the top of pages, for the navigation."""
    resolver: Resolver | None = None
    """What links are resolved with."""
    resolver_before: Resolver | None = None
    """What they were resolved with in the last build, while Sphinx looks for what has changed."""
    redirect_problems: list[RedirectProblem] = field(default_factory=list)
    """What was wrong in ``redirects.csv``, and has been reported."""
    original: Original | None = None
    """What the project is a translation of."""
    original_read: Original | None = None
    """The same, when pages were read the last time."""
    original_heads: dict[str, Any] = field(default_factory=dict)
    """What earlier builds have read at the top of the pages of the original."""
    original_addresses: Mapping[str, str] = field(default_factory=dict)
    """Where pages are that only the original has."""
    inheritance: Inheritance | None = None
    """What pages inherit."""
    inherited_files: Mapping[str, FrontMatter] = field(default_factory=dict)
    """The files that they inherit from; what is wrong in them has been reported."""
    lint_rules: Mapping[str, Any] = field(default_factory=dict)
    """The rules that are on, with their severities."""
    lint_docs: Sequence[str] = ()
    """The pages that are read, until their includes are checked."""
    left_out: Mapping[str, list[str]] = field(default_factory=dict)
    """The entries of pages whose toctrees lead back to them."""
    as_text: str | None = None
    """The page that is read as it was typed, because reading it has failed."""
    versions: dict[str, str] = field(default_factory=dict)
    """The versions of all that pages were read with."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """All :class:`PageRecords` by name."""

    def part(self, docnames: AbstractSet[str]) -> AjoState:
        """Return what a process that has read some pages sends back.

        :returns: What was found on these pages; the receiving process knows the rest.
        """
        return AjoState(
            records={
                name: {page: found[page] for page in docnames if page in found}
                for name, found in self.records.items()
            }
        )

    def purge(self, docname: str) -> None:
        """Forget a page that is read again, or is gone."""
        for found in self.records.values():
            found.pop(docname, None)

    def merge(self, docnames: Iterable[str], other: AjoState) -> None:
        """Take over what another process has read."""
        for name, found in other.records.items():
            own = self.records.setdefault(name, {})
            own.update({page: found[page] for page in docnames if page in found})


def state_of(env: BuildEnvironment) -> AjoState:
    """Return what the extension keeps in an environment.

    :returns: Its state, which may be changed.
    """
    attributes: dict[str, Any] = vars(env)
    state: AjoState | None = attributes.get(ATTRIBUTE)
    if state is None:
        state = attributes[ATTRIBUTE] = AjoState()
    return state


def is_on(env: BuildEnvironment, setting: bool | str) -> bool:
    """Tell whether something is on that is on in ExL repositories unless ``conf.py`` says so.

    :param setting: ``True``, ``False`` or ``"auto"``.
    """
    if isinstance(setting, bool):
        return setting
    repository = bool(state_of(env).exl_repository)
    return repository and get_ajo_config(env.config).dialect != "mixed"


class PageRecords(Generic[T]):
    """What is known of each page, by page."""

    def __init__(self, name: str) -> None:
        """Name the records."""
        self._name = name

    def of(self, env: BuildEnvironment) -> dict[str, T]:
        """Return the records.

        :returns: Page → what is known of it. It may be changed.
        """
        return state_of(env).records.setdefault(self._name, {})


def setup_state(app: Sphinx) -> None:
    """Forget pages that are read again or are gone, and take over what other processes read."""
    app.connect("env-purge-doc", lambda _app, env, docname: state_of(env).purge(docname))
    app.connect(
        "env-merge-info",
        lambda _app, env, docnames, other: state_of(env).merge(docnames, state_of(other)),
    )
