"""Emphasis beside markers and in Japanese, Chinese and Korean."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.testing import markdown

GUI = '<span class="guilabel">{}</span>'.format

CASES = {
    "before a marker": ("を**[!DNL A]** x", "を<strong>A</strong> x"),
    "behind a marker": ("**[!DNL A]**を", "<strong>A</strong>を"),
    "behind a control": (
        "**[!UICONTROL 設定]**から**[!UICONTROL 保存]**を",
        f"<strong>{GUI('設定')}</strong>から<strong>{GUI('保存')}</strong>を",
    ),
    "one asterisk": ("*[!UICONTROL A]*に", f"<em>{GUI('A')}</em>に"),
    "any script": ("**[!DNL Save]**s", "<strong>Save</strong>s"),
    "a marker with punctuation": ("**[!DNL Save…]** (x)", "<strong>Save…</strong> (x)"),
    "a marker in a marker": ("a**[!DNL [!DNL B]]**c", "a<strong>B</strong>c"),
    "a bracket that is no marker": ("a **[b]**c", "a **[b]**c"),
    "Japanese quotes": (
        "**「保存」**を**「次へ」**と",
        "<strong>「保存」</strong>を<strong>「次へ」</strong>と",
    ),
    "a wide full stop": ("**注意。**値", "<strong>注意。</strong>値"),
    "Korean": ("**중앙(test)**은", "<strong>중앙(test)</strong>은"),
    "code": ("**`x`**を", "<strong><code>x</code></strong>を"),
    "links": ("詳細は**[設定](a.md)**を", '詳細は<strong><a href="a.md">設定</a></strong>を'),
    "deleted": ("~~旧。~~新", "<s>旧。</s>新"),
    "in each other": ("**「*強*」**を", "<strong>「<em>強</em>」</strong>を"),
    "not in other scripts": ('a**"b"**c', "a**&quot;b&quot;**c"),
    "not between spaces": ("強 ** 調", "強 ** 調"),
    "underscores in names": ("表_名前_と", "表_名前_と"),
    "underscores beside marks": ("「_強_」と", "「<em>強</em>」と"),
}


@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_inline(text, html):
    """What readers see beside the asterisks decides."""
    md = markdown()
    md.disable(["smartquotes"])
    assert md.renderInline(text).replace(" />", ">") == html


def test_mixed_dialect():
    """MyST pages are read as CommonMark says."""
    assert markdown(Dialect.MIXED).renderInline("**「x」**y") == "**「x」**y"


def test_footnote():
    """Behind a bracket that has no text, it is the bracket that counts."""
    assert "</sup><strong>b</strong>" in markdown().render("[^a]**b**\n\n[^a]: c\n")
