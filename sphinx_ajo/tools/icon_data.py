"""Generate ``fontawesome.json`` from an unpacked ``@fortawesome/fontawesome-free`` npm package.

Run as ``python -m sphinx_ajo.tools.icon_data PATH_TO_UNPACKED_NPM_PACKAGE``. After moving to
another version, also copy the package's ``LICENSE.txt`` over ``LICENSE-fontawesome.txt``.

The brands style (logos of companies and products) is left out: it holds some 40 % of the path data.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_ajo.base.package import PACKAGE_DIR

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA_FILE = PACKAGE_DIR / "icons/fontawesome.json"
METADATA = Path("metadata", "icon-families.json")
FAMILY = "classic"
STYLES = ("solid", "regular")  # In order of preference.
ATTRIBUTION = (
    "Font Awesome Free {version} by @fontawesome - https://fontawesome.com "
    "License - https://fontawesome.com/license/free (Icons: CC BY 4.0) "
    "Copyright Fonticons, Inc. "
    "Changes: path data extracted from the SVG files, brand icons left out."
)


def _shape(name: str, entry: dict[str, Any]) -> tuple[int, int, str] | None:
    """Choose the shape of an icon among its free styles.

    :param name: Name of the icon, for the error message.
    :returns: Width, height and path data, or ``None`` if no wanted style is free.
    :raises ValueError: If the view box does not start at the origin.
    """
    free = {(style["family"], style["style"]) for style in entry["familyStylesByLicense"]["free"]}
    for style in STYLES:
        if (FAMILY, style) in free:
            svg = entry["svgs"][FAMILY][style]
            left, top, width, height = svg["viewBox"]
            if (left, top) != (0, 0):
                msg = f"view box of {name} does not start at the origin: {svg['viewBox']}"
                raise ValueError(msg)
            return width, height, svg["path"]
    return None


def build(package: Path) -> str:
    """Build the icon data from an npm package.

    A name that is both an icon and an alias of another one stays the icon; of two icons with the
    same alias, the first in alphabetical order has it.

    :returns: The text of ``fontawesome.json``.
    :raises ValueError: If the metadata holds an icon that cannot be represented.
    """
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    metadata = json.loads((package / METADATA).read_text(encoding="utf-8"))
    icons: dict[str, tuple[int, int, str]] = {}
    aliases: dict[str, str] = {}
    for name, entry in sorted(metadata.items()):
        shape = _shape(name, entry)
        if shape is None:
            continue
        icons[name] = shape
        for alias in entry.get("aliases", {}).get("names", ()):
            if alias not in metadata:
                aliases.setdefault(alias, name)
    data = {
        "aliases": aliases,
        "attribution": ATTRIBUTION.format(version=version),
        "icons": icons,
        "version": version,
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":")) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the generator from the command line.

    :param argv: Command-line arguments, by default those of the process.
    :returns: Exit status: 1 if ``--check`` found a difference, otherwise 0.
    """
    parser = argparse.ArgumentParser(
        prog="python -m sphinx_ajo.tools.icon_data",
        description="Generate the icon data from an unpacked Font Awesome Free npm package.",
    )
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the file is out of date"
    )
    parser.add_argument(
        "--output", type=Path, default=DATA_FILE, help="the file (default: the shipped one)"
    )
    args = parser.parse_args(argv)
    package: Path = args.package
    output: Path = args.output
    if not (package / METADATA).is_file():
        parser.error(f"not an unpacked Font Awesome Free package (no {METADATA}): {package}")
    text = build(package)
    status = 0
    if not args.check:
        output.write_text(text, encoding="utf-8", newline="\n")
        verdict = "written"
    elif output.is_file() and output.read_text(encoding="utf-8") == text:
        verdict = "up to date"
    else:
        verdict = "out of date"
        status = 1
    sys.stdout.write(f"{output}: {verdict}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
