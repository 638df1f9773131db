"""Each rule: what it reports, and what it must not report."""

from __future__ import annotations

import pytest
from effort import check_linear

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.page import MASK, mask
from sphinx_ajo.lint.rules import RULES, check
from sphinx_ajo.testing import markdown

QUOTE = "Text.\n\n>[!NOTE]\n>\n>Body.\n\nText."

BAD = [
    ("am001", "# Step 1", [1]),
    ("am001", "# A\n\nB 2\n===", [3]),
    ("am002", "# A {#my id}", [1]),
    ("am002", "# A {#a }", [1]),
    ("am002", "- # A {#my id}", [1]),
    ("am003", "A\n\n---\n\nB", [3]),
    ("am003", "> ***", [1]),
    ("am004", "| a | b |\n|---|---|\n| c | d\n| e | f |", [3]),
    ("am004", "| a | b |\n|---|---|\n| c | d |\nText", [4]),
    ("am004", "| a | b |\n|---|\n| c | d |", [2]),
    ("am004", '| a |\n|---|\n| b |{style="table-layout:auto"}', [3, 3]),
    ("am004", '| a |\n|---|\n| b |\n\n{style="width:10%"}', [5]),
    ("am004", '| a |\n|---|\n| b |\n{style="table-layout:auto"}', [4]),
    ("am004", 'Text.\n\n{style="table-layout:auto"}\n\n| a |\n|---|\n| b |', [3]),
    ("am005", "# A {#1a}", [1]),
    ("am006", "A\n\x08B", [2]),
    ("am006", "```\n\x1b[0m\n```", [2]),
    ("am007", "# A {my-id}", [1]),
    ("am008", "# See [A](a.md)", [1]),
    ("am008", "# See <https://example.com>", [1]),
    ("am008", "# See [A][a]\n\n[a]: a.md", [1]),
    ("am009", "[!NOTE]\n\nText", [1]),
    ("am009", "Text [!NOTE] text", [1]),
    ("am009", "[[!TIP]](a.md)", [1]),
    ("am009", ">[!note]\n>\n>Text", [1]),
    ("am009", ">[!begintabs]\n\n>[!TAB A]\n\nText\n\n>[!ENDTABS]", [1]),
    ("am009", "A\n[!uicontrol B]", [2]),
    ("am009", "A [!Dnl B]", [1]),
    ("am009", ">[NOTE]\n>\n>Text", [1]),
    ("am009", "Click [UICONTROL Save].", [1]),
    ("am009", ">[!NOTE] Text\n>Text", [1]),
    ("am009", "- A\n\n  >[!NOTE]\n  >\n >Text\n>Text", [5]),
    ("am009", "<div>\n>[!NOTE]\n>Text\n</div>", [2]),
    ("am009", "[!DNL A](a.md)", [1]),
    ("am010", "# A {#a#b}", [1]),
    ("am011", "[A] (a.md)", [1]),
    ("am011", "[A]( a.md)", [1]),
    ("am011", "![A](a.svg )", [1]),
    ("am012", "```\nA\n ```", [3]),
    ("am012", "- A\n  ```\n  B\n   ```", [4]),
    ("am012", "1. ```\n   A\n     ```", [3]),
    ("am013", "````\n```\n````", [1]),
    ("am014", "```js {line-numbers}\n```", [1]),
    ("am015", "A <!- B ->", [1]),
    ("am015", "A\nB <!-- C", [2]),
    ("am015", "A\n\n<!-- B\n\nC", [3]),
    ("am015", "<!-- A --> <!-- B\n\nC", [1]),
    ("am016", "A [B\nC](a.md", []),
    ("am016", "A [B", [1]),
    ("am016", "A\nB ] C", [2]),
    ("am016", "A {{b}", [1]),
    ("am016", "A ``b` c", [1]),
    ("am016", "| a [ | b |\n|---|---|\n| } | c |", [1, 3]),
    ("am017", "# A {#a} B", [1]),
    ("am017", "# A {#a} ![B](b.png)", [1]),
    ("am018", "A\n>[!NOTE]\n>\n>B", [2]),
    ("am018", "A\n> B", [2]),
    ("am018", "- A\n  > B\n- C", [2, 3]),
    ("am018", "> A\n# B", [2]),
    ("am019", "[A](a b.md)", [1]),
    ("am019", "A\n![A](a (1).png)", []),
    ("am019", "[A](a(1).md)", [1]),
    ("am019", "![A](a b.png)", [1]),
    ("am021", ">[!VIDEO](https://www.youtube.com/watch?v=x)", [1]),
    ("am021", "- A\n\n  >[!VIDEO](https://youtu.be/x)", [3]),
    ("am022", "# A\n\n## B\n\n## b", [5]),
    ("am022", "# A {#x}\n\n## B {#x}", [3]),
    ("am022", "# A\n\n## B {#a}", [1]),
    ("am022", "# [!DNL A]\n\n## A", [3]),
    ("am023", "a | b\n--|--\nc | d", [1]),
    ("am024", "-\n  A", [1]),
    ("am024", "1.\n   ```\n   A\n   ```", [1]),
    ("am024", "- - \n    A", [1]),
    ("am026", "| a |\n|---|\n | b |\n | c |", [3]),
    ("am026", "- | a |\n  |---|\n   | b |", [3]),
    ("am028", ">[!NOTE]\n\nText", [1]),
    ("am028", "> A\n\n> B", [3]),
    ("am029", "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> other", [1, 3, 5]),
    ("fence_unclosed", "# A\n\n```\nB", [3]),
    ("fence_unclosed", "- ```\n  A\n\nB", [1]),
    ("am009", "[NOTE]\n\nText", [1]),
    ("am009", "[NOTE] Text\n\n- [TIP]: text\n\n> [WARNING] text", [1, 3, 5]),
    ("am009", "[TIP] \nText", [1]),
    ("am009", "> Text [!HINT] text", [1]),
    ("am009", "Text\n[!CALLOUT x] text", [2]),
    ("am019", "A\n[A](a b.md#c d)", [2]),
    ("am019", "[A](a b.md) [B](c d.md)", [1, 1]),
    ("metadata_fenced", "```yaml\ntitle: A\nexl-id: b\n```\n\n# A", [1]),
    ("metadata_fenced", "```\n---\ntitle: A\ndescription: b\n---\n```\n", [1]),
    ("html_dropped", "A\n\n<style>\np {}\n</style>", [3]),
    ("html_dropped", "A <SCRIPT src='x'></SCRIPT>", [1]),
    ("html_dropped", "| a |\n|---|\n| <style>x</style> |", [3]),
    ("image_alt", "![](a.png)\nA ![B](b.png) ![](c.png)", [1, 2]),
    ("image_alt", "![ ](a.png)\n\n![][a]\n\n[![](b.png)](c.md)\n\n[a]: a.png", [1, 3, 5]),
    ("image_alt", "![](a.png) ![](b.png)", [1, 1]),
    ("image_alt", '<p>\n<img\n src="a.png">\n<img\n alt="x"\n src="b.png">\n</p>', [2]),
    ("image_alt", 'A <img src="a.png"> <img src="b.png" data-alt="x"/>', [1, 1]),
    ("heading_top", "Text", [1]),
    ("heading_top", "---\nexl-id: a\n---\nText", [1]),
    ("heading_top", "# A\n\n# B", [3]),
    ("heading_level", "# A\n\n### B", [3]),
]

GOOD = [
    ("am001", "# Step {#step-1}\n\n## Step 1 {#one}\n\n# `v2`"),
    ("am002", "# A {#a}\n\n# `{#a b}`\n\nText {#a b}"),
    ("am003", "---\ntitle: A\n---\n\n```\n---\n```\n\nB\n---"),
    ("am004", "| a | b |\n|---|---|\n| c `|` | d <!-- e --> |\n| e | f | <!-- g -->"),
    ("am004", '| a |\n|---|\n| b |\n\n{style="table-layout:auto"}'),
    ("am004", '- | a |\n  |---|\n  | b |\n\n  {style="table-layout:fixed"}'),
    ("am004", '![A](a.png){style="width:10%"}\n\n{style="color:red"}'),
    ("am004", "a | b\n--|--\nc | d"),
    ("am004", "```\n| a | b |\n|---|\n```"),
    ("am005", "# A {#a1}\n\n# 1 A"),
    ("am006", "A\tB\nÅ 日 \u200b"),
    ("am007", "# A {#a}\n\n# GET /users/{id}\n\n# `{a}`\n\n# A {.b}\n\n# {{a}}"),
    ("am008", "# A [!DNL B] [C]\n\n[A](a.md)"),
    ("am009", QUOTE),
    ("am009", '>[!NOTE]{class="a"}\n>\n>Text'),
    ("am009", ">[!VIDEO](https://example.com/v){transcript=true}"),
    ("am009", "**[!UICONTROL A]** > [!DNL B] [[!DNL C] D](a.md) `[!note]`"),
    ("am009", "```\n>[!note]\n[!NOTE]\n```\n\n<!--\n>[!note]\n-->"),
    ("am009", ">[!BEGINTABS]\n\n>[!TAB A]\n\nText\n\n>[!ENDTABS]"),
    ("am009", "- >[!NOTE]\n  >\n  >Text\n\n>[!TIP]\n>Text"),
    ("am009", "<div>a</div>\n\n>[!NOTE]\n>Text\n\n<!-- b -->\n>[!TIP]\n>Text"),
    ("am009", "[DNL](a.md) [NOTE] [UICONTROL a](b.md)"),
    ("am009", "[FIXME] later\n\n[NOTE](a.md)\n\n[A] [!DNL B] `[!HINT]`"),
    ("metadata_fenced", "# A\n\n```yaml\ntitle: A\nexl-id: b\n```"),
    ("metadata_fenced", "---\ntitle: A\n---\n```yaml\ntitle: A\nexl-id: b\n```"),
    ("metadata_fenced", "```yaml\nname: A\n```"),
    ("html_dropped", "`<style>` <styled> \n\n```\n<script>\n```"),
    ("image_alt", "![A](a.png) `![](b.png)`\n\n```\n<img src=x>\n```"),
    ("image_alt", "<img alt='' src=a.png> <img src=b.png ALT=x>"),
    ("am010", "# A {#a}\n\n# C# {#b}"),
    ("am011", "[A](a.md) (b.md)\n\nIt is [B] (as said)"),
    ("am012", "```\nA\n```\n\n- B\n  ```\n  C\n  ```\n\n- ```\n  D\n  ```"),
    ("am012", "```\nA"),
    ("am013", "```js\nA\n```"),
    ("am014", "```js line-numbers\n{}\n```"),
    ("am015", "A <!-- B\nC --> D\n\n<!--\n\nE\n\n-->\n\n`<!--` \\<!--"),
    ("am015", "```\n<!--\n```"),
    ("am016", "A [B\nC](a.md) `[` \\[ {{d}} <a title='['>e</a>"),
    ("am016", "A [!DNL B] (C [D] {#e}) `` ` ``"),
    ("am017", "# A {#a}\n\n# B {#b} <!-- c -->\n\n# ![D](d.png) {#d}"),
    ("am018", QUOTE),
    ("am018", "- >[!NOTE]\n  >A\n\n+++B\n>C\n\n+++"),
    ("am018", "> A\n>\n> > B\n>\n> C"),
    ("am018", "<!-- A -->\n>[!NOTE]\n>B\n<!-- C -->"),
    ("am019", '[A](a%20b.md) [B](b.md "C (d)") [E](<e.md>) [F](\n  f.md) `](a b)`'),
    ("am019", '[A](a.md \'b c\') ([D](d.md)) ![E](e.png){width="1" zoomable="yes"}'),
    ("am021", ">[!VIDEO](https://video.example.com/v/1)\n\n>[!VIDEO](https://notyoutube.com/x)"),
    ("am022", "# A\n\n## B\n\n## B {#c}\n\n```\n# A\n```"),
    ("am023", "| a |\n|---|\n| b |"),
    ("am024", "- A\n- <!-- B -->\n\n```\n-\n```\n\nC\n-\n"),
    ("am026", "- | a |\n  |---|\n  | b |\n\n| a |\n|---|\n| b |"),
    ("am028", QUOTE + "\n\n>[!TIP]\n>A\n\n> B\n\nC\n\n> D"),
    ("am028", ">[!NOTE]\n>{{snippet}}"),
    ("am029", "A\n=======\n\n```\n<<<<<<< HEAD\n```\n\n<<<<<<<a"),
    ("fence_unclosed", "```\nA\n```\n\n- ```\n  B\n  ```\n\n> ```\n> C\n> ```"),
    ("heading_top", "# A\n\n## B"),
    ("heading_top", "---\ntitle: A\n---\nText"),
    ("heading_top", ""),
    ("heading_level", "# A\n\n## B\n\n### C\n\n# D"),
    ("heading_level", "### A\n\n### B"),
]


def lines(text, *ids):
    return [finding.line + 1 for _, finding in check(text + "\n", markdown(), ids)]


@pytest.mark.parametrize(("rule", "text", "expected"), BAD)
def test_bad(rule, text, expected):
    """Each rule reports what is wrong, on its line."""
    assert lines(text, rule) == expected


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_good(rule, text):
    """No rule reports what is right."""
    assert lines(text, rule) == []


def test_all_rules_are_tested():
    """There is a good and a bad example for each rule about files."""
    checked = {id_ for id_, rule in RULES.items() if rule.check}
    assert checked == {item[0] for item in BAD} == {item[0] for item in GOOD}
    assert set(RULES) == checked | {"exl_id"}


def test_messages_can_be_formatted():
    """The placeholders of each message fit its values."""
    for rule, text, _ in BAD:
        for _, finding in check(text + "\n", markdown(), [rule]):
            assert finding.message % finding.args


def test_table():
    """The rules are those of exl-markdown.md, 7, and off where it says so."""
    numbers = [n for n in range(1, 30) if n not in {20, 25, 27}]
    assert [id_ for id_ in RULES if id_.startswith("am")] == [f"am{n:03}" for n in numbers]
    off = {id_ for id_, rule in RULES.items() if rule.default is Severity.OFF}
    assert off == {"am001", "am011", "am014"}
    assert {rule.subtype for rule in RULES.values()} <= set(AjoWarnings)


def test_findings_are_sorted():
    """Findings come in the order of the lines, whatever the order of the rules."""
    found = check("# A {#1}\n\n> a\n\n> b\n\n# B [c](d)\n", markdown(), reversed(RULES))
    assert [(finding.line, rule.id) for rule, finding in found] == [
        (0, "am005"),
        (4, "am028"),
        (6, "am008"),
        (6, "heading_top"),
    ]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a `b` c", "a ... c"),
        ("a `b c", "a `b c"),
        ("`` a ` `` b", "......... b"),
        ("\\`a\\` <b c='d'>e</b>", "..a.. .........e...."),
        ("a <!-- b\nc --> d", "a ......\n..... d"),
        ("<https://a.b/c> <d", "............... <d"),
        ("<!-- a <!-- b", "<!-- a <!-- b"),
    ],
)
def test_mask(text, masked):
    """Only text is left, where it stood."""
    assert mask(text).replace(MASK, ".") == masked


@pytest.mark.parametrize(
    "piece",
    ["[", "`a", "<!--", "](", "{#", "[!note", "> ", "- ", "| a ", "<a b='", "\\`", "[UICONTROL  "],
)
@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_linear(piece, end):
    """No rule takes long for what is repeated, nor fails."""
    parser = markdown()
    check_linear(
        lambda text: check(text, parser, RULES),
        lambda size: f"# {piece * 10}\n\n" + (piece + end) * size + "\n",
    )
