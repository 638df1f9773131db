"""Write ``llms.txt`` beside pages in Markdown: a list of the pages, for programs.

Its format is that of https://llmstxt.org: a section for each guide, a line for each page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_ajo.build.markdown import FORMAT, SAFE, escape
from sphinx_ajo.language.paths import write_if_changed
from sphinx_ajo.project.navigation import is_generated, site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

CONTENTS: Final = "llms.txt"
"""The name of the file."""

OPTIONAL: Final = "Optional"
"""The section of the pages that no guide lists; the format prescribes this name in any language."""


def _write_contents(app: Sphinx, error: Exception | None) -> None:
    """Write ``llms.txt``: the pages of each guide with their descriptions."""
    env = app.env
    if error is not None or app.builder.format != FORMAT or not site_of(env).guide_pages:
        return
    lines = [f"# {_in_line(app.config.project)}", ""]
    if description := _description(env, app.config.root_doc):
        lines += [f"> {description}", ""]
    for title, about, pages in _sections(env):
        lines += [f"## {title}", "", *([about, ""] if about else [])]
        for page in pages:
            link = f"[{_title(env, page)}]({_address(app, page)})"
            text = _description(env, page)
            lines.append(f"- {link}: {text}" if text else f"- {link}")
        lines.append("")
    write_if_changed(Path(app.outdir, CONTENTS), "\n".join(lines), Path(app.outdir))


def _sections(env: BuildEnvironment) -> list[tuple[str, str, list[str]]]:
    """Return each guide: its title, its description and its pages, in their order."""
    guides = set(site_of(env).guide_pages.values())
    sections: list[tuple[str, str, list[str]]] = []
    left = dict.fromkeys(sorted(env.found_docs))
    waiting = [env.config.root_doc]
    while waiting:
        page = waiting.pop()
        if page not in left:
            continue
        del left[page]
        waiting += reversed(env.toctree_includes.get(page, []))
        if page in guides:
            sections.append((_title(env, page), _description(env, page), []))
        if sections and not is_generated(env, page):
            sections[-1][2].append(page)
    rest = [page for page in left if not is_generated(env, page)]
    return [*sections, (OPTIONAL, "", rest)] if rest else sections


def _title(env: BuildEnvironment, page: str) -> str:
    title = env.titles.get(page)
    return _in_line(title.astext() if title is not None else page)


def _description(env: BuildEnvironment, page: str) -> str:
    text = _in_line(str(env.metadata.get(page, {}).get("description", "")))
    return "" if text == _title(env, page) else text


def _in_line(text: str) -> str:
    return escape(" ".join(text.split()), brackets=True)


def _address(app: Sphinx, page: str) -> str:
    base = str(getattr(app.config, "markdown_http_base", "")).rstrip("/")
    uri = quote(app.builder.get_target_uri(page), safe=SAFE)
    return f"{base}/{uri}" if base else uri


def setup_llms(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("build-finished", _write_contents)
