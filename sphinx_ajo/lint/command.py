"""The command ``ajo-lint``: check a repository, and print only findings."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

from sphinx_ajo.lint.builder import BUILDER

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a repository.

    :param arguments: Default: those of the command line.
    :returns: The exit code: 0 if there is no warning.
    """
    return run_builder(BUILDER, "Check the pages of a repository.", arguments)


def run_builder(name: str, description: str, arguments: Sequence[str] | None) -> int:
    """Run a builder that reports.

    :param name: The name of the builder and of the command.
    :param arguments: Default: those of the command line.
    :returns: The exit code: 0 if there is no warning.
    """
    parser = argparse.ArgumentParser(
        prog=name,
        description=f"{description} Prints one line file:line: name: message for each finding.",
    )
    parser.add_argument(
        "folder", nargs="?", default=".", help="the repository (default: this folder)"
    )
    parser.add_argument("--output", help=f"the folder for {name}.json and other files")
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
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as temporary:
        output = args.output or str(Path(temporary, "output"))
        command = ["-b", name, "-q", "-W", "-d", str(Path(temporary, "doctrees"))]
        if not Path(args.folder, "conf.py").is_file():
            command += ["-C", "-D", "extensions=sphinx_ajo"]
        for option in args.options:
            command += ["-D", option]
        return build_main([*command, "-j", args.jobs, args.folder, output])
