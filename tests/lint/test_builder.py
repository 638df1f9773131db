"""The builder ``ajo-lint``."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from sphinx.cmd.build import main
from sphinx.errors import ExtensionError
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo import testing
from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.report import Diagnostic, arrange, summary
from sphinx_ajo.lint.reporting import diagnostic

FILES = {
    "metadata.md": "---\nsolution: Sample\n---\n",
    "help/a/TOC.md": "# A {#a}\n\n- [B](b.md)\n- [C](c.md)\n- [Gone](gone.md)\n",
    "help/a/b.md": (
        "# B {#1}\n\n{{$include /help/_includes/x.md}}\n\n"
        "![Missing](no.png)\n\n[Dead](dead.md)\n\n### Deep\n"
    ),
    "help/a/c.md": "# C\n\n## D {#d e}\n\n{{$include /help/_includes/x.md}}\n",
    "help/_includes/x.md": "# X\n\nText [\n",
}

EXPECTED = [
    "help/_includes/x.md:3: ajo.am016: '[' has no partner in its paragraph",
    "help/a/TOC.md:5: ajo.toc_missing: no page 'gone.md'; the entry is left out of the navigation",
    "help/a/b.md:1: ajo.am005: the id '1' begins with a digit",
    "help/a/b.md:5: image.not_readable: image file not readable: help/a/no.png",
    "help/a/b.md:7: ajo.link_missing: no page or file 'dead.md'; the text of the link stays",
    "help/a/b.md:9: ajo.heading_level: a heading of level 3 follows one of level 1",
    "help/a/c.md:3: ajo.am002: there is a space in '{#d e}'",
]


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "sample.en"
    testing.write_files(folder, FILES)
    return folder


@pytest.fixture
def lint(repository, tmp_path, capfd):
    """Run the command; return its exit code and the lines of both streams."""

    def lint(*arguments):
        out = str(tmp_path / "out")
        code = main(
            [
                *("-C", "-b", "ajo-lint", "-D", "extensions=sphinx_ajo", *arguments),
                *(str(repository), out),
            ]
        )
        captured = capfd.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()

    return lint


def test_report(lint, repository, tmp_path):
    """Everything is reported, once, sorted by file and line; no page is written."""
    code, out, err = lint()
    assert code == 0
    assert err == EXPECTED
    assert "ajo-lint: 6 warnings, 1 note in 4 files" in out
    # sphinx-design 0.7 writes its styles, whatever the builder
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written - {"_sphinx_design_static"} == {".doctrees"}
    assert {path.relative_to(repository).as_posix() for path in repository.rglob("*.md")} == set(
        FILES
    )


def test_second_run(lint, repository):
    """A run without changes reports the same; one after a change, what is left."""
    assert lint()[2] == lint()[2] == EXPECTED
    testing.write_files(repository, {"help/_includes/x.md": "# X\n\nText\n"})
    assert lint()[2] == EXPECTED[1:]


def test_parallel(lint):
    """Several processes find the same."""
    assert lint("-j", "2")[2] == EXPECTED


def test_quiet(lint):
    """With `-q` there are only the findings."""
    code, out, err = lint("-q")
    assert (code, out, err) == (0, [], EXPECTED)


def test_warnings_file(lint, tmp_path):
    """They go where Sphinx's warnings go."""
    path = tmp_path / "warnings.txt"
    lint("-w", str(path))
    assert path.read_text(encoding="utf-8").splitlines() == EXPECTED


def test_exit_code(lint, repository):
    """With `-W`, warnings make the build fail, and notes do not."""
    assert lint("-W")[0] == 1
    testing.write_files(
        repository,
        {
            "help/a/TOC.md": "# A {#a}\n\n- [B](b.md)\n",
            "help/a/b.md": "# B\n\n### C\n",
            "help/_includes/x.md": "",
        },
    )
    (repository / "help/a/c.md").unlink()
    code, _, err = lint("-W")
    assert err == ["help/a/b.md:3: ajo.heading_level: a heading of level 3 follows one of level 1"]
    assert code == 0
    code, _, _ = lint("-D", "ajo_lint.heading_level=error")
    assert code == 1


def test_off(lint):
    """Who says so gets only what every build reports."""
    lines = lint("-D", "ajo_lint=off")[2]
    assert lines == [
        EXPECTED[1],
        *EXPECTED[3:5],
        (
            "help/a/c.md:3: ajo.heading_id: 'e' is not allowed in the braces after a "
            "heading and is ignored; the id is 'd'"
        ),
    ]


def test_suppressed(lint):
    """What the project suppresses is not reported."""
    assert lint("-D", "suppress_warnings=ajo.*,image")[2] == [EXPECTED[5]]


def test_json(lint, tmp_path):
    """The JSON file holds all of it."""
    _, _, err = lint("-D", "ajo_lint_format=json")
    assert err == []
    data = json.loads((tmp_path / "out/ajo-lint.json").read_text(encoding="utf-8"))
    assert data["summary"] == {"error": 0, "warning": 6, "info": 1}
    assert [
        f"{item['file']}:{item['line']}: {item['subtype']}: {item['message']}"
        for item in data["diagnostics"]
    ] == EXPECTED
    assert data["diagnostics"][5]["severity"] == "info"


def test_sarif(lint, tmp_path, repository):
    """The SARIF file has the shape that its readers need."""
    _, _, err = lint("-D", "ajo_lint_format=text,sarif")
    assert err == EXPECTED
    data = json.loads((tmp_path / "out/ajo-lint.sarif").read_text(encoding="utf-8"))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "sphinx_ajo"
    assert run["originalUriBaseIds"] == {"SRCROOT": {"uri": repository.as_uri() + "/"}}
    assert len({rule["id"] for rule in rules}) == len(rules)
    texts = {rule["id"]: rule["shortDescription"]["text"] for rule in rules}
    assert texts["ajo.am005"] == "The id of a heading begins with a digit (rule AM005)."
    assert all(texts.values())
    found = []
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "SRCROOT"
        path, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
        found.append(f"{path}:{line}: {result['ruleId']}: {result['message']['text']}")
    assert found == EXPECTED
    assert [result["level"] for result in run["results"]].count("note") == 1


def test_bad_format(lint):
    """A format that does not exist is reported; the text is written."""
    _, _, err = lint("-D", "ajo_lint_format=xml")
    assert "ajo_lint_format = 'xml': must be one or more of 'text'" in err[0]
    assert err[1:] == EXPECTED


def test_no_files(lint, repository):
    """There may be nothing to report."""
    testing.write_files(
        repository,
        {
            "help/a/TOC.md": "# A {#a}\n\n- [B](b.md)\n- [C](c.md)\n",
            "help/a/b.md": "# B\n",
            "help/a/c.md": "# C\n",
        },
    )
    code, out, err = lint("-W")
    assert (code, err) == (0, [])
    assert "ajo-lint: nothing to report" in out


def test_failing_build(project):
    """What was found until an error is reported, too."""
    project.write_files(
        {
            "conf.py": (
                'extensions = ["sphinx_ajo"]\najo_dialect = "exl"\n'
                "def fail(app, env):\n    raise RuntimeError\n"
                'def setup(app):\n    app.connect("env-updated", fail)\n'
            ),
            "index.md": "# A {#1}\n",
        }
    )
    app = SphinxTestApp("ajo-lint", srcdir=project.folder, builddir=project.folder / "_build")
    try:
        with pytest.raises(ExtensionError):
            app.build()
        assert "index.md:1: ajo.am005: " in app.warning.getvalue()
    finally:
        app.cleanup()


@pytest.mark.parametrize(
    ("location", "file", "line"),
    [
        ("/root/a/b.md:3", "a/b.md", 3),
        ("/root/a/b.md:", "a/b.md", 0),
        ("/root/a/b.md", "a/b.md", 0),
        ("/else/b.md:1", "/else/b.md", 1),
        ("<unknown>:1", "<unknown>", 1),
        (None, "", 0),
    ],
)
def test_location(location, file, line):
    """Sphinx's locations are read."""
    record = logging.LogRecord("x", logging.WARNING, "", 0, "a %s [t.s]", ("b",), None)
    record.location, record.type, record.subtype = location, "t", "s"
    item = diagnostic(record, Path("/root"))
    assert item == Diagnostic(file, line, "t.s", "a b", Severity.WARNING)
    place = f"{file}:{line}" if line else file
    assert str(item) == (f"{place}: t.s: a b" if place else "t.s: a b")


def test_arrange():
    """Each thing is said once; the rule, if a warning of every build says the same."""

    def item(line, subtype, file="a"):
        return Diagnostic(file, line, subtype, "m", Severity.WARNING)

    found = [
        item(2, "x"),
        item(1, "y"),
        item(1, "x"),
        item(1, "x"),
        item(2, "y"),
        item(2, "y", "b"),
    ]
    assert arrange(found, [("x", "y")]) == [item(1, "x"), item(2, "x"), item(2, "y", "b")]
    assert summary(arrange(found)) == "5 warnings in 2 files"
    assert summary(found[:1]) == "1 warning in 1 file"
