"""Whatever is edited, in whatever order: the output is that of a clean build.

``AJO_EDIT_EXAMPLES=300 pytest tests/build/increments`` tries many more sequences, other ones each
time.
"""

from __future__ import annotations

import os

import pytest
from edited import EDITS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

EXAMPLES = os.environ.get("AJO_EDIT_EXAMPLES", "")

NUMBERS = st.integers(0, 999)
EDIT = st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS)
STEPS = st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=5)

OPTIONS = {
    "branch": {"ajo_navigation": "branch", "ajo_canonical": True},
    "full, furo": {"ajo_navigation": "full", "html_theme": "furo"},
    "off, dirhtml": {"ajo_navigation": "off", "builder": "dirhtml"},
}


@pytest.mark.timeout(0 if EXAMPLES else 900)
@pytest.mark.parametrize("name", OPTIONS)
def test_sequences(make_site, differences, name):
    """After edits and builds nothing is missing, stale or different, and nothing is left to do.

    Now and then all files have one and the same time.
    """
    if "furo" in name:
        pytest.importorskip("furo")
    site = make_site(**OPTIONS[name])
    site.build()
    site.keep()

    @settings(
        max_examples=int(EXAMPLES or 5),
        derandomize=not EXAMPLES,
        database=None,
        # each try is many builds
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def run(steps):
        site.restore()
        for edits in steps:
            for what, first, second in edits:
                site.repository.edit(what, first, second)
            before = site.output()
            site.files = site.repository.write(site.folder, site.files)
            if edits[0][1] % 2:
                site.set_times()
            result = site.run(site.out)
            needless = {
                page
                for page in result.written - result.read
                if before.get(site.file(page)) == site.output()[site.file(page)]
            }
            # Sphinx's own trees are on each page; themes use them as they like
            assert not needless or "off" in name
        clean, _ = site.clean()
        assert differences(site.output(), clean) == []
        again = site.run(site.out)
        assert (again.read, again.written) == (set(), set())

    run()


def test_parallel(make_site, differences):
    """Two processes leave what one leaves."""
    site = make_site(ajo_navigation="branch")
    site.build(parallel=2)
    for what, first, second in (
        *(("rename", 3, 4), ("title", 1, 1), ("add", 2, 20), ("asset", 0, 0), ("body", 4, 6)),
        *(("remove", 5, 1), ("metadata", 1, 0), ("group", 7, 1), ("snippet", 0, 1)),
    ):
        site.repository.edit(what, first, second)
        site.build(parallel=2)
    assert differences(site.output(), site.clean()[0]) == []
    assert differences(site.output(), site.clean(parallel=2)[0]) == []


def test_warnings(make_site):
    """What is read or written again is warned of again."""
    site = make_site()
    site.build()
    page = site.repository.pages["help/alpha/p0"]
    page.body.append(("file link", 1))
    warning = "help/alpha/p0.md:14: WARNING: no page or file '/help/assets/b.zip'"
    assert warning in "\n".join(site.build().warnings)
    page.title = "Another"
    assert warning in "\n".join(site.build().warnings)
    # a link breaks on a page that is not read
    site.repository.pages["help/alpha/p0"].body.append(("page link", 1))
    assert "p1" not in "\n".join(site.build().warnings)
    del site.repository.pages["help/alpha/p1"]
    text = site.repository.files()["help/alpha/p0.md"]
    (site.folder / "help/alpha/p1.md").unlink()
    site.files.pop("help/alpha/p1.md")
    site.files["help/alpha/p0.md"] = text
    result = site.build()
    assert "help/alpha/p0" not in result.read
    assert "no page or file '/help/alpha/p1.md'" in "\n".join(result.warnings)
