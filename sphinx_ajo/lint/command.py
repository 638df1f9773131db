"""The command ``ajo-lint``: check a repository, and print nothing but findings."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a repository.

    :param arguments: Those of the command line, if omitted.
    :returns: The exit code: 0 if there is no warning.
    """
    parser = argparse.ArgumentParser(
        prog="ajo-lint",
        description="Check the pages of a repository. Prints one line file:line: name: message "
        "for each finding.",
    )
    parser.add_argument(
        "folder", nargs="?", default=".", help="the repository (default: this folder)"
    )
    parser.add_argument("--output", help="the folder for ajo-lint.json and ajo-lint.sarif")
    parser.add_argument(
        "-D",
        dest="options",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set an option",
    )
    parser.add_argument("-j", dest="jobs", default="1", help="how many processes read, or auto")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ajo-lint-") as temporary:
        output = args.output or str(Path(temporary, "output"))
        command = ["-b", "ajo-lint", "-q", "-W", "-d", str(Path(temporary, "doctrees"))]
        if not Path(args.folder, "conf.py").is_file():
            command += ["-C", "-D", "extensions=sphinx_ajo"]
        for option in args.options:
            command += ["-D", option]
        return build_main([*command, "-j", args.jobs, args.folder, output])
