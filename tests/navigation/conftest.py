"""A small site with every kind of toctree."""

from __future__ import annotations

import pytest

FILES = {
    "index.md": """\
# Home

```{toctree}
:caption: First & <best>
:numbered:
:maxdepth: 2

a/index
Named <b>
self
Outside <https://example.org>
```

## Section of home

```{toctree}
:hidden:
:titlesonly:
:caption: Hidden part

c/index
c/two
```

```{toctree}
:maxdepth: 3
:includehidden:

d
```
""",
    "a/index.md": (
        "# A with `code` & <more>\n\n## First *section*\n\n"
        "```{toctree}\none\ndeep/index\nhttps://example.com/?a=1&b=2\n```\n\n"
        "## Second section\n\n### Below\n"
    ),
    "a/one.md": "# One\n\n## Part of one\n",
    "a/deep/index.md": "# Deep\n\n```{toctree}\n:hidden:\n\nx\nself\n```\n",
    "a/deep/x.md": "# X\n\n```{toctree}\n:titlesonly:\n\ny\n```\n",
    "a/deep/y.md": "# Y\n\n## Inside Y\n",
    "b.md": "---\ntocdepth: 2\n---\n# B\n\n## Far\n\n### Farther\n\n```{toctree}\ne\n```\n",
    "e.md": "# E\n",
    "c/index.md": "# C\n\n```{toctree}\n:hidden:\n\n/c/one\n```\n",
    "c/one.md": "# C one\n\nTitle\n\n# C one again\n\n## Shared\n",
    "c/two.md": "# C two\n\n```{toctree}\none\n```\n",
    "d.md": "# D\n\n```{toctree}\n:hidden:\nf\ngenindex\n```\n",
    "f.md": "# F\n\n$x$\n\n```{toctree}\n:glob:\ng/*\n```\n",
    "g/g1.md": "# G1 $x^2$\n",
    "g/g2.md": "# G2\n",
    "orphan.md": "---\norphan:\n---\n# Orphan\n",
}


@pytest.fixture
def site(project):
    project.write_files(FILES)
    (project.folder / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_ajo.navigation"]\n'
        'myst_enable_extensions = ["dollarmath"]\n'
        "html_copy_source = False\n",
        encoding="utf-8",
    )
    return project


@pytest.fixture
def pages():
    """Return a function that reads all pages: name → HTML."""

    def pages(build):
        return {
            path.relative_to(build.outdir).as_posix(): path.read_text(encoding="utf-8")
            for path in build.outdir.rglob("*.*html")
        }

    return pages
