"""Processes that read pages send back what they have read, and nothing else."""

from __future__ import annotations

import pickle

import pytest
import sphinx.builders
from sphinx.environment import BuildEnvironment
from sphinx.testing.util import SphinxTestApp
from sphinx.util.parallel import make_chunks

from sphinx_ajo.acceleration.parallel import BY_PAGE, SHARES, PartialEnvironment, share_out
from sphinx_ajo.testing import CONF


@pytest.fixture
def site(project):
    for number in range(30):
        card = (
            f":::: landing-cards-container\n:::\nCard\n\n[Next](p{(number + 1) % 30}.md)\n:::\n::::"
        )
        text = f"---\nexl-id: id-{number}\n---\n# Page {number}\n\n## Part {{#part}}\n\n{card}\n"
        project.write(**{f"p{number:02}": text.replace("(p", "(p0" if number < 9 else "(p")})
    project.write(index="# Home\n\n```{toctree}\n:glob:\np*\n```\n")
    project.write_files(
        {"p05.md": "# Five\n\n![](a.png)\n\n[b](b.zip)\n", "a.png": "", "b.zip": ""}
    )
    (project.folder / "conf.py").write_text(f"{CONF}ajo_accelerate = True\n", encoding="utf-8")
    return project


@pytest.fixture
def received(monkeypatch):
    """The environments that other processes sent back, and the pages each was asked to read."""
    found = []
    original = BuildEnvironment.merge_info_from

    def merge(self, docnames, other, app):
        found.append((frozenset(docnames), other))
        return original(self, docnames, other, app)

    monkeypatch.setattr(BuildEnvironment, "merge_info_from", merge)
    return found


def build(site, name, parallel):
    app = SphinxTestApp(srcdir=site.folder, builddir=site.folder.parent / name, parallel=parallel)
    try:
        app.build()
        state = {name: getattr(app.env, name) for name in BY_PAGE if name != "all_docs"}
        return {**state, "domain": app.env.domaindata["ajo"], "env": app.env}
    finally:
        app.cleanup()


def test_what_is_sent_back(site, received):
    """Each process sends the records of its own pages, whatever was known before it began."""
    build(site, "out", 4)
    assert len(received) > 1
    for pages, env in received:
        assert type(env) is PartialEnvironment
        for name in BY_PAGE:
            assert getattr(env, name, {}).keys() <= pages, name
        assert set(env.all_docs) == pages
        assert env.domaindata["ajo"]["anchors"].keys() == pages
        assert env.ajo.site is None
        assert all(found.keys() <= pages for found in env.ajo.records.values())


def test_all_is_known_in_the_end(site):
    """The environment is what it is when one process reads all pages."""
    serial, parallel = (build(site, f"out{number}", number) for number in (1, 4))
    # Sphinx itself notes that a page includes nothing when several processes read
    parallel["included"] = {page: files for page, files in parallel["included"].items() if files}
    for name in serial.keys() - {"env", "tocs", "titles", "longtitles"}:
        assert serial[name] == parallel[name], name
    for name in ("tocs", "titles", "longtitles"):
        texts = [
            {page: node.pformat() for page, node in state[name].items()}
            for state in (serial, parallel)
        ]
        assert texts[0] == texts[1]


def test_the_environment_on_disk_is_whole(site):
    """What the build keeps is an ordinary environment with all pages."""
    result = build(site, "out", 4)
    assert type(result["env"]) is BuildEnvironment
    path = site.folder.parent / "out" / "doctrees" / "environment.pickle"
    env = pickle.loads(path.read_bytes())
    assert type(env) is BuildEnvironment
    assert len(env.titles) == 31


def test_one_process(site):
    """A build in one process leaves its environment alone."""
    assert type(build(site, "out", 1)["env"]) is BuildEnvironment


@pytest.mark.parametrize("processes", [1, 2, 3, 40])
def test_each_process_reads_pages_from_the_whole_site(processes):
    pages = [f"p{number:02}" for number in range(31)]
    shares = share_out(pages, processes)
    assert len(shares) == min(SHARES * processes, 31)
    assert sorted(page for share in shares for page in share) == pages
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize(("accelerate", "most"), [(True, 4 * SHARES), (False, 40)])
def test_processes_are_few(site, received, accelerate, most):
    """Only while pages are read, and only with the switch on."""
    (site.folder / "conf.py").write_text(f"{CONF}ajo_accelerate = {accelerate}\n", encoding="utf-8")
    build(site, "out", 4)
    assert 4 <= len(received) <= most
    assert sphinx.builders.make_chunks is make_chunks


def test_other_ways_to_share(site, monkeypatch, received):
    """What another package has put there stays."""

    def in_threes(pages, *_):
        return [pages[start : start + 3] for start in range(0, len(pages), 3)]

    monkeypatch.setattr(sphinx.builders, "make_chunks", in_threes)
    build(site, "out", 2)
    assert {len(pages) for pages, _ in received} == {3, 1}
    assert sphinx.builders.make_chunks is in_threes
