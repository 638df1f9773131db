"""The grammar of attributes in braces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_ajo.language.attributes import ZERO_WIDTH, parse_attributes

NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True).filter(lambda name: name != "class")
PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="&\"'\\" + ZERO_WIDTH),
    max_size=12,
).filter(lambda text: not text.endswith("="))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('width="600" zoomable="yes"', {"width": "600", "zoomable": "yes"}),
        ("width=&quot;30&quot;, height=&quot;30&quot;", {"width": "30", "height": "30"}),
        ('width="30", vertical-align="middle"', {"width": "30", "vertical-align": "middle"}),
        ("width=“600” height=„5“ align=”left”", {"width": "600", "height": "5", "align": "left"}),
        ("width=«&nbsp;600&nbsp;»", {"width": "600"}),
        ("width=“600\" a='b c'", {"width": "600", "a": "b c"}),
        ("target=_blank", {"target": "_blank"}),
        ('target = "_blank"', {"target": "_blank"}),
        ("a=b,c=d", {"a": "b", "c": "d"}),
        (".a #b .c class='d'", {"class": "a c d", "id": "b"}),
        ("modal", {"modal": ""}),
        ('Width="1" width="2"', {"width": "1"}),
        ('&#x200B;width="600&#x200B;"\u200b', {"width": "600"}),
        ("url=https://x/a,b?c=1&copy=2 z=1", {"url": "https://x/a,b?c=1&copy=2", "z": "1"}),
        (
            'url="https://x newtab=true" t="A, b &amp; c"',
            {"url": "https://x newtab=true", "t": "A, b & c"},
        ),
        ('width="600', {"width": "600"}),
        ('width=600"', {"width": "600"}),
        ('a="x”  b="y"', {"a": "x", "b": "y"}),
        ('label="it\'s"', {"label": "it's"}),
        ("1,2 = ,, {} .. ##", {}),
        ("", {}),
    ],
)
def test_forms(text, expected):
    """Every form that authors and machine translation write is read."""
    assert parse_attributes(text) == expected


@given(st.dictionaries(NAMES, PLAIN), st.sampled_from(['"', "'", "&quot;"]), st.sampled_from(" ,"))
def test_round_trip(attributes, quote, separator):
    """What is written in quotes is read again."""
    if quote != '"':  # other quotes end each other
        attributes = {key: value for key, value in attributes.items() if value.isascii()}
    text = separator.join(f"{key}={quote}{value}{quote}" for key, value in attributes.items())
    assert parse_attributes(text) == attributes


@given(st.text(st.sampled_from(" ,;=.#\"'“”«»&quot;{}ab_-\u200b\n"), max_size=60))
def test_never_fails(text):
    """Any text is read without an exception."""
    for name, value in parse_attributes(text).items():
        assert name == name.lower()
        assert not set(value) & set(ZERO_WIDTH)
