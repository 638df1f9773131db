"""The directives that the documentation is made with."""

from __future__ import annotations

import dataclasses as dc

import pytest
from docutils import nodes
from docutils.parsers.rst import directives
from lxml import html
from sphinx import addnodes

from sphinx_ajo.base.limits import Limits
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import AjoConfig
from sphinx_ajo.constructs.landing_cards.directive import columns_option
from sphinx_ajo.constructs.landing_cards.nodes import ajo_card
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.tools.docs_directives import option_help
from sphinx_ajo.warnings_ import warning_docs

CONF = 'extensions = ["sphinx_ajo.tools.docs_directives"]\najo_dialect = "mixed"\n'


@pytest.fixture
def read(project):
    """Build a page; return its tree."""

    def read(text, **options):
        project.write_files({"conf.py": CONF})
        project.write(index=f"# Page\n\n{text}\n")
        return project.build(**options).doctrees["index"]

    return read


def parts(doctree):
    """Return the source and the result of the only example."""
    [example] = [
        node
        for node in doctree.findall(nodes.container)
        if node.get("design_component") == "ajo-example"
    ]
    return example.children


def signatures(doctree, objtype):
    return [
        signature.astext()
        for desc in doctree.findall(addnodes.desc)
        if desc["objtype"] == objtype
        for signature in desc.findall(addnodes.desc_signature)
        if signature.parent is desc
    ]


def test_example_has_source_and_result(read):
    """The source is shown as it is written, the result as it is rendered."""
    text = "Select [!UICONTROL Save].\n\n* one"
    source, result = parts(read(f"```{{ajo-example}}\n{text}\n```"))
    [code] = source.children
    assert code.astext() == text
    assert code["language"] == "markdown"
    assert [type(node) for node in result] == [nodes.paragraph, nodes.bullet_list]
    assert result[0].astext() == "Select Save."


def test_example_is_exl_by_default(read):
    """MyST syntax that collides is off in an example, and on in the page around it."""
    doctree = read("```{ajo-example}\n% not a comment\n```\n\n% a comment")
    _, result = parts(doctree)
    assert result.astext() == "% not a comment"
    assert [node.astext() for node in doctree.findall(nodes.comment)] == ["a comment"]


def test_example_in_mixed_dialect(read):
    """An example may be in the mixed dialect."""
    _, result = parts(read("```{ajo-example}\n:dialect: mixed\n\n% a comment\n```"))
    assert [type(node) for node in result] == [nodes.comment]


def test_example_headings_are_no_sections(read):
    """What follows an example with headings belongs to the section that it stands in."""
    doctree = read("## Section\n\n```{ajo-example}\n# One\n\n### Two\n```\n\nAfter.")
    _, result = parts(doctree)
    assert [node.astext() for node in result.findall(nodes.rubric)] == ["One", "Two"]
    assert not list(result.findall(nodes.section))
    [after] = [node for node in doctree.findall(nodes.paragraph) if node.astext() == "After."]
    assert after.parent[0].astext() == "Section"


def test_example_headings_can_be_linked(project):
    """Links in the example and in the page find the headings of an example."""
    project.write_files({"conf.py": CONF})
    project.write(
        index="# Page\n\n```{ajo-example}\n## Sub part\n\n[a](#sub-part)\n```\n\n[b](#sub-part)\n"
    )
    root = html.fromstring(project.build(myst_heading_anchors=2).text("index.html"))
    [result] = root.find_class("ajo-example-result")
    targets = root.xpath("//p/a[normalize-space()='a' or normalize-space()='b']/@href")
    assert len(targets) == 2
    for target in targets:
        assert "Sub part" in result.xpath("string(.//*[@id=$id])", id=target.partition("#")[2])


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            "One\n\n:::: landing-cards-container\n:::\n:::\n::::",
            "index.md:7: WARNING: this landing",
        ),
        (":dialect: exl\n\n---\ntitle: a: b\n---", "index.md:7: WARNING: front matter entry"),
    ],
)
def test_example_has_true_lines(read, text, warning):
    """Warnings of an example name the line of the page."""
    read(f"```{{ajo-example}}\n{text}\n```", warnings=[warning])


def test_example_nodes_have_true_lines(read):
    """Nodes know the line of the page, in examples with options, too."""
    _, result = parts(read("```{ajo-example}\n:dialect: exl\n\nOne.\n\nTwo.\n```"))
    assert [node.line for node in result] == [6, 8]


def test_example_shows_expected_warnings(read):
    """Expected warnings are part of the example, with lines of the example, in their order."""
    _, result = parts(
        read(
            "```{ajo-example}\n:warnings: card_empty cards_stray\n\n"
            ":::: landing-cards-container\n\nStray\n\n:::\n:::\n::::\n```"
        )
    )
    assert isinstance(result[0].next_node(ajo_card), ajo_card)
    caption, code = result[-1].children
    assert caption.astext() == "Warnings"
    first, second = code.astext().splitlines()
    assert first.startswith("page.md:3: WARNING: this stands in")
    assert first.endswith("[ajo.cards_stray]")
    assert second == "page.md:5: WARNING: this landing card is empty [ajo.card_empty]"


def test_example_lets_other_warnings_pass(read):
    """A warning that was not expected is one of the build; so is one that is missing."""
    read(
        "```{ajo-example}\n:warnings: cards_stray\n\n"
        ":::: landing-cards-container\n\n:::\n:::\n::::\n```",
        warnings=[
            "index.md:8: WARNING: this landing card is empty",
            "index.md:3: WARNING: this example does not give the warning ajo.cards_stray",
        ],
    )


def test_example_with_front_matter(read):
    """Front matter is shown as YAML, and as the tags that it becomes; the page has none."""
    doctree = read(
        '```{ajo-example}\n:dialect: exl\n\n---\ntitle: "A & B"\nexl-id: 12\n---\n\nText.\n```'
    )
    source, result = parts(doctree)
    assert [(node["language"], node.astext()) for node in source] == [
        ("yaml", '---\ntitle: "A & B"\nexl-id: 12\n---'),
        ("markdown", "Text."),
    ]
    caption, code = result[0].children
    assert caption.astext() == "In the head of the page"
    assert code.astext() == (
        '<meta name="exl-id" content="12">\n<meta name="title" content="A &amp; B">'
    )
    assert [node.astext() for node in result[1:]] == ["A & B", "Text."]
    assert not list(doctree.findall(nodes.meta))


def test_example_needs_content(read):
    """An example without content is an error in the page."""
    read("```{ajo-example}\n```", warnings=["Content block expected"])


def test_config_lists_every_option(read):
    """Each option is an entry that can be linked, with type, default and help."""
    doctree = read("```{ajo-config}\n```\n\n{confval}`ajo_icons`")
    assert signatures(doctree, "confval") == [f"ajo_{field.name}" for field in dc.fields(AjoConfig)]
    text = doctree.astext()
    assert '"remote"' in text
    assert "(1, 2, 3)" in text
    assert "How many landing cards stand side by side" in text
    assert "A change reads every page anew." in text


def test_warnings_lists_every_warning(read):
    """Each warning is an entry that can be linked, with its docstring."""
    doctree = read("```{ajo-warnings}\n```\n\n{ajo-warning}`ajo.card_empty`")
    assert signatures(doctree, "ajo-warning") == [f"ajo.{warning.value}" for warning in AjoWarnings]
    for text in warning_docs().values():
        assert text.partition("`")[0] in doctree.astext()


def test_lint_rules_lists_every_rule(read):
    """Each rule is a row of the table, with its default, and links to its warning."""
    doctree = read("```{ajo-warnings}\n```\n\n```{ajo-lint-rules}\n```")
    _, *rows = [row.astext().split("\n\n") for row in doctree.findall(nodes.row)]
    assert [(row[0], row[-1]) for row in rows] == [
        (f"ajo.{rule.id}", rule.default.value) for rule in RULES.values()
    ]


def test_limits_lists_every_budget(read):
    """Each budget is a row of the table, with its default."""
    _, *rows = [
        row.astext().split("\n\n") for row in read("```{ajo-limits}\n```").findall(nodes.row)
    ]
    assert [(row[0], row[1]) for row in rows] == [
        (limit.name, f"{limit.default:,}") for limit in dc.fields(Limits)
    ]
    assert all(len(row[2]) > 40 for row in rows)


def test_directive_options(read):
    """A directive is an entry with its description and all its options."""
    doctree = read(
        "````{ajo-directive-options} landing-cards-container\nA *grid*.\n````\n\n"
        "{rst:dir}`landing-cards-container`"
    )
    assert signatures(doctree, "directive") == [".. landing-cards-container::"]
    assert signatures(doctree, "directive:option") == [":columns:", ":gutter:", ":class:", ":name:"]
    assert "A grid." in doctree.astext()


def test_directive_options_of_unknown_directive(read):
    """A directive that does not exist is reported."""
    read("```{ajo-directive-options} nope\n```", warnings=["there is no directive 'nope'"])


def test_option_help():
    """An option is described by the function that reads it, or by its name."""
    assert option_help("columns", columns_option).startswith("How many cards stand side by side")
    assert option_help("open", directives.flag) == "Takes no value."
    assert option_help("name", directives.unchanged) == "A name that links can refer to."
    with pytest.raises(ValueError, match="'colour' is not documented"):
        option_help("colour", directives.unchanged)


def test_example_beside_its_result(read):
    """The option gives the class that the style sheet of the documentation knows."""
    [example] = [
        node
        for node in read("```{ajo-example}\n:beside:\n\nText\n```").findall(nodes.container)
        if node.get("design_component") == "ajo-example"
    ]
    assert "ajo-example-beside" in example["classes"]


def test_sample_has_no_source(read):
    """A sample is what readers get, and nothing else."""
    doctree = read("```{ajo-sample}\n+++Title\n\nInside.\n\n+++\n```")
    assert not list(doctree.findall(nodes.literal_block))
    assert "+++" not in doctree.astext()
    assert "Inside." in doctree.astext()
