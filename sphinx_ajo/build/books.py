"""Complete what EPUB requires and Sphinx leaves out; let manual pages show our boxes."""

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
"""The version of a book that has none."""


def _set_version(app: Sphinx) -> None:
    """Give a book the version that its format asks for.

    While pages are read there must be none: another one would be a reason to read them again.
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
    """Makes the book of an ExL repository, in which two guides may list the same page."""

    def check_refnodes(self, nodes: list[dict[str, Any]]) -> None:
        """Leave the second entry of a page out of the contents; Sphinx warns of it and keeps it."""
        entries = {entry["refuri"]: entry for entry in reversed(nodes)}
        nodes[:] = [entry for entry in nodes if entries[entry["refuri"]] is entry]


def _use_builder(app: Sphinx) -> None:
    if isinstance(app.builder, Epub3Builder) and repository_of(app) is not None:
        mix_in(app.builder, BookBuilder)


def _accept_capital_suffixes(app: Sphinx) -> None:
    """Let files into a book whose names end in capitals: ``SCREEN.PNG``."""
    builder = app.builder
    if isinstance(builder, Epub3Builder):
        types = builder.media_types
        capitals = {ending.upper(): kind for ending, kind in types.items()}
        # rebound: it belongs to all builders of the process
        builder.media_types = capitals | types


def _leave_out_doctrees(app: Sphinx, builder: Builder) -> None:
    """Tell Sphinx that its own files, which it keeps in the folder of a book, are no part of it.

    It does not know, and gives a warning for each of them.
    """
    doctrees, out = Path(app.doctreedir), Path(app.outdir)
    if isinstance(builder, Epub3Builder) and out in doctrees.parents and repository_of(app):
        files = [str(path.relative_to(out)) for path in doctrees.rglob("*") if path.is_file()]
        app.config.epub_exclude_files = [*app.config.epub_exclude_files, *files]


def _mend_package(app: Sphinx, exception: Exception | None) -> None:
    """Say in the files about a book what Sphinx does not, and pack it again."""
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
    """Change the text of a file; tell whether that made a difference."""
    path = Path(builder.outdir, name)
    old = path.read_text(encoding="utf-8")
    text = change(builder, old)
    if text != old:
        path.write_text(text, encoding="utf-8")
    return text != old


def _declare_images(builder: Epub3Builder, text: str) -> str:
    """Declare which pages have inline SVG, such as icons: e-readers may reject them otherwise."""
    for name in builder.files:
        if name.endswith(".xhtml") and b"<svg" in Path(builder.outdir, name).read_bytes():
            item = f'href="{html.escape(quote(name))}" media-type="application/xhtml+xml"'
            text = text.replace(f"{item} />", f'{item} properties="svg" />')
    return text


def _read_all_pages(_builder: Epub3Builder, text: str) -> str:
    """Let readers turn to the pages that the navigation does not show, behind all others.

    To some of them, no page links; nobody could reach them, and a book may not have such pages.
    """
    return text.replace(' linear="no" />', " />")


def _name_book(builder: Epub3Builder, text: str) -> str:
    """Name a book in its old table of contents as in its package.

    Sphinx writes ``epub_uid`` there, which is the XML id of that name.
    """
    config = builder.config
    old, new = (
        f'name="dtb:uid" content="{value}"'
        for value in (config.epub_uid, html.escape(config.epub_identifier))
    )
    return text.replace(old, new, 1)


class ManualContainersTransform(SphinxPostTransform):
    """Put what is in our boxes in their place.

    The writer of manual pages begins no paragraph at the first child of a box, so it would run into
    what stands before the box.
    """

    # after all that looks for boxes
    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Replace every box of ours, and take addresses that are empty from links to pages."""
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
    # around the check of Sphinx (500), and again when all is read and saved
    app.connect("builder-inited", _set_version, priority=490)
    app.connect("builder-inited", _unset_version, priority=510)
    app.connect("write-started", lambda app, _builder: _set_version(app))
    app.connect("builder-inited", _accept_capital_suffixes)
    # after the folder has been found to be a repository
    app.connect("builder-inited", _use_builder, priority=960)
    app.connect("write-started", _leave_out_doctrees)
    app.connect("build-finished", _mend_package)
