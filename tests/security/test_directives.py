"""What fences in braces may do on pages of the ExL dialect: nothing that is not listed."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from lxml import html

from sphinx_ajo.markup.directives import DEFAULT_DIRECTIVES

SECRET = "s3cr3t"
SCRIPT = "<script>attack()</script>"

ATTACKS = {
    "raw": f"{{raw}} html\n{SCRIPT}\n",
    "raw in capitals": f"{{RAW}} html\n{SCRIPT}\n",
    "raw file": "{raw} html\n:file: SECRET\n",
    "raw url": "{raw} html\n:url: file://SECRET\n",
    "eval-rst": f"{{eval-rst}}\n.. raw:: html\n\n   {SCRIPT}\n",
    "eval-rst role": f"{{eval-rst}}\n.. role:: h(raw)\n   :format: html\n\n:h:`{SCRIPT}`\n",
    "eval-rst include": "{eval-rst}\n.. include:: SECRET\n   :literal:\n",
    "include": "{include} SECRET\n",
    "include literal": "{include} SECRET\n:literal:\n",
    "include of docutils": "{include} <../../../../../../../../../../../../SECRET>\n",
    "literalinclude": "{literalinclude} SECRET\n",
    "literalinclude diff": "{literalinclude} index.md\n:diff: SECRET\n",
    "csv-table": "{csv-table}\n:file: SECRET\n",
    "csv-table url": "{csv-table}\n:url: file://SECRET\n",
    "meta": '{meta}\n:http-equiv=refresh: "0;url=//x.example/attack()"\n',
    "tabularcolumns": "{tabularcolumns} \\input{SECRET}\n",
    "math": "\\input{SECRET} attack()\n".join(["{math}\n", ""]),
    "div": "{div}\n:style: background:url(//x.example/attack())\n",
    "role": "{role} h(raw)\n:format: html\n",
    "only": f"{{only}} html\n{SCRIPT}\n",
}
"""What stands behind the opening fence; ``SECRET`` is a file beside the source folder."""

PLACES = {
    "page": "{}",
    "note": "````{{note}}\n{}````\n",
    "options": "````{{admonition}} T\n:class: x\n\n{}````\n",
    "list item": "- a\n\n{:  }",
    "quote": "{:> }",
    "alert": ">[!NOTE]\n>\n{:> }",
    "tabs": ">[!BEGINTABS]\n\n>[!TAB a]\n\n{}\n>[!ENDTABS]\n",
    "accordion": "+++T\n\n{}\n+++\n",
    "card": ":::: landing-cards-container\n\n:::\nT\n\n{}\n:::\n\n::::\n",
    "card directive": "`````{{grid}}\n````{{grid-item-card}}\n{}````\n`````\n",
    "table cell": "````{{list-table}}\n- - a\n  - b\n\n{:    }````\n",
    "raw HTML": "<table><tr><td>\n\n{}\n</td></tr></table>\n",
}


class _Fence:
    """A fence that a place indents as it needs."""

    def __init__(self, text):
        self.text = text

    def __format__(self, prefix):
        return "".join(f"{prefix}{line}\n" for line in self.text.splitlines())


def fence(attack, secret):
    return _Fence(f"```{ATTACKS[attack].replace('SECRET', secret)}```\n")


@pytest.fixture
def secret(project):
    path = project.folder.parent / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return str(path)


def outputs(built):
    """Return the text of every output file."""
    return [
        path.read_text("utf-8", "replace") for path in built.outdir.rglob("*") if path.is_file()
    ]


@pytest.mark.parametrize("place", PLACES)
def test_attacks_are_code(project, secret, place):
    """None of them runs, wherever it stands; each is shown, with one warning for each name."""
    pages = {
        f"p{number}": f"# T\n\n{PLACES[place].format(fence(attack, secret))}\n"
        for number, attack in enumerate(ATTACKS)
    }
    names = [ATTACKS[attack].split("}")[0][1:] for attack in ATTACKS]
    project.write(index="# T\n\n```{toctree}\n:glob:\np*\n```\n", **pages)
    built = project.build(
        ajo_dialect="exl",
        warnings=[f"the directive {{{name}}} does not run on this page" for name in names],
    )
    assert not any(SECRET in text for text in outputs(built))
    for page, (attack, text) in zip(pages, ATTACKS.items(), strict=True):
        tree = html.fromstring(built.text(f"{page}.html"))
        assert not tree.xpath("//script[contains(., 'attack')]"), attack
        assert not tree.xpath("//@*[contains(., 'attack')]"), attack
        code = [node.astext() for node in built.doctrees[page].findall(nodes.literal_block)]
        shown = text.replace("SECRET", secret).splitlines()
        assert any(all(line in block for line in shown) for block in code), attack


def test_one_warning_for_each_name(build_page):
    """A page that holds a directive often says so once."""
    text = "```{raw} html\n<b>x</b>\n```\n\n" * 3 + "```{only} html\nx\n```\n"
    build_page(
        f"# T\n\n{text}",
        warnings=["index.md:3: WARNING: the directive {raw}", "index.md:15: WARNING: the dir"],
    )


def test_translated_messages(project):
    """What a translation brings does not run either."""
    project.write(index="# T\n\nOne line.\n")
    catalog = project.folder / "locales" / "de" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "One line."\nmsgstr "```{{raw}} html\\n{SCRIPT}\\n```"\n',
        encoding="utf-8",
    )
    built = project.build(ajo_dialect="exl", language="de", warnings=["the directive {raw}"])
    assert SCRIPT not in built.text("index.html")


def test_included_text(project):
    """What a page includes is read like the page."""
    project.write_files(
        {
            "index.md": "# T\n\n{{$include /_includes/a.md}}\n",
            "_includes/a.md": f"# A\n\n```{{raw}} html\n{SCRIPT}\n```\n",
        }
    )
    built = project.build(
        ajo_dialect="exl",
        exclude_patterns=["_includes"],
        warnings=["_includes/a.md:3: WARNING: the directive {raw}"],
    )
    assert SCRIPT not in built.text("index.html")


def test_colon_fences_and_roles_are_text(build_page):
    """Other ways to write directives and roles mean nothing, whatever extensions are on."""
    text = f"# T\n\n:::{{raw}} html\n{SCRIPT}\n:::\n\n{{raw}}`x` {{download}}`index.md`\n"
    built = build_page(
        text,
        myst_enable_extensions=["colon_fence", "substitution", "attrs_inline"],
        warnings=["html_unsafe", "this container has no closing line"],
    )
    assert "<script>attack" not in built.text("index.html")
    assert ":::{raw} html" in built.doctrees["index"].astext()
    assert "{download}" in built.doctrees["index"].astext()
    assert not list(built.doctrees["index"].findall(nodes.raw))


def test_default_directives_work(project):
    """Every directive of the default list that there is runs, and is not shown as code."""
    samples = {
        "figure": "x.png\n\nText",
        "figure-md": "\n![a](x.png)\n\nText",
        "list-table": "\n- - Text\n",
        "table": "\n| Text |\n|---|\n| b |\n",
        "button-link": "https://x.example\nText",
    }
    names = {name for group in DEFAULT_DIRECTIVES.values() for name in group}
    # those that need a place, or other pages
    names -= {"ajo-toc", "image", "landing-cards-container", "toctree"}
    pages = {
        name: f"# T\n\n```{{{name}}} {samples.get(name, chr(10) + 'Text' + chr(10))}\n```\n"
        for name in names
    }
    project.write(index="# T\n\n```{toctree}\n:glob:\n*\n```\n", **pages)
    built = project.build("dummy", ajo_dialect="exl", warnings=None)
    code = {name for name in names if f"{{{name}}}" in built.doctrees[name].astext()}
    # some lack what they need, and say so
    # older releases of Sphinx and sphinx-design do not have all of them
    old = version("sphinx-design") < "0.8"
    absent = code - directives._directives.keys() if old else set()
    lacking = {name for name in names for line in built.warnings if _lacks(line, name)}
    assert len(lacking) < len(names) / 3
    assert code - absent <= lacking
    named = [line for line in built.warnings if "[ajo.directive]" in line]
    assert [line for line in named if line.split(".md")[0] not in absent] == []


def _lacks(line, name):
    return line.startswith(f"{name}.md:") and ("argument(s) required" in line or "Invalid" in line)


def test_list_replaces_and_extends(build_page):
    """A list names all that run; ``default`` in it stands for the default ones."""
    text = "# T\n\n```{raw} html\n<b id=x>x</b>\n```\n\n```{note}\na\n```\n"
    built = build_page(text, ajo_directives=["raw"], warnings=["the directive {note}"])
    assert html.fromstring(built.text("index.html")).xpath("//b[@id='x']")
    built = build_page(text, ajo_directives=["default", "raw"])
    assert html.fromstring(built.text("index.html")).xpath("//b[@id='x']")
    assert built.doctrees["index"].next_node(nodes.note)
    built = build_page(text, ajo_directives="all")
    assert built.doctrees["index"].next_node(nodes.raw)


def test_value_that_is_none(build_page):
    build_page("# T\n", ajo_directives="most", warnings=["ajo_directives = 'most'"])


READ = [
    ("include", "```{include} FILE\n```\n"),
    ("include", "```{include} FILE\n:literal:\n```\n"),
    ("literalinclude", "```{literalinclude} FILE\n```\n"),
    ("csv-table", "```{csv-table}\n:file: FILE\n```\n"),
    ("raw", "```{raw} html\n:file: FILE\n```\n"),
]


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of what MyST calls
@pytest.mark.parametrize(("name", "text"), READ)
def test_files_of_the_source_folder(project, secret, name, text):
    """Where files may be read, they are those of the source folder; links do not lead out."""
    project.write_files({"sub/inside.txt": "inside word\n"})
    (project.folder / "link.txt").symlink_to(secret)
    allowed = ["default", name, "include"]
    files = ["../secret.txt", "link.txt", "sub/../../secret.txt", "/../secret.txt", secret]
    for number, file in enumerate(files):
        project.write(index="# T\n\n" + text.replace("FILE", file))
        built = project.build(
            ajo_dialect="exl",
            ajo_directives=allowed,
            outdir=project.folder.parent / f"out{number}",
            warnings=[f"the directive {{{name}}} does not run on this page: '{file}' is not in"],
        )
        assert not any(SECRET in output for output in outputs(built)), file
    project.write(index="# T\n\n" + text.replace("FILE", "sub/inside.txt"))
    built = project.build(ajo_dialect="exl", ajo_directives=allowed)
    assert "inside word" in built.doctrees["index"].astext()


def test_raw_reads_no_file_by_itself(project):
    """Who allows raw markup has not allowed to read files."""
    project.write_files({"x.html": "<b>inside</b>"})
    project.write(index="# T\n\n```{raw} html\n:file: x.html\n```\n")
    built = project.build(
        ajo_dialect="exl", ajo_directives=["raw"], warnings=['"raw" directive disabled', "raw"][:1]
    )
    assert "<b>inside" not in built.text("index.html")


def test_settings_are_put_back(project):
    """A page in another dialect or language, read by the same process, is as free as before."""
    raw = f"```{{raw}} html\n{SCRIPT}\n```\n"
    project.write(
        index=f"# T\n\n{raw}\n```{{toctree}}\na_exl\nz\nz_rst\n```\n",
        a_exl=f"---\nexl-id: 1\n---\n# E\n\n{raw}",
        z=f"# Z\n\n{raw}",
    )
    project.write_files({"z_rst.rst": f"R\n=\n\n.. raw:: html\n\n   {SCRIPT}\n"})
    built = project.build(warnings=["the directive {raw}"])
    shown = {
        page: SCRIPT in built.text(f"{page}.html") for page in ("index", "a_exl", "z", "z_rst")
    }
    assert shown == {"index": True, "a_exl": False, "z": True, "z_rst": True}


def test_docutils_settings_while_parsing(project):
    """docutils refuses, too: what finds another way to a directive finds its door shut."""
    project.write(index="# T\n\n```{note}\na\n```\n")
    project.write_files(
        {
            "probe.py": "from docutils.parsers.rst import Directive\nfrom docutils import nodes\n"
            "class Probe(Directive):\n"
            "    has_content = True\n"
            "    def run(self):\n"
            "        s = self.state.document.settings\n"
            "        text = f'{s.raw_enabled} {s.file_insertion_enabled}'\n"
            "        return [nodes.paragraph(text, text)]\n"
            "def setup(app):\n"
            "    app.add_directive('note', Probe, override=True)\n",
            "conf.py": "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\n"
            'extensions = ["sphinx_ajo", "probe"]\n',
        }
    )
    built = project.build(ajo_dialect="exl")
    assert built.doctrees["index"].next_node(nodes.paragraph).astext() == "False False"
    assert publish_doctree("x").settings.raw_enabled


@pytest.mark.parametrize(
    "text",
    [
        "```{code-block} text\n:emphasize-lines: 1-999999999\n\na\n```\n",
        "```{toctree}\n:glob:\n\n*a*a*a*a*a*a*b\n```\n",
    ],
)
def test_bombs(build_page, text):
    """What a few characters multiply without end does not run."""
    built = build_page(f"# T\n\n{text}", warnings=["does not run on this page"])
    assert text.splitlines()[1] in built.doctrees["index"].astext()


def test_front_matter_sets_up_no_myst(build_page):
    """A page cannot switch on Jinja, nor print tags into its head."""
    front_matter = (
        "---\nmyst:\n  enable_extensions: [substitution, colon_fence, html_image]\n"
        "  fence_as_directive: [raw]\n  substitutions:\n    k: '{{ 7*7 }}{{ env.app }}'\n"
        "  html_meta:\n    http-equiv=refresh: 0;url=//x.example\n"
        "html_meta:\n  a: b\nsubstitutions:\n  k: v\n---\n"
    )
    names = ("myst", "html_meta", "substitutions")
    built = build_page(
        f"{front_matter}# T\n\n x {{{{ k }}}}\n\n```raw html\n{SCRIPT}\n```\n",
        warnings=[f"the entry '{name}' cannot set up MyST" for name in names],
    )
    page = html.fromstring(built.text("index.html"))
    assert not page.xpath("//meta[@http-equiv or @name='a']")
    assert "{{ k }}" in built.doctrees["index"].astext()
    assert SCRIPT not in built.text("index.html")


@pytest.mark.parametrize("depth", ["9" * 5000, "-1", "x", "0", "[1]", "٣"])
def test_depth_of_contents(build_page, depth):
    """Sphinx compares this entry with numbers, whatever stands there."""
    built = build_page(f"---\ntocdepth: {depth}\n---\n# T\n\n## A\n")
    assert "A" in built.text("index.html")


@pytest.mark.parametrize("content", [": word", "---\nword\n---", ":word"])
def test_options_that_cannot_be_read(build_page, content):
    """What looks like options, and holds none, is shown: MyST would drop it."""
    warning = "the directive {note} does not run on this page: its options cannot be read"
    built = build_page(f"# T\n\n```{{note}}\n{content}\n\ntext\n```\n", warnings=[warning])
    assert built.doctrees["index"].next_node(nodes.literal_block).astext().count("word") == 1
