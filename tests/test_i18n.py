"""The message catalogs are complete, compiled and in step with the code."""

from __future__ import annotations

import gettext
import shutil
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from sphinx_ajo import i18n
from sphinx_ajo.tools import catalogs as i18n_tools

COMMAND = "python -m sphinx_ajo.tools.catalogs"

EXL_LOCALES = [
    *["en", "de", "fr", "es", "it", "nl", "sv", "pt_BR", "ja", "ko", "zh_CN", "zh_TW"],
]


@cache
def catalog(language):
    """Return the translations into a language."""
    return i18n_tools.translations(i18n_tools.read(i18n_tools.po_path(language), language))


@cache
def template():
    """Return the strings of the template."""
    found = i18n_tools.translations(i18n_tools.read(i18n.LOCALE_DIR / "sphinx_ajo.pot"))
    return found.keys()


def test_languages():
    """Every locale of Experience League has a catalog, and one more."""
    assert set(EXL_LOCALES) < set(i18n_tools.languages())


def test_template_is_up_to_date():
    """The template has just the strings of the code."""
    expected = i18n_tools.translations(i18n_tools.extract())
    assert template() == expected.keys(), f"run {COMMAND}"


@pytest.mark.parametrize("language", i18n_tools.languages())
def test_translated(language):
    """Every string of the template has a translation, with the same placeholders."""
    found = catalog(language)
    assert found.keys() == template(), f"run {COMMAND}"
    for id_, text in found.items():
        assert text.strip(), f"{language}: {id_} is not translated"
        assert text.count("%s") == id_.count("%s"), f"{language}: {text}"
        assert text.count("%") == id_.count("%"), f"{language}: {text}"
        assert not set(text) & set(string.whitespace) - {" "}


@pytest.mark.parametrize("language", i18n_tools.languages())
def test_compiled(language):
    """The compiled catalog, which readers get, has the same translations."""
    path = i18n_tools.po_path(language).with_suffix(".mo")
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for id_, text in catalog(language).items():
        assert compiled.gettext(id_) == text, f"run {COMMAND}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", "zh_CN"),
        ("zh_CN", "zh_CN"),
        ("zh_Hans", "zh_CN"),
        ("zh-hans", "zh_CN"),
        ("zh_Hant", "zh_TW"),
        ("zh_HK", "zh_TW"),
        ("zh_Hant_HK", "zh_TW"),
        ("pt", "pt_BR"),
        ("pt-br", "pt_BR"),
        ("de", "de"),
        ("de_AT", "de_AT"),
        ("sv-SE", "sv_SE"),
        ("en", "en"),
    ],
)
def test_catalog_language(language, expected):
    """Languages that Sphinx does not know by that name find a catalog."""
    assert i18n.catalog_language(language) == expected


@pytest.fixture
def locale_dir(tmp_path, monkeypatch):
    """A copy of the package's strings with no catalogs yet."""
    monkeypatch.setattr(i18n_tools, "LOCALE_DIR", tmp_path)
    return tmp_path


def test_update(locale_dir):
    """A new language is made with empty strings; once they are there, nothing changes."""
    missing = i18n_tools.update(["fi"])
    assert "fi: Success" in missing
    path = i18n_tools.po_path("fi")
    text = path.read_text(encoding="utf-8").replace(
        'msgid "Success"\nmsgstr ""', 'msgid "Success"\nmsgstr "Onnistui"'
    )
    path.write_text(text, encoding="utf-8")
    assert "fi: Success" not in i18n_tools.update()
    files = {file: file.read_bytes() for file in locale_dir.rglob("*") if file.is_file()}
    assert len(files) == 3
    i18n_tools.update()
    assert files == {file: file.read_bytes() for file in files}


def test_command(locale_dir, capsys):
    """The command names what is not translated."""
    assert i18n_tools.main(["fi"]) == 1
    assert "not translated: fi: Success\n" in capsys.readouterr().out
    shutil.rmtree(locale_dir / "fi")
    assert i18n_tools.main([]) == 0


def test_merge_keeps_what_is_not_used():
    """A string that leaves the code is kept aside, and comes back with it."""
    one, two = Catalog(), Catalog()
    one.add("a")
    two.add("b")
    old = Catalog(locale="sv")
    old.add("a", "A")
    merged = i18n_tools.merge(old, two)
    assert i18n_tools.translations(merged) == {"b": ""}
    assert i18n_tools.translations(i18n_tools.merge(merged, one)) == {"a": "A"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "English"),
        ("sv", "Svenska"),
        ("pt-BR", "Português (Brasil)"),
        ("x-1", "x-1"),
        ("xx", "xx"),
    ],
)
def test_names_of_languages(language, name):
    """A language is called as those who speak it call it."""
    assert i18n.language_name(language) == name
