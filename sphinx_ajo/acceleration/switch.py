"""Whether a build is accelerated: the one switch for all modules of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.project.repository import is_exl_project
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def is_accelerated(app: Sphinx) -> bool:
    """Tell whether a build may use faster replacements.

    :param app: The Sphinx application; its configuration has been read.
    :returns: What ``ajo_accelerate`` says; ``"auto"`` is true in projects of ExL pages.
    """
    setting = get_ajo_config(app.config).accelerate
    return is_exl_project(app) if setting == "auto" else setting is True


def setup_switch(app: Sphinx) -> None:
    """Tell lower layers what the switch says."""
    app.connect("builder-inited", _note, priority=1)


def _note(app: Sphinx) -> None:
    state_of(app.env).accelerated = is_accelerated(app)
