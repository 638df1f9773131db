"""Pages that are not UTF-8.

Sphinx 9 aborts at the first invalid byte, and does not name the file. Here, such a file is
reported, and read as what it most likely is.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.encodings import STANDARD, decode
from sphinx_ajo.project.encodings import report_misfit
from sphinx_ajo.project.repository import repository_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

TOLERANT: Final = "ajo_utf_8"
"""The name of our encoding, in which every byte is valid."""


class _Decoder(codecs.BufferedIncrementalDecoder):
    """Decodes a whole file at once: its first bytes say what it is."""

    def _buffer_decode(  # type: ignore[override]
        self, data: bytes, errors: str, final: bool
    ) -> tuple[str, int]:
        del errors  # there are none
        return (decode(data), len(data)) if final else ("", 0)


def _search(name: str) -> codecs.CodecInfo | None:
    if name != TOLERANT:
        return None
    standard = codecs.lookup(STANDARD)
    return codecs.CodecInfo(
        name=TOLERANT,
        encode=standard.encode,
        decode=lambda data, _errors="strict": (decode(bytes(data)), len(data)),
        incrementalencoder=standard.incrementalencoder,
        incrementaldecoder=_Decoder,
    )


def _before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    repository = repository_of(app)
    if repository is None:
        return
    for path in filter(None, (repository.metadata_path, *repository.tocs)):
        report_misfit(Path(app.srcdir, path))
    if env.settings["input_encoding"] != STANDARD:
        return
    if [docname for docname in docnames if report_misfit(Path(env.doc2path(docname)))]:
        # not the option of the configuration: changing it would make Sphinx read all pages again
        env.settings["input_encoding"] = TOLERANT


def _after_reading(_app: Sphinx, env: BuildEnvironment) -> None:
    if env.settings["input_encoding"] == TOLERANT:
        env.settings["input_encoding"] = STANDARD


def setup_encoding(app: Sphinx) -> None:
    """Register the encoding and the handlers."""
    codecs.register(_search)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("env-updated", _after_reading)
