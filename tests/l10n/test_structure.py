"""What a translation has more or less than its original."""

from __future__ import annotations

import pytest

from sphinx_ajo.constructs.headings import heading_ids
from sphinx_ajo.l10n.damage import find_damage, find_marks, find_zero_width
from sphinx_ajo.l10n.outline import read_outline
from sphinx_ajo.l10n.structure import compare_structure, compare_titles
from sphinx_ajo.site.originals.align import Heading
from sphinx_ajo.testing import markdown

MD = markdown()


def outline(text):
    tokens = MD.parse(text, {})
    headings = [Heading(int(t.tag[1]), id_, slug) for t, id_, slug in heading_ids(tokens, {})]
    return read_outline(tokens, find_marks), headings


def lines(findings):
    return [f"{finding.line + 1}: {finding.message % finding.args}" for finding in findings]


def differences(ours, theirs):
    one, other = outline(ours), outline(theirs)
    return lines(compare_structure(one[0], other[0], one[1], other[1]))


def damage(ours, theirs=""):
    one, other = outline(ours)[0], outline(theirs)[0]
    return lines([*find_damage(one, other), *find_zero_width(one, other)])


PAGE = "# A\n\nText.\n\n{}\n\n## B\n\nText.\n"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("[a](b.md)", "link"),
        ("![a](b.png)", "image"),
        ("```python\na\n```", "code block"),
        ("> [!NOTE]\n>\n> a", "alert"),
        ("| a |\n|---|\n| b |", "table"),
        ("[!UICONTROL Save]", "[!UICONTROL] marker"),
        ("[!BADGE New]", "badge"),
        ("+++A\n\nb\n\n+++", "accordion"),
        (">[!VIDEO](https://video.tv.adobe.com/v/1)", "video"),
        (">[!BEGINSHADEBOX]\n\na\n\n>[!ENDSHADEBOX]", "shade box"),
        (">[!BEGINTABS]\n\n>[!TAB A]\n\na\n\n>[!ENDTABS]", "tab"),
        ("* a", "list item"),
        ("### C", "heading"),
        (":::: landing-cards-container\n:::\nA\n:::\n::::", "card"),
    ],
)
def test_kinds(part, kind):
    """Each kind of part is missed where it lacks, and noticed where it is new."""
    full, empty = PAGE.format(part), PAGE.format("a")
    missing, added = differences(empty, full), differences(full, empty)
    assert any(f"the original has 1 {kind} here, the translation 0" in line for line in missing)
    plural = kind + ("es" if kind.endswith("x") else "s")
    assert any(f"the original has 0 {plural} here, the translation 1" in line for line in added)
    # at the heading of the section, and at the part
    assert {line.partition(":")[0] for line in missing} == {"1"}
    assert added[0].partition(":")[0] in {"5", "6", "7"}
    assert differences(full, full.replace("Text", "Ord")) == []


def test_same_number_of_others():
    """Targets and kinds are not translated."""
    assert differences("[a](b.md)\n\n> [!TIP]\n> a\n", "[a](c.md)\n\n> [!NOTE]\n> a\n") == [
        "3: 1 of 1 alert here differ from the original: 'tip' instead of 'note'",
        "1: 1 of 1 link here differ from the original: 'b.md' instead of 'c.md'",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("[a](#delar)", "[a](#parts)"),
        ("[a](b.md#delar)", "[a](b.md#parts)".replace("#parts", "#delar")),
        ("[a](./b//c.md)", "[a](b/c.md)"),
        ("[a](&#x200B;b.md)", "[a](b.md)"),
        ("[a](https://x.com/sv/docs/a.html#b)", "[a](https://x.com/en/docs/a#c)"),
        ("[a](https://x.com/docs/a?lang=sv)", "[a](https://x.com/docs/a?lang=en)"),
        (">[!VIDEO](https://video.tv.adobe.com/v/1)", ">[!VIDEO](https://video.tv.adobe.com/v/2)"),
        ("## A\n\n## B {#x}", "## C {#y}\n\n## D {#x}"),
    ],
)
def test_equal(ours, theirs):
    """What differs between languages is no difference."""
    assert differences(ours, theirs) == []


def test_sections():
    """Parts are counted below the headings that belong together."""
    ours = "# A\n\n## B\n\n[a](a.md)\n\n## C\n"
    assert differences(ours, "# A\n\n## B\n\n## C\n\n[a](a.md)\n") == [
        "5: the original has 0 links here, the translation 1; added: 'a.md'",
        "7: the original has 1 link here, the translation 0; missing: 'a.md'",
    ]


def test_many_names():
    theirs = " ".join(f"[a]({number}.md)" for number in range(5))
    assert differences("a", theirs) == [
        "1: the original has 5 links here, the translation 0; missing: '0.md', '1.md', '2.md', …"
    ]


def test_titles():
    """Titles are all that the list of an original has."""
    found = list(compare_titles([(4, "Byt the bulb of your lamp")], ["Change", "the bulb of your"]))
    assert [(id_, finding.line) for id_, finding in found] == [("l10n_structure", 0)]
    found = list(compare_titles([(4, "change the old bulb")], ["change the old bulb"]))
    assert [(id_, finding.line) for id_, finding in found] == [("l10n_english", 4)]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a ** b ** c", "**"),
        ("[a] (b.md)", "] ("),
        ("\uff3ba\uff3d\uff08b.md\uff09", "\uff3d\uff08"),
        ("a \\{#b}\n\nx {#b} y", "{#"),
        ("{{a b}}", "{{"),
        ("a+++ b", "+++"),
        ("[! NOT", ""),
        ("a `b", "`"),
    ],
)
def test_damage(text, mark):
    """Markup that readers see is damage, unless the original shows it, too."""
    found = damage(text)
    assert any(repr(mark) in line for line in found) is bool(mark)
    assert damage(text, text) == []


def test_damage_of_attributes():
    assert damage("a\n![a](b.png){width=&quot;30&quot;}") == [
        "2: there are entities in these attributes: '{width=&quot;30&quot;}'; write the characters"
    ]


def test_zero_width():
    assert damage("a\nb _c_&#x200B;d\ne\u200b") == [
        "2: zero-width spaces beside markup: 2 on this page, the first here; they are removed"
    ]
    assert damage("a\u200b", "b\u200b") == []
