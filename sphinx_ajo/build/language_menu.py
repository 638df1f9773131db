"""A language menu above each page that has translations on other sites (``ajo_sites``).

It is a ``<details>`` element, so it needs no script, works in every theme and with the keyboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.i18n import _, language_name
from sphinx_ajo.project.sites import sites_of
from sphinx_ajo.project.twins import choices_of
from sphinx_ajo.site.set import from_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

STYLES: Final = "ajo-set.css"
"""The stylesheet that only sites of a set have."""


class ajo_language_menu(nodes.General, nodes.Element):  # noqa: N801 (writers dispatch on the name)
    """The menu: ``own`` is a language, ``choices`` are languages, addresses and kinds."""


def _insert(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.name not in PAGE_BUILDERS:
        return
    choices = choices_of(app.env, docname)
    if not choices:
        return
    uri = app.builder.get_target_uri(docname)
    entries = [choice._replace(address=from_page(uri, choice.address)) for choice in choices]
    menu = ajo_language_menu(own=sites_of(app.env).language, choices=entries)
    doctree.insert(0, menu)


def visit_menu_html(self: HTML5Translator, node: ajo_language_menu) -> None:
    """Write the menu."""
    # Translators: names a menu; readers choose the language of the page there
    label = str(_("Language"))
    attributes: dict[str, Any] = {"CLASS": "ajo-languages", "aria-label": label}
    self.body.append(self.starttag(node, "nav", "", **attributes))
    own = node["own"]
    summary = self.starttag(nodes.Element(), "summary", "", LANG=own)
    self.body.append(f"<details>{summary}")
    self.body.append(f"{self.encode(language_name(own))}</summary>\n<ul>\n")
    for language, address, is_twin in node["choices"]:
        attributes = {"href": address, "hreflang": language, "lang": language}
        if is_twin:
            attributes["rel"] = "alternate"
        link = self.starttag(nodes.Element(), "a", "", **attributes)
        self.body.append(f"<li>{link}{self.encode(language_name(language))}</a></li>\n")
    self.body.append("</ul>\n</details></nav>\n")
    raise nodes.SkipNode


def _add_styles(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    body = context.get("body")
    if doctree is not None and body and any(f'class="{name}' in body for name in _CLASSES):
        app.add_css_file(STYLES)


_CLASSES: Final = ("ajo-languages", "ajo-permalink")


def setup_language_menu(app: Sphinx) -> None:
    """Register the node and the handlers."""
    app.add_node(ajo_language_menu, html=(visit_menu_html, None))
    app.connect("doctree-resolved", _insert)
    app.connect("html-page-context", _add_styles)
