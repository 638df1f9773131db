"""The ids of headings, as the official site makes them."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.slugs import Slugger, safe_file_name, safe_id, safe_page_name, slugify


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


@pytest.mark.parametrize(
    "text",
    ["Setup_2.0", "a:b", "för-stödja", "日本語", "ü", "-", "x-1", "кнопка", "हिन्दी", "ⓐ"],
)
def test_ids_that_stay(text):
    assert safe_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *"\"'<>&`=(){}[]\\/%#?!*+,;@$^|~ \t\n\x00\x7f\u00a0\u200b\u202e\u2066\ufeff\ud800",
        'x"><script>',
        "x&quot;",
        "",
    ],
)
def test_ids_that_change(text):
    changed = safe_id(text)
    assert safe_id(changed) == changed
    assert changed
    assert changed != text
    assert safe_id(f"x{text}y").startswith("x") or not text


def test_changed_ids_differ():
    texts = ["a b", "a  b", "a+b", "a\u200bb", 'a"b', "a'b", "a/b"]
    assert len({safe_id(text) for text in texts}) == len(texts)


@pytest.mark.parametrize(
    "name", ["help/a-b", "my page", "a&b", "100%", "ü/日本", "a\u00a0b", "a.b_c"]
)
def test_page_names_that_stay(name):
    assert safe_page_name(name) == name


@pytest.mark.parametrize(
    "base", ['x"><b>', "it's", "a\\", "a\nb", "a\udc80", "<", "\x7f", "a\ufffe"]
)
def test_page_names_that_change(base):
    changed = safe_page_name(f"help/{base}")
    assert changed.startswith("help/")
    assert changed.isprintable()
    assert set("<>\"'\\").isdisjoint(changed)
    assert safe_page_name(changed) == changed
    assert safe_page_name(f"{base}/page") == f"{safe_page_name(base)}/page"


def test_file_names():
    assert safe_file_name("a b's.png") == "a b's.png"
    changed = safe_file_name("a}\\input{x}^^5c.png")
    assert changed.endswith(".png")
    assert set("\\{}^").isdisjoint(changed)
    assert set('"<>').isdisjoint(safe_file_name('a.p"><b>'))
    assert safe_file_name('"')
