"""Code and documentation name sections of ``docs/reference/exl-markdown.md`` that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "exl-markdown.md"

CODE = sorted(
    path
    for folder in ("sphinx_ajo", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if path != Path(__file__)
)
DOCS = sorted(
    path for path in (ROOT / "docs").rglob("*.md") if not {"demo", "_build"} & set(path.parts)
)

NUMBER = r"\d+(?:\.\d+)?"
NAMED = re.compile(rf"exl-markdown\.md,\s+({NUMBER}(?:(?:,|\s+and)\s+{NUMBER})*)")
ANY = re.compile(r"exl-markdown\.md")
OTHER = re.compile(
    r"\b(?:sections?\s+\d|of\s+the\s+(?:ExL\s+Markdown\s+)?reference\b)", re.IGNORECASE
)


@cache
def page():
    """Return the page without its code blocks: some of them hold headings."""
    return re.sub(r"(?ms)^```.*?^```$", "", PAGE.read_text(encoding="utf-8"))


@cache
def targets():
    """Return each target of the page, with the text of the heading that follows it."""
    return dict(re.findall(r"^\((exl-[a-z0-9-]+)\)=\n#+ (.*)$", page(), re.MULTILINE))


def sections():
    return {
        match[0]: name
        for name, heading in targets().items()
        if (match := re.match(NUMBER, heading))
    }


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def test_each_section_has_its_target():
    """The target of section 4.11 is ``exl-4-11``, and every heading below the title has one."""
    headings = re.findall(r"^##+ (.*)$", page(), re.MULTILINE)
    assert [heading for heading in headings if heading not in targets().values()] == []
    assert sections() == {number: "exl-" + number.replace(".", "-") for number in sections()}
    assert {"0", "4.11", "9"} <= set(sections())


def test_code_names_sections():
    """The form is the same everywhere: the tests below see all of them."""
    assert sum(bool(NAMED.search(path.read_text(encoding="utf-8"))) for path in CODE) > 30


def test_sections_in_code():
    """Every section that code names is in the page, and no other form names one."""
    known = sections()
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        found = NAMED.findall(text)
        named = [number for numbers in found for number in re.findall(NUMBER, numbers)]
        assert [number for number in named if number not in known] == [], name_of(path)
        assert len(ANY.findall(text)) == len(found), name_of(path)
        assert OTHER.findall(text) == [], name_of(path)


def test_links_in_docs():
    """Every link to a section has its target, and no page names a section without a link."""
    assert len(DOCS) > 50
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        linked = set(re.findall(r"[(`<#](exl-\d[a-z0-9-]*)", text))
        assert linked - targets().keys() == set(), name_of(path)
        assert OTHER.findall(text) == [], name_of(path)
