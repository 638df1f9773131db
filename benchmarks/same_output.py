"""Compare what two builds of the same repository write, by each builder.

    python -m benchmarks.same_output main~5
    python -m benchmarks.same_output --accelerate [--repo PATH ...] [--python PATH ...]

A change of structure must not change a byte of any output: each builder runs with the checkout as
it is and with the given revision. Neither must what stands in for parts of others for speed: with
``--accelerate`` each builder runs with it and without it.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]

BUILDERS = ("html", "text", "latex", "epub", "gettext")

_VOLATILE = re.compile(
    rb"\"sphinx_ajo\": ?\d+|\?v=[0-9a-f]{8}|POT-Creation-Date: [^\"\\]*"
    rb"|<dc:date>[^<]*|dcterms:modified\">[^<]*"
)
"""Versions of environments, digests in links to static files, and times."""

_LEFT_OUT = frozenset({".buildinfo", "environment.pickle"})


def check_out(revision: str, folder: Path) -> Path:
    """Write a revision of the checkout to a folder, and return the folder."""
    command = ["git", "archive", revision]
    data = subprocess.check_output(command, cwd=ROOT)  # noqa: S603 (what a developer asks for)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@dataclass(frozen=True, slots=True)
class Way:
    """A way to build."""

    package: Path
    """A checkout of the package."""
    options: tuple[str, ...] = ()
    """What is set."""
    python: Path = Path(sys.executable)
    """What it runs with."""


def build(way: Way, repository: Path, builder: str, out: Path) -> str:
    """Build a repository.

    :param way: How.
    :param repository: What.
    :param builder: The builder.
    :param out: The folder of the output.
    :returns: All warnings, in their order.
    """
    command: list[str | Path] = [way.python, "-m", "sphinx", "-q", "-C", "-b", builder]
    settings = ("extensions=sphinx_ajo", "ajo_warnings=all", "today=x", *way.options)
    command += [part for setting in settings for part in ("-D", setting)]
    env = os.environ | {
        "PYTHONPATH": str(way.package),
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONHASHSEED": "0",
    }
    done = subprocess.run(  # noqa: S603 (as above)
        [*command, "-d", f"{out}.doctrees", repository, out],
        env=env,
        cwd=way.package,
        check=True,
        capture_output=True,
        text=True,
    )
    return str(done.stderr)


def contents(out: Path) -> dict[str, bytes]:
    """Return the files of an output, EPUBs unpacked by Sphinx beside them."""
    return {
        path.relative_to(out).as_posix(): _VOLATILE.sub(b"", path.read_bytes())
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in _LEFT_OUT and path.suffix != ".epub"
    }


def differences(one: Path, other: Path) -> list[str]:
    """Return the names of the files that are not the same, or only in one of two outputs."""
    ours, theirs = contents(one), contents(other)
    return sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    )


def compare(ways: tuple[Way, Way], repository: Path, builders: list[str], folder: Path) -> int:
    """Build a repository in two ways, and print what differs.

    :param ways: The ways.
    :param repository: The repository.
    :param builders: The builders.
    :param folder: A folder for all output, which is removed piece by piece.
    :returns: The number of files that differ; other warnings count as one.
    """
    found = 0
    for builder in builders:
        # of the same name: gettext writes where the pages lie that we generate
        outputs = (folder / "one" / "out", folder / "other" / "out")
        one, other = (
            build(way, repository.resolve(), builder, out)
            for way, out in zip(ways, outputs, strict=True)
        )
        names = differences(*outputs)
        if one != other:
            names.append("(warnings)")
        found += len(names)
        files = len(contents(outputs[0]))
        what = f"{repository.name}, {ways[0].python.parents[1].name}, {builder}"
        sys.stdout.write(f"{what}: {len(names)} of {files} files differ\n")
        sys.stdout.writelines(f"  {name}\n" for name in names[:20])
        sys.stdout.flush()
        for out in outputs:
            shutil.rmtree(out)
            shutil.rmtree(f"{out}.doctrees")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Compare; return 1 if there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("revision", nargs="?", help="a revision of this checkout")
    add("--accelerate", action="store_true", help="compare ajo_accelerate=1 with 0 instead")
    add("--repo", type=Path, action="append", help="what is built (docs/demo)")
    add("--python", type=Path, action="append", help="what it is built with (the same as this)")
    add("--builders", default=",".join(BUILDERS))
    options = parser.parse_args(arguments)
    if options.accelerate == bool(options.revision):
        parser.error("say either a revision or --accelerate")
    found = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if options.revision:
            before = check_out(options.revision, folder / "package")
            ways = (Way(ROOT), Way(before))
        else:
            ways = (Way(ROOT, ("ajo_accelerate=1",)), Way(ROOT, ("ajo_accelerate=0",)))
        for python in options.python or [Path(sys.executable)]:
            chosen = (replace(ways[0], python=python), replace(ways[1], python=python))
            for repository in options.repo or [ROOT / "docs/demo"]:
                found += compare(chosen, repository, options.builders.split(","), folder)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
