"""A repository without a configuration: pages, navigation, defaults."""

from __future__ import annotations

import lxml.html
import pytest

FILES = {
    "metadata.md": (
        "---\nsolution: Lamp\ngit-repo: https://example.com/lamp.sv-SE\n---\n# Internal\n"
    ),
    "README.md": "# Not a page\n",
    "tools/notes.md": "# Not a page\n",
    ".venv/lib/package/README.md": "# Not a page\n",
    "help/_includes/part.md": "# Not a page\n",
    "help/lamps/TOC.md": """\
---
user-guide-title: Lamps
user-guide-description: All about lamps.
---
# Lamp guide {#lamps}

+ [The home](home.md)
+ Get started {#start}
   + [Set it up](start/setup.md)
   + Deep {#deep}
      + [Deep page](/help/lamps/deep.md)
   + {hide-from-toc} [Secret](secret.md)
+ [Parent page](parent.md)
   + [Child page](child.md)
+ [Elsewhere](https://example.com/x)
""",
    "help/lamps/home.md": (
        "---\nexl-id: 1\ndescription: Home text.\n---\n# Home\n\n[Set up](start/setup.md#step)\n"
    ),
    "help/lamps/start/setup.md": "# Setup\n\n## Step\n",
    "help/lamps/deep.md": "# Deep\n",
    "help/lamps/secret.md": "# Secret\n",
    "help/lamps/parent.md": "# Parent\n\nText.\n",
    "help/lamps/child.md": "# Child\n",
    "help/shades/TOC.md": "# Shades {#shades}\n\n+ [Shade](shade.md)\n",
    "help/shades/shade.md": "# Shade\n",
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    (project.folder / "conf.py").write_text(
        'extensions = ["sphinx_ajo"]\nhtml_theme = "furo"\n', encoding="utf-8"
    )
    return project


def tree(build, page):
    """Return the sidebar of a page as nested lists."""
    root = lxml.html.fromstring(build.text(f"{page}.html"))
    return _tree(root.find_class("sidebar-tree")[0].find("ul"))


def _tree(ul):
    found = []
    for item in ul.findall("li"):
        link = item.find("a")
        nested = item.find("ul")
        found.append(
            link.text_content() if nested is None else [link.text_content(), *_tree(nested)]
        )
    return found


GUIDE = [
    "Lamp guide",
    "The home",
    ["Get started", "Set it up", ["Deep", "Deep page"]],
    ["Parent page", "Child page"],
    "Elsewhere",
]


def test_sidebar_is_the_toc(repository):
    """Titles, order and levels are those of the TOC files, on each page."""
    build = repository.build()
    for page in ("index", "help/lamps/start/setup", "help/lamps/start/index", "help/lamps/child"):
        assert tree(build, page) == [GUIDE, ["Shades", "Shade"]]


def test_defaults(repository):
    """Name and language come from the repository; housekeeping files are no pages."""
    build = repository.build()
    root = lxml.html.fromstring(build.text("index.html"))
    assert root.get("lang") == "sv"
    assert root.xpath("//h1")[0].text_content().startswith("Lamp")
    assert "Sök" in build.text("search.html")
    assert set(build.doctrees) == {
        "index",
        "help/lamps/index",
        "help/lamps/start/index",
        "help/lamps/start/deep/index",
        "help/shades/index",
        *(
            name[:-3]
            for name in FILES
            if name.startswith("help/")
            and name.count("/") > 1
            and not name.endswith("TOC.md")
            and "_includes" not in name
        ),
    }


def test_user_settings_win(repository):
    """What a project sets itself stays."""
    build = repository.build(language="de", project="Mine")
    root = lxml.html.fromstring(build.text("index.html"))
    assert root.get("lang") == "de"
    assert "Mine" in root.xpath("//h1")[0].text_content()


def test_group_page(repository):
    """A group without a page gets one: a card for each entry, with its description."""
    build = repository.build()
    root = lxml.html.fromstring(build.text("help/lamps/index.html"))
    cards = root.find_class("sd-card")
    assert [card.find_class("sd-card-title")[0].text_content().strip() for card in cards] == [
        "The home",
        "Get started",
        "Parent page",
        "Elsewhere",
    ]
    assert "Home text." in cards[0].text_content()
    assert [link.get("href") for link in cards[1].iter("a")] == ["start/index.html"]
    assert root.xpath("//meta[@name='description']/@content") == ["All about lamps."]


def test_previous_and_next(repository):
    """They follow the TOC."""
    build = repository.build()
    root = lxml.html.fromstring(build.text("help/lamps/start/setup.html"))
    links = {link.get("rel"): link.get("href") for link in root.xpath("//link[@rel]")}
    assert links["prev"] == "index.html"
    assert links["next"] == "deep/index.html"


def test_hidden_page(repository):
    """It is there, not in the navigation, and no reason for a warning."""
    build = repository.build()
    assert "Secret" in build.text("help/lamps/secret.html")
    assert "secret.html" not in build.text("help/lamps/home.html")


def test_help_folder(repository):
    """The help folder alone is as good as the root of the repository."""
    repository.folder = repository.folder / "help"
    build = repository.build(extensions=["sphinx_ajo"], html_theme="furo")
    assert tree(build, "index") == [GUIDE, ["Shades", "Shade"]]
    assert 'href="start/setup.html#' in build.text("lamps/home.html")


def test_one_guide(repository):
    """The entries of an only guide stand at the root."""
    (repository.folder / "help/shades/TOC.md").unlink()
    (repository.folder / "help/shades/shade.md").unlink()
    build = repository.build()
    assert tree(build, "index") == GUIDE[1:]


def test_own_root_document(repository):
    """A project with a root document has its own navigation."""
    repository.write(index="# Own\n\n```{toctree}\nhelp/lamps/home\n```\n")
    build = repository.build(suppress_warnings=["toc.not_included", "ajo.exl_id_form"])
    assert tree(build, "index") == ["Home"]


def test_missing_page(repository):
    """An entry without a page is reported where it stands; the others are there."""
    toc = repository.folder / "help/shades/TOC.md"
    toc.write_text(toc.read_text(encoding="utf-8") + "+ [Gone](gone.md)\nwords\n", encoding="utf-8")
    build = repository.build(
        warnings=[
            "help/shades/TOC.md:4: WARNING: no page 'gone.md'",
            "help/shades/TOC.md:5: WARNING: this line is not an entry",
        ]
    )
    assert tree(build, "index")[1] == ["Shades", "Shade"]


def test_unlisted_page(repository):
    """A page in no TOC is reported where it stands, with the TOC of its guide."""
    repository.write_files({"help/lamps/sub/lost.md": "# Lost\n", "help/lost.md": "# Lost\n"})
    expected = [
        "help/lamps/sub/lost.md:1: WARNING: no TOC.md lists this page",
        "help/lost.md:1: WARNING: no TOC.md lists this page",
    ]
    build = repository.build(warnings=expected)
    assert "add it to 'help/lamps/TOC.md', or" in " ".join(build.warnings)
    page = repository.folder / "help/lamps/home.md"
    page.write_text("# Home\n", encoding="utf-8")
    repository.build(warnings=expected)


def test_page_that_is_listed_later(repository):
    """It is no longer reported, nor is it once it is hidden."""
    repository.write_files({"help/shades/lost.md": "# Lost\n", "help/shades/found.md": "# F\n"})
    repository.build(warnings=["help/shades/found.md:1: ", "help/shades/lost.md:1: "])
    toc = repository.folder / "help/shades/TOC.md"
    text = toc.read_text(encoding="utf-8")
    toc.write_text(f"{text}+ [Found](found.md)\n", encoding="utf-8")
    build = repository.build(warnings=["help/shades/lost.md:1: "])
    assert "orphan" not in build.metadata["help/shades/found"]
    toc.write_text(f"{text}+ {{hide-from-toc}} [Lost](lost.md)\n", encoding="utf-8")
    build = repository.build(warnings=["help/shades/found.md:1: "])
    assert build.metadata["help/shades/lost"]["orphan"] == ""


HIDDEN_GROUPS = """\
# Shades {#shades}

+ [Shade](shade.md)
+ Beta {#beta}
   + {hide-from-toc} [One](one.md)
   + Inner {#inner}
      + [Two](two.md)
+ Mixed {#mixed}
   + {hide-from-toc} [Three](three.md)
      + Below {#below}
         + [Four](four.md)
+ {hide-from-toc} Secret {#secret}
   + [Five](five.md)
   + Deeper {#deeper}
      + [Six](six.md)
"""


def test_groups_without_visible_entries(repository):
    """They are not shown and have no page; what is visible can be reached."""
    names = ("one", "two", "three", "four", "five", "six")
    repository.write_files({f"help/shades/{name}.md": f"# {name}\n" for name in names})
    repository.write_files(
        {
            "help/shades/two.md": "---\nhidefromtoc: true\n---\n# two\n",
            "help/shades/TOC.md": HIDDEN_GROUPS,
        }
    )
    build = repository.build()
    shades = ["Shades", "Shade", ["Mixed", ["Below", "Four"]]]
    assert tree(build, "index") == [GUIDE, shades]
    generated = {name for name in build.doctrees if name.endswith("/index")}
    assert {name for name in generated if "shades" in name} == {
        "help/shades/index",
        "help/shades/mixed/index",
        "help/shades/mixed/below/index",
    }
    for name in ("one", "two", "three", "five", "six"):
        assert (build.outdir / f"help/shades/{name}.html").is_file()
        assert build.metadata[f"help/shades/{name}"]["orphan"] == ""


def test_guide_without_visible_entries(repository):
    """It is not shown."""
    repository.write_files(
        {"help/shades/TOC.md": "# Shades {#shades}\n\n+ {hide-from-toc} [Shade](shade.md)\n"}
    )
    build = repository.build()
    assert tree(build, "index") == [GUIDE]
    assert "help/shades/index" not in build.doctrees


def test_group_without_entries(repository):
    """It is reported, not shown."""
    toc = repository.folder / "help/shades/TOC.md"
    text = toc.read_text(encoding="utf-8")
    toc.write_text(f"{text}+ Empty {{#empty}}\n<!--\n   + [Gone](gone.md)\n-->\n", encoding="utf-8")
    build = repository.build(
        warnings=["help/shades/TOC.md:4: WARNING: the group 'Empty' has no entries"]
    )
    assert tree(build, "index")[1] == ["Shades", "Shade"]


def test_nothing_in_the_sources(repository):
    """A build writes nothing into the source folder."""
    before = sorted(path for path in repository.folder.rglob("*"))
    repository.build()
    assert sorted(path for path in repository.folder.rglob("*")) == before


def test_second_build(repository):
    """A second build reads nothing."""
    repository.build()
    assert repository.build().updated == frozenset()


def test_changed_toc(repository):
    """Only the pages whose entries have changed are read again."""
    repository.build()
    toc = repository.folder / "help/lamps/TOC.md"
    text = toc.read_text(encoding="utf-8")
    toc.write_text(text.replace("[Child page]", "[New child]"), encoding="utf-8")
    build = repository.build()
    assert build.updated == {"help/lamps/parent"}
    assert "New child" in build.text("help/shades/shade.html")
    toc.write_text(text.replace("[Set it up]", "[Set up]"), encoding="utf-8")
    assert repository.build().updated == {"help/lamps/parent", "help/lamps/start/index"}


def test_parallel(repository, tmp_path):
    """Reading in processes gives the same navigation."""
    serial = repository.build(outdir=tmp_path / "a")
    parallel = repository.build(outdir=tmp_path / "b", parallel=2)
    assert tree(serial, "index") == tree(parallel, "index")


@pytest.mark.parametrize("builder", ["latex", "epub", "text", "singlehtml", "gettext", "dirhtml"])
def test_builders(repository, builder):
    """Generated pages are pages in every format."""
    repository.build(builder, version="1", copyright="2026")


def test_language_of_the_repository(repository):
    """Our own words are in the language of the repository, too."""
    page = repository.folder / "help/lamps/deep.md"
    page.write_text("# Deep\n\n>[!AVAILABILITY]\n>\n>Text\n", encoding="utf-8")
    assert "Tillgänglighet" in repository.build().text("help/lamps/deep.html")


def test_untitled_pages(project):
    """A page without heading and title is in the navigation, as TOC.md calls it."""
    project.write_files(
        {
            "metadata.md": "---\nsolution: X\n---\n",
            "help/TOC.md": "# G {#g}\n\n+ [One](just-text.md)\n+ [Two](empty.md)\n+ [T](d.md)\n",
            "help/just-text.md": "---\ndescription: D1\n---\nJust text.\n\n- and a list\n",
            "help/empty.md": "",
            "help/d.md": "# D\n",
        }
    )
    build = project.build(html_theme="furo")
    assert 'href="just-text.html">One<' in build.text("help/d.html")
    assert 'href="empty.html">Two<' in build.text("help/d.html")
    assert "<h1>Just text<" in build.text("help/just-text.html")
    assert "and a list" in build.text("help/just-text.html")
    assert 'content="D1" name="description"' in build.text("help/just-text.html")


def test_builders_share_what_was_read(repository):
    """Each writes all pages, the generated ones too."""
    names = repository.build("text").doctrees
    build = repository.build("html")
    assert build.updated == frozenset()
    assert [name for name in names if not (build.outdir / f"{name}.html").is_file()] == []


def test_sources_of_generated_pages(repository):
    """There are none: nobody has written them."""
    build = repository.build()
    sources = {
        path.relative_to(build.outdir).as_posix() for path in build.outdir.glob("_sources/**/*.txt")
    }
    assert "_sources/help/lamps/deep.md.txt" in sources
    assert not any(name.endswith("index.md.txt") for name in sources)
    assert "_sources" not in build.text("help/lamps/start/index.html")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_group_named_like_a_page(repository, builder):
    """Both have their file, with every builder."""
    repository.write_files(
        {
            "help/shades/TOC.md": (
                "# S {#s}\n\n+ [Shade](shade.md)\n+ All {#shade}\n   + [X](x.md)\n"
            ),
            "help/shades/x.md": "# X\n",
        }
    )
    build = repository.build(builder)
    assert "help/shades/shade/index-2" in build.doctrees
    name = "help/shades/shade.html" if builder == "html" else "help/shades/shade/index.html"
    assert lxml.html.fromstring(build.text(name)).xpath("//h1")[0].text_content()[:5] == "Shade"


START = "---\ntitle: Start\n---\n\nText of the start page.\n"


def _write_start(repository, text):
    # with a start page, a repository may have pages anywhere, and these would be some
    for name in (".venv/lib/package/README.md", "tools/notes.md"):
        (repository.folder / name).unlink(missing_ok=True)
    (repository.folder / "index.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_start_page_without_toctree(repository, builder):
    """A start page keeps its text; the guides stand below it."""
    before = tree(repository.build(builder), "index")
    _write_start(repository, START)
    build = repository.build(builder)
    assert tree(build, "index") == before
    root = lxml.html.fromstring(build.text("index.html"))
    assert "Text of the start page." in root.text_content()
    assert not root.find_class("ajo-card")
    assert repository.build(builder).updated == frozenset()


def test_start_page_with_toctree(repository):
    """A start page with a toctree of its own is the navigation; other pages are reported."""
    _write_start(repository, f"{START}\n```{{toctree}}\nhelp/lamps/home\n```\n")
    build = repository.build(suppress_warnings=["toc.not_included", "ajo.exl_id_form"])
    assert tree(build, "index") == ["Home"]
    _write_start(repository, START)
    assert tree(repository.build(), "index") == [GUIDE, ["Shades", "Shade"]]


def test_start_page_that_is_listed(repository):
    """A start page that TOC.md lists as well makes no circle."""
    _write_start(repository, START)
    path = repository.folder / "help/shades/TOC.md"
    path.write_text("# Shades {#shades}\n\n+ [Up](/index.md)\n+ [Shade](shade.md)\n", "utf-8")
    assert tree(repository.build(), "index") == [GUIDE, ["Shades", "Shade"]]


def test_entry_of_a_page_that_has_moved(project):
    """A page of that name in another folder is named."""
    project.write_files(
        {
            "metadata.md": "---\ngit-repo: https://github.com/o/r\n---\n",
            "help/TOC.md": "# T\n\n- [A](old/a.md)\n- [B](/help/b.md)\n- [C](c.md)\n",
            "help/new/a.md": "# A\n",
            "help/new/b.md": "# B\n",
        }
    )
    lost = "the entry is left out of the navigation"
    project.build(
        warnings=[
            f"TOC.md:3: WARNING: no page 'old/a.md'; {lost}; did you mean page 'help/new/a'? [",
            f"TOC.md:4: WARNING: no page '/help/b.md'; {lost}; did you mean page 'help/new/b'? [",
            f"TOC.md:5: WARNING: no page 'c.md'; {lost} [",
            "help/new/a.md:1: WARNING: no TOC.md lists this page",
            "help/new/b.md:1: WARNING: no TOC.md lists this page",
        ]
    )
