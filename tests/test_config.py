"""The configuration."""

from __future__ import annotations

import dataclasses
import textwrap

import pytest
from sphinx.config import Config

from sphinx_ajo import testing
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


MISSPELT = [
    ("ajo_dialekt", "ajo_dialect"),
    ("ajo_card_colums", "ajo_card_columns"),
    ("ajo_lint_rules", "ajo_lint"),
    ("ajo_zebra", ""),
]


@pytest.mark.parametrize(("name", "nearest"), MISSPELT)
@pytest.mark.parametrize("place", ["conf.py", "command line"])
def test_misspelt_option(project, name, nearest, place):
    """An option that does not exist is named, with the nearest one that does."""
    project.write(index="# T\n")
    hint = f"; did you mean {nearest}?" if nearest else ""
    expected = [f"there is no option {name}; it is ignored{hint} [ajo.config]"]
    if place == "conf.py":
        project.write_files({"conf.py": f"{testing.CONF}{name} = 'x'\n"})
        project.build(warnings=expected)
    else:
        project.build(warnings=[*expected, f"unknown config value '{name}'"], **{name: "x"})


def test_misspelt_dictionary(project):
    """So is one of which the command line sets an entry."""
    project.write(index="# T\n")
    options = {"ajo_limit.depth": "3"}
    expected = "there is no option ajo_limit; it is ignored; did you mean ajo_limits? [ajo.config]"
    project.build(warnings=[expected], **options)


def test_other_names_with_our_prefix(project):
    """Programs, and options that another extension has registered, are not reported."""
    conf = """\
        import os as ajo_os

        def ajo_helper(): pass

        class ajo_class: pass

        ajo_other_switch = True

        def setup(app):
            app.add_config_value("ajo_other_switch", False, "")
        """
    project.write(index="# T\n")
    project.write_files({"conf.py": testing.CONF + textwrap.dedent(conf)})
    project.build(warnings=[])
