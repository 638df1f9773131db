"""The contract with sphinx-design: what we build is what its directives build."""

from __future__ import annotations

import pytest
from sphinx_design import badges_buttons

from sphinx_ajo.foreign import design as design

PAGE = """\
# T

::::{grid} 1 1 2 3
:gutter: 3

:::{grid-item-card}
Text
:::
::::
"""


def test_same_components(build_page):
    """Our grid has the components and classes of the ``grid`` directive."""
    build = build_page(PAGE, ajo_dialect="mixed", myst_enable_extensions=["colon_fence"])
    theirs = next(
        node
        for node in build.doctrees["index"].findall()
        if getattr(node, "attributes", {}).get("design_component") == "grid-container"
    )
    ours = design.grid(
        [design.grid_item([design.card([])], ["sd-d-flex-row"])], columns=(1, 2, 3), gutter=3
    )
    for name in ("grid-container", "grid-row", "grid-item", "card", "card-body"):
        assert _classes(ours, name) <= _classes(theirs, name) | {"sd-g-3"}
        assert _classes(theirs, name) <= _classes(ours, name) | {"sd-mb-3", "sd-g-3"}


def _classes(root, name):
    node = next(
        node
        for node in root.findall()
        if getattr(node, "attributes", {}).get("design_component") == name
    )
    return set(node["classes"])


@pytest.mark.skipif(
    not hasattr(badges_buttons, "ButtonRefContentGraft"), reason="this version stores nothing"
)
def test_stored_content(build_page, monkeypatch):
    """It is seen until it is back on the page."""
    seen = []
    put_back = badges_buttons.ButtonRefContentGraft.run

    def run(self, **kwargs):
        seen.append(design.has_stored_content(self.document))
        put_back(self, **kwargs)
        seen.append(design.has_stored_content(self.document))

    monkeypatch.setattr(badges_buttons.ButtonRefContentGraft, "run", run)
    page = "(here)=\n\n# T\n\n:::{button-ref} here\nA *word*\n:::\n"
    build_page(page, ajo_dialect="mixed", myst_enable_extensions=["colon_fence"])
    assert seen == [True, False]
