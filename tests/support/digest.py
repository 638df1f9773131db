"""What a build leaves untouched: all that lies outside of its output."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def tree_digest(folder, without=()):
    """Return what each file, folder and link of a tree is: path → digest.

    :param folder: The folder that all of it lies in.
    :param without: Folders that may change.
    """
    found = {}
    left_out = set(map(Path, without))
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if here / name not in left_out]
        for path in (here / name for name in (*folders, *files)):
            found[path] = "folder or device"
            if path.is_symlink():
                found[path] = f"link {path.readlink()}"
            elif path.is_file():
                found[path] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def output_text(folder):
    """Return all that the files of an output hold, and how they are called, as bytes."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return b"\0".join(part for path in files for part in (os.fsencode(path), path.read_bytes()))
