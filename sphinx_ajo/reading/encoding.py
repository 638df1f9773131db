"""Pages that are not UTF-8.

Sphinx 9 aborts at the first invalid byte, and does not name the file. Here, a page with an invalid
byte is reported, and read as Windows-1252, which is what such pages are in practice.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.project.repository import repository_of
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

STANDARD: Final = "utf-8-sig"
"""The default encoding of Sphinx projects."""

TOLERANT: Final = "ajo_utf_8"
"""The name of our encoding, in which every byte is valid."""

_HANDLER: Final = "ajo_windows_1252"


class _Decoder(codecs.getincrementaldecoder(STANDARD)):  # type: ignore[misc]
    """Decodes UTF-8, and invalid bytes as Windows-1252."""

    def __init__(self, errors: str = "strict") -> None:
        """Ignore the error handler, because there are no errors."""
        super().__init__(_HANDLER)


def _decode_error(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _search(name: str) -> codecs.CodecInfo | None:
    if name != TOLERANT:
        return None
    standard = codecs.lookup(STANDARD)
    return codecs.CodecInfo(
        name=TOLERANT,
        encode=standard.encode,
        decode=lambda data, _errors="strict": standard.decode(data, _HANDLER),
        incrementalencoder=standard.incrementalencoder,
        incrementaldecoder=_Decoder,
    )


def _before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    if env.settings["input_encoding"] != STANDARD or repository_of(app) is None:
        return
    if [docname for docname in docnames if _report(Path(env.doc2path(docname)))]:
        # not the option of the configuration: changing it would make Sphinx read all pages again
        env.settings["input_encoding"] = TOLERANT


def _report(path: Path) -> bool:
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except OSError:
        return False
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this line is not UTF-8; the page is read as Windows-1252 where it is not"
        warn(AjoWarnings.ENCODING, message, location=f"{path}:{line}")
        return True
    return False


def _after_reading(_app: Sphinx, env: BuildEnvironment) -> None:
    if env.settings["input_encoding"] == TOLERANT:
        env.settings["input_encoding"] = STANDARD


def setup_encoding(app: Sphinx) -> None:
    """Register the encoding and the handlers."""
    codecs.register_error(_HANDLER, _decode_error)
    codecs.register(_search)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("env-updated", _after_reading)
