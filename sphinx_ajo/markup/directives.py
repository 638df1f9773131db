"""Which directives the pages of the ExL dialect may run, and what they may read.

A repository is untrusted text, and a directive is code that its author did not write for such:
some print markup as it stands, read any file, open addresses, or evaluate what they are given. So
a page runs those that ``ajo_directives`` names; any other is shown as it is written.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sphinx_ajo.config import get_ajo_config, get_limits
from sphinx_ajo.foreign.myst import directive_parts
from sphinx_ajo.language.paths import is_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils import nodes
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_ajo.markup.renderer import AjoRenderer

DEFAULT: Final = "default"
"""The item of a list that stands for all of :data:`DEFAULT_DIRECTIVES`."""

ALL: Final = "all"
"""The value that lets every directive run."""

DEFAULT_DIRECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "sphinx_ajo": ("ajo-toc", "landing-card", "landing-cards-container"),
    "Admonitions": (
        *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
        *("seealso", "tip", "warning"),
    ),
    "Versions": (
        *("deprecated", "versionadded", "versionchanged", "versionremoved"),
        *("version-added", "version-changed", "version-deprecated", "version-removed"),
    ),
    "Images": ("figure", "figure-md", "image"),
    "Code": ("code", "code-block", "sourcecode"),
    "Tables": ("list-table", "table"),
    "Boxes and text": (
        *("compound", "container", "cssclass", "epigraph", "highlights", "pull-quote"),
        *("rst-class", "rubric", "sidebar", "topic"),
    ),
    "Navigation": ("toctree",),
    "sphinx-design": (
        *("accordion", "article-info", "aside", "button-link", "button-ref", "card"),
        *("card-carousel", "card-footer", "card-header", "dropdown", "grid", "grid-item"),
        *("grid-item-card", "step", "steps", "tab-item", "tab-set", "tab-set-code"),
    ),
}
"""The directives that read no file, run no code, ask no other host and print no markup as it
stands; directives that change how the rest of a page is read are left out, too."""

_DEFAULT_NAMES: Final = frozenset(name for names in DEFAULT_DIRECTIVES.values() for name in names)

READERS: Final = frozenset({"csv-table", "include", "literalinclude", "raw"})
"""The directives of docutils and Sphinx that read a file."""

_FILE_OPTIONS: Final = ("file", "diff")
_LINE_OPTIONS: Final = ("emphasize-lines", "lines")
_MANY_LINES = re.compile(r"\d{7}")
_OPTION = re.compile(r"(?::|---[ \t]*\n)[\w-]+:(?:[ \t\n]|\Z)")
_WILDCARDS = re.compile(r"\*+|[?\[]")


def allowed_directives(config: Config) -> frozenset[str] | None:
    """Return the names of the directives that ExL pages may run.

    :returns: Their names in lower case; ``None`` if they may run all.
    """
    value = get_ajo_config(config).directives
    if value == ALL:
        return None
    names = {value} if isinstance(value, str) else {name.lower() for name in value}
    if DEFAULT in names:
        names = (names - {DEFAULT}) | _DEFAULT_NAMES
    return frozenset(names)


def is_allowed(config: Config, name: str) -> bool:
    """Tell whether ExL pages may run a directive.

    :param name: Its name, as written.
    """
    allowed = allowed_directives(config)
    return allowed is None or name.lower() in allowed


@contextmanager
def guarded_settings(document: nodes.document, config: Config) -> Iterator[None]:
    """Let docutils read no files and print no markup while an ExL page is parsed.

    The settings belong to all pages that are read by one process, so they are put back.

    :param document: The page, or a translated message of one.
    """
    settings = document.settings
    before = settings.raw_enabled, settings.file_insertion_enabled
    allowed = allowed_directives(config)
    if allowed is not None:
        settings.raw_enabled = before[0] and "raw" in allowed
        settings.file_insertion_enabled = before[1] and not allowed.isdisjoint(READERS - {"raw"})
    try:
        yield
    finally:
        settings.raw_enabled, settings.file_insertion_enabled = before


def find_fault(renderer: AjoRenderer, name: str, argument: str, content: str) -> str:
    """Look at what a directive is given that its own code does not check.

    :param argument: What stands behind the name.
    :returns: Why it must not run; empty if it may.
    """
    name = name.lower()
    has_options = content.lstrip().startswith((":", "---"))
    if name not in READERS and not has_options:
        return ""
    parts = directive_parts(renderer, name, argument, content)
    if parts is None:
        return ""  # MyST says what is wrong
    arguments, options, body = parts
    meant = _OPTION.match(content.strip())
    if has_options and not meant and not options and content.strip() not in "\n".join(body):
        return "its options cannot be read"  # MyST would lose what stands there
    if any(_MANY_LINES.search(str(options.get(option, ""))) for option in _LINE_OPTIONS):
        return "it asks for more lines than any file has"
    if name == "toctree" and "glob" in options:
        return _wildcards_fault(renderer.sphinx_env.config, body)
    return _files_fault(renderer, name, arguments, options) if name in READERS else ""


def _wildcards_fault(config: Config, entries: list[str]) -> str:
    """Find a pattern whose time grows too fast with the length of the names of pages."""
    most = get_limits(config).toctree_wildcards
    for entry in entries:
        if len(_WILDCARDS.findall(entry)) > most:
            return f"a pattern has more than {most} wildcards (ajo_limits: toctree_wildcards)"
    return ""


def _files_fault(
    renderer: AjoRenderer, name: str, arguments: list[str], options: Mapping[str, object]
) -> str:
    if "url" in options:
        return "it would open an address"
    files = [str(options[option]) for option in _FILE_OPTIONS if options.get(option)]
    if name in ("include", "literalinclude"):
        files += arguments[:1]
    for file in files:
        if not _is_readable(renderer, name, file):
            return f"{file!r} is not in the source folder"
    return ""


def _is_readable(renderer: AjoRenderer, name: str, file: str) -> bool:
    """Tell whether a file lies in the source folder, however the directive finds it."""
    env: BuildEnvironment = renderer.sphinx_env
    file = "".join(part.strip() for part in file.splitlines())
    if file.startswith("<"):
        return False  # from the folder of docutils, or above it
    folder = os.path.dirname(renderer.document["source"])  # noqa: PTH120 (a string)
    paths = [os.path.join(folder, file)]  # noqa: PTH118
    if name != "raw":
        if file.startswith(("/", os.sep)) and not os.path.exists(file):  # noqa: PTH110
            paths = []  # Sphinx takes the source folder for the root, if there is no such file
        paths.append(env.relfn2path(file)[1])
    return all(is_inside(os.path.abspath(path), env.srcdir) for path in paths)  # noqa: PTH100
