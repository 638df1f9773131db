"""Build the demo set: ``python docs/demo-set/build.py [FOLDER]``.

Each site is a build of its own, twice: the first time, sites do not know each other yet. The last
one is the portal.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from demo_set import NAMES

HERE = Path(__file__).parent


def build(public: Path, source: Path, output: Path, cache: Path, *options: str) -> None:
    """Run one build."""
    folders = ["-d", str(cache), str(source), str(output)]
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options, *folders]
    environment = {**os.environ, "DEMO_SET_OUTPUT": str(public)}
    subprocess.run(command, check=True, env=environment)  # noqa: S603 (our own command)


def main() -> None:
    """Build all of it."""
    parser = argparse.ArgumentParser(description="Build the demo set.")
    parser.add_argument("folder", nargs="?", default=HERE / "_build" / "public", help="the output")
    public = Path(parser.parse_args().folder).resolve()
    cache = public.parent / "doctrees"
    rounds = (["-Q"], ["-W"])  # the first time, each site lacks the others
    for options in rounds:
        for name in NAMES:
            folders = HERE / name, public / name, cache / name
            build(public, *folders, "-c", str(HERE), *options)
    build(public, HERE / "portal", public, cache / "portal", "-W")
    sys.stdout.write(f"Open {public / 'index.html'}\n")


if __name__ == "__main__":
    main()
