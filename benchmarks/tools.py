"""The tools that are compared, and how each of them gets to build the same pages."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

import sphinx_ajo
from sphinx_ajo.site.toc.parse import parse_toc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_ajo.site.toc.model import Entry, Guide

AJO: Final = "sphinx_ajo"
PARALLEL: Final = "sphinx_ajo -j 2"
NO_OP: Final = "sphinx_ajo, nothing changed"
EDIT: Final = "sphinx_ajo, one page edited"
STOCK: Final = "Sphinx + MyST, no navigation"
TOCTREE: Final = "Sphinx + MyST, full toctree"
MKDOCS: Final = "MkDocs-Material"
ZENSICAL: Final = "Zensical"

EXCLUDED: Final = ("_includes/**", "**/_includes/**", "TOC.md", "**/TOC.md")

_STOCK_CONF: Final = """\
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 6
html_theme = {theme!r}
root_doc = {root!r}
exclude_patterns = {excluded!r}
"""

_MKDOCS: Final[dict[str, Any]] = {
    "site_name": "Benchmark",
    "theme": {"name": "material", "font": False},
    "plugins": ["search"],
    "markdown_extensions": [
        "admonition",
        "attr_list",
        "def_list",
        "md_in_html",
        "pymdownx.details",
        "pymdownx.highlight",
        "pymdownx.superfences",
        "tables",
        {"toc": {"permalink": True}},
    ],
}

_MKDOCS_HOOK: Final = """\
def on_page_markdown(markdown, page, **kwargs):
    if isinstance(page.meta.get("hide"), bool):
        del page.meta["hide"]
"""
"""Material wants a list as ``hide``, and stops at ``hide: true``, which means something else."""

_HIDE = re.compile(r"^hide: (?:true|false)\n", re.MULTILINE)
"""The entry of front matter that Zensical, like Material, takes for a list."""

_LINK = re.compile(r"\[((?:[^][]|\[[^]]*\])*)\]\(([^)\s]*)\)")


@dataclass(frozen=True, slots=True)
class Task:
    """A build by one of the tools."""

    name: str
    command: tuple[str, ...]
    output: Path
    """The folder of the site."""
    pages: tuple[Path, ...]
    """The HTML files of the pages of the repository."""
    cores: int = 1
    state: Path | None = None
    """What is kept between builds, if it is not in the output."""

    def clean(self) -> None:
        """Remove all that earlier builds have left."""
        for folder in (self.output, self.state):
            if folder and folder.exists():
                shutil.rmtree(folder)


class Bench:
    """Copies of one repository, set up for all tools."""

    def __init__(self, repo: Path, work: Path, theme: str = "furo") -> None:
        self.work = work
        self.theme = theme
        self.source = work / repo.name
        if self.source.exists():
            shutil.rmtree(self.source)
        shutil.copytree(repo, self.source, ignore=shutil.ignore_patterns(".git", "node_modules"))
        # files beside help are about the repository
        self.other = sorted(
            path.name
            for path in self.source.iterdir()
            if path.name != "help" and (path.suffix == ".md" or path.is_dir())
        )
        self.pages = sorted(
            path.relative_to(self.source).with_suffix("").as_posix()
            for path in (self.source / "help").rglob("*.md")
            if path.name != "TOC.md" and "_includes" not in path.parts
        )

    def ajo(self, name: str = AJO, jobs: int = 1) -> Task:
        """Return the build by this package: it finds out everything by itself."""
        return self._sphinx(
            name,
            self.source,
            *("-C", "-D", "extensions=sphinx_ajo", "-D", f"html_theme={self.theme}"),
            jobs=jobs,
        )

    def stock(self) -> Task:
        """Return the build by Sphinx and MyST, whose pages are in no toctree."""
        conf = self._conf("stock", self.pages[0])
        return self._sphinx(STOCK, self.source, "-c", str(conf))

    def toctree(self) -> Task:
        """Return the build by Sphinx and MyST with toctrees as ``TOC.md`` says.

        Groups become pages: only pages can be nested. These, and a root page, are in a copy of the
        repository.
        """
        source = self.work / "with-toctree" / self.source.name
        shutil.copytree(self.source, source, dirs_exist_ok=True)
        top = []
        for number, (folder, guide) in enumerate(self._guides()):
            top.append(f"group-{number}")
            self._write_group(source, top[-1], guide.title, folder, guide.entries)
        (source / "index.md").write_text(_toctree_page("Home", top), encoding="utf-8")
        conf = self._conf("toctree", "index")
        return self._sphinx(TOCTREE, source, "-c", str(conf))

    def _write_group(
        self, source: Path, name: str, title: str, folder: str, entries: Iterable[Entry]
    ) -> None:
        lines = []
        for number, entry in enumerate(entries):
            if entry.children:
                child = f"{name}-{number}"
                # an entry with a page and entries below it is both
                own = self._page_of(entry, folder)
                lines += [f"/{own}"] if own else []
                lines.append(child)
                self._write_group(source, child, entry.title, folder, entry.children)
            elif entry.is_external:
                lines.append(f"{entry.title} <{entry.target}>")
            elif page := self._page_of(entry, folder):
                lines.append(f"/{page}")
        text = _toctree_page(title or name, lines)
        (source / f"{name}.md").write_text(text, encoding="utf-8")

    def mkdocs(self) -> Task:
        """Return the build by MkDocs with its Material theme, with its search."""
        output = self.work / "out-mkdocs"
        config = self.work / "mkdocs.yml"
        hook = self.work / "mkdocs_hook.py"
        hook.write_text(_MKDOCS_HOOK, encoding="utf-8")
        settings = _MKDOCS | {
            "hooks": [str(hook)],
            "docs_dir": str(self.source),
            "site_dir": str(output),
            "exclude_docs": "\n".join(
                ["_includes/", "TOC.md", *(f"/{name}" for name in self.other)]
            ),
            "nav": [
                {guide.title or folder: self._nav(guide.entries, folder)}
                for folder, guide in self._guides()
            ],
        }
        config.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
        command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config))
        return Task(MKDOCS, command, output, self._folders(output))

    def zensical(self) -> Task:
        """Return the build by Zensical, which reads the configuration of MkDocs.

        It wants all its folders beside that, and knows no hooks and no ``exclude_docs``: it gets a
        copy with the pages, and with the images and files beside them.
        """
        work = self.work / "zensical"
        shutil.rmtree(work, ignore_errors=True)
        leave_out = shutil.ignore_patterns("_includes", "TOC.md", "metadata.md")
        shutil.copytree(self.source / "help", work / "pages" / "help", ignore=leave_out)
        for path in work.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(_HIDE.sub("", text, count=1), encoding="utf-8")
        settings = _MKDOCS | {
            "docs_dir": "pages",
            "site_dir": "site",
            "nav": [
                {guide.title or folder: self._nav(guide.entries, folder)}
                for folder, guide in self._guides()
            ],
        }
        config = work / "mkdocs.yml"
        config.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
        command = (sys.executable, "-m", "zensical", "build", "--clean", "-f", str(config))
        return Task(ZENSICAL, command, work / "site", self._folders(work / "site"))

    def _folders(self, output: Path) -> tuple[Path, ...]:
        """Return the files of all pages where each page is a folder."""
        return tuple(
            # MkDocs takes README for the index of a folder
            output / (page if Path(page).name != "index" else Path(page).parent) / "index.html"
            for page in self.pages
        )

    def _nav(self, entries: Iterable[Entry], folder: str) -> list[Any]:
        found: list[Any] = []
        for entry in entries:
            page = self._page_of(entry, folder)
            if page:
                found.append({entry.title: f"{page}.md"})
            elif entry.is_external:
                found.append({entry.title: entry.target})
            if entry.children:
                found.append({entry.title: self._nav(entry.children, folder)})
        return found

    def _sphinx(self, name: str, source: Path, *options: str, jobs: int = 1) -> Task:
        slug = re.sub(r"\W+", "-", name)
        output, state = self.work / f"out-{slug}", self.work / f"doctrees-{slug}"
        command = (
            *(sys.executable, "-m", "sphinx", "-b", "html", "-q", "-j", str(jobs), *options),
            *("-d", str(state), str(source), str(output)),
        )
        pages = tuple(output / f"{page}.html" for page in self.pages)
        return Task(name, command, output, pages, jobs, state)

    def _conf(self, name: str, root: str) -> Path:
        folder = self.work / f"conf-{name}"
        folder.mkdir(exist_ok=True)
        excluded = [*EXCLUDED, *self.other]
        text = _STOCK_CONF.format(theme=self.theme, root=root, excluded=excluded)
        (folder / "conf.py").write_text(text, encoding="utf-8")
        return folder

    def _guides(self) -> list[tuple[str, Guide]]:
        return [
            (
                path.parent.relative_to(self.source).as_posix(),
                parse_toc(path.read_text(encoding="utf-8"), _read_inline),
            )
            for path in sorted(self.source.glob("help/**/TOC.md"))
        ]

    def _page_of(self, entry: Entry, folder: str) -> str:
        """Return the page of an entry, without suffix; empty if it has none, or a missing one."""
        if not entry.target or entry.is_external:
            return ""
        base = self.source if entry.target.startswith("/") else self.source / folder
        path = (base / entry.target.lstrip("/")).resolve()
        if not path.is_file() or not path.is_relative_to(self.source.resolve()):
            return ""
        return path.relative_to(self.source.resolve()).with_suffix("").as_posix()


def has_mkdocs() -> bool:
    """Return whether MkDocs-Material can be run."""
    return all(find_spec(name) for name in ("mkdocs", "material"))


def has_zensical() -> bool:
    """Return whether Zensical can be run."""
    return find_spec("zensical") is not None


def environment() -> dict[str, str]:
    """Return the variables that all tools run with: they use the package that runs this module."""
    return {"PYTHONPATH": str(Path(sphinx_ajo.__file__).parents[1]), "PYTHONHASHSEED": "0"}


def _toctree_page(title: str, entries: Iterable[str]) -> str:
    lines = "\n".join(entries)
    return f"# {title}\n\n```{{toctree}}\n:hidden:\n\n{lines}\n```\n"


def _read_inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Read the text of an entry as any tool would that does not know markers."""
    links = [(_plain(match[1]), match[2]) for match in _LINK.finditer(text)]
    return (links[0][0] if links else _plain(text)), links


def _plain(text: str) -> str:
    return re.sub(r"\[!\w+ ([^]]*)\]", r"\1", text).replace("*", "").strip()
