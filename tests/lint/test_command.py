"""The command ``ajo-lint``, and the hook for pre-commit that runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture
def lint(tmp_path):
    """Run the command in a repository."""
    (tmp_path / "TOC.md").write_text("# Guide {#guide}\n\n+ [A](a.md)\n", encoding="utf-8")

    def run(text, *arguments):
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        command = "import sys; from sphinx_ajo.lint.command import main; sys.exit(main())"
        # the warnings that Python gives developers are none of the command
        left_out = {"PYTHONDEVMODE", "PYTHONWARNDEFAULTENCODING"}
        env = {name: value for name, value in os.environ.items() if name not in left_out}
        return subprocess.run(
            [sys.executable, "-c", command, *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=env,
        )

    return run


def test_findings(lint, tmp_path):
    """One line for each finding, an exit code for programs, and no file left behind."""
    result = lint("# A\n\n[b](b.md)\n")
    assert result.returncode == 1
    assert result.stderr.splitlines()[0].startswith("a.md:3: ajo.link_missing: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["TOC.md", "a.md"]


def test_no_finding(lint):
    """Nothing is said."""
    result = lint("# A\n\nText.\n")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_configuration(lint, tmp_path):
    """A conf.py counts."""
    conf = 'extensions = ["sphinx_ajo"]\nsuppress_warnings = ["ajo.link_missing"]\n'
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    assert lint("# A\n\n[b](b.md)\n").returncode == 0


def test_report(lint, tmp_path):
    """Options are passed on; a report goes where it is wanted."""
    lint("# A\n\n[b](b.md)\n", "-D", "ajo_lint_format=json", "-j", "2", "--output", "out")
    report = json.loads((tmp_path / "out" / "ajo-lint.json").read_text(encoding="utf-8"))
    assert "ajo.link_missing" in json.dumps(report)


def test_hook_runs_the_command():
    """The entry of the hook is a script of the package."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"][hook["entry"]] == "sphinx_ajo.lint.command:main"
    assert not hook["pass_filenames"]
