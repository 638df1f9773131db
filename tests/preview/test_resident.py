"""The process of the preview, which stays: whatever is edited, its output is that of a clean build.

``AJO_EDIT_EXAMPLES=300 pytest tests/preview/test_resident.py`` tries many more sequences.
"""

from __future__ import annotations

import os

import pytest
from edited import EDITS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sphinx_ajo.acceleration import trees
from sphinx_ajo.preview import builder
from sphinx_ajo.preview import resident as module
from sphinx_ajo.preview.options import Options
from sphinx_ajo.preview.resident import Resident
from sphinx_ajo.preview.status import Status

EXAMPLES = os.environ.get("AJO_EDIT_EXAMPLES", "")

NUMBERS = st.integers(0, 999)
EDIT = st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS)
STEPS = st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=6)

OPTIONS = {
    "branch": {"ajo_navigation": "branch", "ajo_canonical": True},
    "full, dirhtml": {"ajo_navigation": "full", "builder": "dirhtml"},
}


class Preview:
    """A repository, and the process that shows it."""

    def __init__(self, site):
        self.site = site
        options = Options(site.folder, site.out, site.builder, settings={"html_theme": site.theme})
        self.resident = Resident(options, Status())
        self.resident.wanted = lambda: ["/help/alpha/p4.html", "/help/alpha/p1/"]
        self.unbuilt = set()
        self.build()

    def write(self):
        """Write the files that have changed, as an editor does."""
        before = self.site.files
        after = self.site.files = self.site.repository.write(self.site.folder, before)
        names = {name for name in before | after if before.get(name) != after.get(name)}
        self.unbuilt |= {self.site.folder / name for name in names}

    def show(self):
        return self.resident.show(self.unbuilt)

    def build(self, interrupt=0):
        """Build; leave the build when it asks for the given time whether somebody waits."""
        asked = iter(range(1, 1000))
        self.resident.is_busy = lambda: next(asked) == interrupt
        done = self.resident.build(self.unbuilt)
        self.resident.is_busy = bool
        assert done or self.resident.interrupted, self.resident.status.problem
        if done:
            self.unbuilt = set()

    def close(self):
        self.resident.settle()
        self.resident.close()


@pytest.mark.timeout(0 if EXAMPLES else 900)
@pytest.mark.parametrize(
    ("name", "few"),
    [
        ("branch", 60),
        ("full, dirhtml", 1),
        *([("branch", 1), ("full, dirhtml", 60)] if EXAMPLES else []),
    ],
)
def test_sequences(make_site, differences, monkeypatch, name, few):
    """What is shown at once, what is left for later, what is built again: nothing of it stays."""
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(builder, "BATCH", 2)
    site = make_site(**OPTIONS[name])
    site.files = site.repository.write(site.folder, {})
    Preview(site).close()
    site.keep()

    @settings(
        max_examples=int(EXAMPLES or 3),
        derandomize=not EXAMPLES,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def run(steps):
        site.restore()
        preview = Preview(site)
        for edits in steps:
            for what, first, second in edits:
                site.repository.edit(what, first, second)
            preview.write()
            first, second = edits[0][1:]
            if first % 3:
                preview.show()
            if first % 3 != 1:
                preview.build(interrupt=second % 9)
                if second % 2:
                    assert preview.resident.settle()
                    assert preview.resident.settled
        preview.build()
        preview.close()
        assert differences(site.output(), site.clean()[0]) == []
        again = site.run(site.out)
        assert (again.read, again.written) == (set(), set())

    run()


def test_few_trees(project, monkeypatch):
    """Like any build, the preview keeps only a few trees of pages in memory."""
    monkeypatch.setattr(trees, "MOST", 2)
    entries = "".join(f"- [Page {n}](p{n}.md)\n" for n in range(6))
    files = {f"help/p{n}.md": f"# Page {n}\n\nText.\n" for n in range(6)}
    project.write_files({"metadata.md": "", "help/TOC.md": f"# Guide\n\n{entries}", **files})
    kept = []
    write = builder.PreviewBuilder.write_documents

    def note(self, docnames):
        kept.append(len(self.env._write_doc_doctree_cache))
        write(self, docnames)

    monkeypatch.setattr(builder.PreviewBuilder, "write_documents", note)
    resident = Resident(Options(project.folder, project.folder.parent / "out"), Status())
    assert resident.build()
    (project.folder / "help" / "p1.md").write_text("# Page 1\n\nNew.\n", encoding="utf-8")
    assert resident.build([project.folder / "help" / "p1.md"])
    resident.close()
    assert max(kept) == 2
