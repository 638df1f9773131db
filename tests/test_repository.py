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


def steps(workflow: str) -> dict[str, list[dict[str, Any]]]:
    """The steps of each job of a workflow."""
    jobs = yaml.safe_load(read(f".github/workflows/{workflow}.yml"))["jobs"]
    return {name: job.get("steps", []) for name, job in jobs.items()}


def test_workflow_runs_command_of_readme():
    """So does the workflow of GitHub."""
    assert TEST_COMMAND in [step.get("run") for step in steps("ci")["test"]]


def test_release_waits_for_a_person():
    """Nothing but the last job may publish; it needs an approval and runs no code of ours."""
    jobs = yaml.safe_load(read(".github/workflows/release.yml"))["jobs"]
    assert [name for name, job in jobs.items() if "environment" in job] == ["publish"]
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert not any("run" in step for step in jobs["publish"]["steps"])
    assert jobs["publish"]["needs"] == "build"
    assert jobs["build"]["needs"] == "test"
    publishing = [
        name
        for name, found in steps("release").items()
        if any("pypi-publish" in step.get("uses", "") for step in found)
    ]
    assert publishing == ["publish"]


def test_release_reads_the_version_where_it_is():
    """The line that the release workflow looks for is in the package."""
    lines = read("sphinx_ajo/__init__.py").splitlines()
    assert f'__version__ = "{sphinx_ajo.__version__}"' in lines


def test_issue_templates_are_valid():
    """Each template is a form with what GitHub asks for."""
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        template = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem != "config":
            assert {"name", "description", "body"} <= template.keys()
            inputs = [item for item in template["body"] if item["type"] != "markdown"]
            assert all(item["id"] and item["attributes"]["label"] for item in inputs)


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
