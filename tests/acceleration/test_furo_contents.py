"""Furo hides the tables of contents that it would hide by itself."""

from __future__ import annotations

import furo
import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.acceleration import absent
from sphinx_ajo.acceleration.furo_contents import Contents, lacks_contents
from sphinx_ajo.testing import CONF

TOCTREE = "```{toctree}\ntext\n```\n"
ONLY = "```{only} html\n## Section\n```\n"
PAGES = {
    "text": "# Page\n\nText.\n",
    "nothing": "Text.\n",
    "section": "# Page\n\n## Section\n",
    "sections": "# Page\n\n## Section\n\n### Below\n\n## Section\n",
    "titles": "# Page\n\n# Another\n\n## Section\n",
    "toctree": f"# Page\n\n{TOCTREE}",
    "both": f"# Page\n\n{TOCTREE}\n## Section\n\n{TOCTREE}",
    "later": f"# Page\n\n## Section\n\n{TOCTREE}",
    "two": f"# Page\n\n{TOCTREE}\n{TOCTREE}",
    "only": f"# Page\n\n{ONLY}",
    "never": f"# Page\n\n{ONLY.replace('html', 'latex')}",
    "first": f"{TOCTREE}\n# Page\n\n## Section\n",
    "flat": "---\ntocdepth: 1\n---\n# Page\n\n## Section\n\n### Below\n",
    "deep": "---\ntocdepth: 2\n---\n# Page\n\n## Section\n\n### Below\n",
    "no_depth": "---\ntocdepth: -1\n---\n# Page\n\n## Section\n\n### Below\n",
    "depth_is_a_word": "---\ntocdepth: deep\n---\n# Page\n\n## Section\n\n### Below\n",
}
DECIDED = {"text", "section", "sections", "titles", "toctree", "both", "later", "two", "deep"}


@pytest.fixture
def built(project, tmp_path):
    """Return a function that builds the pages; it returns the application and the replacements."""
    files = {f"{name}.md": text for name, text in PAGES.items()}
    index = "# Home\n\n```{toctree}\n:glob:\n*\n```\n"
    project.write_files({"conf.py": CONF, "index.md": index, **files})
    apps = []

    def build(**conf):
        conf = {"html_theme": "furo", **conf}
        app = SphinxTestApp(srcdir=project.folder, builddir=tmp_path, confoverrides=conf)
        apps.append(app)
        seen = set()
        app.connect(
            "html-page-context", lambda *_: seen.add(type(furo.has_not_enough_items_to_show_toc))
        )
        app.build()
        return app, seen

    yield build
    for app in apps:
        app.cleanup()


def test_answers(built):
    """The answer is that of furo, or none."""
    app, seen = built(ajo_accelerate=True)
    assert seen == {Contents}
    stock = furo.has_not_enough_items_to_show_toc
    assert type(stock) is not Contents
    answers = {name: lacks_contents(app.env, name) for name in PAGES}
    expected = {name: stock(app.builder, name) for name in PAGES}
    for name, answer in answers.items():
        assert answer in (None, expected[name]), name
        assert Contents(stock)(app.builder, name) == expected[name], name
    assert {name for name, answer in answers.items() if answer is not None} >= DECIDED
    assert set(expected.values()) == {True, False}


def test_switched_off(built):
    assert Contents not in built(ajo_accelerate=False)[1]


def test_other_versions(built, monkeypatch):
    """Of a version that nobody has looked at, nothing is replaced."""
    monkeypatch.setattr(absent, "CHECKED", dict.fromkeys(absent.CHECKED, ((99,), (100,))))
    assert Contents not in built(ajo_accelerate=True)[1]
