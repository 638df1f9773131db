"""Report unregistered options: a misspelt name would silently have no effect."""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import PREFIX
from sphinx_ajo.foreign.sphinx import user_values
from sphinx_ajo.language.suggestions import nearest_name
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def setup_option_names(app: Sphinx) -> None:
    """Report misspelt options."""
    # after all extensions have registered their options
    app.connect("config-inited", _report_unknown, priority=850)


def _report_unknown(_app: Sphinx, config: Config) -> None:
    known = [value.name for value in config if value.name.startswith(PREFIX)]
    for name in _unknown(config):
        nearest = nearest_name(name, known)
        hint = f"; did you mean {nearest}?" if nearest else ""
        message = "there is no option %s; it is ignored%s"
        warn(AjoWarnings.CONFIG, message, name, hint, location=None)


def _unknown(config: Config) -> list[str]:
    """Return the names that begin with our prefix, but are not registered by any extension."""
    found = set()
    for name, value in user_values(config).items():
        # "-D ajo_lint.am008=off" sets an entry of a dictionary
        option = name.partition(".")[0]
        # functions and modules in conf.py may have any name
        is_code = isinstance(value, (FunctionType, ModuleType, type))
        if option.startswith(PREFIX) and option not in config and not is_code:
            found.add(option)
    return sorted(found)
