"""No word is lost, however pages are damaged.

Pages are made of blocks of all constructs; each text in them has a word of its own. Then lines are
deleted, doubled, indented, moved and cut at random: what is left of the words must be on the page.
"""

from __future__ import annotations

import os
import pickle
import random
import re
import time

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo.testing import CONF, write_files

SAMPLES = int(os.environ.get("AJO_FUZZ_PAGES", "120"))
SEED = int(os.environ.get("AJO_FUZZ_SEED", "7"))
LONGEST = 2.0
"""The most seconds that a page may take."""

BLOCKS = [
    "# W\n",
    "# W ![W](x.png) [!BADGE W]\n",
    '## W ![W](x.png){zoomable="yes"} [!BADGE W] **W**\n',
    "+++![W](x.png) W\n\nW\n\n+++\n",
    "```{note}\nW\n```\n",
    "```{raw} html\nW\n```\n",
    "## W {#id-N}\n",
    'W *W* **W** `W` [W](b.md) ![W](x.png){width="20"}\nW\n',
    "W [!DNL W] [!UICONTROL W W] [!BADGE W]{type=Positive} **[!UICONTROL W]** > W\n",
    ">[!NOTE]\n>\n>W W\n>\n>- W\n>- W\n",
    "> [!TIP]\n> W\n",
    ">[!BEGINTABS]\n\n>[!TAB W]\n\nW\n\n>[!TAB W]\n\n1. W\n\n   W\n\n>[!ENDTABS]\n",
    '>[!BEGINSHADEBOX "W"]\n\nW\n\n>[!ENDSHADEBOX]\n',
    "+++W W\n\nW\n\n| W | W |\n|---|---|\n| W | W |\n\n+++\n",
    "| W | W |\n| --- | --- |\n| W | `W` W |\n| <ul><li>W</li><li>W</li></ul> | W<br>W |\n",
    "- W\n  - W\n    - W\n\n      W\n- W\n",
    (
        "1. W\n\n   >[!IMPORTANT]\n   >\n   >W\n\n   ```\n   W\n   ```\n\n"
        "1. W\n\n   +++W\n\n   W\n\n   +++\n"
    ),
    "```\nW\n```\n",
    "    W\n",
    (
        "<table>\n<tr><td>W</td><td>W</td></tr>\n<tr>\n<td>\n\nW **W**\n\n"
        "</td><td>W\n</tr>\n</table>\n"
    ),
    '<div class="preview">\n\nW\n\n</div>\n',
    "<div>\n<p>W</p>\n<ul>\n<li>W\n<li>W</li>\n</ul>\n</div>\n",
    "<details><summary>W</summary>\n\nW\n\n</details>\n",
    "<p>W <b>W</b> <a>W</a> <u>W</u>\n",
    "W\n: W\n: W\n",
    "> W\n> W\n>\n> > W\n",
    ":::: landing-cards-container\n\n:::\nW\n\nW\n\n[W](b.md)\n:::\n\n:::\nW\n\nW\n:::\n\n::::\n",
    ":::\nW\n:::\n",
    ">[!VIDEO](https://video.tv.adobe.com/v/1){transcript=true}\n",
    "W\n===\n",
    "W\n---\n",
    "***\n",
    "{{W W}} {W} [^W]\n",
]

_WORD = re.compile(r"w\d+q")
_HIDDEN = re.compile(r"<!--.*?-->|`{3}.*|~{3}.*|\[[^\]\n]*\]:.*")
"""What readers do not see: comments, the language of code, definitions."""


def page(generator):
    """Make a page; each ``W`` becomes a word of its own."""
    blocks = "\n".join(generator.choices(BLOCKS, k=generator.randint(3, 14)))
    numbers = iter(range(1, 1000))
    text = re.sub(r"W", lambda _: f"w{next(numbers)}q", blocks)
    return re.sub(r"(?<=-)N", lambda _: str(next(numbers)), text)


def damage(text, generator):
    """Change some lines."""
    lines = text.split("\n")
    for _ in range(generator.randint(0, 6)):
        at = generator.randrange(len(lines))
        end = min(at + generator.randint(1, 6), len(lines))
        match generator.randrange(7):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(generator.randrange(len(lines)), lines[at])
            case 2:
                lines[at:end] = [
                    generator.choice(["  ", "   ", "    ", "> ", "- ", "1. "]) + line
                    for line in lines[at:end]
                ]
            case 3:
                lines[at] = lines[at].lstrip(" >")
            case 4 if "<" not in lines[at]:
                lines[at] = lines[at][: generator.randint(0, len(lines[at]))]
            case 5:
                lines[at:end] = [line for line in lines[at:end] if line.strip()] or [""]
            case _:
                moved = lines[at:end]
                del lines[at:end]
                where = generator.randint(0, len(lines))
                lines[where:where] = moved
    return "\n".join(lines)


@pytest.fixture
def read(tmp_path):
    """Read a text as a page of a repository; return what readers see."""
    write_files(
        tmp_path,
        {"conf.py": CONF, "metadata.md": "", "index.md": "# T\n", "b.md": "# B\n", "x.png": ""},
    )
    app = SphinxTestApp("dummy", srcdir=tmp_path, builddir=tmp_path / "_")
    app.build()

    def read(text):
        (tmp_path / "b.md").write_text(text, encoding="utf-8")
        app.env.clear_doc("b")
        app.builder.read_doc("b")
        document = pickle.loads((tmp_path / "_" / "doctrees" / "b.doctree").read_bytes())
        return document.astext()

    yield read
    assert "ajo.internal" not in app.warning.getvalue()
    app.cleanup()


def test_no_word_is_lost(read):
    """Whatever is on the page, it is read in time, with all its words."""
    generator = random.Random(SEED)
    for number in range(SAMPLES):
        text = damage(page(generator), generator)
        start = time.process_time()
        shown = set(_WORD.findall(read(text)))
        seconds = time.process_time() - start
        lost = set(_WORD.findall(_HIDDEN.sub("", text))) - shown
        assert not lost, f"page {number} lost {sorted(lost)}:\n{text}"
        assert seconds < LONGEST, f"page {number} took {seconds:.1f} s:\n{text}"
