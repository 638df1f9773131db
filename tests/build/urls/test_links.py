"""Links of a repository, built."""

from __future__ import annotations

import pytest
from lxml import html

from sphinx_ajo.language.languages import SITE


def hrefs(found):
    return [href for _, href in found]


def test_paths(links):
    """All ways to write that a link leads to a page."""
    assert hrefs(
        links(
            "[a](home.md) [a](./home.md#light) [a](/help/user/home.md) [a](/help//user//home.md)",
            "[a](//help/user/home.md) [a](../prime/first.md?lang=en) [a](setup/setup.html)",
            "[a](%68ome.md) [a](<home.md>) [a](\nhome.md#light\n) [a](home) [a][ref] [a](#links)",
            "[ref]: ../user/home.md 'Title'",
        )
    ) == [
        *["home.html", "home.html#light", "home.html", "home.html", "home.html"],
        *["../prime/first.html", "setup/setup.html", "home.html", "home.html", "home.html#light"],
        *["home.html", "home.html", "#links"],
    ]


def test_guides_and_folders(links):
    """A guide has a page, whoever makes it; so have some folders."""
    assert hrefs(
        links("[a](TOC.md) [a](../prime/TOC.md) [a](../prime/) [a](..) [a](/help/) [a](/) [a](./)")
    ) == [
        *["index.html", "../prime/index.html", "../prime/index.html", "../../index.html"],
        *["../../index.html", "../../index.html", "index.html"],
    ]


def test_without_text(links):
    assert links("[](home.md)", "[](home.md#light)") == [
        ("Home", "home.html"),
        ("Light", "home.html#light"),
    ]


def test_spelling(links):
    """A page that can only be the one meant is found, with a warning."""
    message = "links.md:3: WARNING: 'Home.MD' differs in case or blanks from the page"
    assert hrefs(links("[a](Home.MD)", warnings=[message])) == ["home.html"]


@pytest.mark.parametrize(
    "source",
    [
        "[a <https://host.example/>](home.md)",
        "[a *<https://host.example/>*](home.md)",
        "[a <u><https://host.example/></u>](home.md)",
        "[a <mail@host.example>](https://host.example/)",
    ],
)
def test_addresses_in_links(links, source):
    """An address in a link is text of the link: HTML has no links in links."""
    ((text, href),) = links(source)
    assert "host.example" in text
    assert href in {"home.html", "https://host.example/"}


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("gone.md", "no page or file 'gone.md'"),
        ("assets/gone.csv", "no page or file 'assets/gone.csv'"),
        ("/README.md", "'/README.md' is a file, but not a page of this site"),
        ("../_includes/part.md", "'../_includes/part.md' is a file, but not a page of this site"),
        ("assets/", "the folder 'assets/' has no page of its own"),
        ("", "this link has no target, only 'the text'"),
        ("../../../secret.csv", "'../../../secret.csv' leads outside the repository"),
        ("../../../gone.csv", "'../../../gone.csv' leads outside the repository"),
    ],
)
def test_missing(links, repository, target, message):
    """One warning, with the line, and the text stays; nothing from outside is copied."""
    (repository.folder.parent / "secret.csv").write_text("x", encoding="utf-8")
    assert links(f"[the text]({target})", warnings=[f"links.md:3: WARNING: {message}"]) == []


def test_downloads(links):
    [(text, href)] = links("[list](assets/list.csv)")
    assert text == "list"
    assert href.startswith("../../_downloads/")


@pytest.mark.parametrize("level", ["#", "##"])
@pytest.mark.parametrize("text", ["list", "*a* list", ""])
def test_files_in_titles(project, level, text):
    """Titles are copied into links of tables of contents, which hold the text of the link only."""
    project.write_files({"list.csv": "a,b\n"})
    project.write(
        index="# Index\n\n```{toctree}\npage\n```\n",
        page=f"# Page\n\n{level} See [{text}](list.csv)\n\n### Below\n",
    )
    built = project.build(ajo_dialect="exl", html_theme="alabaster", warnings=None)
    for name in ("index.html", "page.html"):
        tree = html.fromstring(built.text(name))
        assert not tree.xpath("//a//a")
    assert tree.xpath(f"//{'h1' if level == '#' else 'h2'}/a[contains(@href, '_downloads')]")


def test_spelling_of_ids(repository):
    """An id that can only be the one meant is found, with a warning."""
    message = "links.md:3: WARNING: no id {!r} on page 'help/user/links', where"
    text = (
        "# Links\n\n[a](#My-Light) [b](#my%20light!) [c](#sec_b)\n\n## My Light\n\n## B {#sec_B}\n"
    )
    repository.write_files({"help/user/links.md": text})
    names = ("My-Light", "my light!", "sec_b")
    html = repository.build(warnings=[message.format(name) for name in names]).text(
        "help/user/links.html"
    )
    assert html.count('class="reference internal" href="#my-light"><span>') == 2
    assert html.count('class="reference internal" href="#sec_B"><span>') == 1


def test_official_addresses(links):
    """Those of our own pages lead to them; the anchor goes along."""
    own = f"{SITE}/en/docs/lamp/user/home"
    assert links(
        f"[a]({own}) [a]({own}#light) [a]({SITE}/docs/lamp/user/start/setup.html?lang=en)",
        "[a](/docs/lamp/user/home.html#light)",
        f"[a]({SITE}/de/docs/lamp/user/home) [a]({SITE}/docs/lamp/user/setup/setup)",
        f"[a]({SITE}/docs/shade/user/home) [a](/docs/shade/x) <{own}> [a]({SITE}/home)",
        '[!BADGE b]{url="/docs/lamp/user/home"}',
    ) == [
        *[("a", "home.html"), ("a", "home.html#light"), ("a", "setup/setup.html")],
        ("a", "home.html#light"),
        ("a", f"{SITE}/de/docs/lamp/user/home"),
        ("a", f"{SITE}/docs/lamp/user/setup/setup"),
        ("a", f"{SITE}/docs/shade/user/home"),
        ("a", f"{SITE}/docs/shade/x"),
        *[(own, own), ("a", f"{SITE}/home"), ("b", "home.html")],
    ]


def test_not_localized(links):
    url = f"{SITE}/en/docs/lamp/user/home#x"
    assert hrefs(links(f"[a]({url})", ajo_localize_urls=False)) == [url]


def test_external_as_by_myst(repository):
    """An address that turns out not to be ours is a link like others, with its window."""
    url = f"{SITE}/docs/lamp/old"
    text = f'# Links\n\n[a]({url} "T"){{target="_blank"}} [b]({SITE}/docs/home)\n'
    repository.write_files({"help/user/links.md": text})
    html = repository.build().text("help/user/links.html")
    assert (
        f'<a class="reference external" href="{url}" rel="noopener noreferrer" '
        'target="_blank" title="T">a</a>' in html
    )


@pytest.mark.parametrize("builder", ["text", "latex", "singlehtml", "dirhtml", "epub"])
def test_builders(repository, builder):
    repository.write_files(
        {"help/user/links.md": f"# Links\n\n[a](home.md) [b]({SITE}/docs/lamp/gone)\n"}
    )
    repository.build(builder, version="1", copyright="x")


def test_redirected(links, repository):
    """Addresses that have moved are followed, also those of other products."""
    repository.write_files(
        {
            "redirects.csv": "source,dest\n"
            f"{SITE}/docs/lamp/old.html ,{SITE}/docs/lamp/older.html\n"
            f"{SITE}/docs/lamp/older.html,{SITE}/docs/lamp/user/home.html#light\n"
            f"{SITE}/docs/shade/x.html,{SITE}/docs/lamp/prime/first.html\n"
        }
    )
    assert hrefs(links(f"[a]({SITE}/en/docs/lamp/old) [a]({SITE}/docs/shade/x.html)")) == [
        "home.html#light",
        "../prime/first.html",
    ]


def test_help_folder(repository):
    """Its paths are the same when it is the source directory."""
    repository.write_files(
        {
            "help/user/links.md": "# Links\n\n[a](/help/user/home.md) [a](../../help/user/home.md) "
            f"[a](/help) [a](/README.md) [a]({SITE}/docs/lamp/user/home)\n"
        }
    )
    repository.folder /= "help"
    build = repository.build(warnings=["'/README.md' is a file, but not a page of this site"])
    html = build.text("user/links.html")
    assert html.count('href="home.html"') >= 3
    assert 'href="../index.html"' in html


def test_new_pages(repository):
    """A link to a page that is new, or gone, is written again; others are not."""
    repository.write_files({"help/user/links.md": "# Links\n\n[a](new.md)\n"})
    build = repository.build(warnings=["no page or file 'new.md'"])
    home = (build.outdir / "help/user/home.html").stat().st_mtime_ns
    repository.write_files({"help/user/new.md": "---\nhide: true\n---\n# New\n"})
    build = repository.build()
    assert build.updated == {"help/user/new"}
    assert 'href="new.html"' in build.text("help/user/links.html")
    (repository.folder / "help/user/new.md").unlink()
    build = repository.build(warnings=["no page or file 'new.md'"])
    assert 'href="new.html"' not in build.text("help/user/links.html")
    assert (build.outdir / "help/user/home.html").stat().st_mtime_ns == home


def test_translated(repository, tmp_path):
    """Two links to one page keep their anchors in a translation."""
    source = "See [one](home.md#light) and [two](home.md)."
    repository.write_files(
        {
            "help/user/links.md": f"# Links\n\n{source}\n",
            "locale/sv/LC_MESSAGES/help.po": 'msgid ""\nmsgstr ""\n'
            '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
            f'msgid "{source}"\nmsgstr "[två](home.md) före [ett](home.md#light)."\n',
        }
    )
    html = repository.build(language="sv", locale_dirs=[str(repository.folder / "locale")]).text(
        "help/user/links.html"
    )
    assert '<a class="reference internal" href="home.html"><span>två' in html
    assert '<a class="reference internal" href="home.html#light"><span>ett' in html


def test_parallel(repository):
    text = f"# Links\n\n[a](home.md) [a]({SITE}/docs/lamp/user/home) [a](gone.md)\n"
    repository.write_files(
        {f"help/user/p{n}.md": f"---\nhide: true\n---\n{text}" for n in range(8)}
    )
    gone = ["no page or file 'gone.md'"] * 8
    serial = repository.build(warnings=gone)
    parallel = repository.build(
        warnings=gone, parallel=2, fresh=True, outdir=repository.folder.parent / "par"
    )
    for n in range(8):
        name = f"help/user/p{n}.html"
        assert serial.text(name) == parallel.text(name)


def test_new_addresses(repository):
    """When the guide changes, addresses are looked up again; no page is read for it."""
    text = f"# Links\n\n[a]({SITE}/docs/lamp/user/begin/setup)\n"
    repository.write_files({"help/user/links.md": text})
    build = repository.build()
    assert 'href="https://experienceleague' in build.text("help/user/links.html")
    toc = (repository.folder / "help/user/TOC.md").read_text(encoding="utf-8")
    repository.write_files({"help/user/TOC.md": toc.replace("{#start}", "{#begin}")})
    build = repository.build()
    assert "help/user/links" not in build.updated
    assert 'href="setup/setup.html"' in build.text("help/user/links.html")
    assert repository.build().updated == frozenset()


def test_new_product(repository):
    """Pages are read again when other addresses may be theirs."""
    text = f"# Links\n\n[a]({SITE}/docs/shade/user/home)\n"
    repository.write_files({"help/user/links.md": text})
    build = repository.build()
    assert 'href="https://experienceleague' in build.text("help/user/links.html")
    repository.write_files({"metadata.md": "---\nlanding-page-name: Shade\n---\n"})
    build = repository.build()
    assert 'href="home.html"' in build.text("help/user/links.html")
