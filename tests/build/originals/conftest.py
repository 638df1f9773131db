"""A small repository and its translation, side by side."""

from __future__ import annotations

import pytest

from sphinx_ajo import testing

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\4\0\0\0\xb5\x1c\x0c\2"
    b"\0\0\0\x0bIDATx\xdac\xfc\xff\x1f\0\3\3\2\0\xee\xfe\xdc\xd7\0\0\0\0IEND\xaeB`\x82"
)

ENGLISH = {
    "metadata.md": "---\nsolution: Lamp\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": (
        "# Lamp {#user}\n\n+ [Home](home.md)\n+ {hide-from-toc} [Care](care.md)\n"
        "+ Start {#start}\n   + [Set up](setup.md)\n   + [New](new.md)\n"
    ),
    "help/user/home.md": "# Home\n",
    "help/user/care.md": "# Care\n",
    "help/user/new.md": "# New\n",
    "help/user/unlisted.md": "# Unlisted\n",
    "help/user/setup.md": "# Set up\n\n## First steps\n\n## Bulbs & sockets\n\n### Notes\n",
}

SWEDISH = {
    "metadata.md": (
        "---\nsolution: Lamp\nlanding-page-name: lamp\n"
        "git-repo: https://github.com/example/lamp.sv-SE\n---\n"
    ),
    "help/user/TOC.md": (
        "# Lampa {#user}\n\n+ [Hem](home.md)\n+ [Skötsel](care.md)\n"
        "+ Start {#start}\n   + [Montera](setup.md)\n"
    ),
    "help/user/home.md": "# Hem\n",
    "help/user/care.md": "# Skötsel\n",
    "help/user/setup.md": (
        "---\nsource-git-commit: 1234abc\n---\n\n"
        "# Montera\n\n## Första stegen\n\n## Lampor\n\n### Anteckningar\n"
    ),
}


class Repositories:
    """The two repositories."""

    def __init__(self, folder):
        self.original = folder / "lamp.en"
        self.folder = folder / "lamp.sv-SE"
        self.write_original(ENGLISH)
        self.write(SWEDISH)

    def write(self, files):
        testing.write_files(self.folder, files)

    def write_original(self, files):
        testing.write_files(self.original, files)

    def image(self, path, *, original=True):
        file = (self.original if original else self.folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        # so that one can be told from the other
        file.write_bytes(PNG + (b"en" if original else b"sv"))

    def build(self, builder="html", **options):
        return testing.build(self.folder, builder, **options)


@pytest.fixture
def lamps(tmp_path):
    return Repositories(tmp_path)
