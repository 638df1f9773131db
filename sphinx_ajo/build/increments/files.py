"""The files of an output folder that belong to pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_ajo.build.styles import style_file
from sphinx_ajo.build.toc.project import RepositoryProject
from sphinx_ajo.language.paths import is_inside
from sphinx_ajo.navigation.data import DATA_FILE
from sphinx_ajo.navigation.mode import navigation_mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

NAVIGATION: Final = tuple(
    f"_static/{name}" for name in (DATA_FILE, "ajo-navigation.css", "ajo-navigation.js")
)
"""The files that pages load if their sidebars contain only a branch."""


def page_files(app: Sphinx, docnames: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return where pages are written.

    :returns: Page → its file, its stylesheet and the copy of its source, as paths in the output
        folder.
    """
    builder, project, config = app.builder, app.project, app.config
    assert isinstance(builder, StandaloneHTMLBuilder)  # noqa: S101 (for the type checker)
    assert isinstance(project, RepositoryProject)  # noqa: S101
    outdir = len(str(Path(app.outdir))) + 1
    found: dict[str, tuple[str, ...]] = {}
    for docname in docnames:
        # by length, as the path of the output folder may contain `..`; names of pages never do
        page = Path(builder.get_outfilename(docname)).as_posix()[outdir:]
        styles = f"_static/{style_file(docname)}"
        found[docname] = (page, styles)
        if config.html_copy_source and not project.is_generated(docname):
            source = Path(project.doc2path(docname, absolute=False)).as_posix()
            if not source.endswith(config.html_sourcelink_suffix):
                source += config.html_sourcelink_suffix
            found[docname] = (page, styles, f"_sources/{source}")
    return found


def shared_files(app: Sphinx, *, written: bool = False) -> set[str]:
    """Return the files that pages share: images, downloads, the navigation.

    :param written: Whether to return just those that this build has written.
    """
    env, builder = app.env, app.builder
    names = builder.images.values() if written else (name for _, name in env.images.values())
    found = {f"{builder.imagedir}/{name}" for name in names}
    found |= {f"_downloads/{name}" for _, name in env.dlfiles.values()}
    if navigation_mode(app) == "branch":
        found.update(NAVIGATION)
    return found


def remove_files(outdir: Path, names: Iterable[str]) -> None:
    """Remove files, and the folders that they leave empty.

    :param names: Their paths in it. Nothing outside is touched.
    """
    for name in sorted(names):
        path = outdir / name
        if not is_inside(path, outdir):
            continue
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == outdir or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
