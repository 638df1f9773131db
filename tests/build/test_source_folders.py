"""A repository is built from its root, its ``help`` folder, or the folder of a guide."""

from __future__ import annotations

import lxml.html
import pytest
from sphinx.cmd.build import build_main

from sphinx_ajo.language.paths import find_root, local_path
from sphinx_ajo.testing import write_files

SITE = "https://experienceleague.adobe.com/sv/docs/lamp"

FILES = {
    "metadata.md": (
        "---\nsolution: Lamp\nlanding-page-name: lamp\nfeature: Light\n"
        "git-repo: https://github.com/example/lamp.sv-SE\n---\n"
    ),
    "README.md": "# Not a page\n",
    "help/assets/shared.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "help/_includes/snippets.md": "## Note {#note}\n\nFrom a snippet, [see](../user/more.md).\n",
    "help/_includes/part.md": "# Part\n\nFrom a part.\n",
    "help/user/TOC.md": (
        "---\nuser-guide-title: Lamp user guide\n---\n# Lamps {#user}\n\n"
        "+ [Home](home.md)\n+ More {#more}\n   + [More](/help/user/more.md)\n"
    ),
    "help/user/home.md": (
        "# Home\n\n[more](/help/user/more.md) [more](more.md)\n\n{{note}}\n\n"
        "{{$include /help/_includes/part.md}}\n\n![i](/help/assets/shared.svg)\n\n"
        "[first](/help/prime/first.md) [part](../prime/first.md#the-part)\n\n"
        f"[address]({SITE}/user/more/more)\n"
    ),
    "help/user/more.md": "# More\n",
    "help/prime/TOC.md": "# Prime {#prime}\n\n+ Start {#start}\n   + [First](first.md)\n",
    "help/prime/first.md": "# First\n\n## The part\n",
}

CONF = 'extensions = ["sphinx_ajo"]\nhtml_theme = "furo"\najo_canonical = True\n'

CALL = ["-q", "-E", "-D", "extensions=sphinx_ajo", "-D", "ajo_canonical=1", "-D", "html_theme=furo"]


@pytest.fixture(params=[True, False], ids=["conf", "no-conf"])
def build(request, tmp_path, capsys):
    """Build a folder of the repository, with and without a configuration; return home.html."""

    def build(folder, warnings=()):
        root = tmp_path / "lamp.sv-SE"
        write_files(root, FILES)
        source = root / folder
        if request.param:
            (source / "conf.py").write_text(CONF, encoding="utf-8")
        before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
        options = ["-q"] if request.param else ["-C", *CALL]
        out = tmp_path / "out"
        assert build_main([*options, str(source), str(out), "-d", str(tmp_path / "doctrees")]) == 0
        errors = capsys.readouterr().err.splitlines()
        assert len(errors) == len(warnings)
        assert all(part in line for part, line in zip(warnings, errors, strict=True))
        after = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
        after = {path: time for path, time in after.items() if "__pycache__" not in path.parts}
        assert after.keys() == before.keys()
        assert [p for p, time in after.items() if before[p] != time and p.is_file()] == []
        home = next(out.rglob("home.html"))
        return lxml.html.fromstring(home.read_text(encoding="utf-8"))

    return build


def links(page):
    own = page.xpath("//article//a[not(ancestor::nav)]")
    return [(a.text_content(), a.get("href")) for a in own if a.text_content() != "¶"]


@pytest.mark.parametrize("folder", [".", "help", "help/user"])
def test_same_from_everywhere(build, folder):
    """Links, snippets, includes, images, language, metadata and official addresses."""
    page = build(folder)
    assert page.get("lang") == "sv"
    text = page.text_content()
    assert "From a snippet" in text
    assert "From a part." in text
    assert page.xpath("//meta[@name='feature']/@content") == ["Light"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/user/home"]
    assert page.xpath("//article//img/@src")[0].endswith("_images/shared.svg")
    found = links(page)
    first = [href for text, href in found if text in ("first", "part")]
    assert [href for text, href in found if text not in ("first", "part")] == ["more.html"] * 4
    if folder == "help/user":
        assert first == [f"{SITE}/prime/start/first", f"{SITE}/prime/start/first#the-part"]
    else:
        assert first == ["../prime/first.html", "../prime/first.html#the-part"]
    edit = page.xpath("//a[contains(@href, 'github.com')]/@href")
    assert "https://github.com/example/lamp.sv-SE/edit/main/help/user/home.md" in edit


def test_guide(build, tmp_path):
    """The folder of a guide is a site with the title of the guide."""
    build("help/user")
    index = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    root = lxml.html.fromstring(index)
    assert root.xpath("//h1")[0].text_content().startswith("Lamp user guide")
    assert root.xpath("//title")[0].text_content() == "Lamp user guide"


@pytest.mark.parametrize(
    ("target", "prefix", "expected"),
    [
        ("/help/user/x.md", "", "help/user/x.md"),
        ("/help/user/x.md", "help", "user/x.md"),
        ("/help//user/x.md", "help/user", "x.md"),
        ("/help/users/x.md", "help/user", "../users/x.md"),
        ("/help", "help", "."),
        ("/help", "help/user", ".."),
        ("/README.md", "help", "../README.md"),
        ("/README.md", "help/user", "../../README.md"),
        ("x.md", "help/user", "sub/x.md"),
        ("../x.md", "", "x.md"),
        ("../../x.md", "help/user", "../x.md"),
        ("../../../user/x.md", "help/user", "../../user/x.md"),
        ("../../../help/user/x.md", "help/user", "x.md"),
        ("../../../../x.md", "help/user", "../../../x.md"),
        ("../../x.md", "", "../x.md"),
        ("a%20b.md", "help", "sub/a b.md"),
        ("#x", "help", "sub/page.md"),
    ],
)
def test_local_path(target, prefix, expected):
    assert local_path("sub/page.md", target, prefix) == expected


def test_find_root(tmp_path):
    """A folder that is called help is no repository."""
    guide = tmp_path / "help" / "guide" / "inner"
    guide.mkdir(parents=True)
    assert find_root(guide) == guide
    assert find_root(tmp_path / "help") == tmp_path
    (tmp_path / "help" / "_includes").mkdir()
    assert find_root(guide) == tmp_path
