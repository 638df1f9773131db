"""Inherited metadata in builds: what pages get, and when they are read again."""

from __future__ import annotations

import lxml.html
import pytest

FILES = {
    "metadata.md": """\
---
solution: Lamp
type: Documentation
index: true
landing-page-name: lamp
product_v2:
  - id: 1
    internal-label: Lamp
---
# Internal
""",
    "help/lamps/TOC.md": """\
---
user-guide-title: Lamps
feature: Light
type: Guide
---
# Lamps {#lamps}

+ [Home](home.md)
+ [Own](own.md)
+ Group {#group}
   + [Plain](plain.md)
""",
    "help/lamps/home.md": "---\nexl-id: 1\ntitle: Home\nfeature: Bulbs\n---\n# Home\n",
    "help/lamps/own.md": "---\nexl-id: 2\ntype: Tutorial\nindex: no\n---\n# Own\n",
    "help/lamps/plain.md": "# Plain\n",
    "help/shades/TOC.md": "# Shades {#shades}\n\n+ [Shade](shade.md)\n",
    "help/shades/shade.md": "---\ntitle: Shade\n---\n# Shade\n",
}

ALL = {
    "index",
    *("help/lamps/index", "help/lamps/group/index", "help/shades/index", "help/shades/shade"),
    *("help/lamps/home", "help/lamps/own", "help/lamps/plain"),
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def change(project, path, old, new):
    text = (project.folder / path).read_text(encoding="utf-8")
    assert old in text
    (project.folder / path).write_text(text.replace(old, new), encoding="utf-8")


def metas(build, page):
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return {meta.get("name"): meta.get("content") for meta in root.xpath("//head/meta[@name]")}


def test_metadata(repository):
    """Pages have their own entries, those of their guide and those of the repository."""
    metadata = repository.build().metadata
    assert (
        metadata["help/lamps/home"].items()
        >= {
            "feature": "Bulbs",
            "type": "Guide",
            "solution": "Lamp",
            "product_v2": "Lamp",
            "index": "true",
        }.items()
    )
    assert metadata["help/lamps/own"]["type"] == "Tutorial"
    assert metadata["help/lamps/own"]["robots"] == "noindex"
    assert metadata["help/lamps/plain"]["feature"] == "Light"
    assert "feature" not in metadata["help/shades/shade"]
    for entries in metadata.values():
        assert "landing-page-name" not in entries
        assert "user-guide-title" not in entries


def test_meta_tags(repository):
    """A page without front matter has tags, too; `ajo_html_meta` chooses."""
    build = repository.build(html_theme="alabaster")
    expected = {"type": "Guide", "solution": "Lamp", "product_v2": "Lamp", "feature": "Light"}
    assert metas(build, "help/lamps/plain").items() >= expected.items()
    build = repository.build(html_theme="alabaster", ajo_html_meta=["type"])
    assert metas(build, "help/lamps/plain").keys() - {"viewport"} == {"type"}


def test_generated_pages(repository):
    """They belong to the guide that they are made for."""
    metadata = repository.build().metadata
    assert metadata["help/lamps/group/index"]["type"] == "Guide"
    assert metadata["help/shades/index"]["type"] == "Documentation"
    assert metadata["index"]["type"] == "Documentation"


def test_identity_stays_first(repository):
    """What is inherited comes after what the page says."""
    page = lxml.html.fromstring(repository.build().text("help/lamps/home.html"))
    names = page.xpath("//head/meta[@name]/@name")
    assert names.index("exl-id") < names.index("feature") < names.index("type")


def test_mixed_dialect(repository):
    """Nothing is inherited."""
    repository.write(index="# Home\n\n```{toctree}\n:glob:\nhelp/*/*\n```\n")
    build = repository.build(
        ajo_dialect="mixed",
        exclude_patterns=["**/TOC.md", "metadata.md"],
        suppress_warnings=["myst", "ajo.exl_id_form"],
    )
    assert "solution" not in build.metadata["help/lamps/home"]


def test_own_navigation(repository):
    """A project with a root document of its own inherits, too."""
    repository.write_files({"index.md": "# Home\n\n```{toctree}\n:glob:\nhelp/*/*\n```\n"})
    metadata = repository.build().metadata
    assert metadata["help/lamps/home"]["type"] == "Guide"
    assert metadata["index"]["type"] == "Documentation"


def test_hidden_guide(repository):
    """Its entries stay in the navigation, its pages are not for search engines."""
    change(repository, "help/shades/TOC.md", "# Shades", "---\nhide: true\n---\n# Shades")
    build = repository.build(html_theme="furo")
    assert build.metadata["help/shades/shade"]["robots"] == "noindex"
    assert "orphan" not in build.metadata["help/shades/shade"]
    assert "nosearch" not in build.metadata["help/shades/shade"]
    assert "../shades/shade.html" in build.text("help/lamps/home.html")


def test_inherited_badge(repository):
    """A badge of the guide stands on its pages."""
    change(repository, "help/shades/TOC.md", "# Shades", '---\nbadge: label="Beta"\n---\n# Shades')
    root = lxml.html.fromstring(repository.build().text("help/shades/shade.html"))
    assert [badge.text_content() for badge in root.find_class("ajo-badge")] == ["Beta"]


def test_problems_are_reported_once(repository):
    """In the file that has them, and when it has changed."""
    change(repository, "metadata.md", "type:", "mini-toc-levels: many\ntype:")
    change(repository, "help/lamps/TOC.md", "feature: Light", "feature: [!DNL Light] x")
    repository.build(
        warnings=[
            "metadata.md:3: WARNING: mini-toc-levels: 'many' is not a number from 0 to 6",
            "help/lamps/TOC.md:3: WARNING: front matter entry 'feature' is not valid YAML",
        ]
    )
    repository.build()


def test_second_build_reads_nothing(repository):
    """Nothing changed, nothing is read."""
    assert repository.build().updated == ALL
    assert repository.build().updated == frozenset()


def test_changed_metadata(repository):
    """Pages whose guide or front matter hides the change are not read."""
    repository.build()
    change(repository, "metadata.md", "Documentation", "Reference")
    build = repository.build()
    assert build.updated == {"index", "help/shades/index", "help/shades/shade"}
    assert build.metadata["help/shades/shade"]["type"] == "Reference"
    change(repository, "metadata.md", "# Internal", "# Very internal")
    assert repository.build().updated == frozenset()
    change(repository, "metadata.md", "index: true", "index: no")
    assert repository.build().updated == ALL - {"help/lamps/own"}


def test_changed_guide(repository):
    """Its front matter concerns its own pages only."""
    repository.build()
    change(repository, "help/lamps/TOC.md", "feature: Light", "feature: Dark")
    build = repository.build()
    assert build.updated == {
        *("help/lamps/index", "help/lamps/group/index", "help/lamps/own", "help/lamps/plain")
    }
    assert build.metadata["help/lamps/plain"]["feature"] == "Dark"
    assert metas(build, "help/lamps/plain")["feature"] == "Dark"


def test_own_entry_goes(repository):
    """A page that loses an entry inherits it from then on."""
    repository.build()
    change(repository, "help/lamps/own.md", "type: Tutorial\n", "")
    assert repository.build().metadata["help/lamps/own"]["type"] == "Guide"
    change(repository, "help/lamps/TOC.md", "type: Guide", "type: Other")
    build = repository.build()
    assert "help/lamps/own" in build.updated
    assert build.metadata["help/lamps/own"]["type"] == "Other"


def test_metadata_file_appears(project):
    """With it, the dialect of all pages is another: they are read again."""
    project.write(index="# Home\n\n```{toctree}\na\n```\n", a="# A\n\n>[!NOTE]\n>\n>Text\n")
    project.build()
    project.write_files({"metadata.md": "---\ntype: Documentation\n---\n# Internal\n"})
    build = project.build(exclude_patterns=["metadata.md"])
    assert build.metadata["a"]["type"] == "Documentation"


def test_parallel(repository, tmp_path):
    """Processes know what is inherited, and what pages have of their own."""
    serial = repository.build(outdir=tmp_path / "a")
    parallel = repository.build(outdir=tmp_path / "b", parallel=2)
    assert serial.metadata == parallel.metadata
    change(repository, "metadata.md", "Documentation", "Reference")
    build = repository.build(outdir=tmp_path / "b")
    assert build.updated == {"index", "help/shades/index", "help/shades/shade"}
