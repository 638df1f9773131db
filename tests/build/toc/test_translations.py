"""Titles of a TOC.md in projects that are translated with catalogs."""

from __future__ import annotations

import re

FILES = {
    "help/TOC.md": (
        "# Lamp {#lamp}\n\n+ [Home](home.md)\n   + [Light & *shade*](light.md)\n"
        "+ Care {#care}\n   + [Clean it](clean.md)\n"
    ),
    "help/home.md": "# Home page\n",
    "help/light.md": "# Light page\n",
    "help/clean.md": "# Clean page\n",
}
TITLES = {
    "Home": "Hem",
    "Light & shade": "Ljus",
    "Care": "Vård",
    "Clean it": "Gör *ren*",
}


def catalog(folder, name, messages):
    path = folder / "sv/LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in messages.items()]
    path.write_text("\n".join([header, *entries]), encoding="utf-8")


def test_catalog(project):
    """Each title is a message that tells its TOC.md; none is empty, which would be a header."""
    project.write_files(FILES)
    build = project.build("gettext")
    text = "".join(path.read_text(encoding="utf-8") for path in build.outdir.rglob("*.pot"))
    found = re.findall(r'((?:#: \S+\n)+)msgid "(.*)"\nmsgstr ""\n(?!")', text)
    assert "" not in {title for _, title in found}
    # the title of a generated page is a message of that page, too
    assert TITLES.keys() <= {title for places, title in found if "help/TOC.md:" in places}
    assert ":-1" not in text


def test_titles(project):
    """Navigation and generated pages show the translations, which are no Markdown."""
    project.write_files(FILES)
    for name in ("index", "help"):
        catalog(project.folder / "locale", name, TITLES)
    build = project.build(language="sv", locale_dirs=["locale"], html_theme="furo")
    root, care = (build.text(name) for name in ("index.html", "help/care/index.html"))
    for page in (root, care):
        sidebar = page[page.index("sidebar-tree") : page.index("<article")]
        assert all(f">{title}</a>" in sidebar for title in TITLES.values())
        assert not any(f">{title}</a>" in sidebar for title in ("Home", "Care", "Clean it"))
    assert "Gör *ren*" in care[care.index("<article") :]
    assert "Clean it" not in care
