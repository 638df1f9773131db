"""Defaults for a repository without configuration."""

from __future__ import annotations

import shutil
import subprocess
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx import locale, package_dir

from sphinx_ajo.foreign.sphinx import user_settings
from sphinx_ajo.language.paths import HELP
from sphinx_ajo.project.repository import repository_of
from sphinx_ajo.site.repository import EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_ajo.site.repository import Repository


MOST_TITLE: Final = 200
"""The maximum length of a project name that comes from the repository."""


def setup_defaults(app: Sphinx) -> None:
    """Set what the user has not set.

    :param app: The Sphinx application. Its ``conf.py`` has been read.
    """
    _set_language(app, app.config)
    # before all handlers that read these options
    app.connect("config-inited", _set_defaults, priority=100)


def _set_language(app: Sphinx, config: Config) -> None:
    """Set the language early: extensions load their translations in ``setup``."""
    given = user_settings(config)
    if "language" in given or config.ajo_dialect == "mixed":
        return
    repository = repository_of(app)
    language = repository.language if repository else None
    if language and language != config.language:
        config.language = language
        # Sphinx has already loaded its own translations, for the default language
        app.translator, _ = locale.init([None, package_dir / "locale"], language)


def _set_defaults(app: Sphinx, config: Config) -> None:
    repository = repository_of(app)
    if config.ajo_dialect == "mixed" or (repository is None and config.ajo_dialect != "exl"):
        return
    # rebound, not appended to: default lists are shared by all Sphinx runs of a process
    config.exclude_patterns = [*config.exclude_patterns, *EXCLUDED]
    if repository is None:
        return
    config.exclude_patterns += _repository_files(app, config)
    if "project" not in user_settings(config) and (
        title := repository.title or repository.folder_title
    ):
        config.project = _name(_shortened(title))
    for name, value in _names(config, repository):
        if name not in user_settings(config):
            config[name] = value
    if not {"classoptions", "extraclassoptions"} & config.latex_elements.keys():
        # without this, PDFs have blank pages, so that chapters begin on right-hand pages
        config.latex_elements = {"extraclassoptions": "openany,oneside", **config.latex_elements}


def _shortened(title: str) -> str:
    """Shorten a title that is too long for the file name of a book."""
    return title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1].rstrip()}…"


def _names(config: Config, repository: Repository) -> Iterator[tuple[str, str | bool]]:
    """Yield the options with names for titles, footers and covers, and their defaults."""
    given = user_settings(config)
    if "project" not in given and "release" not in given:
        # Sphinx appends "documentation", and many titles end in it already
        yield "html_title", config.project
    owner = _name(repository.owner) or config.project
    if "author" not in given:
        # not "Author name not set" on the first page
        yield "author", owner
    if not config.copyright:
        yield "epub_copyright", config.author if "author" in given else owner
        # no copyright holder is known
        yield "html_show_copyright", False
    # the navigation of a repository is in hidden toctrees
    yield "epub_tocscope", "includehidden"
    yield "epub_identifier", _name(repository.metadata.text("git-repo")) or config.project
    if "copybutton_exclude" in config:
        # copy neither line numbers nor prompts
        yield "copybutton_exclude", ".linenos, .gp"
    if xelatex_suits(config.language):
        yield "latex_engine", "xelatex"


def _name(text: str) -> str:
    """Return a name without markup, because themes print it unescaped."""
    return text.translate(str.maketrans('<>"', "\u2039\u203a\u201d"))


def xelatex_suits(language: str) -> bool:
    """Tell whether XeLaTeX should make a PDF.

    pdfLaTeX stops at unknown characters. For languages that need special fonts, Sphinx chooses the
    engine.

    :returns: Whether XeLaTeX and the fonts that Sphinx requires are installed.
    """
    if language.startswith(("ja", "ko", "zh")) or not shutil.which("xelatex"):
        return False
    try:
        command = ["kpsewhich", "FreeSerif.otf"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _repository_files(app: Sphinx, config: Config) -> list[str]:
    """Return the files beside the ``help`` folder: they describe the repository, and are not pages.

    A project with a root document of its own may have pages anywhere.
    """
    root = Path(app.srcdir)
    if not (root / HELP).is_dir():
        return []
    found = sorted(root.iterdir())
    files = [path for path in found if path.is_file()]
    names = [
        escape(path.name) for path in files if path.suffix == ".md" and path.stem != config.root_doc
    ]
    if not any(path.stem == config.root_doc for path in files):
        names += [
            f"{escape(path.name)}/**" for path in found if path.is_dir() and path.name != HELP
        ]
    return names
