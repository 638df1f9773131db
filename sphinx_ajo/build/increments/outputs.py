"""Which output files are outdated because they are missing, or older than the doctree."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.text import TextBuilder
from sphinx.builders.xml import XMLBuilder

from sphinx_ajo.build.toc.project import RepositoryProject, keeps_ledger
from sphinx_ajo.foreign.sphinx import exchange_outdated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx


def _web_pages(app: Sphinx, stock: Callable[[], str | Iterable[str]]) -> Iterable[str]:
    """Name the pages without an output file.

    The ledger, which is compared after reading, knows the rest.
    """
    path = Path(app.outdir, ".buildinfo")
    before = _read(path)
    pages = list(stock())
    if not before or before != _read(path):
        # the existing files were not made with these settings
        return pages
    builder, known = app.builder, app.env.all_docs
    assert isinstance(builder, StandaloneHTMLBuilder)  # noqa: S101 (for the type checker)
    return [
        page
        for page in pages
        if page not in known or not os.path.isfile(builder.get_outfilename(page))  # noqa: PTH113
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _texts(app: Sphinx, suffix: str, _stock: object) -> Iterator[str]:
    """Name the pages whose files were written before the page was read."""
    env = app.env
    for page in env.found_docs:
        try:
            written = Path(app.outdir, f"{page}{suffix}").stat().st_mtime_ns // 1000
        except OSError:
            written = 0
        if written < env.all_docs.get(page, sys.maxsize):
            yield page


def _exchange(app: Sphinx) -> None:
    builder = app.builder
    if keeps_ledger(app):
        exchange_outdated(builder, partial(_web_pages, app))
    elif isinstance(builder, (TextBuilder, XMLBuilder)) and isinstance(
        app.project, RepositoryProject
    ):
        exchange_outdated(builder, partial(_texts, app, builder.out_suffix))


def setup_outputs(app: Sphinx) -> None:
    """Register the handler."""
    # after the project has been created, and mixins been added to the builder
    app.connect("builder-inited", _exchange, priority=950)
