"""The benchmarks run, and what they build is what they say."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sphinx_ajo import testing

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.build

MARKS = (
    *("+++", ">[!NOTE]", ">[!TIP]", ">[!BEGINTABS]", ">[!BEGINSHADEBOX", ">[!VIDEO]"),
    *(">[!CONTEXTUALHELP]", "landing-cards-container", "[!BADGE ", "[!DNL ", "[!UICONTROL "),
    *("{{$include ", "-text}}", "<table>", "\n| ", "```sql", 'zoomable="yes"', "target="),
    *("<u>", "<!-- ", "&#x200B;", "](#", "](/help/", "](../", "](./", "1. ", "{style=", " {#"),
    *("/en/docs/lantern/", "badgeBeta:", "exl-id:", "hide: true"),
)


def module(name, *arguments, **environment):
    """Run a benchmark as its users do."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A generated repository."""
    folder = tmp_path_factory.mktemp("generated") / "repository"
    module("generate", folder, "--pages", 40, PYTHONHASHSEED="1")
    return folder


def pages(folder):
    return [
        path
        for path in (folder / "help").rglob("*.md")
        if path.name != "TOC.md" and "_includes" not in path.parts
    ]


def test_generator_is_deterministic(repository, tmp_path):
    """The same number of pages gives the same bytes, another seed others."""
    module("generate", tmp_path / "again", "--pages", 40, PYTHONHASHSEED="2")
    module("generate", tmp_path / "other", "--pages", 40, "--seed", 2)
    assert files(tmp_path / "again") == files(repository)
    assert not files(tmp_path / "other").keys() >= files(repository).keys()


@pytest.mark.parametrize("number", [10, 11, 57])
def test_generator_writes_as_many_pages_as_wanted(tmp_path, number):
    """The number is that of pages, in at least two guides."""
    module("generate", tmp_path / "repository", "--pages", number)
    assert len(pages(tmp_path / "repository")) == number
    assert len(list((tmp_path / "repository" / "help").glob("*/TOC.md"))) >= 2


PLAN = """
import sys
from benchmarks.generate import Generator

def groups(group):
    for entry in group.entries:
        if hasattr(entry, "entries"):
            yield entry
            yield from groups(entry)

for number in (300, 1000, 5000):
    plan = Generator(number).guides
    found = [len(group.entries) for guide in plan for group in groups(guide.tree)]
    print(number / len(found), sum(found) / len(found))
"""


def test_groups_of_any_repository_are_of_one_size():
    """What a page of a bigger repository costs more is not due to bigger or smaller groups."""
    command = [sys.executable, "-c", PLAN]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    for line in output.stdout.splitlines():
        pages, entries = map(float, line.split())
        assert pages == pytest.approx(2646 / 433, rel=0.12)
        assert entries == pytest.approx(7, rel=0.05)


def test_generated_repository_has_every_construct(tmp_path):
    """Nothing that real repositories have is missing."""
    module("generate", tmp_path / "repository", "--pages", 1000)
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages(tmp_path / "repository"))
    assert not [mark for mark in MARKS if mark not in text]
    depths = {
        len(indent) for toc in (tmp_path / "repository").rglob("TOC.md")
        for indent in re.findall(r"^( *)[-+] ", toc.read_text(encoding="utf-8"), re.MULTILINE)
    }  # fmt: skip
    assert len(depths) >= 4


def test_generated_repository_builds_without_warnings(repository):
    """All links lead somewhere, and nothing is malformed."""
    build = testing.build(repository)
    assert len(build.doctrees) >= 40


COPY = """\
import sys
from pathlib import Path
from benchmarks.copies import copy_repository
copy_repository(Path(sys.argv[1]), Path(sys.argv[2]), 2)
"""


def test_copies_have_addresses_of_their_own(tmp_path):
    """Their links and includes lead to their own pages, and no id stands twice."""
    page = (
        "---\nexl-id: 1f1f1f1f-0000-4000-8000-000000000001\n---\n# A\n\n[b](/help/b.md) [c](b.md)\n"
        '[d](https://x.test/help/b.md) <a href="/help/b.md">e</a>\n\n'
        "{{$include /help/_includes/i.md}}\n"
    )
    files = {
        "help/a.md": page,
        "help/b.md": "# B\n",
        "help/_includes/i.md": "[b](/help/b.md)\n",
        "metadata.md": "---\nproduct: x\n---\n",
        ".git/config": "",
    }
    testing.write_files(tmp_path / "one", files)
    command = [sys.executable, "-c", COPY, str(tmp_path / "one"), str(tmp_path / "two")]
    subprocess.run(command, cwd=ROOT, check=True)
    pages = sorted((tmp_path / "two").rglob("*.md"))
    assert len(pages) == 2 * 2 + 1 + 1  # the copies share the included text
    assert not (tmp_path / "two" / ".git").exists()
    texts = [path.read_text(encoding="utf-8") for path in pages if path.name == "a.md"]
    assert texts[0] == page
    assert texts[1].count("/help/copy-1/") == 2
    assert "[b](/help/copy-1/b.md) [c](b.md)" in texts[1]
    assert "(https://x.test/help/b.md)" in texts[1]
    assert "{{$include /help/_includes/i.md}}" in texts[1]
    assert len({text.split("exl-id: ")[1][:36] for text in texts}) == 2
    assert (tmp_path / "one/help/a.md").read_text(encoding="utf-8") == page


def test_comparison(tmp_path):
    """All tools that are installed build a small repository, and the report can be made again."""
    pytest.importorskip("psutil")
    output = tmp_path / "results.json"
    done = module("compare", "--quick", "--output", output)
    results = json.loads(output.read_text(encoding="utf-8"))
    (found,) = results["repositories"]
    assert found["pages"] == 20
    assert len(found["runs"]) >= 6
    for name, runs in found["runs"].items():
        (run,) = runs
        assert not run["failed"], name
        assert run["user"] > 0.1
        assert run["wall"] > 0.1
        assert run["rss"] > 10_000_000
    for name, sizes in found["sizes"].items():
        assert sizes["found"] == 20, name
        assert sizes["output"] > sizes["page"] * 20
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == len(found["runs"]) + 2
    assert module("compare", "--from", output).stdout == done.stdout


def test_plot_is_drawn():
    """The plot of the documentation is well-formed, and shows the tools of its table."""
    docs = ROOT / "docs"
    plot = ET.fromstring((docs / "_static" / "benchmarks.svg").read_text(encoding="utf-8"))
    table = (docs / "explanation" / "benchmarks.inc").read_text(encoding="utf-8")
    names = {element.text for element in plot.iter("{http://www.w3.org/2000/svg}text")}
    for name in ("Sphinx + MyST, no navigation", "MkDocs-Material", "sphinx_ajo"):
        assert name in names
        assert f"| {name} |" in table


def test_growth_is_measured():
    """Every shape runs: through the parser, as a page, through the functions that read files."""
    done = module("linear", "--most", 8)
    *rows, last = done.stdout.splitlines()
    assert len(rows) > 250
    assert last.endswith(f"the worst of {len(rows)}")
    for part in ("parser, html: ", "page, cards: ", "front matter: ", "redirects: ", "TOC.md: "):
        assert any(part in row for row in rows)


def test_search_is_asked():
    """Every kind of question is asked, and our order finds what it asks for."""
    pytest.importorskip("playwright")
    from chromium import MARKS

    if any(mark.name == "skipif" and mark.args[0] for mark in MARKS):
        pytest.skip("no browser here")
    done = module("search", "--repo", ROOT / "docs/demo", "--questions", 8, PYTHONHASHSEED="1")
    rows = [line for line in done.stdout.splitlines() if line.startswith("| sphinx_ajo ")]
    assert len(rows) == 5
    assert rows[-1].split("|")[2:5] == [" all ", " 8 ", " 100% "]


def test_questions(monkeypatch):
    """Titles become questions in every way, the same with each run."""
    monkeypatch.syspath_prepend(ROOT)
    from benchmarks.search import KINDS, other_number, other_order, questions, words_of

    titles = {"a.html": "Set up the lamp", "b.html": "Dim a light", "c.html": "Shades"}
    asked = questions(titles, 8, seed=1)
    assert asked == questions(titles, 8, seed=1)
    assert {kind for kind, _question, _wanted in asked} == set(KINDS)
    assert all(wanted <= {"a.html", "b.html"} for _kind, _question, wanted in asked)
    assert words_of("Set up the lamp") == ["Set", "up", "lamp"]
    assert sorted(other_order("Set up the lamp", random.Random(1)).split()) == ["lamp", "set", "up"]
    singular = {"Dim lights": "dim light", "Entry": "entries", "Policies": "policy"}
    for title, other in singular.items():
        assert other_number(title, random.Random(1)) == other


def test_rendering_judges_constructs(tmp_path):
    """Each construct is there with this package, and seen to be missing where it is typed."""
    module("rendering", "--keep", tmp_path)
    rows = (tmp_path / "table.md").read_text(encoding="utf-8").splitlines()
    heads = [cell.strip() for cell in rows[0].strip("|").split("|")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    ajo, stock = heads.index("sphinx_ajo"), heads.index("Sphinx + MyST")
    assert {row[ajo] for row in cells[:-1]} == {"yes"}
    assert {row[stock] for row in cells[:-1]} == {"yes", "words only", "as typed"}
