"""Free the contexts of Jinja templates at once.

A macro refers to the context of the template that defines it, and the context to the macro. Such a
circle also holds the HTML of the page, until Python's collector finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2.runtime import Context

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

PAGE: Final = "pagename"
"""A variable that only contexts of a page have: others may be used for the next pages."""


def note_contexts(builder: StandaloneHTMLBuilder) -> None:
    """Make a builder note the contexts that its templates create."""
    environment = getattr(builder.templates, "environment", None)
    if environment is None or environment.context_class is not Context:
        return
    contexts: list[Context] = []

    class PageContext(Context):
        """A context that is noted."""

        noted = contexts

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            contexts.append(self)

    environment.context_class = PageContext


def free_contexts(builder: StandaloneHTMLBuilder) -> None:
    """Empty the contexts that have been noted, once their page is written."""
    environment = getattr(builder.templates, "environment", None)
    contexts: list[Context] = getattr(getattr(environment, "context_class", None), "noted", [])
    for context in contexts:
        if PAGE in context.parent:
            context.vars.clear()
    contexts.clear()
