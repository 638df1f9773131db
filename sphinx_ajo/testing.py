"""Helpers to test this extension, and projects that use it.

Semi-public: names may change between minor versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.reading.markdown import create_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from docutils import nodes
    from markdown_it import MarkdownIt

CONF = 'extensions = ["sphinx_ajo"]\n'
"""The configuration of a project that sets nothing."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def markdown(dialect: Dialect = Dialect.EXL, **config: Any) -> MarkdownIt:
    """Create a parser that renders HTML itself, without Sphinx.

    :param dialect: The dialect to read.
    :param config: Values of MyST's configuration, such as ``enable_extensions``.
    :returns: The parser.
    """
    return create_markdown(MdParserConfig(**config), dialect, RendererHTML)


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build."""

    srcdir: Path
    outdir: Path
    doctrees: Mapping[str, nodes.document]
    """Every page as it was read, before references are resolved."""
    metadata: Mapping[str, Mapping[str, Any]]
    """``env.metadata``."""
    warnings: tuple[str, ...]
    """One each, with paths relative to the source directory."""
    updated: frozenset[str]
    """The pages that were read (by a serial build: other processes do not report here)."""

    def text(self, name: str) -> str:
        """Return an output file.

        :param name: Its path below the output directory.
        :returns: Its content.
        """
        return (self.outdir / name).read_text(encoding="utf-8")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a project.

    :param folder: Where they go.
    :param files: Path below it → content.
    """
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(
    srcdir: Path,
    builder: str = "html",
    *,
    warnings: Sequence[str] | None = (),
    parallel: int = 0,
    fresh: bool = False,
    outdir: Path | None = None,
    **conf: Any,
) -> Build:
    """Build a project, and check that it warns of just what is expected.

    :param srcdir: Its folder; a ``conf.py`` that lists our extension is made if it has none.
    :param builder: The name of the builder.
    :param warnings: A part of each warning that is expected, in any order; ``None`` for any.
    :param parallel: How many processes read and write.
    :param fresh: Whether to forget what earlier builds read.
    :param outdir: The folder for all output; one beside the sources if omitted.
    :param conf: Configuration values.
    :returns: The build.
    :raises AssertionError: If it warns of anything else, or not of all that is expected.
    """
    if not (srcdir / "conf.py").exists():
        (srcdir / "conf.py").write_text(CONF, encoding="utf-8")
    builddir = outdir or srcdir.parent / f"{srcdir.name}-build"
    updated: set[str] = set()
    app = SphinxTestApp(
        buildername=builder,
        srcdir=srcdir,
        builddir=builddir,
        confoverrides=_defaults(srcdir, conf) | conf,
        parallel=parallel,
        freshenv=fresh,
    )
    try:
        app.connect("source-read", lambda _app, docname, _source: updated.add(docname))
        app.build()
        found = _warnings(app.warning.getvalue(), srcdir)
        doctrees = {name: app.env.get_doctree(name) for name in app.env.found_docs}
        result = Build(
            srcdir=srcdir,
            outdir=app.outdir,
            doctrees=doctrees,
            metadata={name: dict(value) for name, value in app.env.metadata.items()},
            warnings=found,
            updated=frozenset(updated),
        )
    finally:
        app.cleanup()
    if warnings is not None:
        _check(found, warnings)
    return result


def _defaults(srcdir: Path, conf: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings for tests, if the project knows them.

    Each warning is shown by itself. The pages of tests may have ids that are short.
    """
    text = (srcdir / "conf.py").read_text(encoding="utf-8")
    extensions = conf.get("extensions", text.replace("'", '"').split('"'))
    found: dict[str, Any] = {"ajo_warnings": "all"} if "sphinx_ajo" in extensions else {}
    if found and "suppress_warnings" not in text:
        found["suppress_warnings"] = [f"ajo.{AjoWarnings.EXL_ID_FORM.value}"]
    return found


def _warnings(output: str, srcdir: Path) -> tuple[str, ...]:
    text = _COLOURS.sub("", output).replace(f"{srcdir}/", "")
    return tuple(line for line in text.splitlines() if line.strip())


def _check(found: Sequence[str], expected: Sequence[str]) -> None:
    left = list(found)
    missing = []
    for part in expected:
        match = next((line for line in left if part in line), None)
        if match is None:
            missing.append(part)
        else:
            left.remove(match)
    if left or missing:
        msg = "\n".join(["unexpected warnings:", *left, "missing warnings:", *missing])
        raise AssertionError(msg)
