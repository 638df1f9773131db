"""How others name languages."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.languages import locale_name


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en_US"),
        ("sv", "sv_SE"),
        ("sv-SE", "sv_SE"),
        ("pt-BR", "pt_BR"),
        ("pt_PT", "pt_PT"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh", "zh_CN"),
        ("ja", "ja_JP"),
        ("xx", "xx"),
    ],
)
def test_locale(language, locale):
    assert locale_name(language) == locale
