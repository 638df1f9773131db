"""Compare what two revisions of the package write: ``python -m benchmarks.same_output main~5``.

A change of structure must not change a byte of any output. Each builder runs with the checkout as
it is and with the given revision, on the same repository.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
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


def build(package: Path, repository: Path, builder: str, out: Path) -> None:
    """Build a repository with a checkout of the package."""
    command = [sys.executable, "-m", "sphinx", "-q", "-C", "-b", builder]
    command += ["-D", "extensions=sphinx_ajo", "-D", "ajo_warnings=all", "-D", "today=x"]
    env = os.environ | {"PYTHONPATH": str(package), "SOURCE_DATE_EPOCH": "0"}
    subprocess.run(  # noqa: S603 (as above)
        [*command, "-d", f"{out}.doctrees", repository, out],
        env=env,
        cwd=package,
        check=True,
        stderr=subprocess.DEVNULL,
    )


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


def main(arguments: list[str] | None = None) -> int:
    """Compare; return 1 if there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="a revision of this checkout")
    parser.add_argument("--repo", type=Path, default=ROOT / "docs/demo", help="what is built")
    parser.add_argument("--builders", default=",".join(BUILDERS))
    options = parser.parse_args(arguments)
    found = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        before = check_out(options.revision, folder / "package")
        for builder in options.builders.split(","):
            outputs = (folder / "now" / builder, folder / "before" / builder)
            for package, out in zip((ROOT, before), outputs, strict=True):
                build(package, options.repo.resolve(), builder, out)
            names = differences(*outputs)
            found += len(names)
            sys.stdout.write(f"{builder}: {len(names)} differences\n")
            sys.stdout.writelines(f"  {name}\n" for name in names[:20])
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
