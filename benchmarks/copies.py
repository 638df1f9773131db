"""Make a large repository of a real one: several copies of its guides, with addresses of their own.

Generated pages resemble real ones only as far as somebody has looked. Copies have all their traits.
"""

from __future__ import annotations

import re
import shutil
import uuid
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = re.compile(r"(\]\(|\b(?:src|href)=[\"'])/help/(?!_includes/)")
"""A path from the root of the repository, but not to a text that all copies share."""

_ID = re.compile(r"^(exl-id:\s*)(\S+)", re.MULTILINE)

PREFIX: Final = "copy-"
"""How the names of the folders of all copies begin."""


def copy_repository(repo: Path, target: Path, copies: int) -> None:
    """Write a repository with several copies of the pages of another one.

    :param repo: A repository with a folder ``help``.
    :param target: The new repository; it is replaced.
    :param copies: How many there are: the first one stays where it is, the others get folders in
        ``help``. They share the included texts, whose links lead to the first one.
    """
    shutil.rmtree(target, ignore_errors=True)
    leave_out = shutil.ignore_patterns(".git", "node_modules")
    shutil.copytree(repo, target, ignore=leave_out, copy_function=shutil.copyfile)
    _make_writable(target)
    leave_out = shutil.ignore_patterns("_includes")
    for number in range(1, copies):
        folder = target / "help" / f"{PREFIX}{number}"
        shutil.copytree(repo / "help", folder, ignore=leave_out, copy_function=shutil.copyfile)
        _make_writable(folder)
        for path in folder.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(_move(text, folder.name), encoding="utf-8")


def _make_writable(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _move(text: str, folder: str) -> str:
    """Make the paths and ids of a page those of its copy."""
    text = _ADDRESS.sub(rf"\g<1>/help/{folder}/", text)
    return _ID.sub(
        lambda match: f"{match[1]}{uuid.uuid5(uuid.NAMESPACE_URL, match[2] + folder)}", text
    )
