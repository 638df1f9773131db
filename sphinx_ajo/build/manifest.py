"""Write ``ajo-pages.json``: metadata of each page, for other sites and programs.

``sphinx_ajo/schemas/ajo-pages-1.json`` is its schema. The same sources always give the same file:
it has no times, no versions, and no paths of this machine.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_ajo.base.pages import PAGE_BUILDERS, parents_of
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.site_lists import FILE_NAME
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.page_info import LEVELS, ROLES, TOPICS, update_of, words_of
from sphinx_ajo.language.characters import encodable
from sphinx_ajo.language.languages import SITE
from sphinx_ajo.language.paths import write_if_changed
from sphinx_ajo.project.articles import articles_of, links_domain
from sphinx_ajo.project.later import do_later
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.project.navigation import guide_page, is_generated
from sphinx_ajo.project.page_texts import TEXTS, read_text_of
from sphinx_ajo.project.repository import source_prefix
from sphinx_ajo.project.twins import guides_of
from sphinx_ajo.site.manifests import SCHEMA
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

_MADE = re.compile(r"(?:id|index-|footnote-)\d+|footnote-reference-\d+")
# ids that docutils numbers

_PATHS: Final = frozenset({"path", "root"})
# the path of the start page of folders is empty


class Manifest:
    """The list of all pages of one build."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare.

        :param app: The Sphinx application; all pages have been read.
        """
        self._app = app
        self._env = env = app.env
        self._official = resolver_of(env).official
        self._articles = articles_of(env)
        self._headings = links_domain(env).anchors
        self._relations = env.collect_relations()
        self._prefix = source_prefix(env)
        self._language = app.config.language.replace("_", "-")

    def data(self) -> dict[str, Any]:
        """Return the whole list."""
        config = self._app.config
        head = {
            "$schema": SCHEMA,
            "project": config.project,
            "product": self._official.product,
            "language": self._language,
            "base": config.html_baseurl,
            "root": self._path(config.root_doc),
            "guides": list(self._guides()),
            "moved": self._moved(),
        }
        pages = [self.page(docname) for docname in sorted(self._env.all_docs)]
        return {**_without_empty(head), "pages": pages}

    def page(self, docname: str) -> dict[str, Any]:
        """Return the entries of a page.

        :returns: The entries; those without a value are left out.
        """
        env = self._env
        metadata = env.metadata.get(docname, {})
        text = TEXTS.of(env).get(docname)
        update = update_of(metadata)
        entries = {
            "id": self._articles.ids.get(docname),
            "name": docname,
            "path": self._path(docname),
            "url": self._official.url(docname),
            "title": self._title(docname),
            "description": str(metadata.get("description", "")),
            "language": self._language,
            "guide": self._guide(docname),
            "breadcrumb": [self._link(parent) for parent in parents_of(docname, self._relations)],
            "source": self._source(docname),
            "commit": str(metadata.get("source-git-commit", "")),
            "updated": update.isoformat() if update else "",
            "words": text.words if text else 0,
            "translation": str(metadata.get("ht-degree", "")),
            "topics": words_of(metadata, *TOPICS),
            "roles": words_of(metadata, *ROLES),
            "levels": words_of(metadata, *LEVELS),
            "noindex": "noindex" in str(metadata.get("robots", "")),
            "headings": [
                {"id": id_, "title": title}
                for id_, title in self._headings.get(docname, {}).items()
                if title
            ],
            "anchors": self._anchors(docname),
            "slugs": self._slugs(docname),
            "digest": text.digest if text else "",
        }
        return _without_empty(entries)

    def _guides(self) -> Iterator[dict[str, str]]:
        for guide in guides_of(self._env)[:1]:
            for title, docname, description in guide.guides if not guide.url else ():
                entries = {"title": title, "path": self._path(docname), "description": description}
                yield _without_empty(entries)

    def _moved(self) -> dict[str, str]:
        """Return the targets of the old addresses in ``redirects.csv``."""
        found = {}
        for old in sorted(self._official.redirects):
            if local := self._official.find(f"{SITE}/docs/{quote(old)}"):
                path = self._path(local.docname)
                found[old] = f"{path}#{quote(local.anchor)}" if local.anchor else path
        return found

    def _anchors(self, docname: str) -> list[str]:
        """Return the ids that links may name, except those of headings and automatic ones."""
        ids = self._headings.get(docname, {})
        return sorted(id_ for id_, title in ids.items() if not title and not _MADE.fullmatch(id_))

    def _slugs(self, docname: str) -> dict[str, str]:
        slugs = links_domain(self._env).slugs.get(docname, {})
        return {slug: id_ for slug, id_ in sorted(slugs.items()) if slug != id_}

    def _path(self, docname: str) -> str:
        return self._app.builder.get_target_uri(docname)

    def _title(self, docname: str) -> str:
        title = self._env.titles.get(docname)
        return title.astext() if title is not None else docname

    def _link(self, docname: str) -> dict[str, str]:
        return {"title": self._title(docname), "path": self._path(docname)}

    def _guide(self, docname: str) -> dict[str, str] | None:
        page = guide_page(self._env, docname)
        return self._link(page) if page else None

    def _source(self, docname: str) -> str:
        if is_generated(self._env, docname):
            return ""
        path = Path(str(self._env.doc2path(docname, base=False)))
        return Path(self._prefix, path).as_posix()


def _without_empty(entries: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value or key in _PATHS}


def _note_text(app: Sphinx, document: nodes.document) -> None:
    TEXTS.of(app.env)[app.env.docname] = read_text_of(document)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name in PAGE_BUILDERS:
        do_later(app, FILE_NAME, partial(_write_now, app))


def _write_now(app: Sphinx) -> None:
    """Write the file; if it is switched off, remove that of an earlier build."""
    outdir = Path(app.outdir)
    path = outdir / FILE_NAME
    try:
        # never overwrite a file of the project
        if path.exists() and not _is_ours(path):
            return
        if get_ajo_config(app.config).manifest:
            text = json.dumps(Manifest(app).data(), ensure_ascii=False, indent=1)
            # the same for readers of JSON, and no markup for others
            text = encodable(text).replace("<", "\\u003c")
            write_if_changed(path, f"{text}\n", outdir)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        message = "%s cannot be written: %s"
        warn(AjoWarnings.FILE, message, FILE_NAME, error.strerror, location=None)


def _is_ours(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return SCHEMA in file.read(len(SCHEMA) + 30)


def setup_manifest(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("doctree-read", _note_text)
    app.connect("build-finished", _write)
