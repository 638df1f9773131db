"""``>[!CONTEXTUALHELP]``."""

from __future__ import annotations

import json

import pytest
from lxml import html

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.constructs.contextual_help.domain import html_text
from sphinx_ajo.testing import markdown

NAME = "contextual-help.json"


def topic(id_="one", title="One"):
    return f'>[!CONTEXTUALHELP]\n>id="{id_}"\n>title="{title}"\n>abstract="Text of {id_}."\n'


def parse(text):
    """The topics, their lines and their problems."""
    tokens = [token for token in markdown().parse(text) if token.type == "ajo_contextual_help"]
    topics = [token.meta["topic"] for token in tokens]
    found = [
        (token.map[0] + problem.offset, problem.message % problem.args)
        for token in tokens
        for problem in token.meta.get(PROBLEMS, ())
    ]
    return topics, [token.map for token in tokens], found


def values(found):
    return (found.id, found.title, found.abstract)


@pytest.mark.parametrize("separator", ["\n", "", "\n\n", "text\n", "\n- item\n\n"], ids=repr)
def test_several(separator):
    topics, _, found = parse(topic("a") + separator + topic("b", "Two"))
    assert list(map(values, topics)) == [("a", "One", "Text of a."), ("b", "Two", "Text of b.")]
    assert found == []


def test_nothing_is_shown():
    rendered = markdown().render(f"above\n\n{topic()}\nbelow\n")
    assert rendered.split() == ["<p>above</p>", "<p>below</p>"]
    assert markdown().render(f"> above\n{topic()}").count("<p>") == 1
    assert "blockquote" not in markdown().render(f">\n{topic()}")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('abstract="A <b>b</b> <a href="x">y</a>."', 'A <b>b</b> <a href="x">y</a>.'),
        ("abstract=&quot;A &amp; b&quot;", "A &amp; b"),
        ("abstract=”A”", "A"),
        ("abstract='A'", "A"),
        ("abstract = A b", "A b"),
        ('ABSTRACT="A" ', "A"),
        ('abstract="a="b" c"', 'a="b" c'),
        ('abstract="first\n>second\n>third"', "first second third"),
        ('abstract="first\n>x=second"', "first x=second"),
    ],
)
def test_values(line, value):
    topics, _, found = parse(f'>[!CONTEXTUALHELP]\n>id="a"\n>title="T"\n>{line}\n')
    assert [t.abstract for t in topics] == [value]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        '> [!contextualhelp]\n> id="a"\n> title="T"\n> abstract="A"\n',
        '>[!CONTEXTUALHELP] id="a"\n>title="T"\n>\n>abstract="A"\n>\n',
        '- x\n  >[!CONTEXTUALHELP]\n  >id="a"\n  >title="T"\n  >abstract="A"\n',
        '>>[!CONTEXTUALHELP]\n>>id="a"\n>>title="T"\n>>abstract="A"\n',
        '> x\n>\n>[!CONTEXTUALHELP]\n>id="a"\n>title="T"\n>abstract="A"\n',
    ],
)
def test_places(text):
    topics, _, found = parse(text)
    assert list(map(values, topics)) == [("a", "T", "A")]
    assert found == []


def test_links():
    text = topic() + '>additional-url="https://example.com/?a=1&b=2" text="More, or <less>"\n'
    topics, _, found = parse(text + ">additional-url=&quot;/x&quot;, text=&quot;X&quot;\n")
    assert [(link.url, link.text) for link in topics[0].links] == [
        ("https://example.com/?a=1&b=2", "More, or <less>"),
        ("/x", "X"),
    ]
    assert found == []


def test_line_maps():
    _, maps, _ = parse(f"x\n\n{topic()}>\n\n{topic()}y\n")
    assert maps == [[2, 6], [8, 12]]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ('>title="T"\n>abstract="A"', 0, "no id; it is left out"),
        (">[!NOTE]", 0, "no id, title, abstract; it is left out"),
        ('>id="a"\n>title="T"', 0, "no abstract"),
        (
            '>id="a"\n>title="T"\n>abstract="A',
            3,
            "abstract= of this contextual help has no closing",
        ),
        ('>id="a\n>title="T"\n>abstract="A"', 1, "id= of this contextual help has no closing"),
        ('>id="a"\n>id="b"\n>title="T"\n>abstract="A"', 2, "id= stands twice"),
        ('>id="a"\n>title="T"\n>abstract="A"\n>other="x"', 4, "other= is unknown"),
        ('>id="a"\n>title="T"\n>abstract="A"\n>*text*', 4, "this line is not an entry"),
    ],
)
def test_malformed(lines, line, message):
    _, _, found = parse(f">[!CONTEXTUALHELP]\n{lines}\n")
    assert len(found) == 1
    assert found[0][0] == line
    assert message in found[0][1]


def test_lines_that_are_no_entries_are_shown():
    rendered = markdown().render(f"{topic()}>*text*\n>more\n")
    assert rendered.strip() == "<blockquote>\n<p><em>text</em><br />\nmore</p>\n</blockquote>"


def test_html_text():
    source = "a<br/>b <b>c</b>d<li>e</li> &lt;f&gt; &amp;amp; 1 < 2 [!DNL G]\u200b"
    assert html_text(source) == "a b cd e <f> &amp; 1 < 2 G".replace("&amp;", "&")


def test_file(project):
    project.write_files(
        {
            "index.md": (
                f"# A\n\n```{{toctree}}\nsub/b\n```\n\n{topic('z')}\n"
                f"{topic('y', 'T &amp; t')}"
                '>additional-url="https://example.com" text="[!DNL **More**]"\n'
            ),
            "sub/b.md": f"# B\n\n{topic('å x')}\n## Same {{#same}}\n",
        }
    )
    build = project.build("dirhtml", ajo_dialect="exl")
    topics = json.loads(build.text(NAME))["topics"]
    assert [(t["id"], t["page"], t["url"], t["line"]) for t in topics] == [
        ("z", "index", "#z", 7),
        ("y", "index", "#y", 12),
        ("å x", "sub/b", "sub/b/#%C3%A5%20x", 3),
    ]
    assert topics[1] == {
        "id": "y",
        "title": "T & t",
        "abstract": "Text of y.",
        "abstract_source": "Text of y.",
        "links": [{"url": "https://example.com", "text": "More"}],
        "page": "index",
        "url": "#y",
        "line": 12,
    }


def test_the_id_is_an_anchor(build_page):
    page = html.fromstring(
        build_page(f"# A\n\n{topic('a_B')}\n{topic('a')}\nText.\n").text("index.html")
    )
    assert [node.tag for node in page.xpath("//*[@id='a_B']")] == ["span"]
    # the id of the section
    assert [node.tag for node in page.xpath("//*[@id='a']")] == ["section"]
    assert "Text of" not in page.text_content()


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "epub", "gettext", "xml"])
def test_nothing_elsewhere(build_page, builder):
    options = {"version": "1", "copyright": "us"} if builder == "epub" else {}
    build = build_page(f"# A\n\n{topic()}\nBelow.\n", builder, **options)
    assert not (build.outdir / NAME).exists()
    for path in build.outdir.rglob("index.*"):
        assert b"Text of one" not in path.read_bytes()


def test_incremental_builds(project):
    project.write(index=f"# A\n\n```{{toctree}}\nb\n```\n\n{topic('a')}", b=f"# B\n\n{topic('b')}")

    def ids():
        topics = json.loads(project.build(ajo_dialect="exl").text(NAME))["topics"]
        return [t["id"] for t in topics]

    assert ids() == ["b", "a"]
    assert ids() == ["b", "a"]
    project.write(b=f"# B\n\nLonger now.\n\n{topic('c')}")
    assert ids() == ["c", "a"]
    project.write(index="# A\n\n```{toctree}\nb\n```\n\nNothing.\n", b="# B\n\nNothing here.\n")
    assert not (project.build(ajo_dialect="exl").outdir / NAME).exists()


def test_parallel_equals_serial(project):
    names = [f"p{number}" for number in range(12)]
    pages = {name: f"# {name}\n\n{topic(name)}" for name in names}
    tree = "\n".join(names)
    project.write(index=f"# A\n\n```{{toctree}}\n{tree}\n```\n", **pages)
    serial = project.build(ajo_dialect="exl").text(NAME)
    assert project.build(ajo_dialect="exl", parallel=4, fresh=True).text(NAME) == serial
    assert len(json.loads(serial)["topics"]) == 12


def test_an_id_that_is_used_twice(project):
    project.write(index=f"# A\n\n```{{toctree}}\nb\n```\n\n{topic('a')}", b=f"# B\n\n{topic('a')}")
    warning = (
        "index.md:7: WARNING: contextual help 'a' is also defined at b.md:3 [ajo.contextual_help]"
    )
    build = project.build(ajo_dialect="exl", warnings=[warning])
    assert len(json.loads(build.text(NAME))["topics"]) == 2
