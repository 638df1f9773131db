"""Work that a build postpones while a browser waits for its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_waiting: WeakKeyDictionary[Sphinx, dict[str, Callable[[], None]]] = WeakKeyDictionary()

_partial: WeakSet[Sphinx] = WeakSet()


def let_wait(app: Sphinx) -> None:
    """Allow the builds of an application to postpone work that no page needs."""
    _waiting.setdefault(app, {})


def do_later(app: Sphinx, name: str, action: Callable[[], None]) -> None:
    """Run a function at the end of a build, or when there is time.

    :param name: The name of the task: a waiting task with the same name is replaced.
    """
    waiting = _waiting.get(app)
    if waiting is None:
        action()
    else:
        waiting[name] = action


def do_waiting(app: Sphinx) -> None:
    """Run all waiting tasks."""
    waiting = _waiting.get(app, {})
    while waiting:
        waiting.pop(next(iter(waiting)))()


def forget_waiting(app: Sphinx) -> None:
    """Drop all waiting tasks, because another application will do the work."""
    _waiting.pop(app, None)


def note_partial(app: Sphinx) -> None:
    """Record that this build writes only some pages, and leaves others to the next one."""
    _partial.add(app)


def note_whole(app: Sphinx) -> None:
    """Record that the next build is an ordinary one, which writes all outdated pages."""
    _partial.discard(app)


def is_partial(app: Sphinx) -> bool:
    """Tell whether this build leaves pages to the next one."""
    return app in _partial
