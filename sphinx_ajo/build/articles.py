"""Record the ids of articles while pages are read, and handle links that no page resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.ext.intersphinx import missing_reference

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.identities import is_uuid, split_target
from sphinx_ajo.project.articles import ArticleDomain, articles_of, line_of_id
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment


def _note(app: Sphinx, document: nodes.document) -> None:
    env = app.env
    articles = articles_of(env)
    articles.note(env.docname, document)
    id_ = articles.ids.get(env.docname, "")
    if id_ and not is_uuid(id_):
        message = "the exl-id %r is not a UUID; links by it work, but it has no permanent address"
        line = line_of_id(env.doc2path(env.docname))
        warn(AjoWarnings.EXL_ID_FORM, message, id_, location=(env.docname, line))


def _updated(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the pages whose links to articles have a new target or text."""
    articles = articles_of(env)
    old: dict[str, list[str]] = articles.data["shown"]
    new = {docname: articles.targets(docname) for docname in sorted(articles.links)}
    articles.data["shown"] = new
    return [docname for docname, targets in new.items() if old.get(docname) != targets]


def _look_elsewhere(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Look up an element of an article in inventories, which list only whole articles."""
    target = node["reftarget"]
    if (
        node.get("refdomain") != ArticleDomain.name
        or "#" not in target
        or "sphinx.ext.intersphinx" not in app.extensions
    ):
        return None
    node["reftarget"], anchor = split_target(target)
    found = missing_reference(app, env, node, content)
    node["reftarget"] = target
    if found is not None:
        found["refuri"] = f"{found['refuri'].partition('#')[0]}#{quote(anchor)}"
    return found


def _warn_of_missing(_app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn that no page, here or in an inventory, has the article id of a link."""
    if domain is None or domain.name != ArticleDomain.name:
        return None
    message = "no page has the exl-id %r; the text of the link stays"
    id_ = split_target(node["reftarget"])[0]
    warn(AjoWarnings.LINK_MISSING, message, id_, location=node, page=node.get("refdoc", ""))
    return True


def setup_articles(app: Sphinx) -> None:
    """Register the domain and the handlers."""
    app.add_domain(ArticleDomain)
    # after Sphinx has collected the metadata (500)
    app.connect("doctree-read", _note, priority=600)
    app.connect("env-get-updated", _updated)
    app.connect("missing-reference", _look_elsewhere)
    app.connect("warn-missing-reference", _warn_of_missing)
