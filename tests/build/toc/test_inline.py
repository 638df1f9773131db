"""The text and the links of a line of `TOC.md`."""

from __future__ import annotations

from sphinx_ajo.build.toc.inline import read


def test_entries_of_tables_of_contents():
    """The text of an entry has no marks."""
    assert read("[Use [!UICONTROL **Save** `x`]](a.md)") == (
        "Use Save x",
        [("Use Save x", "a.md")],
    )
