"""No text of a page ends a build: not the ordinary one, nor the hostile one, nor our mistakes."""

from __future__ import annotations

import dataclasses as dc
import re
import sys
from contextlib import contextmanager
from importlib.metadata import version

import pytest
from docutils import nodes
from lxml import html

from sphinx_ajo.build.mending import _circles
from sphinx_ajo.constructs import CONSTRUCTS, alerts, badges, code
from sphinx_ajo.constructs.slides import ajo_slide
from sphinx_ajo.reading.markdown import borrow_markdown
from sphinx_ajo.testing import markdown

ICON = "![icon](https://cdn.experienceleague.adobe.com/icons/book.svg)"
IMAGES = {
    "image": "![a](x.png)",
    "zoom image": '![a](x.png){zoomable="yes"}',
    "icon": ICON,
    "remote image": "![a](https://x.example/y.png)",
    "raw image": '<img src="x.png" alt="a">',
    "SVG": '<svg><path d="M0"/></svg>',
    "linked image": "[![a](x.png)](b.md)",
    "badge": "[!BADGE b]",
    "linked badge": '[!BADGE b]{url="b.md"}',
    "image and badge": '![a](x.png) [!BADGE b] **[!BADGE c]** ![a](x.png){zoomable="yes"}',
    "footnote": "x [^1]",
    "link": "[l](b.md) <a href='b.md'>m</a>",
}
TITLES = {
    "title": "# w1q {}\n",
    "heading": "# T\n\n## w1q {}\n\n### {}\n",
    "accordion": "# T\n\n+++w1q {}\n\ntext\n\n+++\n",
    "tab": "# T\n\n>[!BEGINTABS]\n\n>[!TAB w1q {}]\n\ntext\n\n>[!ENDTABS]\n",
    "shade box": '# T\n\n>[!BEGINSHADEBOX "w1q {}"]\n\n## H {}\n\n>[!ENDSHADEBOX]\n',
    "card": "# T\n\n:::: landing-cards-container\n\n:::\n{}\n\nw1q {}\n\n[l](b.md)\n:::\n\n::::\n",
    "card directive": "# T\n\n```{{card}} w1q {}\n{}\n```\n",
    "caption": "# T\n\n```{{figure}} x.png\nw1q {}\n```\n",
    "code caption": "# T\n\n```{{code-block}} text\n:caption: w1q {}\n\na\n```\n",
    "admonition": "# T\n\n```{{admonition}} w1q {}\ntext\n```\n",
    "dropdown": "# T\n\n```{{dropdown}} w1q {}\ntext\n```\n",
    "tab directive": "# T\n\n````{{tab-set}}\n```{{tab-item}} w1q {}\ntext\n```\n````\n",
    "table cell": "# T\n\n| w1q {} |\n|---|\n| {} |\n",
    "list table": "# T\n\n```{{list-table}} w1q {}\n- - {}\n```\n",
    "definition": "# T\n\nw1q {}\n: {}\n",
    "toctree": "# w1q\n\n```{{toctree}}\n:caption: {}\n{} <b>\n```\n",
}


@pytest.fixture
def site(project):
    project.write(b="# B\n")
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c"
        "6364f8cf500f0003860180 5a347d6b0000000049454e44ae426082".replace(" ", "")
    )
    (project.folder / "x.png").write_bytes(png)
    return project


KINDS = ["docutils", "myst", "design", "image", "toc", "misc", "ref", "epub", "app", "config"]
"""What pages may be warned about here: anything but that a part of ours has failed."""


OLD_DESIGN = [] if version("sphinx-design") >= "0.8" else ["ajo.internal"]
"""A tab outside of its group makes its older releases fail, which the nets hold."""


def build(project, builder="html", **options):
    allowed = [
        "badge",
        "directive",
        "link_missing",
        "heading_top",
        "limit",
        "nesting",
        "html_unsafe",
    ]
    allowed += ["group_unclosed", "group_nested", "group_empty", "group_stray", "card_empty"]
    allowed += ["contextual_help", "attribute", "video", "front_matter", "duplicate_id", "slide"]
    allowed += [
        "link_unsafe",
        "cards_stray",
        "heading_id",
        "html_duplicate_id",
        "link_anchor",
        "comment_unclosed",
    ]
    suppressed = [*KINDS, *OLD_DESIGN, *(f"ajo.{name}" for name in allowed)]
    options = {"ajo_dialect": "exl", "suppress_warnings": suppressed, **options}
    return project.build(builder, **options)


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "latex", "text", "man"])
def test_images_in_titles(site, builder):
    """Whatever stands in a title, in any place that has one, all formats are written."""
    images = dict(IMAGES)
    if builder in {"epub", "latex"}:
        del images["remote image"]  # these would fetch it
    pages = {
        f"p{i}-{j}": f"{title.format(*[image] * 4)}\n[^1]: n\n"
        for i, title in enumerate(TITLES.values())
        for j, image in enumerate(images.values())
    }
    site.write(index="# I\n\n```{toctree}\n:glob:\n\np*\n```\n", **pages)
    options = {"man_pages": [("index", "index", "T", [], 1)], "latex_engine": "xelatex"}
    built = build(site, builder, version="1", epub_copyright="x", **options)
    if builder == "html":
        for page in pages:
            assert "w1q" in html.fromstring(built.text(f"{page}.html")).text_content(), page


def test_images_in_titles_have_their_place(site):
    """An image beside a badge is that of the page: it is copied, and the badge is there."""
    site.write(index="# T ![a](x.png) [!BADGE w]\n\n## S [!BADGE v] ![a](x.png)\n")
    built = build(site)
    tree = html.fromstring(built.text("index.html"))
    assert len(tree.xpath("//h1//img[@src='_images/x.png']")) == 1
    assert tree.xpath("string(//h1//*[contains(@class, 'ajo-badge')])") == "w"
    assert "v" not in tree.xpath("string(//*[contains(@class, 'sphinxsidebar')])").split()


N = 300
HOSTILE = {
    "declaration": '>[!CONTEXTUALHELP]\n>id="a"\n>title="<![>x"\n>abstract="<!x <!- <![CDATA[ y"\n',
    "quotes": ">" * N + "w1q",
    "lists": "\n".join("  " * i + "- w1q" for i in range(N)),
    "divs": "<div>\n\n" * N + "w1q",
    "inline elements": "a " + "<b>" * N + "w1q",
    "tables": "<table><tr><td>" * N + "w1q",
    "emphasis": "*a " * N + "w1q" + "*" * N,
    "brackets": "[" * N + "w1q" + "]" * N,
    "images": "![" * N + "w1q" + "](x.png)" * N,
    "links": "[" * N + "w1q" + "](b.md)" * N,
    "fences": "".join("`" * (60 - i) + "{note}\n" for i in range(50)) + "w1q\n",
    "accordions": "".join("+" * (N - i) + "A\n\n" for i in range(N - 9)) + "w1q",
    "tabs": ">[!BEGINTABS]\n\n>[!TAB a]\n\n" * N + "w1q",
    "shade boxes": ">[!BEGINSHADEBOX]\n\n" * N + "w1q",
    "containers": "".join(":" * (N - i) + "\n\n" for i in range(N - 9)) + "w1q",
    "markers": "[!DNL " * N + "w1q" + "]" * N,
    "addresses": "w1q [a](http://[) ![b](http://[) <http://[::> <a href='http://['>x</a>\n\n"
    ">[!VIDEO](http://[)\n\n>[!VIDEO](https://a:99999999/)\n\n[z](%00.md) [z](%ff.md)",
    "data": "w1q ![a](data:x) ![b](data:image/png;base64,%%) <img src='data:'>",
    "names": f"w1q [z]({'a' * 5000}) ![z]({'a' * 300}.png) [z]({'a' * 300}.zip) ![z](a%00.png)",
    "surrogates": "w1q &#xD800; &#55555; [x](&#xD800;.md) `&#xD800;`\n\n+++&#xD800;\n\nx\n\n+++",
    "control characters": "w1q \x00 \x01 \x0b \x0c \x1b \x7f \x85 \u2028 \ufffe\n\n```\n\x00\n```",
    "toctree": "w1q\n\n```{toctree}\n:glob:\n\n[z-a]*\n[[]\n***\n```\n",
    "circles": "w1q\n\n```{toctree}\nindex\nself\npage\nb\n```\n",
    "dropped footnote": "w1q\n\n```{tab-set}\n[^1]: a\n\n[^1]\n```\n",
    "nested links": "w1q\n\n```{button-ref} b\n[x](#y) [y](b.md)\n```\n\n"
    "```{button-link} b\n[x](b.md)\n```",
    "empty quote": "w1q\n\n>\n{.c}\n\ntext",
    "steps": "```{step} a\nw1q\n```\n\n```{steps}\nx\n```\n\n```{tab-item} a\nb\n```",
    "options": "w1q\n\n```{figure} x.png\n:width: -5\n:scale: 9999999999\n:target: http://[\n"
    ":name: a b\n\n- a\n```\n\n```{list-table}\n:widths: 0 -1\n:header-rows: 99\n- - a\n"
    "- b\n```\n\n"
    "```{card-carousel} x\ny\n```\n\n```{grid} 1 99\n```\n\n"
    "```{table}\n:widths: 1 2\n| a |\n|-|\n```",
}


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "text"])
def test_hostile_pages(site, builder):
    """Nothing raises, in any format; what readers would see is there."""
    site.write(index="# I\n\n```{toctree}\n:glob:\n\np*\n```\n")
    texts = HOSTILE
    if builder == "latex":  # it would fetch what is no address
        texts = {name: text.replace("![b](http://[)", "") for name, text in texts.items()}
    site.write(**{f"p{i}": f"# T\n\n{text}\n" for i, text in enumerate(texts.values())})
    built = build(site, builder, latex_engine="xelatex")
    for i, (name, text) in enumerate(HOSTILE.items()):
        if "w1q" in text:
            assert "w1q" in built.doctrees[f"p{i}"].astext(), name


def test_circular_toctrees(project):
    """A page that lists a page above is reported; Sphinx would follow the circle for ever."""
    toctree = "\n\n```{toctree}\n%s\n```\n"
    project.write(
        index="# I" + toctree % "a", a="# A" + toctree % "b", b="# B" + toctree % "index\na"
    )
    message = "b.md: WARNING: the toctree of this page lists"
    built = project.build(
        ajo_dialect="exl",
        suppress_warnings=["toc"],
        warnings=[f"{message} 'index'", f"{message} 'a'"],
    )
    assert "B" in built.text("b.html")
    # the next build knows them, too
    project.write(b="# B2" + toctree % "index")
    built = project.build(
        ajo_dialect="exl", suppress_warnings=["toc"], warnings=[f"{message} 'index'"]
    )
    project.write(b="# B3")
    project.build(ajo_dialect="exl", suppress_warnings=["toc"])


def test_circles():
    """Only what leads back to a page above is left out."""
    assert _circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, "a") == []
    assert _circles({"a": ["b"], "b": ["c"], "c": ["b", "a"]}, "a") == [("c", "b"), ("c", "a")]
    assert _circles({"a": ["a"]}, "a") == []
    deep = {str(i): [str(i + 1)] for i in range(5000)}
    assert _circles(deep, "0") == []


def fail(*_args, **_kwargs):
    msg = "broken on purpose"
    raise RuntimeError(msg)


PAGE = "# T\n\n>[!NOTE]\n>\n>w1q [!BADGE w2q]\n\nw3q\n\n>[!NOTE]\n>w4q\n"
INTERNAL = "RuntimeError: broken on purpose"


def _words(built):
    return set(built.doctrees["index"].astext().replace("[", " ").replace("]", " ").split())


def test_failing_block_rule(build_page, monkeypatch):
    """A block rule that raises is switched off for the page, and all text is shown."""
    construct = next(c for c in CONSTRUCTS if c.name == "alerts")

    def plugin(md, *, dialect):
        construct.plugin(md, dialect=dialect)
        md.block.ruler.before("ajo_alert", "ajo_broken", _raise_at_alert)

    monkeypatch.setattr("sphinx_ajo.reading.markdown.CONSTRUCTS", _with_plugin(construct, plugin))
    warning = f"index.md:3: WARNING: the syntax rule ajo_broken failed ({INTERNAL}"
    built = build_page(PAGE, warnings=[warning])
    assert {"w1q", "w2q", "w3q", "w4q"} <= _words(built)
    # the rule is off for that page only
    built = build_page(f"{PAGE}\nmore\n", warnings=[warning])


def _raise_at_alert(state, start_line, end_line, silent):
    if state.src.startswith(">", state.bMarks[start_line]):
        fail()
    return False


def _with_plugin(construct, plugin):
    return tuple(dc.replace(c, plugin=plugin) if c is construct else c for c in CONSTRUCTS)


def test_failing_inline_rule(build_page, monkeypatch):
    construct = next(c for c in CONSTRUCTS if c.name == "badges")

    def plugin(md, *, dialect):
        construct.plugin(md, dialect=dialect)
        md.inline.ruler.before("ajo_badge", "ajo_broken", _raise_at_badge)

    monkeypatch.setattr("sphinx_ajo.reading.markdown.CONSTRUCTS", _with_plugin(construct, plugin))
    warning = f"index.md:5: WARNING: the syntax rule ajo_broken failed ({INTERNAL}"
    assert {"w1q", "w2q", "w3q", "w4q"} <= _words(build_page(PAGE, warnings=[warning]))


def _raise_at_badge(state, silent):
    return fail() if state.src.startswith("[!BADGE", state.pos) else False


@pytest.mark.parametrize(
    ("construct", "token", "line"),
    [(alerts, "ajo_alert", 3), (badges, "ajo_badge", 5), (code, "fence", 12)],
)
def test_failing_render_function(build_page, monkeypatch, construct, token, line):
    """What is in the construct is shown, with one warning, on one page."""
    monkeypatch.setitem(construct.CONSTRUCT.renderers, token, fail)
    text = f"{PAGE}\n```json\nw5q\n```\n\n```json\nw6q\n```\n"
    warning = f"index.md:{line}: WARNING: rendering of <{token}> failed ({INTERNAL}"
    built = build_page(text, warnings=[warning])
    assert {f"w{i}q" for i in range(1, 7)} <= _words(built)


def test_failing_transforms(project):
    """The other transforms do their work."""
    _write_extension(
        project,
        "app.add_transform(BrokenTransform)\n    app.add_post_transform(BrokenPostTransform)",
    )
    built = project.build(
        ajo_dialect="exl",
        warnings=[
            f"index.md: WARNING: the transform BrokenTransform failed ({INTERNAL}",
            f"index.md: WARNING: the transform BrokenPostTransform failed ({INTERNAL}",
        ],
    )
    assert "w1q" in built.text("index.html")
    assert "admonition note" in built.text("index.html")


def _write_extension(project, setup):
    sys.modules.pop("broken_ext", None)
    project.write(index=PAGE)
    project.write_files(
        {
            "conf.py": "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\n"
            'extensions = ["sphinx_ajo", "broken_ext"]\n',
            "broken_ext.py": "from docutils.transforms import Transform\n"
            "from sphinx.transforms.post_transforms import SphinxPostTransform\n"
            "def fail(*a, **k):\n    raise RuntimeError('broken on purpose')\n"
            "class BrokenTransform(Transform):\n    default_priority = 100\n    apply = fail\n"
            "class BrokenPostTransform(SphinxPostTransform):\n"
            "    default_priority = 100\n    run = fail\n"
            f"def setup(app):\n    {setup}\n",
        }
    )


def test_failing_handler_while_reading(project):
    """The page is shown as it was typed, and the other pages are what they are."""
    _write_extension(
        project,
        "app.connect('doctree-read', lambda app, tree: tree.next_node(__import__('docutils')"
        ".nodes.note) and fail())",
    )
    project.write(index="# I\n\n```{toctree}\np\nq\n```\n", p=PAGE, q="# Q\n\nw9q [l](p.md)\n")
    built = project.build(
        ajo_dialect="exl", warnings=["p.md: WARNING: reading of this page failed"]
    )
    [block] = built.doctrees["p"].findall(nodes.literal_block)
    assert block.astext() == PAGE
    assert built.doctrees["p"].next_node(nodes.title).astext() == "T"
    assert "w9q" in built.doctrees["q"].astext()


def test_failing_handler_in_a_mixed_project(project):
    """Whoever writes code must see it fail."""
    _write_extension(project, "app.connect('doctree-read', fail)")
    with pytest.raises(Exception, match="broken on purpose"):
        project.build(ajo_dialect="mixed")


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_failing_visitor(project, builder):
    """The node is shown as its text."""
    project.write(index="# T\n\nw1q\n\n>[!SLIDE](deck)\n\nw3q\n")
    _write_extension(project, "pass")
    project.write(index="# T\n\nw1q\n\n>[!SLIDE](deck)\n\nw3q\n")
    text = (project.folder / "broken_ext.py").read_text("utf-8")
    text += (
        "    from sphinx_ajo.constructs.slides import ajo_slide\n"
        "    both = (fail, None)\n"
        "    app.add_node(ajo_slide, override=True, html=both, text=both, latex=both)\n"
    )
    project.write_files({"broken_ext.py": text})
    built = project.build(
        builder,
        ajo_dialect="exl",
        latex_engine="xelatex",
        warnings=[f"index.md:5: WARNING: writing of <{ajo_slide.__name__}> failed ({INTERNAL}"],
    )
    [output] = [
        path.read_text("utf-8")
        for path in built.outdir.rglob("*")
        if path.suffix in {".html", ".txt", ".tex"}
        and "_sources" not in path.parts
        and "w1q" in path.read_text("utf-8")
    ]
    assert output.index("w1q") < output.index("deck") < output.index("w3q")


def test_failing_page_context(project):
    """A page whose template or handlers fail is written as it was typed."""
    _write_extension(
        project,
        "app.connect('html-page-context', lambda app, name, template, context, tree: "
        "fail() if tree and 'admonition' in context.get('body', '') else None)",
    )
    built = project.build(
        ajo_dialect="exl", warnings=["index.md: WARNING: writing of this page failed"]
    )
    assert "[!NOTE]" in built.text("index.html")


RAW_HTML = (
    "# T\n\n<div><script>alert(1)</script><b onclick='alert(1)'>w1q</b></div>\n\n"
    "w2q <b onclick='alert(1)'>w3q</b> <script>alert(1)</script>\n\n"
    "- <details><img src=x onerror=alert(1)>\n\n  w4q\n\n<table><tr><td onclick='x'>w5q\n"
)


def _html_rules():
    md = markdown()
    return sorted(
        rule.name
        for ruler in (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2)
        for rule in ruler.__rules__
        if rule.name.startswith("ajo_html")
    )


@pytest.mark.parametrize("mode", ["convert", "raw"])
@pytest.mark.parametrize("name", _html_rules())
def test_failing_rule_of_html(build_page, monkeypatch, name, mode):
    """Where one of the rules fails that make HTML harmless, none of it is left."""
    monkeypatch.setattr(
        "sphinx_ajo.reading.parser.borrow_markdown", _with_broken(name, borrow_markdown)
    )
    built = build_page(RAW_HTML, warnings=None, ajo_html=mode)
    assert f"the syntax rule {name} failed" in "\n".join(built.warnings)
    tree = html.fromstring(built.text("index.html")).xpath("//section")[0]
    assert not tree.xpath(".//script | .//@onclick | .//@onerror")
    assert {f"w{i}q" for i in range(1, 6)} <= set(re.findall(r"w\dq", tree.text_content()))


def _with_broken(name, borrow):
    @contextmanager
    def borrow_broken(*args):
        with borrow(*args) as md:
            for ruler in (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2):
                for rule in ruler.__rules__:
                    if rule.name == name:
                        rule.fn = _raise_at_html
                        ruler.__cache__ = None
            yield md
        md.options["ajo_config"] = None

    return borrow_broken


def _raise_at_html(state, *_args):
    return fail() if state.md.options.get("html") else False


def test_failing_check_of_a_page(build_page, monkeypatch):
    """A page that cannot be checked is shown as it was typed: nothing unchecked is printed."""
    page = "# T\n\n[w1q](javascript:alert(1)) <a id='x'>w2q</a>\n"
    for name in ("SafePageTransform.apply", "SafeOutputTransform.run"):
        with monkeypatch.context() as patch:
            patch.setattr(f"sphinx_ajo.build.safety.{name}", _fail_at_paragraphs)
            built = build_page(page, warnings=["is shown as it was typed"])
        tree = html.fromstring(built.text("index.html"))
        assert page.strip() == tree.xpath("string(//pre)").strip()


def _fail_at_paragraphs(transform, **_kwargs):
    return fail() if transform.document.next_node(nodes.paragraph) else None


@pytest.mark.parametrize(
    "text",
    [
        "```{list-table} w1q\nw2q\n```",
        "```{table}\nw1q w2q\n```",
        "```{figure} x.png\n- w1q\n- w2q\n```",
        "```{figure}\nw1q w2q\n```",
        "```{admonition}\nw1q w2q\n```",
        "```{code-block} python\n:emphasize-lines: x\nw1q w2q\n```",
        "- ```{table}\n  w1q w2q\n  ```",
        "> ```{admonition}\n> w1q w2q\n> ```",
    ],
)
def test_directives_that_fail(site, text):
    """What they hold is shown as code, where Sphinx shows nothing."""
    site.write(index=f"# T\n\n{text}\n\nw3q\n")
    built = site.build(ajo_dialect="exl", warnings=None)
    assert len(built.warnings) >= 1
    page = html.fromstring(built.text("index.html")).xpath("//section")[0]
    assert {"w1q", "w2q", "w3q"} <= set(re.findall(r"w\dq", page.text_content()))
    assert page.xpath("string(.//pre)").startswith("```{")
