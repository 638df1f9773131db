"""Describe pages to social networks and search engines: Open Graph and schema.org.

Off unless ``ajo_machine_metadata`` is on. The data comes from the front matter when a page is
written. It is untrusted text: here it becomes attributes and one block of JSON, escaped so that it
can end neither of them.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from sphinx_ajo.base.pages import PAGE_BUILDERS, parents_of
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.page_info import LEVELS, ROLES, TOPICS, update_of, words_of
from sphinx_ajo.language.addresses import safe_address
from sphinx_ajo.language.characters import encodable, without_controls
from sphinx_ajo.language.identities import is_uuid
from sphinx_ajo.language.languages import ENGLISH, locale_name
from sphinx_ajo.project.articles import articles_of
from sphinx_ajo.project.domain import TRANSLATED
from sphinx_ajo.project.links import resolver_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

OPENGRAPH: Final = "sphinxext.opengraph"
"""The extension that writes Open Graph itself; it gets the data of the front matter."""

_GIVEN = re.compile(r'(?:name|property)="((?:og|twitter|article):[^"]{1,60})"')
_NAME = re.compile(r"og:[\w:.-]+")
_FOR_JSON: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Characters that could end a script, or begin a comment in it."""


class PageFacts:
    """The metadata of one page."""

    def __init__(self, app: Sphinx, docname: str, context: dict[str, Any]) -> None:
        """Prepare."""
        self._app = app
        self._docname = docname
        self._official = resolver_of(app.env).official
        self.metadata = app.env.metadata.get(docname, {})
        self.title = self._text("title") or self._heading(docname)
        self.description = self._text("description")
        self.language = app.config.language.replace("_", "-")
        self.url = str(context.get("pageurl") or "") or self._address(docname)
        update = update_of(self.metadata)
        self.updated = update.isoformat() if update else ""
        self.image = self._web_address(self._text("thumbnail")) or self._site_image()

    def _text(self, key: str) -> str:
        return str(self.metadata.get(key, "")).strip()

    def _web_address(self, text: str) -> str:
        address = safe_address(text) or ""
        return address if address.lower().startswith(("http://", "https://")) else ""

    def _site_image(self) -> str:
        config = self._app.config
        path = get_ajo_config(config).social_image
        return self._web_address(urljoin(config.html_baseurl, path)) if path else ""

    def _heading(self, docname: str) -> str:
        title = self._app.env.titles.get(docname)
        return title.astext() if title is not None else docname

    def _address(self, docname: str) -> str:
        """Return the absolute address of a page; empty if the address of the site is not known."""
        base = self._app.config.html_baseurl
        return posixpath.join(base, self._app.builder.get_target_uri(docname)) if base else ""

    def open_graph(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values of the tags for social networks."""
        tags = (
            ("og:type", "article"),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", self.url),
            ("og:site_name", self._app.config.project),
            ("og:locale", locale_name(self.language)),
            ("og:image", self.image),
            ("article:modified_time", self.updated),
            *(("article:tag", topic) for topic in words_of(self.metadata, *TOPICS)),
            # a Twitter card uses the title and the rest of the tags above
            ("twitter:card", "summary_large_image" if self.image else "summary"),
        )
        return (tag for tag in tags if tag[1])

    def schema_org(self) -> dict[str, Any]:
        """Return the data for search engines.

        :returns: An article, and the breadcrumbs that lead to it.
        """
        graph = [self._article(), *self._breadcrumbs()]
        return {"@context": "https://schema.org", "@graph": graph}

    def _article(self) -> dict[str, Any]:
        metadata = self.metadata
        id_ = articles_of(self._app.env).ids.get(self._docname, "")
        roles = words_of(metadata, *ROLES)
        entries = {
            "@type": "TechArticle",
            "headline": self.title,
            "description": self.description,
            "url": self.url,
            "identifier": f"urn:uuid:{id_}" if is_uuid(id_) else "",
            "image": self.image,
            "inLanguage": self.language,
            "dateModified": self.updated,
            "keywords": words_of(metadata, *TOPICS),
            "proficiencyLevel": ", ".join(words_of(metadata, *LEVELS)),
            "audience": [{"@type": "Audience", "audienceType": role} for role in roles],
            "translationOfWork": self._original(),
            "isPartOf": self._site(),
        }
        return {key: value for key, value in entries.items() if value}

    def _original(self) -> dict[str, str] | None:
        """Return the English page of which a page is a translation."""
        if TRANSLATED not in self.metadata or self._official.language == ENGLISH:
            return None
        url = replace(self._official, language=ENGLISH).url(self._docname)
        return {"@type": "TechArticle", "url": url, "inLanguage": ENGLISH} if url else None

    def _site(self) -> dict[str, str]:
        config = self._app.config
        site = {"@type": "WebSite", "name": config.project, "url": config.html_baseurl}
        return {key: value for key, value in site.items() if value}

    def _breadcrumbs(self) -> Iterator[dict[str, Any]]:
        path = [*self._parents(), self._docname]
        if len(path) > 1:
            items = [self._crumb(number, docname) for number, docname in enumerate(path, 1)]
            yield {"@type": "BreadcrumbList", "itemListElement": items}

    def _crumb(self, number: int, docname: str) -> dict[str, Any]:
        builder = self._app.builder
        # a relative address is relative to the page, like that of a link
        url = self._address(docname) or builder.get_relative_uri(self._docname, docname)
        url = url or posixpath.basename(builder.get_target_uri(docname)) or "./"
        return {
            "@type": "ListItem",
            "position": number,
            "name": self._heading(docname),
            "item": url,
        }

    def _parents(self) -> list[str]:
        relations: dict[str, list[str | None]] = getattr(self._app.builder, "relations", {})
        return parents_of(self._docname, relations)


def json_block(data: dict[str, Any]) -> str:
    """Write data as a block of JSON, which browsers do not run.

    :returns: The element; no text in it can end it.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = encodable(text).translate(_FOR_JSON)
    return f'<script type="application/ld+json">{text}</script>'


def _meta(name: str, content: str) -> str:
    key = "name" if name.startswith("twitter:") else "property"
    content = without_controls(content)
    return f'<meta {key}="{name}" content="{html.escape(content)}" />'


def _is_wanted(app: Sphinx, doctree: nodes.document | None) -> bool:
    return (
        doctree is not None
        and app.builder.name in PAGE_BUILDERS
        and get_ajo_config(app.config).machine_metadata
    )


def _configure_opengraph(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the front matter to the extension for Open Graph, in place of what it reads itself.

    That extension prints names unescaped, and escapes only quotes in values.
    """
    if OPENGRAPH not in app.extensions or not _is_wanted(app, doctree):
        return
    facts = PageFacts(app, pagename, context)
    fed = {"title": facts.title, "description": facts.description, "image": facts.image}
    known = {f"og:{name}": html.escape(text) for name, text in fed.items() if text}
    given = {
        name: value
        for name, value in (context.get("meta") or {}).items()
        if not name.startswith("og:") or _NAME.fullmatch(name)
    }
    context["meta"] = known | given


def _add(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the tags that the head of the page does not have yet."""
    if not _is_wanted(app, doctree):
        return
    facts = PageFacts(app, pagename, context)
    head = str(context.get("metatags", ""))
    given = set(_GIVEN.findall(head))
    lines = [head]
    if OPENGRAPH not in app.extensions:
        tags = (tag for tag in facts.open_graph() if tag[0] not in given)
        lines += [_meta(name, content) for name, content in tags]
    lines.append(json_block(facts.schema_org()))
    context["metatags"] = "\n".join(filter(None, lines)) + "\n"


def setup_machine_metadata(app: Sphinx) -> None:
    """Register the handlers."""
    # before and after other extensions (500); after the official address is set (700)
    app.connect("html-page-context", _configure_opengraph, priority=400)
    app.connect("html-page-context", _add, priority=800)
