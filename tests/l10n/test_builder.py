"""The builder ``ajo-l10n``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import lxml.html
import pytest
from sphinx.cmd.build import main

from sphinx_ajo import testing

ROOT = Path(__file__).parents[2]

ENGLISH = {
    "metadata.md": "---\nsolution: Lamp\nlanding-page-name: lamp\n---\n",
    "help/_includes/x.md": "Keep the old bulb in a dry place.\n",
    "help/a/TOC.md": "# A {#a}\n\n- [B](b.md)\n- [C](c.md)\n- [New](new.md)\n",
    "help/a/b.md": (
        "---\ntitle: B\ndescription: How to change the bulb\n---\n\n"
        "# B\n\n{{$include /help/_includes/x.md}}\n\n## Two {#two}\n\nUse the **switch**.\n\n"
        "> [!NOTE]\n> Never touch the bulb while it is hot.\n\n[New](new.md)\n"
    ),
    "help/a/c.md": "# C\n\n## D\n\n### E\n",
    "help/a/new.md": "# New\n",
    "help/p/TOC.md": "# P {#p}\n\n- [Q](q.md)\n",
    "help/p/q.md": "# Q\n",
    "README.md": "# Read me\n",
}

SWEDISH = {
    "metadata.md": (
        "---\nsolution: Lamp\nlanding-page-name: lamp\ngit-repo: https://github.com/example/lamp.sv-SE\n---\n"
    ),
    "help/_includes/x.md": "Keep the old bulb in a dry place.\n",
    "help/a/TOC.md": "# A {#a}\n\n- [B](b.md)\n- [C](c.md)\n- [Gammal](old.md)\n",
    "help/a/b.md": (
        "---\ntitle: B\ndescription: How to change the bulb\nsource-git-commit: 1234567\n---\n\n"
        "# B\n\n{{$include /help/_includes/x.md}}\n\n## Två {#two}\n\n"
        "Använd ** knappen **.&#x200B;\n\n"
        "Rör inte lampan. Never touch the bulb while it is hot.\n\n[Ny](new.md)\n"
    ),
    "help/a/c.md": "# C\n\n## D\n\n[x](#e) \n",
    "help/a/old.md": "# Gammal\n",
    "README.md": "# Läs\n",
}

EXPECTED = [
    "help/_includes/x.md:1: ajo.l10n_english: left in English: 'Keep the old bulb in a dry place'",
    "help/a/b.md:3: ajo.l10n_english: left in English: 'How to change the bulb'",
    "help/a/b.md:11: ajo.l10n_structure: the original has 1 alert here, the translation 0; missi",
    "help/a/b.md:13: ajo.l10n_markup: readers see '**', which the original does not show: markup",
    "help/a/b.md:13: ajo.l10n_zero_width: zero-width spaces beside markup: 1 on this page, the f",
    "help/a/b.md:15: ajo.l10n_english: 8 of 11 words in a row are in English: 'Never touch the b",
    "help/a/b.md:17: ajo.untranslated: ",
    "help/a/c.md:3: ajo.l10n_structure: the original has 1 heading here, the translation 0; miss",
    "help/a/c.md:5: ajo.l10n_structure: the original has 0 links here, the translation 1; added:",
    "help/a/c.md:5: ajo.link_anchor: no heading or id 'e' on page 'help/a/c'; the link leads to ",
    "help/a/new.md: ajo.l10n_missing: the original has a page 'help/a/new.md', the translation d",
    "help/a/old.md:1: ajo.l10n_surplus: the original has no such page, neither by its path nor b",
    "help/p/q.md: ajo.l10n_missing: the original has a page 'help/p/q.md', the translation does ",
]
"""How each line begins."""


class Lamps:
    """A translation, its original, and the builder."""

    def __init__(self, folder):
        self.folder = folder / "lamp.sv-SE"
        self.original = folder / "lamp.en"
        self.out = folder / "out"
        testing.write_files(self.folder, SWEDISH)
        testing.write_files(self.original, ENGLISH)

    def check(self, capfd, *arguments):
        """Run it; return its exit code and the lines of both streams."""
        code = main(
            [
                *("-C", "-b", "ajo-l10n", "-D", "extensions=sphinx_ajo", *arguments),
                *(str(self.folder), str(self.out)),
            ]
        )
        captured = capfd.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()


@pytest.fixture
def lamps(tmp_path):
    return Lamps(tmp_path)


def check_lines(found):
    assert [line[: len(start)] for line, start in zip(found, EXPECTED, strict=False)] == EXPECTED
    assert len(found) == len(EXPECTED)


def test_report(lamps, capfd):
    """All findings by file and line, nothing else, and the totals of each guide."""
    code, out, err = lamps.check(capfd, "-j", "2", "-D", "ajo_l10n_format=text,json,sarif,html")
    assert code == 0
    check_lines(err)
    assert "ajo-l10n: 12 warnings, 1 note in 6 files" in out
    assert "help/p: 1 pages: ajo.l10n_missing 1" in out
    written = {path.name for path in lamps.out.iterdir()} - {"_sphinx_design_static"}
    assert written == {".doctrees", "ajo-l10n.json", "ajo-l10n.sarif", "ajo-l10n.html"}
    _check_json(lamps.out / "ajo-l10n.json")
    _check_sarif(lamps.out / "ajo-l10n.sarif")
    _check_html(lamps.out / "ajo-l10n.html")


def _check_json(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["summary"] == {"error": 0, "warning": 12, "info": 1}
    check_lines(
        [
            f"{item['file']}{':' if item['line'] else ''}{item['line'] or ''}: {item['subtype']}: "
            f"{item['message']}"
            for item in data["diagnostics"]
        ]
    )
    guides = {guide["guide"]: guide for guide in data["guides"]}
    assert sorted(guides) == ["(no guide)", "help/a", "help/p"]
    assert guides["help/a"]["pages"] == 4
    assert guides["help/a"]["findings"]["ajo.l10n_english"] == 2
    assert guides["help/p"] == {"guide": "help/p", "pages": 1, "findings": {"ajo.l10n_missing": 1}}


def _check_sarif(path):
    (run,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    assert len(run["results"]) == len(EXPECTED)
    rules = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert rules["ajo.l10n_missing"].startswith("The original has a page")


def _check_html(path):
    root = lxml.html.fromstring(path.read_text(encoding="utf-8"))
    assert root.xpath("//summary/text()")[1] == "help/a/b.md (6)"
    heads = root.xpath("//table[1]//th[@scope='col']/text()")[:3]
    assert heads == ["Guide", "Pages", "l10n_english"]
    assert root.xpath("//tr[th='help/a']/td/text()")[:2] == ["4", "2"]


def test_exit_code(lamps, capfd):
    """With `-W` a warning counts, a note does not; without it only an error."""
    assert lamps.check(capfd, "-W")[0] == 1
    assert lamps.check(capfd, "-D", "ajo_l10n.l10n_zero_width=error")[0] == 1
    off = ("-D", "ajo_l10n.*=off", "-D", "suppress_warnings=ajo.untranslated,ajo.link_anchor")
    notes = ("-D", "ajo_l10n.l10n_zero_width=info")
    code, _, err = lamps.check(capfd, "-W", *off, *notes)
    assert (code, [line.split()[1] for line in err]) == (0, ["ajo.l10n_zero_width:"])


def test_chosen_kinds(lamps, capfd):
    _, _, err = lamps.check(capfd, "-D", "ajo_l10n=off")
    assert [line.split()[1] for line in err] == ["ajo.untranslated:", "ajo.link_anchor:"]
    _, _, err = lamps.check(capfd, "-D", "ajo_l10n.l10n_engilsh=off")
    assert "entry 'l10n_engilsh': there is no such rule" in err[0]


def test_other_warnings_do_not_count(lamps, capfd):
    """What is wrong in both languages is a matter of the builder ajo-lint."""
    for folder in (lamps.folder, lamps.original):
        for path in folder.rglob("*.md"):
            path.unlink()
        testing.write_files(folder, {"metadata.md": "---\na: b\n---\n"})
        testing.write_files(folder, {"help/TOC.md": "# A\n\n- [B](b.md)\n"})
        testing.write_files(folder, {"help/b.md": "# B\n\n[x](no.md) ![](no.png)\n"})
    assert lamps.check(capfd, "-W")[::2] == (0, [])


def test_link_to_an_original_without_address(lamps, capfd):
    """A page that only the original has is missed, wherever that is published."""
    for folder in (lamps.folder, lamps.original):
        testing.write_files(folder, {"metadata.md": "---\nsolution: Lamp\n---\n"})
    _, _, err = lamps.check(capfd, "-D", "ajo_l10n=off")
    assert [line.split()[:2] for line in err] == [
        ["help/a/b.md:17:", "ajo.link_missing:"],
        ["help/a/c.md:5:", "ajo.link_anchor:"],
    ]


def test_english_variant(lamps, capfd):
    """What is translated to English is in English."""
    _, _, err = lamps.check(capfd, "-D", "language=en_GB", "-D", "ajo_l10n.*=off")
    assert not [line for line in err if "l10n_english" in line]


def test_second_run(lamps, capfd):
    """A run that changes nothing reports the same; other builders report nothing of it."""
    check_lines(lamps.check(capfd)[2])
    check_lines(lamps.check(capfd)[2])
    build = testing.build(lamps.folder, "html", warnings=None)
    assert not [line for line in build.warnings if "l10n" in line]


def test_without_original(lamps, capfd):
    """It says that there is nothing to compare with."""
    shutil.rmtree(lamps.original)
    code, _, err = lamps.check(capfd, "-W")
    assert code == 1
    assert "there is no original to compare with" in err[0]


def test_manifest(lamps, capfd):
    """The list of the pages of the original is enough for pages and headings."""
    build = testing.build(lamps.original, "html", warnings=None)
    manifest = Path(build.outdir, "ajo-pages.json")
    shutil.copy(manifest, lamps.folder / "en.json")
    shutil.rmtree(lamps.original)
    path = str(lamps.folder / "en.json")
    _, _, err = lamps.check(capfd, "-D", f"ajo_l10n_pages={path}")
    assert [line.partition(": the")[0] for line in err] == [
        "help/a/c.md:1: ajo.l10n_structure",
        "help/a/new.md: ajo.l10n_missing",
        "help/a/old.md:1: ajo.l10n_surplus",
        "help/p/q.md: ajo.l10n_missing",
    ]
    (lamps.folder / "en.json").write_text("[]", encoding="utf-8")
    _, _, err = lamps.check(capfd, "-D", f"ajo_l10n_pages={path}")
    assert "this is not a list of pages that this release can read" in err[0]


def test_hostile_texts(lamps, capfd):
    """No text of a page is markup in the report."""
    name = "x-&amp;-<img src=x>"
    testing.write_files(
        lamps.folder, {"help/a/c.md": f"# C\n\n[x](</{name}.md>) ![a](</'\"><script>.png>)\n"}
    )
    lamps.check(capfd, "-D", "ajo_l10n_format=html", "-D", "project=<script>alert(1)</script>")
    root = lxml.html.fromstring((lamps.out / "ajo-l10n.html").read_text(encoding="utf-8"))
    assert root.xpath("//script | //img | //h1/*") == []
    assert "<script>" in root.text_content()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_behind(lamps, capfd):
    """Pages whose originals, or what these include, have changed since."""

    def git(*arguments):
        command = ["git", "-C", str(lamps.original), "-c", "user.name=A", "-c", "user.email=a@b.c"]
        return subprocess.run(
            [*command, *arguments], check=True, capture_output=True, text=True
        ).stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "x")
    commit = git("rev-parse", "HEAD")
    testing.write_files(lamps.original, {"help/_includes/x.md": "Changed.\n"})
    git("commit", "-q", "-a", "-m", "y")
    head = git("rev-parse", "HEAD")
    c = f"---\nsource-git-commit: {head}\n---\n\n# C\n"
    b = SWEDISH["help/a/b.md"].replace("1234567", commit)
    testing.write_files(lamps.folder, {"help/a/b.md": b, "help/a/c.md": c})
    _, _, err = lamps.check(capfd, "-D", "ajo_l10n.*=off", "-D", "ajo_l10n.l10n_behind=warning")
    (line,) = (line for line in err if "l10n" in line)
    start = "help/a/b.md:4: ajo.l10n_behind: the original 'help/_includes/x.md' has changed since"
    assert line.startswith(start)


def test_command(lamps):
    """The command prints the findings, and fails if there are any."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert scripts["scripts"]["ajo-l10n"] == "sphinx_ajo.l10n.command:main"
    command = "import sys; from sphinx_ajo.l10n.command import main; sys.exit(main())"
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command, str(lamps.folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1
    check_lines(result.stderr.splitlines())
