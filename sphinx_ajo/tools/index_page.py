"""Prepare a checkout for a package index, which does not have the other files of the repository.

``python sphinx_ajo/tools/index_page.py https://example.org/owner/sphinx_ajo v1.2.3`` makes the
links of the README absolute, and adds the addresses of the project to ``pyproject.toml``. It needs
nothing but Python.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

LINK: Final = re.compile(
    r"^```.*?^```$|(?P<image>!?)\[(?P<label>[^][]*)\]\((?P<target>[^()\s]+)\)",
    re.DOTALL | re.MULTILINE,
)
"""A block of code, or a link or an image of the README."""

BEFORE: Final = "[project.optional-dependencies]\n"
"""The line of ``pyproject.toml`` above which the addresses are inserted."""


def absolute_links(text: str, address: str, tag: str) -> str:
    """Make relative links absolute.

    :param tag: The tag or branch that the links lead to.
    """

    def replace(match: re.Match[str]) -> str:
        image, label, target = match.groups()
        if target is None or target.startswith("#") or re.match(r"[a-z]+:", target):
            return match[0]
        kind = "raw" if image else "blob"
        return f"{image}[{label}]({address}/{kind}/{tag}/{target})"

    return LINK.sub(replace, text)


def with_urls(pyproject: str, address: str) -> str:
    """Add the addresses of the project.

    :param pyproject: The text of ``pyproject.toml``.
    """
    urls = (
        "[project.urls]\n"
        f'Source = "{address}"\n'
        f'Documentation = "{address}/tree/main/docs"\n'
        f'Changelog = "{address}/blob/main/CHANGELOG.md"\n'
        f'Issues = "{address}/issues"\n\n'
    )
    return pyproject.replace(BEFORE, urls + BEFORE, 1)


def main(root: Path, address: str, tag: str) -> None:
    """Change ``README.md`` and ``pyproject.toml``.

    :param tag: The tag or branch that links lead to.
    """
    address = address.rstrip("/")
    readme, pyproject = root / "README.md", root / "pyproject.toml"
    readme.write_text(absolute_links(readme.read_text("utf-8"), address, tag), "utf-8")
    pyproject.write_text(with_urls(pyproject.read_text("utf-8"), address), "utf-8")


if __name__ == "__main__":
    main(Path(__file__).parents[2], *sys.argv[1:])
