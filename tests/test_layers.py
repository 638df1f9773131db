"""Each part that is tested without a build passes its tests without the parts above it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from code_tree import LAYERS

TESTS = Path(__file__).parent

pytestmark = pytest.mark.build

UNBUILT = ("base", "language", "site", "icons")
"""The parts that are tested without a build."""


@pytest.mark.parametrize("name", UNBUILT)
def test_tests_run_without_the_layers_above(name):
    """With everything above it out of reach, the tests of a part pass."""
    above = [f"sphinx_ajo.{other}" for other in LAYERS[LAYERS.index(name) + 1 :]]
    options = [str(TESTS / name), "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    code = (
        "import sys, pytest;"
        f"sys.modules.update(dict.fromkeys({above!r}));"
        f"sys.exit(pytest.main({options!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
