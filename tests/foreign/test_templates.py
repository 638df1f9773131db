"""The contexts of templates are freed with their page, and no others."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from weakref import ref

import pytest
from jinja2 import DictLoader, Environment
from jinja2.runtime import Context

from sphinx_ajo.foreign.templates import free_contexts, note_contexts

TEMPLATES = {
    "page": "{% macro bold(text) %}<b>{{ text }} {{ pagename }}</b>{% endmacro %}"
    "{% import 'shared' as shared %}{% import 'own' as own with context %}"
    "{{ bold('a') }} {{ shared.twice('b') }} {{ own.name() }} {% include 'part' %}",
    "shared": "{% set sign = '!' %}"
    "{% macro twice(text) %}{{ text }}{{ text }}{{ sign }}{% endmacro %}",
    "own": "{% macro name() %}{{ pagename }}{% endmacro %}",
    "part": "{% macro inner() %}{{ bold('c') }}{% endmacro %}{{ inner() }}",
}


class Body(str):
    """A text that can be referred to weakly."""


@pytest.fixture
def builder():
    environment = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    return SimpleNamespace(templates=SimpleNamespace(environment=environment))


def render(builder, page):
    """Render a page; return its HTML, and a reference to a value that only its contexts hold."""
    body = Body(page)
    html = builder.templates.environment.get_template("page").render(pagename=page, body=body)
    return html, ref(body)


@pytest.mark.parametrize("freeing", [False, True])
def test_freed_without_the_collector(builder, freeing):
    if freeing:
        note_contexts(builder)
    gc.collect()
    gc.disable()
    try:
        _, body = render(builder, "one")
        free_contexts(builder)
        assert (body() is None) is freeing
    finally:
        gc.enable()


def test_pages_stay_the_same(builder):
    """Macros that templates import without a context serve all pages."""
    expected = [render(builder, page)[0] for page in ("one", "two")]
    note_contexts(builder)
    for _ in range(2):
        for page, html in zip(("one", "two"), expected, strict=True):
            assert render(builder, page)[0] == html
            free_contexts(builder)
    assert "<b>a two</b> bb! two <b>c two</b>" in expected[1]


def test_other_template_engines(builder):
    """What has other contexts, or none, is left alone."""
    builder.templates.environment.context_class = kind = type("Own", (Context,), {})
    note_contexts(builder)
    assert builder.templates.environment.context_class is kind
    other = SimpleNamespace(templates=object())
    note_contexts(other)
    free_contexts(other)
