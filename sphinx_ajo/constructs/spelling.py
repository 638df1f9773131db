"""Find images and files whose written names differ from the real ones.

Authors work on systems that treat ``Assets/Foo.PNG`` and ``assets/foo.png`` as the same file, and
do not notice a space at the end of a folder name. Pages are found by
:mod:`sphinx_ajo.site.urls.pages`.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.file_links import DOWNLOAD, HREF, ajo_file_link
from sphinx_ajo.constructs.link_windows import TARGET, mark_target
from sphinx_ajo.language.files import fold
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.project.boundary import boundary_of
from sphinx_ajo.project.domain import AjoDomain
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

_KEPT: Final = (
    *("refdoc", "refdomain", "reftype", "refexplicit"),
    *("classes", "ids", "names", "reftitle", HREF, DOWNLOAD),
)
"""The attributes that a link to a file keeps of the original link."""


def spelled_as_file(folder: str | Path, path: str) -> str:
    """Return the real spelling of the path of a file.

    :param path: The path, with slashes as separators.
    :returns: The only file whose path differs just in upper and lower case, and in spaces at the
        ends of names; empty if there is none, or several.
    """
    place, found = str(folder), []
    for name in posixpath.normpath(path).split("/"):
        if name != ".." and not os.path.lexists(os.path.join(place, name)):  # noqa: PTH118
            name = _entry(place, fold(name))
            if not name:
                return ""
        found.append(name)
        place = os.path.join(place, name)  # noqa: PTH118
    return "/".join(found) if os.path.isfile(place) else ""  # noqa: PTH113


def _entry(folder: str, folded: str) -> str:
    try:
        names = [name for name in os.listdir(folder) if fold(name) == folded]  # noqa: PTH208
    except OSError:
        return ""
    return names[0] if len(names) == 1 else ""


class SpellingTransform(SphinxTransform):
    """Correct the paths of images and files that do not exist as written."""

    # before images and files are collected, which is after all transforms
    default_priority = 500

    def apply(self, **_kwargs: Any) -> None:
        """Correct them, with a warning for each."""
        for image in self.document.findall(nodes.image):
            uri = image.get("uri", "")
            # images of MyST and of other markup are not ours
            if uri.startswith("/") and "ajo-image" in image["classes"]:
                path = self._find(uri[1:])
                if path and self._report(image, uri[1:], path):
                    image["uri"] = f"/{path}"
        for link in list(self.document.findall(addnodes.pending_xref)):
            target = link.get("ajo_path", "")
            if link.get("refdomain") != AjoDomain.name or target.lower().endswith((".md", "/")):
                continue
            if target and posixpath.splitext(target)[1] and (path := self._find(target)):
                self._report(link, target, path)
                link.replace_self(_download(link, path))

    def _find(self, path: str) -> str:
        srcdir = self.env.srcdir
        # once for each image and file
        whole = os.path.join(srcdir, path)  # noqa: PTH118
        boundary = boundary_of(self.env)
        if os.path.isfile(whole) or not boundary.holds(whole):  # noqa: PTH113
            return ""
        found = spelled_as_file(srcdir, path)
        return found if found and boundary.holds(os.path.join(srcdir, found)) else ""  # noqa: PTH118

    def _report(self, node: nodes.Node, written: str, path: str) -> bool:
        message = "%r differs in case or blanks from the file %r, which is used"
        warn(AjoWarnings.LINK_CASE, message, written, path, location=node)
        return True


def _download(link: addnodes.pending_xref, path: str) -> ajo_file_link:
    attributes = {name: link[name] for name in _KEPT if name in link}
    node = ajo_file_link(link.rawsource, "", *link.children, reftarget=f"/{path}", **attributes)
    node.source, node.line = link.source, link.line
    if TARGET in link:
        mark_target(node, link[TARGET])
    return node


def setup_spelling(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(SpellingTransform)


CONSTRUCT = Construct(name="spelling", setup=setup_spelling)
"""The construct, for the extension."""
