"""One project with every landing card feature, in every output format."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest

CDN = "https://cdn.experienceleague.adobe.com/icons"

FILES = {
    "index.md": f"""\
---
exl-id: 0d1c6f5e-1f0e-4c52-9d0c-0b3f3f4a7d11
title: Lamps
description: All about lamps & shades
---
# Lamps

:::: landing-cards-container
:::
![icon]({CDN}/lightbulb.svg)

Choose a bulb

Bulbs come in three sizes.

[Read about bulbs](bulbs.md)
:::

:::
![icon]({CDN}/gear.svg)

**Repair** a lamp

1. Unplug it.
2. Open it.

[Tools](bulbs.md)
[Spare parts](shades.md)
:::

:::
![Lamp](lamp.png)

### Shades

Paper or glass, `E27` or [!UICONTROL Clip].
:::
::::

```{{toctree}}
bulbs
shades
```
""",
    "bulbs.md": "---\nexl-id: a2\n---\n# Bulbs\n\nText.\n",
    "shades.md": "---\nexl-id: a3\n---\n# Shades\n\nText.\n",
}

VISIBLE = [
    "Choose a bulb",
    "Bulbs come in three sizes.",
    "Read about bulbs",
    "Repair",
    "Unplug it.",
    "Tools",
    "Spare parts",
    "Shades",
    "Paper or glass",
    "E27",
    "Clip",
]
"""Every piece of text of the cards."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763606060000000040001"
    "2734270a0000000049454e44ae426082"
)

CONF = {"project": "Lamps", "version": "1", "copyright": "2026", "author": "A"}

MAIN_FILE = {
    "html": "index.html",
    "dirhtml": "index.html",
    "singlehtml": "index.html",
    "epub": "index.xhtml",
    "latex": "lamps.tex",
    "text": "index.txt",
    "man": "lamps.1",
    "texinfo": "lamps.texi",
    "xml": "index.xml",
    "pseudoxml": "index.pseudoxml",
}


@pytest.fixture
def lamps(project):
    project.write_files(FILES)
    (project.folder / "lamp.png").write_bytes(PNG)
    return project


def words(text):
    text = re.sub(r"\\f[BIPR]", "", text)  # the fonts of man pages
    return " ".join(re.sub(r"\\[a-zA-Z@]+\*?|[^\w.]+", " ", re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("builder", MAIN_FILE)
def test_text_is_everywhere(lamps, builder):
    """No format loses a word of a card, and none shows a marker."""
    build = lamps.build(builder, **CONF)
    text = build.text(MAIN_FILE[builder])
    visible = words(text)
    assert [piece for piece in VISIBLE if words(piece) not in visible] == []
    assert ":::" not in text
    assert "[!" not in text


BOXES = [
    (
        ":::: landing-cards-container\n:::\nTitle\n\nText.\n\n[Link](https://example.com)\n:::\n::::",
        "Title",
    ),
    (">[!BEGINTABS]\n\n>[!TAB Label]\n\nText.\n\n>[!ENDTABS]", "Label"),
    ("+++Summary\n\nText.\n\n+++", "Summary"),
    ('>[!BEGINSHADEBOX "Box"]\n\nText.\n\n>[!ENDSHADEBOX]', "Box"),
    ("<details><summary>More</summary>\n\nText.\n\n</details>", "More"),
    ("<div>\n\nInside\n\n</div>", "Inside"),
]


@pytest.mark.parametrize(("box", "begin"), BOXES)
def test_boxes_of_manual_pages_begin_a_paragraph(project, box, begin):
    """What stands first in a box does not run into what is before it, or into the box before."""
    project.write(index=f"# T\n\nBefore.\n\n{box}\n\n{box}\n\nAfter.\n")
    build = project.build("man", ajo_dialect="exl", **CONF)
    lines = [re.sub(r"\\f[BIPR]", "", line) for line in build.text("lamps.1").splitlines()]
    places = [place for place, line in enumerate(lines) if line == begin]
    assert len(places) == 2
    for place in places:
        assert lines[place - 1] in (".sp", ".PP") or lines[place - 1].startswith(".S")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_links_are_everywhere(lamps, builder):
    """Every link of a card leads somewhere."""
    build = lamps.build(builder, **CONF)
    grid = lxml.html.fromstring(build.text("index.html")).find_class("ajo-cards")[0]
    links = {link.text_content(): link.get("href") for link in grid.iter("a")}
    assert set(links) >= {"Read about bulbs", "Tools", "Spare parts"}
    assert all(links.values())


@pytest.mark.parametrize("builder", ["latex", "texinfo", "man", "text"])
def test_no_network_on_paper(lamps, builder):
    """Formats for paper do not refer to the icons of the CDN."""
    assert CDN not in lamps.build(builder, **CONF).text(MAIN_FILE[builder])


def test_epub_draws_icons_inline(lamps):
    """An EPUB holds its icons itself, also those that are not bundled."""
    index = lamps.folder / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("gear", "no-such"), encoding="utf-8")
    text = lamps.build("epub", **CONF).text("index.xhtml")
    assert 'data-icon="lightbulb"' in text
    assert CDN not in text


def test_linkcheck(lamps):
    """Link checking finds the links of the cards, and does not load icons."""
    text = lamps.build("linkcheck", **CONF).text("output.txt")
    assert CDN not in text


def test_gettext(lamps):
    """Every visible string of a card is a message, with the Markdown it was written in."""
    catalog = lamps.build("gettext", **CONF).text("index.pot")
    messages = re.findall(r'^msgid "(.+)"$', catalog, re.MULTILINE)
    assert messages == [
        "Lamps",
        "All about lamps & shades",
        "Choose a bulb",
        "Bulbs come in three sizes.",
        "[Read about bulbs](bulbs.md)",
        "**Repair** a lamp",
        "Unplug it.",
        "Open it.",
        "[Tools](bulbs.md)",
        "[Spare parts](shades.md)",
        "![Lamp](lamp.png)",
        "Lamp",
        "Shades",
        "Paper or glass, `E27` or [!UICONTROL Clip].",
    ]


PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Lamps"
msgstr "Lampor"

msgid "All about lamps & shades"
msgstr "Allt om lampor"

msgid "Choose a bulb"
msgstr "Välj [!DNL LED]"

msgid "[Read about bulbs](bulbs.md)"
msgstr "[Läs om](bulbs.md)"

msgid "**Repair** a lamp"
msgstr "**Laga** en lampa"

msgid "Shades"
msgstr "Skärmar"

msgid "[Tools](bulbs.md)"
msgstr "[Verktyg](bulbs.md)"
"""


def test_translated_build(lamps):
    """A translated build shows the translations, their markup, and keeps the icons."""
    catalog = lamps.folder / "locale" / "sv" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(PO, encoding="utf-8")
    build = lamps.build("html", language="sv", locale_dirs=["locale"], **CONF)
    root = lxml.html.fromstring(build.text("index.html"))
    titles = [title.text_content().strip() for title in root.find_class("sd-card-title")]
    assert titles == ["Välj LED", "Laga en lampa", "Skärmar"]
    assert root.find_class("sd-card-title")[1].find("strong").text == "Laga"
    links = [link.text_content() for link in root.find_class("ajo-cards")[0].iter("a")]
    assert links == ["Läs om", "Verktyg", "Spare parts"]
    assert [svg.get("data-icon") for svg in root.find_class("ajo-cards")[0].iter("svg")] == [
        "lightbulb",
        "gear",
    ]
    assert root.xpath("//meta[@name='description']/@content") == ["Allt om lampor"]
    assert "Lampor" in root.findtext(".//title")


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="no LaTeX here")
def test_pdf_compiles(lamps):
    """The LaTeX of the cards compiles."""
    build = lamps.build("latex", **CONF)
    run = subprocess.run(
        ["latexmk", "-pdf", "-interaction=nonstopmode", "lamps.tex"],
        cwd=build.outdir,
        capture_output=True,
        check=False,
        timeout=800,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert (Path(build.outdir) / "lamps.pdf").stat().st_size > 10_000
