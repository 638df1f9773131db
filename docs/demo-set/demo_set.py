"""Which sites the set has, and where they are: one list for all of them."""

from __future__ import annotations

import os
from pathlib import Path

NAMES = ("lamp.en", "lamp.de", "timer.en")
"""The repositories, each in one language."""

OUTPUT = Path(os.environ.get("DEMO_SET_OUTPUT", Path(__file__).parent / "public"))
"""The folder that is published: the portal, and a folder for each site."""


def sites(prefix: str) -> dict[str, dict[str, str]]:
    """Return what ajo_sites says; the prefix leads from a site to the folder of all sites."""
    return {
        name: {"url": f"{prefix}{name}/", "pages": str(OUTPUT / name / "ajo-pages.json")}
        for name in NAMES
    }
