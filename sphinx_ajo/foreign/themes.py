"""The only place that completes themes: it escapes titles, and sets the text direction.

``tests/security`` fails when the escaping of a theme changes: it opens a hostile site in each
theme.
"""

from __future__ import annotations

import html
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TEXTS: Final = ("pagetitle", "root_title", "page_description")
"""The texts in the context of a page that sphinx-book-theme prints unescaped."""

_HEADER: Final = "generate_header_nav_html"
"""The function that PyData's theme, and themes based on it, call for the links in the header."""


def _guard(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Escape texts that themes print unescaped."""
    for name in _TEXTS:
        if isinstance(context.get(name), str):
            context[name] = html.escape(context[name])
    if _HEADER in context:
        context[_HEADER] = partial(_header, app.env, context[_HEADER])


def _header(env: BuildEnvironment, generate: Any, *args: Any, **kwargs: Any) -> Any:
    with _escaped_entries(env):
        return generate(*args, **kwargs)


@contextmanager
def _escaped_entries(env: BuildEnvironment) -> Iterator[None]:
    """Escape the titles below the root page temporarily."""
    toctrees = list(env.tocs[env.config.root_doc].findall(addnodes.toctree))
    entries = [toctree["entries"] for toctree in toctrees]
    for toctree in toctrees:
        toctree["entries"] = [_escaped(env, *entry) for entry in toctree["entries"]]
    try:
        yield
    finally:
        for toctree, kept in zip(toctrees, entries, strict=True):
            toctree["entries"] = kept


def _escaped(env: BuildEnvironment, title: str | None, page: str) -> tuple[str | None, str]:
    if "://" in page:
        page = html.escape(page)
    if title is None and page in env.titles:
        # the theme does not only print the text of a title: it also handles formulas
        text = env.titles[page].astext()
        return (html.escape(text) if "<" in text or "&" in text else None), page
    return title and html.escape(title), page


def exchange_furo_contents(exchange: Callable[[Callable[..., bool]], Callable[..., bool]]) -> None:
    """Replace the function with which furo finds pages whose table of contents it hides.

    :param exchange: Gets the function, and returns its replacement.
    """
    furo = sys.modules.get("furo")
    stock = getattr(furo, "has_not_enough_items_to_show_toc", None)
    if furo is not None and stock is not None:
        vars(furo)["has_not_enough_items_to_show_toc"] = exchange(stock)


def write_direction(templates: Any, direction: str) -> None:
    """Write the text direction into the first element of each page, unless its theme sets it.

    No theme has an option for it.

    :param templates: Sphinx's ``TemplateBridge``, which renders the pages of a builder.
    :param direction: The value of HTML's ``dir``.
    """
    stock = templates.render

    def render(template: str, context: dict[str, Any]) -> str:
        before, start, rest = stock(template, context).partition("<html")
        attributes, end, after = rest.partition(">")
        if start and " dir=" not in attributes:
            start += f' dir="{direction}"'
        return "".join((before, start, attributes, end, after))

    templates.render = render


def setup_themes(app: Sphinx) -> None:
    """Register the handler."""
    # after those of the themes (500)
    app.connect("html-page-context", _guard, priority=900)
