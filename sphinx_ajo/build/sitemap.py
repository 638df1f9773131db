"""Write ``sitemap.xml``: all pages for search engines, each in all of its languages.

If sphinx-sitemap writes the file, only the languages are added to it.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from sphinx_ajo.base.pages import PAGE_BUILDERS
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.build.alternates import whole_alternates
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.constructs.page_info import update_of
from sphinx_ajo.language.paths import is_inside, write_if_changed
from sphinx_ajo.project.links import resolver_of
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

EXTENSION: Final = "sphinx_sitemap"
"""The extension that writes the file itself."""

FILE_NAME: Final = "sitemap.xml"
"""The file in the output."""

MARK: Final = "<!-- sphinx_ajo -->"
"""The mark by which we recognize our own file."""

_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


def _write(app: Sphinx, exception: Exception | None) -> None:
    """Write the file; if it is switched off, remove that of an earlier build."""
    if exception is not None or app.builder.name not in PAGE_BUILDERS:
        return
    wanted = get_ajo_config(app.config).sitemap == "auto" and bool(app.config.html_baseurl)
    try:
        if EXTENSION in app.extensions:
            if wanted:
                _complete(app)
            return
        path = Path(app.outdir, FILE_NAME)
        # never overwrite a file of the project
        if path.exists() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
            return
        if wanted:
            write_if_changed(path, _text(app), Path(app.outdir))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        message = "%s cannot be written: %s"
        warn(AjoWarnings.FILE, message, FILE_NAME, error.strerror, location=None)


def _text(app: Sphinx) -> str:
    root = ET.Element(f"{{{_SPACE}}}urlset")
    for docname in _pages(app):
        url = ET.SubElement(root, f"{{{_SPACE}}}url")
        ET.SubElement(url, f"{{{_SPACE}}}loc").text = _address(app, docname)
        if day := update_of(app.env.metadata.get(docname, {})):
            ET.SubElement(url, f"{{{_SPACE}}}lastmod").text = day.isoformat()
        _add_languages(app, url, docname)
    ET.indent(root, " ")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{MARK}\n'
    return f"{head}{_serialized(root)}\n"


def _pages(app: Sphinx) -> Iterator[str]:
    """Yield the pages for search engines: those whose canonical address is not elsewhere."""
    canonical = get_ajo_config(app.config).canonical
    official = resolver_of(app.env).official
    for docname in sorted(app.env.all_docs):
        robots = str(app.env.metadata.get(docname, {}).get("robots", ""))
        if "noindex" not in robots and not (canonical and official.url(docname)):
            yield docname


def _address(app: Sphinx, docname: str) -> str:
    return posixpath.join(app.config.html_baseurl, app.builder.get_target_uri(docname))


def _add_languages(app: Sphinx, url: ET.Element, docname: str) -> None:
    for language, address, _ in whole_alternates(app, docname):
        entry = {"rel": "alternate", "hreflang": language, "href": address}
        ET.SubElement(url, f"{{{_XHTML}}}link", entry)


def _serialized(root: ET.Element) -> str:
    ET.register_namespace("", _SPACE)
    ET.register_namespace("xhtml", _XHTML)
    return ET.tostring(root, encoding="unicode")


def _complete(app: Sphinx) -> None:
    """Add the languages to the file of the extension, matching addresses by their ends."""
    outdir = Path(app.outdir)
    path = outdir / str(getattr(app.config, "sitemap_filename", FILE_NAME))
    if not path.is_file() or not is_inside(path, outdir):
        return
    ends = {app.builder.get_target_uri(name): name for name in app.env.all_docs}
    root = ET.fromstring(path.read_bytes())  # noqa: S314 (the extension has just written it)
    changed = False
    for url in root.iter(f"{{{_SPACE}}}url"):
        docname = _page_at(url.findtext(f"{{{_SPACE}}}loc") or "", ends)
        if docname and url.find(f"{{{_XHTML}}}link") is None:
            _add_languages(app, url, docname)
            changed = True
    if changed:
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{_serialized(root)}', "utf-8")


def _page_at(address: str, ends: dict[str, str]) -> str:
    """Return the page whose relative address is the longest end of an absolute address."""
    parts = address.partition("://")[2].split("/")[1:]
    found = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((ends[end] for end in found if end in ends), "")


def setup_sitemap(app: Sphinx) -> None:
    """Register the handler."""
    # after the extension (500)
    app.connect("build-finished", _write, priority=600)
