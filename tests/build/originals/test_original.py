"""Which repository is the original of a translation."""

from __future__ import annotations

import os
import shutil

import pytest

LINK = {"help/user/home.md": "# Hem\n\n[a](setup.md#first-steps)\n"}
DEAD = "home.md:3: WARNING: no heading or id 'first-steps' on page 'help/user/setup'"
ROOT = "index.html"
TOP = "; the link leads to the top of that page"


@pytest.mark.parametrize("form", ["absolute", "relative", "help"])
def test_setting(lamps, form):
    """A setting names another folder, by whatever path."""
    lamps.write(LINK)
    moved = lamps.folder.parent / "elsewhere"
    lamps.original.rename(moved)
    folder = moved / "help" if form == "help" else moved
    setting = os.path.relpath(folder, lamps.folder) if form == "relative" else str(folder)
    lamps.build(ajo_original=setting)


def test_setting_wins(lamps):
    """Also over what stands beside; an empty one is none, and needs no advice."""
    lamps.write(LINK)
    lamps.build(ajo_original="", warnings=[f"{DEAD}{TOP} [ajo.link_anchor]"])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("gone", "ajo_original = 'gone': there is no such folder; the original is not used"),
        (3, "ajo_original = 3: must be None or a path; using None"),
    ],
)
def test_bad_setting(lamps, value, message):
    lamps.original.rename(lamps.folder.parent / "elsewhere")
    warnings = [message]
    if value == 3:
        warnings.append("The config value `ajo_original' has type `int'")
    lamps.build(ajo_original=value, warnings=warnings)


def test_itself(lamps):
    """Nothing is its own original."""
    lamps.write(LINK)
    lamps.build(ajo_original=".", warnings=[f"{DEAD}{TOP} [ajo.link_anchor]"])


def test_advice(lamps):
    """A translation without an original is built, and the warning tells what would help."""
    shutil.rmtree(lamps.original)
    lamps.write(LINK)
    lamps.build(warnings=[f"{DEAD}{TOP} (is it an id of the original? see ajo_original)"])


def test_no_advice(lamps):
    """What is no translation has no original."""
    shutil.rmtree(lamps.original)
    lamps.write({**LINK, "help/user/setup.md": "# Montera\n"})
    lamps.build(warnings=[f"{DEAD}{TOP} [ajo.link_anchor]"])


def test_mixed(lamps):
    """In the mixed dialect there are no originals."""
    lamps.build(
        ajo_dialect="mixed", root_doc="help/user/home", suppress_warnings=["toc.not_included"]
    )


def listed(build):
    return [link for link in ("home", "care", "setup") if f"user/{link}.html" in build.text(ROOT)]


def test_hidden_entries(lamps):
    """What the original hides is hidden, though the translation has lost the mark."""
    lamps.write({"help/user/TOC.md": "# L\n\n+ [A](home.md)\n+ [B](./care.md)\n+ [C](setup.md)\n"})
    assert listed(lamps.build()) == ["home", "setup"]
    assert listed(lamps.build(ajo_original="")) == ["home", "care", "setup"]


def test_shown_entries(lamps):
    """An entry that the original no longer hides is shown in the next build."""
    assert listed(lamps.build()) == ["home"]
    toc = lamps.original / "help/user/TOC.md"
    text = toc.read_text(encoding="utf-8")
    toc.write_text(text.replace("{hide-from-toc} ", ""), encoding="utf-8")
    assert listed(lamps.build()) == ["home", "care"]
    toc.unlink()
    assert listed(lamps.build()) == ["home", "care"]


def test_increments(lamps):
    """Only what depends on a file of the original is read again when it changes."""
    lamps.write(LINK)
    lamps.build()
    assert lamps.build().updated == frozenset()
    setup = lamps.original / "help/user/setup.md"
    setup.write_text("# Set up\n\n## Begin\n\n## Bulbs\n\n### Notes\n", encoding="utf-8")
    # the page that links to a heading which is gone is not read, but written
    assert lamps.build(warnings=["no heading or id 'first-steps'"]).updated == {"help/user/setup"}
    lamps.write({"help/user/home.md": "# Hem\n\n[a](setup.md#begin)\n"})
    assert lamps.build().updated == {"help/user/home"}


def test_includes_of_the_original(lamps):
    """A page depends on what its original includes, too."""
    lamps.write_original(
        {"help/user/setup.md": "# Set up\n\n{{$include /help/_includes/x.md}}\n\n## More\n"}
    )
    lamps.write({"help/user/setup.md": "# Montera\n\n## Ett\n\n## Mera\n"})
    lamps.build()
    lamps.write_original({"help/_includes/x.md": "## One\n"})
    build = lamps.build()
    assert build.updated == {"help/user/setup"}
    assert 'id="one"' in build.text("help/user/setup.html")


def test_original_comes_and_goes(lamps):
    """Everything is read again: anything may have changed."""
    away = lamps.folder.parent / "away"
    lamps.original.rename(away)
    lamps.build()
    away.rename(lamps.original)
    build = lamps.build()
    assert "help/user/home" in build.updated
    assert 'id="first-steps"' in build.text("help/user/setup.html")
    lamps.original.rename(away)
    assert 'id="first-steps"' not in lamps.build().text("help/user/setup.html")


def test_moved_originals(lamps):
    """A page is read again when another file becomes its original."""
    old = "help/user/old"
    lamps.write({f"{old}.md": "---\nexl-id: 1-a\nhide: true\n---\n\n# A\n"})
    lamps.build()
    lamps.write_original({"help/user/moved.md": "---\nexl-id: 1-a\n---\n\n# Moved\n"})
    build = lamps.build()
    assert build.updated == {old}
    assert 'id="moved"' in build.text(f"{old}.html")
    assert lamps.build().updated == frozenset()
    (lamps.original / "help/user/moved.md").rename(lamps.original / "help/user/again.md")
    build = lamps.build()
    assert build.updated == {old}
    assert 'id="moved"' in build.text(f"{old}.html")
    lamps.write_original({f"{old}.md": "# Old\n"})
    build = lamps.build()
    assert build.updated == {old}
    assert 'id="old"' in build.text(f"{old}.html")


def test_contents_of_the_original(lamps):
    """A page is read again if its original says something else, not if that is newer."""
    page = lamps.original / "help/user/setup.md"
    lamps.build(warnings=None)
    assert not lamps.build(warnings=None).updated
    for path in lamps.original.rglob("*.*"):
        os.utime(path)
    assert not lamps.build(warnings=None).updated
    status = page.stat()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("First steps", "First ideas"), encoding="utf-8")
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    build = lamps.build(warnings=None)
    assert build.updated == {"help/user/setup"}
    assert "first-ideas" in build.text("help/user/setup.html")
