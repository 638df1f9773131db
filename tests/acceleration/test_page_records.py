"""Pages are forgotten with what is theirs."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

from sphinx_ajo.acceleration.page_records import ToctreeEntries
from sphinx_ajo.project.state import AjoState


def test_toctree_entries(project, tmp_path):
    """Pages are forgotten with their toctrees, and with no others, as Sphinx does it."""
    page = "# Page\n\n```{{toctree}}\n{}\n```\n".format
    states = []
    for extension in ("sphinx_ajo", "myst_parser"):
        options = {"extensions": [extension], "outdir": tmp_path / extension}
        if extension == "sphinx_ajo":
            options["ajo_accelerate"] = True
        project.write(index=page("a\nb\nc"), a=page("c\nd"), b="# B\n", c="# C\n", d="# D\n")
        project.build(**options)
        project.write(a=page("b"))
        project.build(**options, warnings=["d.md: WARNING: document isn't included"])
        project.write(index=page("a\nb"))
        project.build(**options, warnings=["c.md: WARNING: document", "d.md: WARNING: document"])
        path = tmp_path / extension / "doctrees" / "environment.pickle"
        states.append(pickle.loads(path.read_bytes()).files_to_rebuild)
    assert states[0] == states[1] == {"a": {"index"}, "b": {"a", "index"}}


def test_toctree_entries_of_others():
    """When a page is forgotten, the collector of Sphinx sees nothing of others."""
    env = SimpleNamespace(
        files_to_rebuild={"a": {"x"}, "b": {"x", "y"}, "c": {"y"}},
        toctree_includes={"x": ["a", "b", "gone"]},
        ajo=AjoState(accelerated=True),
    )
    entries = ToctreeEntries()
    entries.hide(None, env, "x")
    assert env.files_to_rebuild.keys() == {"a", "b"}
    del env.files_to_rebuild["a"]
    env.files_to_rebuild["b"].discard("x")
    entries.show(None, env, "x")
    assert env.files_to_rebuild == {"b": {"y"}, "c": {"y"}}
