"""Builds of several processes, and builds after a build."""

from __future__ import annotations

import pytest


@pytest.fixture
def site(project):
    card = ":::: landing-cards-container\n:::\nTitle {0}\n\n[Next](p{1}.md)\n:::\n::::\n"
    for number in range(12):
        project.write(
            **{
                f"p{number}": f"---\nexl-id: id-{number}\nkeywords: a; b\n---\n# Page {number}\n\n"
                + card.format(number, (number + 1) % 12)
            }
        )
    project.write(index="# Home\n\n```{toctree}\n:glob:\np*\n```\n")
    return project


def pages(build):
    return {
        path.relative_to(build.outdir).as_posix(): path.read_bytes()
        for path in build.outdir.rglob("*.html")
    }


def test_parallel_equals_serial(site, tmp_path):
    """Four processes write what one writes, and know the same metadata."""
    serial = site.build(outdir=tmp_path / "serial")
    parallel = site.build(outdir=tmp_path / "parallel", parallel=4)
    assert pages(serial) == pages(parallel)
    assert serial.metadata == parallel.metadata


def test_two_builds_are_equal(site, tmp_path):
    """Output is deterministic."""
    assert pages(site.build(outdir=tmp_path / "a")) == pages(site.build(outdir=tmp_path / "b"))


def test_second_build_reads_nothing(site):
    """Nothing changed, nothing is read."""
    assert len(site.build().updated) == 13
    assert site.build().updated == frozenset()


def test_touched_page_is_read_alone(site):
    """A changed page is the only one that is read again."""
    site.build()
    page = site.folder / "p3.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    build = site.build()
    assert build.updated == {"p3"}
    assert "More." in build.text("p3.html")


def test_output_options_read_nothing(site):
    """How cards look is no reason to read pages again."""
    site.build()
    build = site.build(ajo_card_columns=(1, 1, 2), ajo_icons="none", ajo_html_meta=["exl-id"])
    assert build.updated == frozenset()
    assert "sd-row-cols-lg-2" in build.text("p1.html")
    assert 'name="keywords"' not in build.text("p1.html")


def test_dialect_reads_all(site):
    """Another dialect is another text."""
    site.build()
    assert len(site.build(ajo_dialect="mixed").updated) == 13


def test_dropped_front_matter_is_forgotten(site):
    """Metadata does not outlive its page's front matter."""
    site.build()
    site.write(p3="# Page 3\n")
    build = site.build()
    assert "exl-id" not in build.metadata["p3"]
    assert "exl-id" not in build.text("p3.html")
