"""Files that are not UTF-8."""

from __future__ import annotations

import pytest

WARNING = "home.md:3: WARNING: this line is not UTF-8"


@pytest.fixture
def mixed(project):
    """A repository with a page in two encodings."""
    project.write_files({"metadata.md": "", "help/TOC.md": "# Guide\n\n+ [Home](home.md)\n"})
    path = project.folder / "help" / "home.md"
    path.write_bytes("\ufeff# Caf\u00e9\n\n".encode() + "It\u2019s caf\u00e9\n".encode("cp1252"))
    return project


@pytest.mark.parametrize("parallel", [0, 2])
def test_windows(mixed, parallel):
    """All text is shown, and the line is reported."""
    built = mixed.build(parallel=parallel, warnings=[WARNING])
    assert built.doctrees["help/home"].astext().split() == ["Caf\u00e9", "It\u2019s", "caf\u00e9"]


def test_next_build(mixed):
    """A page in the wrong encoding is no reason to read others again."""
    mixed.build(warnings=[WARNING])
    assert mixed.build().updated == frozenset()


@pytest.mark.parametrize("name", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_utf_16(project, name, parallel):
    """What the shell of Windows writes is read as a whole, and reported once."""
    project.write_files({"metadata.md": "", "help/TOC.md": "# Guide\n\n+ [Home](home.md)\n"})
    text = "# Caf\u00e9\r\n\r\n[!UICONTROL Save] \u65e5\r\n"
    mark = "\ufeff" if name == "utf-16-be" else ""
    (project.folder / "help" / "home.md").write_bytes((mark + text).encode(name))
    warning = "home.md:1: WARNING: the file is UTF-16, and is read as that; save it as UTF-8"
    built = project.build(parallel=parallel, warnings=[warning])
    assert built.doctrees["help/home"].astext().split() == ["Caf\u00e9", "Save", "\u65e5"]


@pytest.mark.parametrize(
    ("encoding", "line", "words"), [("cp1252", 3, "not UTF-8"), ("utf-16", 1, "file is UTF-16")]
)
def test_other_files(project, encoding, line, words):
    """Guides, included texts, snippets and redirects are read like pages, and reported once."""
    texts = {
        "metadata.md": "---\nproduct: p\nsolution: Caf\u00e9\n---\n",
        "help/TOC.md": "# Guide\n\n- [Caf\u00e9](home.md)\n- [Other](other.md)\n",
        "help/_includes/text.md": "A\n\ncaf\u00e9.\n",
        "help/_includes/snippets.md": "# S\n\n## Thé {#the}\n\nwarm\n",
        "redirects.csv": "source,dest\n\n/docs/p/caf\u00e9,/docs/p/home\n",
    }
    page = "# Home\n\n{{$include /help/_includes/text.md}}\n\n{{the}}\n"
    project.write_files({**texts, "help/home.md": page, "help/other.md": page})
    for name, text in texts.items():
        (project.folder / name).write_bytes(text.encode(encoding))
    names = [*sorted(texts, key=str.lower)]
    warnings = [f"{name}:{line}: WARNING" for name in names]
    built = project.build(ajo_warnings="grouped", warnings=warnings)
    assert all(words in warning for warning in built.warnings)
    assert built.doctrees["help/home"].astext().split() == ["Home", "A", "caf\u00e9.", "warm"]
    assert "Caf\u00e9" in built.text("help/home.html")
    assert project.build(warnings=None).updated == frozenset()
