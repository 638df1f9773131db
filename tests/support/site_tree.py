"""Sites of any shape, without an ExL repository."""

from __future__ import annotations

CONF = """\
extensions = ["myst_parser", "sphinx_ajo.navigation"]
html_theme = {theme!r}
html_copy_source = False
ajo_navigation = {mode!r}
"""


def write_tree(project, sizes, theme="furo", mode="branch", titles=None):
    """Write a site in which each page of a level has so many below it."""
    names = [["index"]]
    for size in sizes:
        names.append(
            [
                f"{'' if parent == 'index' else parent + '/'}p{number}"
                for parent in names[-1]
                for number in range(size)
            ]
        )
    for level, pages in enumerate(names):
        for page in pages:
            below = [
                name
                for name in (names[level + 1] if level + 1 < len(names) else ())
                if page == "index" or name.startswith(f"{page}/")
            ]
            entries = "\n".join(f"/{name}" for name in below)
            toctree = f"```{{toctree}}\n:hidden:\n\n{entries}\n```\n" if below else ""
            title = (titles or {}).get(page, f"Title of {page}")
            project.write_files({f"{page}.md": f"# {title}\n\nText.\n\n{toctree}"})
    (project.folder / "conf.py").write_text(CONF.format(theme=theme, mode=mode), encoding="utf-8")
