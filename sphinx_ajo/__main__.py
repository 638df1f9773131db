"""The commands of the package: ``python -m sphinx_ajo COMMAND``."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "lint": ("sphinx_ajo.lint.command", "check the pages of a repository"),
    "preview": ("sphinx_ajo.preview.command", "show a repository while you write"),
}
"""Name → the module with its function ``main``, and what it does."""


def main(arguments: Sequence[str]) -> int:
    """Run a command.

    :param arguments: Its name, and its own arguments.
    """
    name, *others = arguments or ("",)
    if name in COMMANDS:
        code: int = import_module(COMMANDS[name][0]).main(others)
        return code
    lines = ["usage: python -m sphinx_ajo COMMAND ...", ""]
    lines += [f"  {command:9}{what}" for command, (_, what) in COMMANDS.items()]
    asked = name in ("-h", "--help")
    (sys.stdout if asked else sys.stderr).write("\n".join([*lines, ""]))
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
