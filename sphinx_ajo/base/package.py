"""The version of the package, and where its files are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

VERSION: Final = "0.1.0"

PACKAGE_DIR: Final = Path(__file__).parents[1]
"""The folder of the package, with its static files, templates and catalogs."""
