"""Our tabs and dropdowns are what the directives of sphinx-design build."""

from __future__ import annotations

from docutils import nodes

from sphinx_ajo.foreign import design as design

DIRECTIVES = """\
# Page

::::{tab-set}
:::{tab-item} Label
:sync: label

content
:::
::::

:::{dropdown} Title

content
:::
"""


def components(project, name):
    project.write(index=DIRECTIVES)
    document = project.build(myst_enable_extensions=["colon_fence"]).doctrees["index"]
    return [n for n in document.findall(nodes.container) if n.get("design_component") == name]


def shape(node):
    """Return all that the transforms of sphinx-design may look at."""
    if not isinstance(node, nodes.Element):
        return str(node)
    attributes = {key: value for key, value in node.attributes.items() if key != "backrefs"}
    return node.tagname, attributes, [shape(child) for child in node.children]


def content():
    return nodes.paragraph("", "content")


def test_tab_set(project):
    item = design.tab_item(nodes.rubric("", "Label"), [content()], sync="label")
    (expected,) = components(project, "tab-set")
    assert shape(design.tab_set([item])) == shape(expected)


def test_dropdown(project):
    dropdown = design.dropdown(nodes.rubric("", "Title"), [content()])
    (expected,) = components(project, "dropdown")
    assert shape(dropdown) == shape(expected)
