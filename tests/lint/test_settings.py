"""Which rules are on."""

from __future__ import annotations

import json

import pytest

from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.lint.settings import choose, custom_rules

DEFAULT = {id_: rule.default for id_, rule in RULES.items() if rule.default is not Severity.OFF}

BAD = "# A {#1}\n\n## See [A](#1)\n"


def test_default():
    """Every rule has a default."""
    assert choose("default", {}) == DEFAULT


def test_dictionary_changes_defaults():
    """A dictionary names what is different; a star stands for all others."""
    found = choose({"AM001": "error", "am005": "off"}, {})
    assert found == {"am001": Severity.ERROR} | {
        id_: severity for id_, severity in DEFAULT.items() if id_ != "am005"
    }
    found = choose({"*": "off", "am001": "info"}, {"am002": True})
    assert found == {"am001": Severity.INFO}


def test_list_names_all():
    """A list names all rules, also those that are off by default."""
    assert choose(["am001", "HEADING_LEVEL"], {"am001": False}) == {
        "am001": Severity.WARNING,
        "heading_level": Severity.INFO,
    }


def test_repository_changes_defaults():
    """The repository's own file comes between the defaults and the configuration."""
    found = choose({"am003": "error"}, {"am001": True, "am002": False, "am003": False})
    assert found["am001"] is Severity.WARNING
    assert "am002" not in found
    assert found["am003"] is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"AM001": true, "am002": false, "MD001": false}', {"am001": True, "am002": False}),
        ('{"AM001": {"x": 1}, "AM099": true, "default": true}', {"am001": True}),
        ("[]", {}),
    ],
)
def test_custom_file(tmp_path, text, expected):
    """Our rules are read from the file, all else in it is for others."""
    (tmp_path / "markdownlint_custom.json").write_text(text, encoding="utf-8")
    assert custom_rules(tmp_path) == expected


def test_no_custom_file(tmp_path):
    """There need not be such a file."""
    assert custom_rules(tmp_path) == {}


def test_off_by_default(build_page):
    """An ordinary build is quiet."""
    build_page(BAD)


def test_on_in_every_build(build_page):
    """With the option, every build reports, by file and line."""
    build_page(
        BAD,
        ajo_lint="default",
        warnings=[
            "index.md:1: WARNING: the id '1' begins with a digit [ajo.am005]",
            "index.md:3: WARNING: there is a link in this heading [ajo.am008]",
        ],
    )


def test_suppressed(build_page):
    """Rules can be suppressed like any warning."""
    build_page(BAD, ajo_lint="default", suppress_warnings=["ajo.am005", "ajo.am008"])


def test_severity(build_page):
    """An error is one, and what is worth knowing is no warning."""
    build_page(
        BAD,
        ajo_lint={"am005": "error", "am008": "info"},
        warnings=["index.md:1: ERROR: the id '1' begins with a digit [ajo.am005]"],
    )


def test_bad_entries(build_page):
    """A bad entry costs only itself."""
    build_page(
        BAD,
        ajo_lint={"am005": "off", "am008": "loud", "am999": "off", 7: "off"},
        warnings=[
            "ajo_lint: entry 'am008': must be one of 'off'",
            "ajo_lint: entry 'am999': there is no such rule",
            "ajo_lint: entry 7: there is no such rule",
            "[ajo.am008]",
        ],
    )


def test_bad_items(build_page):
    """The same is true of a list."""
    build_page(
        BAD,
        ajo_lint=["am005", "x"],
        warnings=["ajo_lint: entry 'x': there is no such rule", "[ajo.am005]"],
    )


@pytest.mark.parametrize("value", ["loud", True])
def test_bad_value(build_page, value):
    """A bad value is replaced by the default."""
    warnings = [f"ajo_lint = {value!r}: must be 'off', 'default', a dictionary or a list"]
    if value is True:
        warnings.append("The config value `ajo_lint' has type `bool'")
    build_page(BAD, ajo_lint=value, warnings=warnings)


def test_repository_file(project):
    """The file at the root counts, and a change of it has all pages read again."""
    path = project.folder / "markdownlint_custom.json"
    project.write(index=BAD)
    options = {"ajo_lint": "default", "ajo_dialect": "exl"}
    path.write_text(json.dumps({"AM005": False}), encoding="utf-8")
    project.build(**options, warnings=["[ajo.am008]"])
    assert not project.build(**options).updated
    path.write_text(json.dumps({"AM008": False}), encoding="utf-8")
    assert project.build(**options, warnings=["[ajo.am005]"]).updated == {"index"}
    path.write_text("{", encoding="utf-8")
    project.build(
        **options,
        warnings=["markdownlint_custom.json:1: WARNING:", "[ajo.am005]", "[ajo.am008]"],
    )


def test_mixed_pages_are_not_checked(build_page):
    """The rules are about ExL pages: MyST has other syntax."""
    build_page("# A {#1}\n\n````{note}\nText\n````\n", ajo_lint="default", ajo_dialect="mixed")


def test_included_file_is_checked_once(project):
    """An included text is checked as a file, not with each page that includes it."""
    project.write_files(
        {
            "metadata.md": "---\nsolution: A\n---\n",
            "TOC.md": "# A {#a}\n\n- [B](b.md)\n- [C](c.md)\n",
            "b.md": "# B\n\n{{$include /_includes/x.md}}\n",
            "c.md": "# C\n\n{{$include /_includes/x.md}}\n",
            "_includes/x.md": "# Name\n\n## A {#1}\n\nText [\n",
        }
    )
    warnings = ["_includes/x.md:3: WARNING: the id", "_includes/x.md:5: WARNING: '['"]
    for parallel in (0, 2):
        project.build(ajo_lint="default", warnings=warnings, parallel=parallel, fresh=True)
    project.build(ajo_lint="default")
    project.write(b="# B\n\nText\n")
    project.build(ajo_lint="default")
    project.write(c="# C\n\nText\n\n{{$include /_includes/x.md}}\n")
    project.build(ajo_lint="default", warnings=warnings)


def test_two_pages_with_one_id(project):
    """No two pages have the same `exl-id`."""
    project.write(
        index="---\nexl-id: 1\n---\n# A\n",
        other="---\ntitle: B\norphan: true\nexl-id: 1\n---\n# B\n",
    )
    project.build(
        ajo_lint="default",
        ajo_dialect="exl",
        warnings=["other.md:4: WARNING: index.md has the exl-id '1', too; links by it lead there"],
    )
    project.build(ajo_lint={"exl_id": "off"}, ajo_dialect="exl", fresh=True)
