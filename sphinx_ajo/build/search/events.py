"""The search page of a repository: ranking of results, and where each page is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.base.package import PACKAGE_DIR
from sphinx_ajo.base.pages import PAGE_BUILDERS, parents_of
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.foreign.sphinx import forget_checksums, user_settings
from sphinx_ajo.language.characters import encodable
from sphinx_ajo.language.paths import write_if_changed
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.repository import repository_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

FOLDER: Final = PACKAGE_DIR / "build" / "search"

SCORER: Final = FOLDER / "scorer.js"
"""The script that ranks results; Sphinx copies it into a script of its own."""

DATA_FILE: Final = "ajo-search-data.js"
"""The script in ``_static`` with the data of pages."""


def _is_wanted(app: Sphinx) -> bool:
    return (
        get_ajo_config(app.config).search
        and app.config.ajo_dialect != "mixed"
        and repository_of(app) is not None
    )


def _set_search(app: Sphinx) -> None:
    """Set our scorer, unless the project has its own, and add our files."""
    if app.builder.name not in PAGE_BUILDERS or not _is_wanted(app):
        return
    if "html_search_scorer" not in user_settings(app.config):
        app.config.html_search_scorer = str(SCORER)
    # rebound, not appended to: the default list is shared by all Sphinx runs of a process
    app.config.html_static_path = [*app.config.html_static_path, str(FOLDER / "static")]


def search_data(app: Sphinx) -> dict[str, Any]:
    """Return the data of pages for the scripts of the search page.

    :param app: The Sphinx application; all pages have been read.
    :returns: The parent of each page, and the titles of parents, by address; and the names of
        generated pages. The root page, which is above all others, is left out.
    """
    env = app.env
    relations = env.collect_relations()
    address = app.builder.get_target_uri
    parents, titles = {}, {}
    for docname in sorted(env.all_docs):
        above = [page for page in parents_of(docname, relations) if page != env.config.root_doc]
        if above:
            parents[address(docname)] = address(above[-1])
            titles[address(above[-1])] = env.titles[above[-1]].astext()
    generated = sorted(name for name, page in site_of(env).pages.items() if page.generated)
    return {"parents": parents, "titles": titles, "generated": generated}


def _script(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = encodable(text).replace("<", "\\u003c")
    return f"window.ajoSearch={text}"


def _add_files(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the scripts to the search page; no other page needs them."""
    if pagename != "search" or doctree is not None or app.builder.name not in PAGE_BUILDERS:
        return
    outdir = Path(app.outdir)
    path = outdir / "_static" / DATA_FILE
    if not _is_wanted(app):
        path.unlink(missing_ok=True)
        return
    # written now, because its digest is part of its address
    write_if_changed(path, _script(search_data(app)), outdir)
    forget_checksums()
    app.add_css_file("ajo-search.css")
    # before the scripts of Sphinx
    app.add_js_file(DATA_FILE)
    app.add_js_file("ajo-search.js")


def setup_search_page(app: Sphinx) -> None:
    """Register the handlers."""
    # after the folder has been found to be a repository
    app.connect("builder-inited", _set_search, priority=960)
    app.connect("html-page-context", _add_files)
