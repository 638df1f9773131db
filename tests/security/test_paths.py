"""No file outside of a hostile repository is read, and none outside of the output is written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from digest import output_text, tree_digest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")

SECRET = "kept-to-itself-7c1f"
"""What stands in each file outside, and nowhere else."""

IDS = (
    *("{abs}/x", "../../x", "..", ".", "c:/x", "con", "nul.txt", r"a\b", "x.", "a/../b", ".git"),
    *("a<script>alert(1)</script>", 'a"b', "a#b", "a?b", "a%2e", "p:q|r*", "`x`", "it's"),
    *("\u202ex", "\x01x", "x" * 300, "é" * 200, "setup.html", "index", "index-2", "INDEX"),
    *("dup", "DUP", "dup"),
)
"""Ids of groups."""

NAMES = (
    *(b"bad\xff.md", b"b\xffd/x.md", b"new\nline.md", b"tab\t.md", b"<script>alert(1)</script>.md"),
    *(b'q"uote.md', b"it's.md", b"ha#sh.md", b"que?st.md", b"per%41cent.md", b"a&lt;b.md"),
    *(b"back\\slash.md", b"co:lon.md", b"st*ar.md", b"pi|pe.md", b"[x]{y}.md", b"con.md"),
    *(b"x" * 252 + b".md", b"setup.html/x.md", b"setup.doctree/x.md", b"`t`.md", b"$x.md"),
)
"""Names of pages."""

PAGE = """\
# Page

![w01](../../../secret.png) ![w02]({abs}/secret.png) ![w03](../../../../../../etc/passwd)

<img src="../../../secret.png" alt="w04"> <a href="../../../secret.txt">w05</a>

[w06](../../../secret.txt) [w07](file://{abs}/secret.txt) [!BADGE w08]{{url="../../../secret.txt"}}

![w09](link.png) [w10](link.txt) [w11](folder/secret.txt) ![w12](folder/secret.png)

![w13](../../.git/config) [w14](../../.git/config) [w15](a%00b.txt) ![w16](a%00b.png)

![w17](loop.png) ![w18](*.*) ![w19](../../../s*.*) ![w20](../../../secret.*) ![w21](../..)

![w22](../../../secret.png){{zoomable=yes}} [![w23](../../../secret.png)](../../../secret.txt)

{{{{$include ../../../secret.txt}}}}

{{{{$include link.txt}}}}

{{{{$include /.git/config}}}}

{{{{leak}}}}

| Head ![w24](../../../secret.png) |
| --- |
| [w25](../../../secret.txt) |

>[!NOTE]
>
>![w26](../../../secret.png)

:::: landing-cards-container
:::
![w27](../../../secret.png)
w28

w29

[w30](../../../secret.txt)
:::
::::

```{{figure}} ../../../secret.png
w31
```

```{{image}} ../../../secret.png
:alt: w32
```

[w33](part.md) [w34](outside.md) ![w35](inner.png) [w36](inner.csv) {long}
"""
"""Ways to name a file that is not in the repository; the last ones are allowed."""


@pytest.fixture
def hostile(tmp_path):
    """A repository, and beside it what it must not reach."""
    base = tmp_path / "base"
    guide = base / "repo" / "help" / "guide"
    guide.mkdir(parents=True)
    for name in ("secret.txt", "secret.md", "other/secret.txt", "other/page.md"):
        (base / name).parent.mkdir(exist_ok=True)
        (base / name).write_text(f"---\ntitle: {SECRET}\n---\n# {SECRET}\n", encoding="utf-8")
    (base / "secret.png").write_bytes(b"\x89PNG " + SECRET.encode())
    shutil.copy(base / "secret.png", base / "other" / "secret.png")
    _write_guide(base, guide)
    _write_links(base, guide)
    return base


def _write_guide(base, guide):
    metadata = f"---\nsolution: {'Lamp' * 100}\nlanding-page-name: lamp\n---\n"
    (base / "repo" / "metadata.md").write_text(metadata, encoding="utf-8")
    toc = "# Guide {#guide}\n\n- [Page](page.md)\n- [Set up](setup.md)\n- [Out](outside.md)\n"
    for number, id_ in enumerate(IDS):
        toc += f"- Group {number} {{#{id_.format(abs=base)}}}\n  - [Part {number}](part.md)\n"
    toc += "- One \u2028 line \x85 only\n  - [Part](part.md)\n- con\n  - [Part](part.md)\n"
    toc += f"- {'long ' * 100}\n  - [Part](part.md)\n"
    for depth in range(30):
        toc += f"{'  ' * depth}- Deep {depth} {{#{'d' * 40}{depth}}}\n"
    toc += f"{'  ' * 30}- [Part](part.md)\n"
    (guide / "TOC.md").write_text(toc, encoding="utf-8")
    text = PAGE.format(abs=base, long=f"![]({'x' * 5000}.png) []({'y' * 5000}.csv)")
    (guide / "page.md").write_text(text, encoding="utf-8")
    for name in ("part.md", "setup.md", "inner.csv", "inner.png"):
        (guide / name).write_text(f"# {name}\n", encoding="utf-8")
    for name in NAMES:
        path = guide / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Named\n\n[to](/help/guide/part.md)\n", encoding="utf-8")
    git = base / "repo" / ".git"
    git.mkdir()
    (git / "config").write_text(SECRET, encoding="utf-8")


def _write_links(base, guide):
    for name, target in {
        "link.png": base / "secret.png",
        "link.txt": base / "secret.txt",
        "folder": base / "other",
        "outside.md": base / "secret.md",
        "loop.png": "loop.png",
        "self": ".",
        "up": "../..",
        "root": "/",
        "../other/TOC.md": base / "secret.md",
        "../_includes/snippets.md": base / "secret.md",
        "../../redirects.csv": base / "secret.txt",
        "../../markdownlint_custom.json": base / "secret.txt",
        "../../guide-metadata.md": base / "secret.md",
    }.items():
        path = guide / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
    os.mkfifo(guide / "pipe.md")


def build(base, builder="html", *options, source="repo"):
    """Build in a process of its own; return the folder of the output, and the warnings."""
    out = base / "out"
    command = [sys.executable, "-m", "sphinx", "-q", "-C", "-D", "extensions=sphinx_ajo", *options]
    done = subprocess.run(
        [*command, "-b", builder, str(base / source), str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=800,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return out, done.stderr


BUILDERS = ("html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "gettext", "ajo-lint")


@pytest.mark.parametrize("builder", BUILDERS)
def test_hostile_repository(hostile, builder):
    """Each builder: nothing outside is read or written, and nothing ends the build."""
    before = tree_digest(hostile)
    out, warnings = build(hostile, builder)
    assert tree_digest(hostile, [out]) == before
    shutil.rmtree(out / ".doctrees")
    text = output_text(out)
    assert SECRET.encode() not in text
    assert b"root:x:0" not in text
    assert b"<script>alert" not in text
    assert SECRET not in warnings
    assert "ajo.outside" in warnings


def test_words_and_files(hostile):
    """What is refused keeps its text, with one warning; what is inside is shown."""
    out, warnings = build(hostile)
    page = lxml.html.fromstring((out / "help/guide/page.html").read_text(encoding="utf-8"))
    (body,) = page.find_class("body")
    text = body.text_content() + "".join(body.xpath(".//img/@alt"))
    for number in [*range(1, 27), *range(28, 37)]:
        assert f"w{number:02}" in text
    targets = [*body.xpath(".//img/@src"), *body.xpath(".//a[@download]/@href")]
    kept = {Path(target).name for target in targets if "xxx" not in target}
    # an absolute path is one from the root of the repository, where there is none
    # nor is the link to itself read, but newer Pythons can name where it leads
    assert kept - {"secret.png", "loop.png"} == {"inner.png", "inner.csv"}
    assert body.xpath("count(.//*[contains(@src, 'secret')])") == 1
    assert sorted(path.name for path in (out / "_images").iterdir()) == ["inner.png"]
    for name in ("'../secret.png'", "'help/guide/link.png'", "'help/guide/outside.md'"):
        assert f"{name} leads outside the repository" in warnings
    for name in ("redirects.csv", "other/TOC.md"):
        assert f"{name}' is not a readable file, or leads outside" in warnings
    assert r"bad\\xff.md' is left out: its name is not UTF-8" in warnings
    assert warnings.count("bad\\\\xff.md") == 1


def test_groups(hostile):
    """Whatever their ids are, each group has a page of its own, in the output."""
    for builder in ("html", "dirhtml"):
        out, warnings = build(hostile, builder)
        root = lxml.html.fromstring((out / "index.html").read_text(encoding="utf-8"))
        (body,) = root.find_class("body")
        links = {link.text_content(): link.get("href") for link in body.iter("a")}
        pages = set()
        for number, _ in enumerate(IDS):
            href = unquote(links[f"Group {number}"])
            path = out / href / "index.html" if builder == "dirhtml" else out / href
            pages.add(str(path).casefold())
            group = path.read_text(encoding="utf-8")
            assert f"<title>Group {number} " in group
            assert f"Part {number}" in group
        assert len(pages) == len(IDS)
        shutil.rmtree(out)
    assert warnings.count("cannot be the name of a folder") >= len(IDS) - 8
    assert "the id 'dup'" not in warnings


def test_each_in_turn(hostile):
    """Built again, in one folder, by several processes: nothing changes, nothing is left."""
    build(hostile)
    before = tree_digest(hostile, [hostile / "out/.doctrees"])
    build(hostile, "html", "-j", "2")
    assert tree_digest(hostile, [hostile / "out/.doctrees"]) == before


def test_help_only(hostile):
    """The root of the repository is the parent of ``help``."""
    before = tree_digest(hostile)
    out, warnings = build(hostile, source="repo/help")
    assert tree_digest(hostile, [out]) == before
    shutil.rmtree(out / ".doctrees")
    assert SECRET.encode() not in output_text(out)
    assert "ajo.outside" in warnings


def test_no_repository(hostile):
    """A folder of pages whose dialect is set is guarded like a repository."""
    guide = hostile / "repo" / "help" / "guide"
    (hostile / "repo" / "metadata.md").unlink()
    (guide / "TOC.md").unlink()
    (guide / "index.md").write_text("# Home\n\n[](page.md)\n", encoding="utf-8")
    before = tree_digest(hostile)
    options = ("-D", "ajo_dialect=exl")
    out, warnings = build(hostile, "html", *options, source="repo/help/guide")
    assert tree_digest(hostile, [out]) == before
    shutil.rmtree(out / ".doctrees")
    assert SECRET.encode() not in output_text(out)
    assert "'outside.md' leads outside" in warnings
    assert "'root' leads outside" in warnings


@pytest.mark.parametrize("absolute", [True, False])
def test_trusted_folders(hostile, absolute):
    """A folder that the user names may be read; others may not."""
    (hostile / "conf").mkdir()
    folder = str(hostile / "other") if absolute else "../other"
    conf = f"extensions = ['sphinx_ajo']\najo_trusted_folders = [{folder!r}]\n"
    (hostile / "conf" / "conf.py").write_text(conf, encoding="utf-8")
    out = hostile / "out"
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(hostile / "conf")]
    command += [str(hostile / "repo"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert (out / "help/guide/folder/page.html").is_file()
    assert (out / "_images/secret.png").is_file()
    assert "help/guide/folder' leads" not in done.stderr
    assert "'help/guide/link.png' leads outside" in done.stderr


def test_a_file_becomes_a_link(project):
    """Also when Sphinx finds no reason to read its page again."""
    page = "# Page\n\n![w1](a.png) [w2](b.csv)\n"
    files = {"metadata.md": "x", "help/page.md": page, "help/other.md": "# O\n"}
    files |= {"help/a.png": "a", "help/b.csv": "b", "help/TOC.md": "# G\n\n- [P](page.md)\n"}
    project.write_files(files | {"help/other.md": "---\nhidefromtoc: true\n---\n# O\n"})
    project.build()
    secret = project.folder.parent / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    os.utime(secret, (1, 1))
    for name in ("a.png", "b.csv"):
        (project.folder / "help" / name).unlink()
        (project.folder / "help" / name).symlink_to(secret)
    warnings = ["'help/a.png' leads outside", "'b.csv' leads outside"]
    build_ = project.build(warnings=warnings)
    assert SECRET.encode() not in output_text(build_.outdir)
    assert "w1" in build_.text("help/page.html")
    for name in ("a.png", "b.csv"):
        (project.folder / "help" / name).unlink()
        (project.folder / "help" / name).write_text("new", encoding="utf-8")
    assert "help/page" in project.build().updated


@pytest.mark.parametrize("what", ["file", "folder", "all"])
def test_translations_are_written_inside(project, what):
    """Sphinx compiles catalogs beside them: through a link, it would write elsewhere."""
    project.write_files({"metadata.md": "x", "help/page.md": "# Page\n", "help/TOC.md": "# G\n"})
    target = project.folder.parent / "target"
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    messages = project.folder / "locales" / "sv" / "LC_MESSAGES"
    place = {"file": messages, "folder": target, "all": target / "sv" / "LC_MESSAGES"}[what]
    place.mkdir(parents=True)
    (place / "help.po").write_text(po, encoding="utf-8")
    if what == "file":
        target.write_text("x", encoding="utf-8")
        (messages / "help.mo").symlink_to(target)
    else:
        link = messages if what == "folder" else project.folder / "locales"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
    before = tree_digest(target.parent, [project.folder])
    options = {"warnings": ["leads outside", "TOC"], "language": "sv"}
    build_ = project.build(**options)
    assert tree_digest(target.parent, [project.folder, build_.outdir.parent]) == before


def test_many_groups_of_one_name(project):
    """Their pages are numbered without looking at all that have the number already."""
    toc = "# Guide {#g}\n\n" + "- Group {#a}\n  - [P](p.md)\n" * 300
    project.write_files({"metadata.md": "x", "help/TOC.md": toc, "help/p.md": "# P\n"})
    build_ = project.build(suppress_warnings=["toc"])
    assert (build_.outdir / "help/a/index-300.html").is_file()


def test_navigation_data(hostile):
    """The data that browsers load hold no markup either."""
    out, _ = build(hostile, "html", "-D", "ajo_navigation=branch", "-D", "html_theme=furo")
    data = out / "_static" / "ajo-navigation-data.js"
    text = data.read_text(encoding="utf-8")
    assert "<script" not in text
    assert json.loads(text.partition("=")[2])
