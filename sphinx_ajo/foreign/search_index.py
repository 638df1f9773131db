"""The search index: the only place that knows its format, in memory and in its file.

``tests/acceleration/test_writing.py`` and ``tests/build/increments`` fail when the format changes:
they compare the file with that of a clean build in one process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx.util.index_entries import split_index_msg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.environment import BuildEnvironment
    from sphinx.search import IndexBuilder

_BY_PAGE: Final = ("_titles", "_filenames", "_all_titles", "_index_entries")
_BY_WORD: Final = ("_mapping", "_title_mapping")

_PAGES: Final = frozenset({"docnames", "filenames", "titles"})
_PLACES: Final = ("alltitles", "indexentries")
_WORDS: Final = ("terms", "titleterms")
_OBJECTS: Final = frozenset({"objects", "objtypes", "objnames"})
_KEYS: Final = frozenset({"envversion", *_PAGES, *_PLACES, *_WORDS, *_OBJECTS})
"""The keys of the file."""


def start_index(indexer: IndexBuilder | None) -> None:
    """Reset a search index.

    :param indexer: The index; ``None`` if there is no search.
    """
    if indexer is not None:
        vars(indexer).update({name: {} for name in (*_BY_PAGE, *_BY_WORD)})


def collect_words_once(indexer: IndexBuilder | None) -> None:
    """Make a search index look at each word of a page once.

    Sphinx stems and filters each occurrence of a word, and collects the results in sets.

    :param indexer: The index; ``None`` if there is no search.
    """
    stock = getattr(indexer, "_word_collector", None)
    if indexer is None or stock is None:
        return

    def collect(doctree: nodes.document) -> Any:
        store = stock(doctree)
        store.words = list(dict.fromkeys(store.words))
        return store

    vars(indexer)["_word_collector"] = collect


def part_of(indexer: IndexBuilder | None) -> dict[str, Any]:
    """Return what a search index has collected since its reset.

    :param indexer: The index; ``None`` if there is no search.
    :returns: For :func:`extend_index`.
    """
    return {} if indexer is None else {n: getattr(indexer, n) for n in (*_BY_PAGE, *_BY_WORD)}


def extend_index(indexer: IndexBuilder | None, part: dict[str, Any]) -> None:
    """Merge the results of another process into a search index.

    :param indexer: The index; ``None`` if there is no search.
    """
    for name in _BY_PAGE if indexer else ():
        getattr(indexer, name).update(part[name])
    for name in _BY_WORD if indexer else ():
        words: dict[str, set[str]] = getattr(indexer, name)
        for word, docnames in part[name].items():
            words.setdefault(word, set()).update(docnames)


def complete_index(indexer: IndexBuilder | None, env: BuildEnvironment) -> None:
    """Make a search index that was loaded and changed equal to that of a clean build.

    Sphinx keeps the words of deleted pages, and loses the entries of ``index`` directives on pages
    that are not written. It searches a list of all pages for each word, which takes quadratic time,
    so a set replaces the list.

    :param indexer: The index, with all pages; ``None`` if there is no search.
    """
    if indexer is None:
        return
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]
    for docname, entries in env.get_domain("index").data["entries"].items():
        # pages that opt out of the search have an empty title
        if entries and indexer._titles.get(docname) and docname not in indexer._index_entries:
            found = {
                (text, target or "", main)
                for kind, value, target, main, _ in entries
                for text in _index_texts(kind, value)
            }
            indexer._index_entries[docname] = sorted(found)
    indexer._index_entries = dict(sorted(indexer._index_entries.items()))
    prune = indexer.prune
    indexer.prune = lambda docnames: prune(frozenset(docnames))  # type: ignore[method-assign]


def _index_texts(kind: str, value: str) -> list[str]:
    try:
        texts = split_index_msg(kind, value)
    except ValueError:
        return []
    return [texts[0], *texts] if kind in {"see", "seealso"} else texts


def can_exchange(
    indexer: IndexBuilder, file: object, pages: AbstractSet[str], known: AbstractSet[str]
) -> bool:
    """Tell whether some pages can be replaced in the file of an earlier build.

    They can if the set of pages has not changed, because the file identifies pages by number.

    :param indexer: The index with nothing but these pages.
    """
    return (
        isinstance(file, dict)
        and file.keys() == _KEYS
        and file["envversion"] == indexer._env_version
        and known >= (there := frozenset(file["docnames"]))
        and indexer._titles.keys() == pages & there
    )


def exchange(indexer: IndexBuilder, file: dict[str, Any]) -> None:
    """Replace some pages in the data of the file of an earlier build.

    Sphinx would convert all page numbers to sets of names, one for each word, and back. The result
    is the same.

    :param indexer: The index with nothing but these pages.
    :param file: The data of the file; :func:`can_exchange` must be true.
    """
    # freeze() fails on an empty index, for example if pages have lost their titles
    nothing: dict[str, Any] = {key: {} for key in (*_PAGES, *_PLACES, *_WORDS)}
    # objects cover all pages, so they are added later
    indexer.get_objects = lambda fn2index: {}  # type: ignore[method-assign]
    part = indexer.freeze() if indexer._titles else nothing
    del indexer.get_objects
    numbers = {docname: number for number, docname in enumerate(file["docnames"])}
    own = [numbers[docname] for docname in part["docnames"]]
    for key in ("filenames", "titles"):
        for number, value in zip(own, part[key], strict=True):
            file[key][number] = value
    for key in _WORDS:
        _exchange_words(file[key], part[key], own)
    for key in _PLACES:
        _exchange_places(file[key], part[key], own)
    file["objects"] = indexer.get_objects(numbers)
    file["objtypes"] = {
        number: f"{domain}:{name}" for (domain, name), number in indexer._objtypes.items()
    }
    file["objnames"] = indexer._objnames


_Numbers = int | list[int]
"""The pages with a word: one, or a list."""


def _exchange_words(
    words: dict[str, _Numbers], new: Mapping[str, _Numbers], own: list[int]
) -> None:
    gone = frozenset(own)
    left: dict[str, list[int]] = {}
    for word, found in words.items():
        if found in gone if isinstance(found, int) else not gone.isdisjoint(found):
            left[word] = [] if isinstance(found, int) else [n for n in found if n not in gone]
    for word, found in new.items():
        before = words.get(word, [])
        kept = left.get(word, [before] if isinstance(before, int) else before)
        left[word] = [*kept, *(own[n] for n in ([found] if isinstance(found, int) else found))]
    for word, numbers in left.items():
        if not numbers:
            del words[word]
        else:
            words[word] = numbers[0] if len(numbers) == 1 else sorted(numbers)


def _exchange_places(
    places: dict[str, list[Any]], new: Mapping[str, list[Any]], own: list[int]
) -> None:
    gone = frozenset(own)
    for text, found in list(places.items()):
        if any(place[0] in gone for place in found):
            places[text] = [place for place in found if place[0] not in gone]
    for text, found in new.items():
        more = [[own[number], *others] for number, *others in found]
        places[text] = sorted([*places.get(text, []), *more], key=lambda place: place[0])
    for text in [text for text, found in places.items() if not found]:
        del places[text]
