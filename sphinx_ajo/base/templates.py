"""Our own templates, whose values are escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader

from sphinx_ajo.base.package import PACKAGE_DIR

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = PACKAGE_DIR / "templates"
"""The folder of our templates."""


@cache
def template(name: str) -> Template:
    """Return a template.

    :returns: The template, read once.
    """
    loader = FileSystemLoader(TEMPLATES, encoding="utf-8")
    return Environment(loader=loader, autoescape=True).get_template(name)
