"""Equal warnings are shown once, with a count."""

from __future__ import annotations

import pytest

INCLUDED = {
    "metadata.md": "---\ngit-repo: https://github.com/o/r\n---\n",
    "help/TOC.md": "# T\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n",
    "help/_includes/x.md": "Words.\n\nSee [it](/help/gone.md) and >[!DNL x].\n",
    **{f"help/{name}.md": f"# {name}\n\n{{{{$include /help/_includes/x.md}}}}\n" for name in "abc"},
}


@pytest.mark.parametrize("parallel", [0, 2])
def test_dead_link_in_an_include(project, parallel):
    """It is reported at the include, once, with the number of pages that have it."""
    project.write_files(INCLUDED)
    built = project.build(
        ajo_warnings="grouped",
        parallel=parallel,
        warnings=["help/_includes/x.md:3: WARNING: no page or file '/help/gone.md'"],
    )
    (warning,) = built.warnings
    assert warning.endswith("; the text of the link stays (on 3 pages) [ajo.link_missing]")


def test_dead_link_in_an_include_of_pages_in_several_folders(project):
    """It is named as it stands in the include, wherever the pages are, and reported once."""
    project.write_files(
        INCLUDED
        | {
            "help/TOC.md": "# T\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n- [D](d/d.md)\n",
            "help/_includes/x.md": "See [it](gone.md#x).\n",
            "help/d/d.md": "# d\n\n{{$include /help/_includes/x.md}}\n",
        }
    )
    built = project.build(ajo_warnings="grouped", warnings=["no page or file 'gone.md#x'"])
    (warning,) = built.warnings
    assert "help/_includes/x.md:1: " in warning
    assert "(on 4 pages)" in warning


def test_equal_warnings_of_a_page(build_page):
    """One line has the count and the other lines."""
    text = "# T\n\n[a](x.md)\n\n[a](y.md)\n\n[b](x.md)\n\n[c](x.md)\n"
    built = build_page(text, ajo_warnings="grouped", warnings=["'x.md'", "'y.md'"])
    first, second = built.warnings
    assert "index.md:3: " in first
    assert first.endswith("(3 times, also in line 7, 9) [ajo.link_missing]")
    assert second.endswith("the text of the link stays [ajo.link_missing]")


def test_equal_warnings_of_a_line(build_page):
    """The count alone is left."""
    text = "# T\n\n[a](x.md) and [b](x.md)\n"
    built = build_page(text, ajo_warnings="grouped", warnings=["(2 times) [ajo.link_missing]"])
    assert "index.md:3: " in built.warnings[0]


def test_ids_of_an_old_system(build_page):
    """Links to ids that a page does not have are one line for the page, with examples."""
    links = "\n\n".join(f"[l](#section_{number}0)" for number in range(9))
    (warning,) = build_page(
        f"# T\n\n{links}\n\n[l](#t-)\n\n## Tree\n\n[l](#trees)\n",
        ajo_warnings="grouped",
        warnings=["9 links name ids that page 'index'", "'t-'", "did you mean 'tree'?"],
    ).warnings[:1]
    assert "index.md:3: " in warning
    assert "such as 'section_00', 'section_10', 'section_20';" in warning


def test_all(build_page):
    """On request, each is shown by itself."""
    text = "# T\n\n[a](#x1)\n\n[b](#x2)\n\n[b](#x2)\n"
    built = build_page(text, ajo_warnings="all", warnings=["'x1'", "'x2'", "'x2'"])
    assert "(2 times" not in "".join(built.warnings)


def test_suppressed(build_page):
    """What a project suppresses is not shown, nor counted."""
    text = "# T\n\n[a](#x1)\n\n[b](#x2)\n"
    options = {"ajo_warnings": "grouped", "suppress_warnings": ["ajo.link_anchor"]}
    assert build_page(text, **options).warnings == ()


def test_images_of_an_include(project):
    """The same holds for what Sphinx itself finds in an included text."""
    files = {**INCLUDED, "help/_includes/x.md": "Words ![i](gone.png).\n"}
    project.write_files(files)
    built = project.build(ajo_warnings="grouped", warnings=["image file not readable"])
    assert built.warnings[0].count("(3 times)") == 1


def test_lint_shows_all(project):
    """The builder for checks lists each finding."""
    project.write(index="# T\n\n[a](#x1)\n\n[b](#x1)\n")
    options = {"ajo_warnings": "grouped", "ajo_dialect": "exl", "ajo_lint": {"*": "off"}}
    built = project.build("ajo-lint", **options, warnings=["'x1'", "'x1'"])
    assert len(built.warnings) == 2
