"""No character that readers would see is lost in a marker line, wherever a word stands in it."""

from __future__ import annotations

import os
import pickle
import re

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.testing import CONF, write_files

WORD = "w1q"

LINES = {
    "alert": ("", ">[!NOTE]", ">\n>text\n"),
    "alert in one line": ("", ">[!TIP] text", ""),
    "BEGINTABS": ("", ">[!BEGINTABS]", "\n>[!TAB a]\n\ntext\n\n>[!ENDTABS]\n"),
    "TAB": (">[!BEGINTABS]\n\n", ">[!TAB a]", "\ntext\n\n>[!ENDTABS]\n"),
    "ENDTABS": (">[!BEGINTABS]\n\n>[!TAB a]\n\ntext\n\n", ">[!ENDTABS]", "\nmore\n"),
    "tabs in one line": ("", ">[!BEGINTABS>[!TAB a]", "\ntext\n\n>[!ENDTABS]\n"),
    "stray ENDTABS": ("", ">[!ENDTABS]", "\ntext\n"),
    "BEGINSHADEBOX": ("", '>[!BEGINSHADEBOX "t"]', "\ntext\n\n>[!ENDSHADEBOX]\n"),
    "ENDSHADEBOX": (">[!BEGINSHADEBOX]\n\ntext\n\n", '>[!ENDSHADEBOX"a"]', "\nmore\n"),
    "shade box in a list": ("- >[!BEGINSHADEBOX]\n\n  text\n\n", "  >[!ENDSHADEBOX]", "\nmore\n"),
    "accordion": ("", "+++title", "\ntext\n\n+++\n"),
    "accordion with id": ("", "+++title {#id}", "\ntext\n\n+++\n"),
    "end of accordion": ("+++title\n\ntext\n\n", "+++", "\nmore\n"),
    "cards": ("", ":::: landing-cards-container", "\n:::\na\n\nb\n:::\n\n::::\n"),
    "card": (":::: landing-cards-container\n\n", ":::", "a\n\nb\n:::\n\n::::\n"),
    "end of card": (":::: landing-cards-container\n\n:::\na\n", ":::", "\n::::\n"),
    "end of cards": (":::: landing-cards-container\n\n:::\na\n:::\n\n", "::::", "\nmore\n"),
    "container": ("", ":::", "\ntext\n\n:::\n"),
    "end of container": (":::\n\ntext\n\n", ":::", "\nmore\n"),
    "warning": ("", ":::warning", "\ntext\n\n:::\n"),
    "video": ("", ">[!VIDEO](https://video.tv.adobe.com/v/1){transcript=true}", ""),
    "video with comment": (
        "",
        ">[!VIDEO](https://video.tv.adobe.com/v/1) <!-- a --> <!-- b -->",
        "",
    ),
    "slides": ("", ">[!SLIDE](deck){a=b}", ""),
    "slides with comments": ("", ">[!SLIDE](deck) <!-- a --> <!-- b -->", ""),
    "contextual help": ("", ">[!CONTEXTUALHELP]", '>id="i"\n>title="t"\n>abstract="a"\n'),
    "badge": ("", 'a [!BADGE b]{type=Positive url="x" tooltip="t"} c', ""),
    "marker": ("", "a [!DNL b] [!UICONTROL c] d", ""),
    "heading": ("", "## a {#id}", "\ntext\n"),
    "image": ("", 'a ![b](x.png){width="5"} c', ""),
    "link": ("", "a [b](c.md){target=_blank} c", ""),
    "style of a table": ("| a |\n|---|\n| b |\n\n", '{style="table-layout:auto"}', "\ntext\n"),
    "quote": ("", "> a", "> b\n"),
    "directive": ("", "```{nosuch} a", "text\n```\n"),
    "directive that does not run": ("", "```{raw} html", "text\n```\n"),
}
"""What stands above a marker line, the line, and what stands below."""

HIDDEN = re.compile(
    # attributes in braces: they have a sign of one, besides the word
    r"\{[^{}\n]*[=#].*\}"
    # the target of a link, image, video or set of slides; comments; definitions of links
    r"|\]\([^()\n]*\)|<!--.*?-->|^\[[^]]*\]:.*"
    # the language of code, and what stands behind it; that of a directive is shown
    r"|^`{3,}(?!\{\S*\}(?:\s|$)).*"
)
"""Parts of these lines that nobody sees, by design."""

THOROUGH = bool(os.environ.get("AJO_FUZZ_PAGES"))
"""Whether every form of the word is tried at every position, not only at the ends."""


@pytest.fixture
def read(tmp_path):
    """Read texts as the same page; return what each shows."""
    files = {"conf.py": CONF, "metadata.md": "", "index.md": "# T\n", "b.md": "# B\n", "x.png": ""}
    write_files(tmp_path, files)
    app = SphinxTestApp("dummy", srcdir=tmp_path, builddir=tmp_path / "_")
    app.build()
    app.warning.truncate(0)

    def read(text):
        (tmp_path / "b.md").write_text(f"# T\n\n{text}\n", encoding="utf-8")
        app.env.clear_doc("b")
        app.builder.read_doc("b")
        doctree = (tmp_path / "_" / "doctrees" / "b.doctree").read_bytes()
        return pickle.loads(doctree).astext()

    yield read
    assert "ajo.internal" not in app.warning.getvalue()
    app.cleanup()


@pytest.mark.parametrize("name", LINES)
def test_no_word_is_lost(read, name):
    """A word at any position of the line, with blanks or without, is shown."""
    above, line, below = LINES[name]
    lost = []
    words = [WORD, f" {WORD} ", f'"{WORD}"', f"{{{WORD}}}", f"[{WORD}]", f"]{WORD}"]
    for at in range(len(line) + 1):
        ends = at in {0, len(line) - 1, len(line)}
        for word in words if ends or THOROUGH else [words[at % len(words)]]:
            changed = line[:at] + word + line[at:]
            visible = WORD in HIDDEN.sub("", changed)
            if visible and WORD not in read(f"{above}{changed}\n{below}"):
                lost.append(changed)
    assert not lost
