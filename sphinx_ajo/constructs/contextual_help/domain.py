"""Collect the help topics of all pages into one file of the output."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import quote

from justhtml import stream
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains import Domain

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.attributes import clean_text
from sphinx_ajo.language.front_matter import plain_text
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Set
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_ajo.constructs.contextual_help.syntax import Topic

FILE_NAME: Final = "contextual-help.json"
"""The file in the output of HTML builders."""

_BREAKING: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table"})
"""Tags that separate words."""

_NO_TAG: Final = re.compile(r"<(?![A-Za-z/]|!--)")

_NO_CHARACTER: Final = re.compile(r"&(?=#[0-9]{8})")
"""Numbers above all characters; older releases of justhtml fail on very long ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A topic and its place."""

    line: int
    topic: Topic


class ContextualHelpDomain(Domain):
    """The help topics of each page."""

    name = "ajo_help"
    label = "Contextual help"
    initial_data: ClassVar[dict[str, Any]] = {"topics": {}}
    data_version = 0

    @property
    def topics(self) -> dict[str, list[Place]]:
        """The topics of each page, in the order written."""
        topics: dict[str, list[Place]] = self.data.setdefault("topics", {})
        return topics

    def note(self, docname: str, line: int, topic: Topic) -> None:
        """Record a topic."""
        self.topics.setdefault(docname, []).append(Place(line, topic))

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield all topics with their pages, in the order of pages and lines."""
        for docname, places in sorted(self.topics.items()):
            for place in places:
                yield docname, place

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read again or gone."""
        self.topics.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for docname, places in otherdata["topics"].items():
            if docname in docnames:
                self.topics[docname] = places

    def resolve_any_xref(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        """Resolve nothing: topics are not targets of roles."""
        return []

    def check_consistency(self) -> None:
        """Warn of ids that several topics share."""
        first: dict[str, tuple[str, Place]] = {}
        for docname, place in self.places():
            other, earlier = first.setdefault(place.topic.id, (docname, place))
            if earlier is not place:
                warn(
                    AjoWarnings.CONTEXTUAL_HELP,
                    "contextual help %r is also defined at %s:%d",
                    place.topic.id,
                    self.env.doc2path(other, base=False),
                    earlier.line,
                    location=(docname, place.line),
                )

    def entries(self, builder: Builder) -> list[dict[str, Any]]:
        """Return all topics as plain data.

        :param builder: The builder, which knows the addresses of pages.
        """
        return [_entry(builder, docname, place) for docname, place in self.places()]


def _entry(builder: Builder, docname: str, place: Place) -> dict[str, Any]:
    topic = place.topic
    return {
        "id": topic.id,
        "title": html_text(topic.title),
        "abstract": html_text(topic.abstract),
        "abstract_source": topic.abstract,
        "links": [{"url": link.url, "text": html_text(link.text)} for link in topic.links],
        "page": docname,
        "url": f"{builder.get_target_uri(docname)}#{quote(topic.id)}",
        "line": place.line,
    }


def html_text(source: str) -> str:
    """Return the visible text of a text with HTML.

    :returns: The text without tags, entities, translators' markers and zero-width characters.
    """
    # text that is not a tag for authors may begin a comment for browsers
    parts = []
    for kind, data in stream(_NO_CHARACTER.sub("&amp;", _NO_TAG.sub("&lt;", source))):
        if kind == "text":
            parts.append(str(data))
        elif kind in {"start", "end"}:
            name = data[0] if isinstance(data, tuple) else data
            parts.append(" " if name in _BREAKING else "")
    return clean_text(plain_text("".join(parts)))


def write_file(app: Sphinx, exception: Exception | None) -> None:
    """Write the file, if there are topics; otherwise, remove the file of an earlier build."""
    builder = app.builder
    # `embedded`: formats that pack the pages, such as EPUB
    if exception or not isinstance(builder, StandaloneHTMLBuilder) or builder.embedded:
        return
    domain = app.env.domains[ContextualHelpDomain.name]
    assert isinstance(domain, ContextualHelpDomain)  # noqa: S101 (for the type checker)
    _write(builder.outdir / FILE_NAME, domain.entries(builder))


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    if not entries:
        path.unlink(missing_ok=True)
        return
    text = json.dumps({"topics": entries}, ensure_ascii=False, indent=1) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
