"""The configuration."""

from __future__ import annotations

import dataclasses

import pytest
from sphinx.config import Config

from sphinx_ajo.config import AjoConfig, get_ajo_config

WRONG = [
    ("dialect", "x"),
    ("card_columns", (1, 2)),
    ("card_columns", (1, 2, 13)),
    ("card_columns", (True, 2, 3)),
    ("tab_sync", "all"),
    ("tab_sync", True),
    ("card_gutter", 6),
    ("card_gutter", -1),
    ("icons", "some"),
    ("html_meta", (1,)),
    ("html_meta", ("a", None)),
    ("lint_format", "xml"),
    ("lint_format", ()),
    ("lint_format", (1,)),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_value_is_reported_and_replaced(project, name, value):
    """One wrong value costs its own option only."""
    project.write(index="# T\n")
    project.build(warnings=[f"ajo_{name} = {value!r}: must be "], **{f"ajo_{name}": value})


def test_defaults_are_valid():
    """Each default passes its own check, and each option is documented."""
    for field in dataclasses.fields(AjoConfig):
        field.metadata["validator"](field.default)
        assert field.metadata["help"].endswith(".")
        assert field.metadata["rebuild"] in {"env", "html", ""}


@pytest.fixture
def values():
    """Sphinx's configuration with our options, outside of any project."""
    config = Config()
    for field in dataclasses.fields(AjoConfig):
        config.add(f"ajo_{field.name}", field.default, "", (object,))
    return config


def test_lists_become_tuples(values):
    """Values are frozen: nobody can change the configuration through them."""
    values.ajo_card_columns = [2, 2, 2]
    assert get_ajo_config(values).card_columns == (2, 2, 2)


def test_checked_once(values):
    """A build that asks for it on each page gets what was checked, until a value changes."""
    values.ajo_lint = {"am001": "error"}
    first = get_ajo_config(values)
    assert get_ajo_config(values) is first
    values.ajo_canonical = True
    assert get_ajo_config(values).canonical
    values.ajo_lint["am001"] = "no such severity"
    assert get_ajo_config(values).lint == {}
