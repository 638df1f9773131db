"""The search index finds the same words, and asks for the stem of each once."""

from __future__ import annotations

import json

import pytest
from sphinx.search import languages
from sphinx.search.en import SearchEnglish

from sphinx_ajo.acceleration.stems import _Remembering

PAGES = {
    "a": "# Journeys\n\nPublishing a journey publishes its messages.\n",
    "b": "# Journey reports\n\nThe messages of published journeys.\n",
}


def index(build):
    text = build.text("searchindex.js")
    return json.loads(text[len("Search.setIndex(") : text.rindex(")")])


@pytest.fixture
def languages_kept():
    before = dict(languages)
    yield
    languages.clear()
    languages.update(before)


@pytest.mark.usefixtures("languages_kept")
@pytest.mark.parametrize("language", ["en", "sv", "de", "pt_BR", "ja", "zh_CN", "ko"])
def test_same_index(project, tmp_path, language):
    """The file for the browser is that of Sphinx, in any language."""
    project.write(**PAGES, index="# Home\n\n```{toctree}\na\nb\n```\n")
    ours = project.build(language=language, outdir=tmp_path / "ours", ajo_accelerate=True)
    plain = ["myst_parser"]
    theirs = project.build(language=language, outdir=tmp_path / "theirs", extensions=plain)
    one, other = index(ours), index(theirs)
    for key in ("terms", "titleterms", "alltitles", "docnames"):
        assert one[key] == other[key]


@pytest.mark.usefixtures("languages_kept")
def test_each_word_once(project, monkeypatch):
    """A word of many pages is looked up once."""
    asked = []
    stem = SearchEnglish.stem
    monkeypatch.setattr(
        SearchEnglish, "stem", lambda self, word: asked.append(word) or stem(self, word)
    )
    project.write(**PAGES, index="# Home\n\n```{toctree}\na\nb\n```\n")
    project.build(ajo_accelerate=True)
    assert "messages" in asked
    assert len(asked) == len(set(asked))


@pytest.mark.usefixtures("languages_kept")
def test_languages_of_others(project):
    """A language that the project adds is the one that is asked."""
    project.write(**PAGES, index="# Home\n\n```{toctree}\na\nb\n```\n")
    conf = (
        "from sphinx.search import SearchLanguage\n"
        "class Shouting(SearchLanguage):\n"
        "    lang = 'en'\n"
        "    def stem(self, word):\n"
        "        return word + '!'\n"
        "def setup(app):\n"
        "    app.add_search_language(Shouting)\n"
        "extensions = ['sphinx_ajo']\n"
    )
    project.write_files({"conf.py": conf})
    assert "messages!" in index(project.build(ajo_accelerate=True))["terms"]


@pytest.mark.usefixtures("languages_kept")
def test_not_twice(project):
    """Several builds in one process put one layer in front of a language."""
    project.write(index="# Home\n")
    project.build(ajo_accelerate=True)
    project.build(ajo_accelerate=True)
    language = languages["en"]
    assert sum(base is _Remembering for base in language.__mro__) == 1
    assert language.__mro__[2] is SearchEnglish


@pytest.mark.usefixtures("languages_kept")
def test_each_word_of_a_page_once(project, tmp_path, monkeypatch):
    """A word that a page repeats is filtered once, and is in the same places of the index."""
    pages = {
        "help/TOC.md": "# Guide {#guide}\n\n- [A](a.md)\n- [B](b.md)\n",
        "help/a.md": f"# One\n\n{'Words and words. ' * 20}\n",
        "help/b.md": "# Two words\n\nWords, one, 22 the.\n",
        "metadata.md": "---\nproduct: x\n---\n",
    }
    project.write_files(pages)
    asked = []
    word_filter = SearchEnglish.word_filter
    monkeypatch.setattr(
        SearchEnglish,
        "word_filter",
        lambda self, word: asked.append(word) or word_filter(self, word),
    )
    fast = index(project.build(outdir=tmp_path / "fast", ajo_accelerate=True))
    few = len(asked)
    asked.clear()
    slow = index(project.build(outdir=tmp_path / "slow", ajo_accelerate=False))
    assert few + 40 < len(asked)
    assert fast == slow
    assert fast["terms"]["word"] == slow["terms"]["word"]
