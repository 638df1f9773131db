"""What a build leaves for later, where somebody waits for its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_waiting: WeakKeyDictionary[Sphinx, dict[str, Callable[[], None]]] = WeakKeyDictionary()

_partial: WeakSet[Sphinx] = WeakSet()


def let_wait(app: Sphinx) -> None:
    """Let the builds of an application put off what no page is made of."""
    _waiting.setdefault(app, {})


def do_later(app: Sphinx, name: str, action: Callable[[], None]) -> None:
    """Do something at the end of a build, or when there is time.

    :param name: Its name: what waits under the same name is not done any more.
    """
    waiting = _waiting.get(app)
    if waiting is None:
        action()
    else:
        waiting[name] = action


def do_waiting(app: Sphinx) -> None:
    """Do all that waits."""
    waiting = _waiting.get(app, {})
    while waiting:
        waiting.pop(next(iter(waiting)))()


def forget_waiting(app: Sphinx) -> None:
    """Leave undone what waits: another application is going to do it."""
    _waiting.pop(app, None)


def note_partial(app: Sphinx) -> None:
    """Note that this build writes some pages only, and leaves others to the next one."""
    _partial.add(app)


def note_whole(app: Sphinx) -> None:
    """Note that the next build writes all pages that it has to, as builds do."""
    _partial.discard(app)


def is_partial(app: Sphinx) -> bool:
    """Tell whether this build leaves pages to the next one."""
    return app in _partial
