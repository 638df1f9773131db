"""For a process that builds repeatedly: an environment that stays in memory.

``tests/preview`` fails when one of these changes.
"""

from __future__ import annotations

import inspect
import os
import pickle
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.environment import BuildEnvironment
from sphinx.util.build_phase import BuildPhase

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder

_kept: Final[dict[str, BuildEnvironment]] = {}
"""The environments of this process by token."""


class ResidentEnvironment(BuildEnvironment):
    """An environment that pickles as a token only.

    Sphinx pickles its environment in each build that has read a page, and each new application
    loads it again. Here, the next application of this process gets the environment object itself.
    In any other process the token is unknown, so Sphinx reads all pages again, as after a failed
    build.
    """

    def __reduce_ex__(self, _protocol: Any) -> tuple[Any, ...]:
        """Return what is pickled in place of the environment.

        :returns: A function, and the token for it.
        """
        token = next((token for token, env in _kept.items() if env is self), "")
        return _take, (token,)


def _take(token: str) -> BuildEnvironment:
    env = _kept[token]
    # what Sphinx does not pickle belongs to the previous application
    state = BuildEnvironment.__getstate__(env)
    vars(env).clear()
    vars(env).update(state)
    return env


def keep_in_memory(env: BuildEnvironment) -> None:
    """Keep this environment, and no other one, for the next application of this process."""
    if not isinstance(env, ResidentEnvironment):
        env.__class__ = ResidentEnvironment
        _kept.clear()
        _kept[uuid.uuid4().hex] = env


def forget_environments() -> None:
    """Make the next application load the environment from its folder."""
    _kept.clear()


def write_environment(env: BuildEnvironment, *, whole: bool) -> None:
    """Write an environment, as Sphinx does.

    :param whole: Whether other processes can load it. If not, only the next application of this
        process can, and other processes read all pages again.
    """
    path = Path(env.doctreedir, ENV_PICKLE_FILENAME)
    if not whole:
        path.write_bytes(pickle.dumps(env, pickle.HIGHEST_PROTOCOL))
        return
    partial = path.with_name(f"{path.name}.part")
    env.__class__ = BuildEnvironment
    try:
        with partial.open("wb") as file:
            pickle.dump(env, file, pickle.HIGHEST_PROTOCOL)
        os.replace(partial, path)  # noqa: PTH105
    finally:
        env.__class__ = ResidentEnvironment


def forget_trees(env: BuildEnvironment) -> None:
    """Forget the doctrees and search words that an environment keeps until the end of its build."""
    # in place: these caches may have a limit
    for name in ("_pickled_doctree_cache", "_write_doc_doctree_cache"):
        vars(env)[name].clear()
    # search indexes share these: the next one must start empty
    vars(env).update({name: {} for name in vars(env) if name.startswith("_search_index_")})


def read_now(builder: Builder, docname: str) -> None:
    """Read one page, as Sphinx does while it updates its environment."""
    env = builder.env
    forget_trees(env)
    state: Any = builder if hasattr(builder, "phase") else builder.app
    state.phase = BuildPhase.READING
    builder.events.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    builder.read_doc(docname)


def index_page(builder: Builder, docname: str) -> None:
    """Collect the words of one page for the search.

    :param builder: The builder, ready to write.
    """
    env = builder.env
    new = "tags" in inspect.signature(env.get_and_resolve_doctree).parameters
    arguments: dict[str, Any] = {"tags": builder.tags} if new else {}
    doctree = env.get_and_resolve_doctree(docname, builder, **arguments)
    builder.write_doc_serialized(docname, doctree)


class PageFiles:
    """The stylesheets and scripts of all pages.

    Before it writes a page, Sphinx removes those that the previous page added for itself. Those of
    the last page of a build would stay.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        """Record them.

        :param builder: The builder, before it has written a page.
        """
        registry: Any = builder._registry if hasattr(builder, "_registry") else builder.app.registry
        self._lists: list[list[Any]] = [
            *(registry.css_files, registry.js_files),
            *(builder._css_files, builder._js_files),
        ]
        self._kept = [list(each) for each in self._lists]

    def restore(self) -> None:
        """Remove what has been added since."""
        for files, kept in zip(self._lists, self._kept, strict=True):
            files[:] = kept
