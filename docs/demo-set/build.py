"""Build the demo set: ``python docs/demo-set/build.py [FOLDER]``.

Each site is a build of its own, twice: the first time, sites do not know each other yet. The last
one is the portal.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from demo_set import NAMES

HERE = Path(__file__).parent


def build(source: Path, output: Path, cache: Path, *options: str) -> None:
    """Run one build."""
    folders = ["-d", str(cache), str(source), str(output)]
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options, *folders]
    environment = {**os.environ, "DEMO_SET_OUTPUT": str(PUBLIC)}
    subprocess.run(command, check=True, env=environment)  # noqa: S603 (our own command)


PUBLIC = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "_build" / "public").resolve()


def main() -> None:
    """Build all of it."""
    cache = PUBLIC.parent / "doctrees"
    rounds = (["-Q"], ["-W"])  # the first time, each site lacks the others
    for options in rounds:
        for name in NAMES:
            build(HERE / name, PUBLIC / name, cache / name, "-c", str(HERE), *options)
    build(HERE / "portal", PUBLIC, cache / "portal", "-W")
    sys.stdout.write(f"Open {PUBLIC / 'index.html'}\n")


if __name__ == "__main__":
    main()
