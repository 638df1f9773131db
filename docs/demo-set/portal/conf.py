"""The front page of the set: an ordinary project of one page."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from demo_set import sites

project = "Light"
extensions = ["sphinx_ajo"]
html_theme = "furo"

ajo_dialect = "mixed"
ajo_sites = sites("")
