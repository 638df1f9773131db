"""The button of sphinx-copybutton copies code, and neither prompts nor line numbers."""

from __future__ import annotations

import pytest

FILES = {
    "metadata.md": "---\nproduct: p\n---\n",
    "help/TOC.md": "# Guide\n\n- [First](first.md)\n",
    "help/first.md": "# First\n\n```terminal\n$ ls\n```\n\n```json {line-numbers=true}\n{}\n```\n",
}


@pytest.mark.parametrize("given", [None, ".mine"])
def test_exclude(project, given):
    pytest.importorskip("sphinx_copybutton")
    project.write_files(FILES)
    options = {} if given is None else {"copybutton_exclude": given}
    build = project.build(extensions=["sphinx_ajo", "sphinx_copybutton"], **options)
    script = build.text("_static/copybutton.js")
    assert f"let exclude = '{given or '.linenos, .gp'}'" in script
    page = build.text("help/first.html")
    assert '<span class="gp">$ </span>' in page
    assert '<span class="linenos">1</span>' in page
