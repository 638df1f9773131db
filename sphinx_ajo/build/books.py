"""Complete what EPUB requires and Sphinx leaves out; make manual pages show our boxes."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.foreign.sphinx import mix_in
from sphinx_ajo.project.repository import repository_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

VERSION: Final = "1.0"
"""The version of a book whose project has none."""


def _set_version(app: Sphinx) -> None:
    """Give a book the version that its format requires.

    It is set only after reading: a changed version would make Sphinx read all pages again.
    """
    if _wants_version(app):
        app.config.version = VERSION


def _unset_version(app: Sphinx) -> None:
    if _wants_version(app, VERSION):
        app.config.version = ""


def _wants_version(app: Sphinx, version: str = "") -> bool:
    return (
        isinstance(app.builder, Epub3Builder)
        and app.config.version == version
        and app.config.ajo_dialect != "mixed"
        and repository_of(app) is not None
    )


class BookBuilder(Epub3Builder):
    """Builds the book of an ExL repository, in which two guides may list the same page."""

    def check_refnodes(self, nodes: list[dict[str, Any]]) -> None:
        """Leave the second entry of a page out of the contents; Sphinx warns and keeps it."""
        entries = {entry["refuri"]: entry for entry in reversed(nodes)}
        nodes[:] = [entry for entry in nodes if entries[entry["refuri"]] is entry]


def _use_builder(app: Sphinx) -> None:
    if isinstance(app.builder, Epub3Builder) and repository_of(app) is not None:
        mix_in(app.builder, BookBuilder)


def _accept_capital_suffixes(app: Sphinx) -> None:
    """Accept files whose suffix is in upper case: ``SCREEN.PNG``."""
    builder = app.builder
    if isinstance(builder, Epub3Builder):
        types = builder.media_types
        capitals = {ending.upper(): kind for ending, kind in types.items()}
        # rebound, not changed: all builders of the process share it
        builder.media_types = capitals | types


def _leave_out_doctrees(app: Sphinx, builder: Builder) -> None:
    """Exclude doctrees and other files of Sphinx in the output folder from the book.

    Otherwise, Sphinx warns about each of them.
    """
    doctrees, out = Path(app.doctreedir), Path(app.outdir)
    if isinstance(builder, Epub3Builder) and out in doctrees.parents and repository_of(app):
        files = [str(path.relative_to(out)) for path in doctrees.rglob("*") if path.is_file()]
        app.config.epub_exclude_files = [*app.config.epub_exclude_files, *files]


def _mend_package(app: Sphinx, exception: Exception | None) -> None:
    """Complete the package files of a book, and pack it again."""
    builder = app.builder
    if exception is not None or not isinstance(builder, Epub3Builder):
        return
    mended = [_mend(builder, "content.opf", _declare_images)]
    if repository_of(app) is not None:
        mended += [
            _mend(builder, "content.opf", _read_all_pages),
            _mend(builder, "toc.ncx", _name_book),
        ]
    if any(mended):
        builder.build_epub()


def _mend(builder: Epub3Builder, name: str, change: Callable[[Epub3Builder, str], str]) -> bool:
    """Rewrite the text of a file; tell whether it has changed."""
    path = Path(builder.outdir, name)
    old = path.read_text(encoding="utf-8")
    text = change(builder, old)
    if text != old:
        path.write_text(text, encoding="utf-8")
    return text != old


def _declare_images(builder: Epub3Builder, text: str) -> str:
    """Declare which pages have inline SVG, such as icons; otherwise e-readers may reject them."""
    for name in builder.files:
        if name.endswith(".xhtml") and b"<svg" in Path(builder.outdir, name).read_bytes():
            item = f'href="{html.escape(quote(name))}" media-type="application/xhtml+xml"'
            text = text.replace(f"{item} />", f'{item} properties="svg" />')
    return text


def _read_all_pages(_builder: Epub3Builder, text: str) -> str:
    """Append the pages that the navigation does not show to the reading order.

    Some of them have no links to them, and EPUB does not allow unreachable pages.
    """
    return text.replace(' linear="no" />', " />")


def _name_book(builder: Epub3Builder, text: str) -> str:
    """Use the same identifier in the old table of contents as in the package.

    Sphinx writes ``epub_uid`` there, which is only the XML id of the identifier.
    """
    config = builder.config
    old, new = (
        f'name="dtb:uid" content="{value}"'
        for value in (config.epub_uid, html.escape(config.epub_identifier))
    )
    return text.replace(old, new, 1)


class ManualContainersTransform(SphinxPostTransform):
    """Replace our boxes by their content.

    The manual page writer does not begin a paragraph at the first child of a box, so it would be
    joined with the text before the box.
    """

    # after all transforms that look for boxes
    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Replace each of our boxes, and remove empty addresses from links to pages."""
        for link in list(self.document.findall(nodes.reference)):
            if link.get("refuri") == "":
                del link["refuri"]
        for box in list(self.document.findall(nodes.container)):
            if box.tagname.startswith("ajo_") or any(
                name.startswith("ajo-") for name in box["classes"]
            ):
                box.replace_self(box.children)


def setup_books(app: Sphinx) -> None:
    """Register the handlers."""
    app.add_post_transform(ManualContainersTransform)
    # around the check of Sphinx (500), and again after all pages are read and saved
    app.connect("builder-inited", _set_version, priority=490)
    app.connect("builder-inited", _unset_version, priority=510)
    app.connect("write-started", lambda app, _builder: _set_version(app))
    app.connect("builder-inited", _accept_capital_suffixes)
    # after the folder has been recognized as a repository
    app.connect("builder-inited", _use_builder, priority=960)
    app.connect("write-started", _leave_out_doctrees)
    app.connect("build-finished", _mend_package)
