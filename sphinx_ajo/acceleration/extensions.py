"""What is known about other extensions: whether they store what a build hands to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.events import EventManager

PAGE_BY_PAGE: Final = frozenset(
    {
        "alabaster",
        "docutils",
        "furo",
        "myst_parser",
        "pydata_sphinx_theme",
        "sphinx",
        "sphinx_ajo",
        "sphinx_basic_ng",
        "sphinx_book_theme",
        "sphinx_copybutton",
        "sphinx_design",
        "sphinx_rtd_theme",
    }
)
"""Packages that store nothing about a page while its references are resolved, and no nodes."""

COLLECTING: Final = frozenset({"sphinx.ext.imgconverter"})
"""Modules of these packages that are exceptions."""

BY_METHODS: Final = ("sphinx_ajo.", "sphinx_design.extension")
"""The prefixes of modules whose ``doctree-resolved`` handlers change pages only by the methods of
their nodes."""

_WITH_SPHINX: Final = frozenset(
    f"sphinxcontrib.{name}"
    for name in ("applehelp", "devhelp", "htmlhelp", "qthelp", "serializinghtml")
)
"""Extensions that Sphinx always loads, from packages of their own."""

_WITH_NODES: Final = ("doctree-read", "missing-reference", "doctree-resolved", "html-page-context")
"""The events whose handlers get nodes."""


def is_page_by_page(app: Sphinx) -> bool:
    """Tell whether pages can be resolved in several processes.

    If an extension stored data in one of them, for example for a list of all pages, this data would
    be lost. So all extensions must be known to store none.

    :returns: Whether no unknown extension takes part in resolving.
    """
    modules = [
        *_handlers(app.events, "doctree-resolved"),
        *_modules(app.registry.get_post_transforms()),
    ]
    return all(map(_is_known, modules)) and not COLLECTING.intersection(modules)


def resolves_by_methods(app: Sphinx) -> bool:
    """Tell whether pages change only by the methods of their nodes after post-transforms."""
    return are_handlers_known(app.events, "doctree-resolved", BY_METHODS)


def are_handlers_known(events: EventManager, event: str, known: tuple[str, ...]) -> bool:
    """Tell whether the names of the modules of all handlers of an event have known beginnings."""
    return all(module.startswith(known) for module in _handlers(events, event))


def keeps_no_nodes(app: Sphinx) -> bool:
    """Tell whether nobody uses the doctree of a page after it has been read, or written.

    :returns: ``False`` if an unknown extension, or ``conf.py``, may have kept nodes.
    """
    modules = _modules((*app.registry.get_transforms(), *app.registry.get_post_transforms()))
    for event in _WITH_NODES:
        modules += _handlers(app.events, event)
    return all(map(_is_known, (*modules, *app.extensions.keys() - _WITH_SPHINX)))


def _handlers(events: EventManager, event: str) -> list[str]:
    return _modules(listener.handler for listener in events.listeners.get(event, ()))


def _modules(things: Iterable[Any]) -> list[str]:
    # objects that can be called may have none
    return [getattr(each, "__module__", None) or "" for each in things]


def _is_known(module: str) -> bool:
    return module.partition(".")[0] in PAGE_BY_PAGE
