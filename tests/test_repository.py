"""The files around the package agree with each other."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import sphinx_ajo

ROOT = Path(__file__).parents[1]
TEST_COMMAND = "python -m pip install tox && python -m tox"
DEMO_COMMAND = "python -m pip install . furo && python -m sphinx docs/demo build/demo"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


@pytest.fixture(scope="module")
def lint_pins(pyproject) -> dict[str, str]:
    """The versions of the extra "lint"."""
    requirements = pyproject["project"]["optional-dependencies"]["lint"]
    assert all(requirement.count("==") == 1 for requirement in requirements)
    return dict(requirement.split("==") for requirement in requirements)


@pytest.mark.parametrize("command", [DEMO_COMMAND, TEST_COMMAND])
def test_readme_shows_command(command):
    """The README has the demo command and the test command, each on one line."""
    assert command in read("README.md").splitlines()


def test_ci_runs_command_of_readme():
    """What CI runs last is the test command of the README, literally."""
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[-1] == TEST_COMMAND


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_ci_is_executable():
    """The CI script can be started as it is."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_demo_exists():
    """The project that the demo command builds is there."""
    assert (ROOT / "docs" / "demo" / "conf.py").is_file()


def test_pre_commit_revisions_are_lint_pins(lint_pins):
    """pre-commit and `tox -e lint` run the same versions of the tools."""
    config = yaml.safe_load(read(".pre-commit-config.yaml"))
    revisions = {
        re.sub(".*/(mirrors-)?|-pre-commit$", "", repo["repo"]): repo["rev"]
        for repo in config["repos"]
    }
    assert revisions == {tool: f"v{lint_pins[tool]}" for tool in ("mypy", "ruff")}


def test_pre_commit_dependencies_are_ours(pyproject, lint_pins):
    """mypy sees the same stubs and libraries in pre-commit as in `tox -e lint`."""
    config = yaml.safe_load(read(".pre-commit-config.yaml"))
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    stubs = {f"{name}=={pin}" for name, pin in lint_pins.items() if name.startswith("types-")}
    libraries = set(pyproject["project"]["dependencies"])
    dependencies = set(hooks["mypy"]["additional_dependencies"])
    assert stubs <= dependencies
    assert dependencies <= stubs | libraries


def test_lowest_constraints_are_lower_bounds(pyproject):
    """`tox -e lowest` pins each dependency to the lower bound that the package declares."""

    def version(text: str) -> list[int]:
        numbers = [int(number) for number in text.split(".")]
        while numbers and numbers[-1] == 0:
            numbers.pop()
        return numbers

    pins = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)$", read("tests/constraints-lowest.txt").lower()))
    for requirement in pyproject["project"]["dependencies"]:
        match = re.match(r"([\w-]+)>=([\d.]+)", requirement)
        assert match, requirement
        assert version(pins[match[1]]) == version(match[2]), requirement


def test_changelog_has_version():
    """The current version has an entry, the newest one on top."""
    versions = re.findall(r"(?m)^## (\S+)", read("CHANGELOG.md"))
    assert versions[0] == sphinx_ajo.__version__
    assert len(set(versions)) == len(versions)
