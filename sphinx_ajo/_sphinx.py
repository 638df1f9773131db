"""The only place that touches what Sphinx does not document.

``tests/test_sphinx.py`` fails when one of these changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config


def user_settings(config: Config) -> frozenset[str]:
    """Return the names of all values that the user has set.

    :param config: Sphinx's configuration.
    :returns: Those of ``conf.py`` and those of the command line.
    """
    return frozenset(config._raw_config) | frozenset(config.overrides)
