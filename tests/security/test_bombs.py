"""Little text that would make much: what readers get instead, and which warning writers get."""

from __future__ import annotations

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.entities import unescape
from sphinx_ajo.front_matter import read_front_matter
from sphinx_ajo.limits import make_limits
from sphinx_ajo.testing import CONF, write_files
from sphinx_ajo.yaml_ import Budget, LimitError, load_yaml

DOUBLED = "\n".join(
    ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
)
"""Each entry holds the one above it twice: the last one holds 2 ** 40 values."""

HUGE = "9" * 5000
"""A number with more digits than Python reads."""


def budget(values=100, characters=1000):
    return Budget(values, characters)


def test_aliases_cost_what_they_repeat():
    """Not the source counts, but what it stands for."""
    spent = budget()
    assert load_yaml("a: &x [1, 22]\nb: [*x, *x]\n", spent) == {
        "a": ["1", "22"],
        "b": [["1", "22"], ["1", "22"]],
    }
    # two maps' worth of keys, three lists of two, one list of lists, the map
    assert (100 - spent.values, 1000 - spent.characters) == (13, 11)


@pytest.mark.parametrize(
    "text",
    [
        DOUBLED,
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: &a x\nb: [" + "*a, " * 200 + "]",
        f"a: &a {'x' * 200}\nb: [*a, *a, *a, *a, *a]",
        "\n".join(f"k{n}: v" for n in range(200)),
    ],
    ids=["doubled", "endless list", "endless map", "many", "long", "keys"],
)
def test_yaml_over_its_budget_is_refused(text):
    """Before it is made."""
    with pytest.raises(LimitError):
        load_yaml(text, budget())


def test_an_alias_is_counted_before_it_is_made():
    """The budget is never overspent by more than one value."""
    spent = budget(values=1000)
    with pytest.raises(LimitError):
        load_yaml(DOUBLED, spent)
    assert spent.values > -1000


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_deep_yaml_is_no_yaml(opening):
    """Its text is kept, and the other entries are read."""
    value = opening * 10_000
    found = read_front_matter(f"title: T\ndeep: {value}\nother: O\n")
    assert found.text("title") == "T"
    assert found.text("other") == "O"
    assert found.entries["deep"] == value.strip()


def test_front_matter_over_its_budget_is_read_entry_by_entry():
    """What fits is read; the text of the others is taken as it stands."""
    found = read_front_matter(f"{DOUBLED}\ntitle: T\nrole: [User, Admin]\n")
    assert found.text("title") == "T"
    assert found.text("role") == "User, Admin"
    assert found.entries["a39"] == "&a39 [*a38, *a38]"
    (problem,) = found.problems
    assert problem.limit
    assert "front_matter_values" in problem.reason


def test_entries_share_the_budget():
    """Many entries that each just fit are no way around it."""
    entry = "a{}: [&x [1, 2, 3, 4, 5], *x, *x, *x]\n"
    text = "".join(entry.format(number) for number in range(10))
    limits = make_limits({"front_matter_values": 100})
    found = read_front_matter(text, limits=limits)
    read = [value for value in found.entries.values() if isinstance(value, list)]
    assert len(read) == 3
    assert found.entries["a9"].startswith("[&x [1, 2")


def test_python_objects_are_text():
    """Tags mean nothing."""
    found = read_front_matter(
        "a: !!python/object/apply:os.system [x]\nb: !!python/name:os.system\n"
    )
    assert found.entries == {"a": ["x"], "b": ""}


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_front_matter_bomb(project, dialect):
    """One warning; the page is built, and is no longer than its source asks for."""
    project.write(index=f"---\ntitle: T\nexl-id: 1\n{DOUBLED}\n---\n# Heading\n")
    warning = "index.md:1" if dialect == "mixed" else "index.md:2"
    build = project.build(ajo_dialect=dialect, warnings=[f"{warning}: WARNING: the front matter"])
    html = build.text("index.html")
    assert "Heading" in html
    assert len(html) < 100_000
    assert build.metadata["index"]["exl-id"] == "1"


def test_front_matter_bomb_for_myst(project):
    """MyST, which expands aliases, does not get it: not for the settings of a page either."""
    text = f"---\nmyst:\n  substitutions:\n    x: 1\n{DOUBLED}\n---\n# Heading\n"
    project.write(index=text)
    build = project.build(ajo_dialect="mixed", warnings=["the front matter is over a budget"])
    assert "Heading" in build.text("index.html")


def test_budget_of_front_matter_is_configurable(build_page):
    """`ajo_limits` names it."""
    text = "---\ntitle: T\nrole: [a, b, c]\nlevel: [d, e]\n---\n# H\n"
    assert build_page(text).metadata["index"]["role"] == "a, b, c"
    limits = {"front_matter_values": 5}
    build = build_page(text, ajo_limits=limits, warnings=["more than 5 values", "ajo.limit"][:1])
    assert build.metadata["index"]["title"] == "T"
    assert build.metadata["index"]["role"] == "[a, b, c]"


def test_bomb_in_metadata_of_a_repository(project):
    """Pages inherit what is left of it."""
    project.write_files(
        {
            "metadata.md": f"---\n{DOUBLED}\nsolution: Lamps\n---\n",
            "help/TOC.md": f"---\n{DOUBLED}\n---\n# Guide {{#guide}}\n\n- [One](one.md)\n",
            "help/one.md": "---\ntitle: One\n---\n# One\n",
        }
    )
    build = project.build(
        warnings=["metadata.md:2: WARNING: the front", "TOC.md:2: WARNING: the front"]
    )
    assert build.metadata["help/one"]["solution"] == "Lamps"
    assert len(build.text("help/one.html")) < 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a&#{HUGE};b", "a\ufffdb"),
        (f"a&#{HUGE}", "a\ufffd"),
        ("&#000000000065;", "A"),
        (f"&#{'0' * 5000};", "\ufffd"),
        (f"&#x{HUGE};", "\ufffd"),
        ("&amp;&#65;&copy", "&A\u00a9"),
    ],
    ids=["huge", "no end", "zeros", "zero", "hexadecimal", "ordinary"],
)
def test_numbers_of_characters(text, expected):
    """What Python refuses to read is what browsers show for it."""
    assert unescape(text) == expected


HUGE_NUMBERS = {
    "text": "&#{};",
    "badge": "[!BADGE &#{};]{{type=Positive}}",
    "badge tooltip": '[!BADGE x]{{tooltip="&#{};"}}',
    "marker": "[!DNL &#{};]",
    "title": '[a](https://a.b "&#{};")',
    "html": '<p title="&#{0};">&#{0};</p>',
    "help": '>[!CONTEXTUALHELP]\n>id="a"\n>title="&#{0};"\n>abstract="&#{0};"\n',
    "video": ">[!VIDEO](https://www.youtube.com/watch?v=x&t={})",
    "list": '<ol start="{0}"><li value="{0}">x</li></ol>',
    "table": '<table><tr><td colspan="{0}" rowspan="{0}">x</td></tr></table>',
    "code": '```js {{start-line="{0}" highlight="1-{0}"}}\nx\n```',
    "image": "![](https://a.b/c.png){{width={0} height={0}}}",
    "svg": '<svg width="{0}" viewBox="0 0 {0} 1"><path d="M{0}"/></svg>',
    "contents": "---\nmini-toc-levels: {0}\ntocdepth: {0}\n---\n# H",
    "front matter": '---\ntitle: a &#{0};\nbadge: label="&#{0};"\n---\n# H',
}


@pytest.mark.parametrize("text", HUGE_NUMBERS.values(), ids=HUGE_NUMBERS)
def test_huge_numbers(tmp_path, text):
    """No number ends a build, whatever it is warned about."""
    write_files(tmp_path, {"conf.py": CONF, "index.md": f"{text.format(HUGE)}\n\nEnd.\n"})
    app = SphinxTestApp(srcdir=tmp_path, confoverrides={"ajo_dialect": "exl"})
    try:
        app.build()
        assert "End." in (app.outdir / "index.html").read_text(encoding="utf-8")
    finally:
        app.cleanup()
