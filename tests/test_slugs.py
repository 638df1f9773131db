"""The ids of headings, as the official site makes them."""

from __future__ import annotations

import pytest

from sphinx_ajo.slugs import Slugger, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Step 1: Do it", "step-1-do-it"),
        ("A/B testing", "ab-testing"),
        ("Budget — extra", "budget--extra"),
        ("n:n columns", "nn-columns"),
        ("Översikt & mål", "översikt--mål"),
        ("日本語 見出し", "日本語-見出し"),
        ("  trimmed\u00a0\ufeff", "trimmed"),
        ("snake_case and-dash", "snake_case-and-dash"),
        ("😀 Smile", "-smile"),
        ("हिन्दी", "हिन्दी"),
        ("x²½ Ⅷ Ⓐ", "x-ⅷ-ⓐ"),
        ("a\u200bb\u00a0c", "abc"),
        ("???", ""),
    ],
)
def test_slug(text, slug):
    """Letters, digits, marks, ``_``, ``-`` and spaces stay, in lower case."""
    assert slugify(text) == slug


def test_repeated_slugs_are_counted():
    """Each text has a count of its own; a slug that is taken is skipped."""
    slugger = Slugger()
    found = [slugger.slug(text) for text in ("a", "a", "a-1", "A", "b", "b-1", "b", "???", "???")]
    assert found == ["a", "a-1", "a-1-1", "a-2", "b", "b-1", "b-2", "", ""]


def test_written_ids_are_skipped():
    """What the author wrote is never given to another heading."""
    slugger = Slugger()
    assert [slugger.slug("a", {"a", "a-2"}) for _ in range(3)] == ["a-1", "a-3", "a-4"]
