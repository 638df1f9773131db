"""The configuration of all repositories, which need none of their own: sphinx-build -c."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from demo_set import sites

extensions = ["sphinx_ajo"]
html_theme = "furo"

ajo_sites = sites("../")
suppress_warnings = ["ajo.untranslated"]  # the translation need not have all pages
ajo_original = ""  # each repository is built alone
ajo_permalinks = True
ajo_machine_metadata = True
