"""Metadata that is shown below the title of a page: last update, topics, readers, versions.

See exl-markdown.md, 2.1. ``ajo_page_info`` switches them on or off. The lines are created from
``env.metadata`` when a page is written, so that no page is read again when they are switched on or
off.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.i18n import _
from sphinx_ajo.language.languages import catalog_language
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.project.inheritance import own_keys
from sphinx_ajo.project.navigation import is_generated
from sphinx_ajo.project.state import is_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx


UPDATED: Final = ("last-update", "last-substantial-update")
"""The entries for the date of the last update; the first valid date is used."""

TOPICS: Final = ("feature",)
"""The entries with the topics of a page."""

LEVELS: Final = ("level",)
"""The entries with the experience level of readers."""

ROLES: Final = ("role", "Role", "roles")
"""The entries with the roles of readers."""

READERS: Final = (*LEVELS, *ROLES)
"""The entries with the intended readers of a page."""

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?$", re.ASCII)
"""A date of YAML, or a timestamp."""


Line = tuple[str, str, list[str]]
"""The kind of a line, its label, and its text."""


def page_info(metadata: Mapping[str, Any], language: str) -> Iterator[Line]:
    """Yield the lines for a page.

    :param language: The language of the document, as Sphinx names it.
    :returns: Those lines for which the page has a value.
    """
    lines: list[Line] = [
        # Translators: followed by a date
        ("update", _("Last update:"), _last_update(metadata, language)),
        # Translators: followed by the subjects that a page is about
        ("topics", _("Topics:"), words_of(metadata, *TOPICS)),
        # Translators: followed by levels and roles of readers, such as Beginner, Developer
        ("readers", _("Created for:"), words_of(metadata, *READERS)),
        # Translators: followed by versions of a product
        ("versions", _("Applies to:"), words_of(metadata, "version")),
    ]
    return (line for line in lines if line[2])


def words_of(metadata: Mapping[str, Any], *keys: str) -> list[str]:
    """Return the words of entries that are lists.

    :returns: Each word once, in its order.
    """
    found = (word for key in keys for word in map(str.strip, str(metadata.get(key, "")).split(",")))
    return [word for word in dict.fromkeys(found) if word]


def update_of(metadata: Mapping[str, Any]) -> date | None:
    """Return the date of the last update of a page.

    :returns: The date; ``None`` if none is given.
    """
    for key in UPDATED:
        if match := _DATE.match(str(metadata.get(key, "")).strip()):
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                continue
    return None


def _last_update(metadata: Mapping[str, Any], language: str) -> list[str]:
    day = update_of(metadata)
    return [format_date(day, "long", locale=_locale(language))] if day else []


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(catalog_language(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


class PageInfoTransform(SphinxPostTransform):
    """Put the lines below the first heading of each page.

    A container with one paragraph for each line: the label in an inline node, then the text.
    """

    default_priority = 300

    def run(self, **_kwargs: Any) -> None:
        """Add the lines, also to the pages that a builder has put into this one."""
        if not is_on(self.env, get_ajo_config(self.config).page_info):
            return
        self._add(self.document, self.env.docname)
        for page in list(self.document.findall(addnodes.start_of_file)):
            self._add(page, page["docname"])

    def _add(self, page: nodes.Element, docname: str) -> None:
        if docname not in own_keys(self.env) or is_generated(self.env, docname):
            return  # not an ExL page, or a generated page
        section = next((node for node in page if isinstance(node, nodes.section)), None)
        lines = list(page_info(self.env.metadata[docname], self.config.language))
        if section is None or not lines:
            return
        title = section[0]
        container = nodes.container(classes=["ajo-page-info"])
        container += [_paragraph(line) for line in lines]
        for node in container.findall(nodes.Element):
            node.source, node.line = title.source, title.line
        # badges belong to the title
        below = next(
            (
                index
                for index, node in enumerate(section.children)
                if not isinstance(node, (nodes.title, nodes.Invisible))
                and "ajo-page-badges" not in getattr(node, "attributes", {}).get("classes", ())
            ),
            len(section),
        )
        section.insert(below, container)


def _paragraph(line: Line) -> nodes.paragraph:
    kind, label, words = line
    # full-width colons of Chinese and Japanese include their space
    gap = " " if label[-1].isascii() else ""
    text = gap + ", ".join(words)
    # otherwise, a search for the words of a label would find every page
    heading = nodes.inline(label, label, classes=["ajo-page-info-label", "no-search"])
    return nodes.paragraph(
        label + text,
        "",
        heading,
        nodes.Text(text),
        classes=[f"ajo-page-info-{kind}"],
        translatable=False,
    )


def setup_page_info(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(PageInfoTransform)


CONSTRUCT = Construct(name="page info", setup=setup_page_info)
"""The construct, for the extension."""
