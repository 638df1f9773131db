"""Nothing that an author writes becomes markup that was not meant: ids, titles, names."""

from __future__ import annotations

import json
import re
import zlib
from urllib.parse import quote

import attacks
import pytest
from lxml import etree

from sphinx_ajo.language.slugs import safe_id

pytestmark = pytest.mark.xdist_group("attacks")

EVIL = 'x"><script>alert(2)</script>'


def test_no_markup_is_injected(site):
    assert [each for each in site.findings if each[1] != "address"] == []


def test_data_of_a_site_is_data(attack_site):
    site = attack_site("furo", "html")
    index = (site.outdir / "searchindex.js").read_text(encoding="utf-8")
    assert json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["docnames"]
    for path in site.outdir.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        json.loads(text)
        assert "<x-pwned" not in text
    inventory = (site.outdir / "objects.inv").read_bytes().split(b"\n", 4)
    for line in zlib.decompress(inventory[4]).decode().splitlines():
        assert re.fullmatch(r".+? \S+:\S+ -?\d+ \S* .+", line)


def test_names_of_pages(attack_site):
    site = attack_site("furo", "html")
    pages = {path.name for path in site.outdir.rglob("*.html")}
    assert not any(set("<>\"'\\\n") & set(name) for name in pages)
    # what no system allows in names makes no page
    left_out = sum(not set('<>"\\').isdisjoint(name) for name in attacks.FILE_NAMES)
    assert left_out == site.warnings.count("[ajo.file]")
    renamed = len(attacks.FILE_NAMES) - left_out
    assert sum(name.startswith("file") for name in pages) == renamed > 0
    assert site.warnings.count("[ajo.file_name]") == renamed


def test_links_lead_to_pages_with_such_names(project):
    project.write(
        **{
            "index": "# Home\n\n[a](it's.md) [b](<it's.md#Two>)\n\n[c](it%27s.md)\n",
            "it's": "# Page\n\n## Two {#Two}\n",
        }
    )
    built = project.build(ajo_dialect="exl", warnings=["it-s-", "toctree"])
    html = built.text("index.html")
    assert len(re.findall(r'href="it-s-[0-9a-f]{8}\.html"', html)) >= 2
    assert re.search(r'href="it-s-[0-9a-f]{8}\.html#Two"', html)


ID_CONSTRUCTS = {
    "heading": "## Two {#@}\n",
    "heading in a list": "- ## Two {#@}\n",
    "accordion": "+++Title {#@}\n\nText\n\n+++\n",
    "html": "<div id='@'>\n\nText\n\n</div>\n",
    "html inline": "Text <span id='@'>x</span>\n",
    "html heading": "<h2 id='@'>Two</h2>\n",
    "html table": "<table><tr><td id='@'>x</td></tr></table>\n",
    "anchor": "Text <a name='@'></a>\n",
}


IDS = ("a<b", "a&b", "a=b", "a`b", "a\u202eb", "a/b", "ä+b")


@pytest.mark.parametrize("construct", ID_CONSTRUCTS)
def test_an_id_changes_and_links_still_lead_there(project, construct):
    texts = "\n".join(ID_CONSTRUCTS[construct].replace("@", id_) for id_ in IDS)
    here = " ".join(f"[x](#{quote(id_)})" for id_ in IDS)
    there = " ".join(f"[x](index.md#{quote(id_)})" for id_ in IDS)
    project.write(index=f"# T\n\n{here}\n\n{texts}", other=f"# O\n\n{there}\n")
    built = project.build(ajo_dialect="exl", warnings=["id_unsafe"] * len(IDS) + ["toctree"])
    for id_ in IDS:
        assert f'id="{safe_id(id_)}"' in built.text("index.html")
        assert f'href="#{safe_id(id_)}"' in built.text("index.html")
        assert f'href="index.html#{safe_id(id_)}"' in built.text("other.html")


def test_an_id_with_percent_encoding(build_page):
    built = build_page('# T\n\n[x](#a%22%3Eb)\n\n## Two {#a">b}\n', warnings=["id_unsafe"])
    assert f'href="#{safe_id(chr(97) + chr(34) + ">b")}"' in built.text("index.html")


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_the_permalink_of_a_section(build_page, theme):
    built = build_page(f"# T\n\n## Two {{#{EVIL}}}\n", warnings=["id_unsafe"], html_theme=theme)
    html = built.text("index.html")
    assert "alert(2)</script>" not in html
    assert f'<a class="headerlink" href="#{safe_id(EVIL)}"' in html


def test_ids_in_the_mixed_dialect(project):
    project.write(index=f"# T\n\n[x](#{EVIL})\n\n## Two {{#{EVIL}}}\n")
    built = project.build(ajo_dialect="mixed", warnings=["id_unsafe"])
    html = built.text("index.html")
    assert "<script>alert(2)" not in html
    assert f'<a class="headerlink" href="#{safe_id(EVIL)}"' in html


def test_ids_of_contextual_help(build_page):
    text = '>[!CONTEXTUALHELP]\n>id="a<b"\n>title="t"\n>abstract="a"\n'
    assert f'id="{safe_id("a<b")}"' in build_page(f"# T\n\n{text}").text("index.html")


def test_html_that_stays_html_has_safe_ids(build_page):
    built = build_page("# T\n\n<p id='a<b'><a name='a`c'>x</a></p>\n", ajo_html="raw")
    html = built.text("index.html")
    assert f'id="{safe_id("a<b")}"' in html
    assert f'name="{safe_id("a`c")}"' in html


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "text"])
def test_control_characters_are_taken_out(project, builder):
    bad = "\x01\x08\x0b\x1b\ufffe\uffff"
    project.write(
        index=f'---\ntitle: "a\\x01\\uFFFEb"\ndescription: "a\\x01b"\n---\n\n# T{bad}itle\n\n'
        f"Te{bad}xt `co{bad}de` [l{bad}](x{bad}.png) ![al{bad}t](https://example.com/x.png)\n\n"
        f"```\nco{bad}de\n```\n\n## Two{bad}\n\n| a{bad} |\n|---|\n| b{bad} |\n"
    )
    built = project.build(builder, ajo_dialect="exl", warnings=None)
    name = {"latex": "*.tex", "text": "*.txt", "epub": "*.xhtml"}.get(builder, "*.html")
    for path in [*built.outdir.rglob(name), *built.outdir.rglob("toc.ncx")]:
        text = path.read_text(encoding="utf-8")
        assert not set(bad) & set(text)


def test_an_epub_is_xml(attack_site):
    site = attack_site("furo", "epub")
    files = [
        path for pattern in ("*.xhtml", "*.ncx", "*.opf") for path in site.outdir.rglob(pattern)
    ]
    assert len(files) > 5
    for path in files:
        etree.parse(path)


@pytest.mark.parametrize("kind", ["tex", "tex-carets", "script"])
def test_latex_has_no_commands(project, kind):
    texts = [
        template.replace("@N", str(number)).replace("@", attacks.MARKUP[kind])
        for number, template in enumerate(attacks.MARKUP_CONSTRUCTS.values())
    ]
    (project.folder / attacks.IMAGE_NAME).write_bytes(b"x")
    texts.append(f"![An image](<{quote(attacks.IMAGE_NAME)}>)")
    project.write(index="# T\n\n" + "\n\n".join(texts) + "\n")
    built = project.build("latex", ajo_dialect="exl", warnings=None)
    (path,) = built.outdir.glob("*.tex")
    tex = path.read_text(encoding="utf-8").partition(r"\begin{document}")[2]
    assert "sphinxincludegraphics" in tex
    assert not re.search(r"\\input\{(?!\\|sphinx)", tex)
    assert "\\immediate" not in tex
    assert "^^5c" not in tex


def test_meta_tags(build_page):
    built = build_page(attacks.FRONT_MATTER, warnings=None)
    head = built.text("index.html").partition("</head>")[0]
    for name in ("referrer", "google-site-verification", "og:image", "thumbnail"):
        assert f'name="{name}"' not in head
    assert 'http-equiv="refresh"' not in head
    assert "pwned>" not in head.replace("&gt;", "")


def test_svg_has_no_addresses(build_page):
    html = build_page(
        '# T\n\n<svg fill="u\\rl(http://host.invalid/)" stroke="src(x)" mask="url(#m)"'
        ' class="a b&quot;" id="a&lt;b" viewBox="0 0 1 1" font-family="\'A b\', serif">'
        '<g transform="translate(1, 2) rotate(3)" fill="rgb(1,2,3)" filter="url(x)"'
        ' clip-path="url(http://host.invalid/#a)" style="fill:u\\72l(x)">'
        '<path d="M0 0h1"/></g></svg>\n'
    ).text("index.html")
    svg = html[html.index("<svg xmlns") :].partition("</svg>")[0]
    assert "invalid" not in svg
    assert "src(" not in svg
    assert "\\" not in svg
    for kept in (
        'mask="url(#m)"',
        'viewBox="0 0 1 1"',
        'transform="translate(1, 2) rotate(3)"',
        'fill="rgb(1,2,3)"',
        'd="M0 0h1"',
        'class="a"',
        "serif",
    ):
        assert kept in svg
