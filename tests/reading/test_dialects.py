"""What each dialect reads, and that the extension leaves ordinary MyST projects alone."""

from __future__ import annotations

import pytest

MYST = {
    "index.md": """\
---
myst:
  substitutions:
    key: "a *value*"
  html_meta:
    description: The sample
author: Someone
---

(top)=
# Sample

```{toctree}
second
```

% a comment that nobody sees

A {term}`Word`, {ref}`top`, {abbr}`ABBR (explained)` and {{ key }}.

:::{note}
A colon fence with `code`.
:::

::::{grid} 2
:::{grid-item-card} Card
Text
:::
::::

+++

Text after a block break.

```{code-block} python
:caption: Caption
print("x")
```

{.class}
A paragraph with a class, and a [span]{.red}.

Term
: Definition

$a = b$ and

$$
c = d
$$

- [x] done

> A quote

| a | b |
|---|---|
| 1 | 2 |

Line one
line two[^1] -- "quoted"

[^1]: A footnote.

<b>HTML</b> and <!-- a comment -->.

:::
Not named.
:::

![An image](https://example.com/x.png){width=20px} [a link](second.md#there)

```{glossary}
Word
  What it means.
```
""",
    "second.md": "# Second\n\n## There\n\n```{warning}\nCareful\n```\n\n<div>\n\n*x*\n\n</div>\n",
    "third.rst": ":orphan:\n\nThird\n=====\n\nText.\n",
}

CONF = {
    "myst_enable_extensions": [
        "attrs_block",
        "attrs_inline",
        "colon_fence",
        "deflist",
        "dollarmath",
        "replacements",
        "smartquotes",
        "substitution",
        "tasklist",
    ],
    "myst_heading_anchors": 2,
}


@pytest.mark.parametrize("order", ["first", "last"])
def test_myst_project_is_unchanged(project, tmp_path, order):
    """A project without ExL syntax gets the same pages, byte for byte, with us or without."""
    project.write_files(MYST)
    listed = ["myst_parser", "sphinx_design"]
    pages = {}
    for name, extensions in {
        "without": listed,
        "with": ["sphinx_ajo", *listed] if order == "first" else [*listed, "sphinx_ajo"],
    }.items():
        build = project.build(
            extensions=extensions, outdir=tmp_path / name, html_theme="furo", **CONF
        )
        pages[name] = {page: build.text(f"{page}.html") for page in ("index", "second", "third")}
    assert pages["with"] == pages["without"]


def test_own_settings_of_source_suffix(project):
    """A project that maps ``.md`` itself is still read by us."""
    project.write(index="# T\n\n[!DNL Tool]\n")
    build = project.build(source_suffix={".md": "markdown", ".rst": "restructuredtext"})
    assert "[!DNL" not in build.text("index.html")


REPOSITORIES = {
    "metadata.md at the root": ({"metadata.md": "", "help/page.md": "{x}"}, "", "help/page"),
    "TOC.md of a guide": ({"help/guide/TOC.md": "# T", "help/page.md": "{x}"}, "", "help/page"),
    "the help folder": ({"metadata.md": "", "help/page.md": "{x}"}, "help", "page"),
}

PROBE = "# T\n\n(a)=\n\n% b\n"
"""Text that MyST drops and ExL shows."""


@pytest.mark.parametrize(("files", "folder", "page"), REPOSITORIES.values(), ids=REPOSITORIES)
def test_repository_is_exl(project, files, folder, page):
    """A repository with ExL's own files is read as ExL, from its root or its help folder."""
    project.write_files({name: text.replace("{x}", PROBE) for name, text in files.items()})
    project.folder = project.folder / folder
    build = project.build("text", exclude_patterns=["metadata.md", "**/TOC.md"], root_doc=page)
    assert "(a)=" in build.text(f"{page}.txt")
    assert "% b" in build.text(f"{page}.txt")


def test_page_is_exl(project):
    """In any other project a page with an ExL identity is read as ExL, the others as MyST."""
    project.write(index=PROBE + "\n```{toctree}\nexl\n```\n", exl="---\nexl-id: 1\n---\n" + PROBE)
    build = project.build("text")
    assert "% b" not in build.text("index.txt")
    assert "% b" in build.text("exl.txt")


def test_mixed_when_told(project):
    """`mixed` means MyST, whatever the repository looks like."""
    project.write_files({"metadata.md": "", "index.md": "---\nexl-id: 1\n---\n" + PROBE})
    build = project.build("text", ajo_dialect="mixed", exclude_patterns=["metadata.md"])
    assert "% b" not in build.text("index.txt")
    assert build.metadata["index"]["exl-id"] == "1"


def test_wrong_value(project):
    """An unknown dialect is reported, and the default used."""
    project.write(index="# T\n")
    project.build(
        ajo_dialect="mystery",
        warnings=["ajo_dialect = 'mystery': must be one of 'auto', 'exl', 'mixed'; using 'auto'"],
    )
