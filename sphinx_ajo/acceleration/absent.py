"""Skip transforms for kinds of nodes that a page does not have.

About 80 transforms and post-transforms run on a page. Most of them walk through the whole page for
a kind of node that hardly any page has, which takes a tenth of the time of a build. Here, one walk
collects the kinds of nodes on the page. It is repeated only after a transform that may have added
nodes of another kind. Until then, other searches for absent kinds of nodes are skipped, too.

Post-transforms for other builders are skipped, too.
"""

from __future__ import annotations

import re
from functools import partial
from gettext import NullTranslations
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from docutils import nodes
from sphinx.locale import get_translator
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_ajo.acceleration.extensions import are_handlers_known
from sphinx_ajo.acceleration.transforms import (
    ADDS,
    CHECKED,
    COMPONENT,
    DOMAINS,
    NEEDS,
    READERS,
    RESOLVERS,
)
from sphinx_ajo.foreign.design import has_stored_content
from sphinx_ajo.foreign.docutils import forget_index, index_again, search_by_index
from sphinx_ajo.foreign.node_index import take_removed
from sphinx_ajo.foreign.sphinx import exchange_transforms
from sphinx_ajo.markup.failures import is_wrapper
from sphinx_ajo.project.navigation import site_of
from sphinx_ajo.project.state import state_of
from sphinx_ajo.reading.parser import PAGE_READ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.transforms import Transform, Transformer
    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

    Classes = tuple[type | str, ...]

LOGGER = logging.getLogger(__name__)


class Kinds:
    """The kinds of nodes on a page; valid until an unknown transform runs."""

    def __init__(self) -> None:
        """Start without a page."""
        self._document: ref[nodes.document] | None = None
        self._applied = 0
        self._pass: object = None
        self._classes: set[type] = set()  # with their base classes
        self._components: AbstractSet[str] = frozenset()

    def lacks(self, document: nodes.document, needed: Iterable[type | str]) -> bool:
        """Tell whether a page has no node that a transform looks for which is about to run.

        :returns: Whether it has none, so that the transform can be skipped.
        """
        self._look(document)
        for each in needed:
            if isinstance(each, str):
                if each in self._components:
                    return False
            elif each in self._classes:
                return False
        self._keep(document)
        return True

    def run(self, document: nodes.document, added: Iterable[type], run: Callable[[], None]) -> None:
        """Run a transform that can add only nodes of some kinds.

        In the meantime, searches for kinds of nodes that the page does not have end at once.

        :param added: The classes of these kinds of nodes.
        """
        self._look(document)
        for class_ in added:
            self._classes.update(class_.__mro__)
        before = search_by_index(document, self._classes)
        try:
            run()
        finally:
            search_by_index(*before)
        if self._document is not None and self._document() is document:
            self._keep(document)

    def forget(self) -> None:
        """Note that the page may change from now on."""
        self._document = None
        forget_index()

    def _look(self, document: nodes.document) -> None:
        """Collect the kinds of nodes on a page, unless it has not changed since the last time."""
        # there is no transformer while a page is resolved
        transformer: Transformer | None = document.transformer
        applied = len(transformer.applied) if transformer else 0
        # Sphinx creates a new one each time it reads or resolves a page
        this_pass = document.settings.env.temp_data
        if (
            self._document is None
            or self._document() is not document
            or self._applied != applied
            or self._pass is not this_pass
        ):
            if self._pass is not this_pass:
                # those of another page
                take_removed()
            self._classes, self._components = _kinds(document)
            self._document, self._pass = ref(document), this_pass
            self._applied = applied

    def _keep(self, document: nodes.document) -> None:
        """Note that the known kinds stay valid after the transform that now runs, or is skipped."""
        # docutils will count the transform as applied
        transformer: Transformer | None = document.transformer
        self._applied = len(transformer.applied) + 1 if transformer else 0


def _kinds(document: nodes.document) -> tuple[set[type], set[str]]:
    index = index_again(document)
    boxes = index.find(nodes.container)
    return index.classes, {box[COMPONENT] for box in boxes if COMPONENT in box}


def _name(class_: type[Transform]) -> str:
    return f"{class_.__module__}.{class_.__qualname__}"


def _spare(
    kinds: Kinds,
    needed: Classes | None,
    added: tuple[type, ...] | None,
    class_: type[Transform],
) -> type[Transform]:
    """Make a transform skip pages on which it has nothing to do.

    :param needed: What it looks for; ``None`` if that is not known.
    :param added: What it may add; ``None`` if that is not known.
    """
    is_known = _IS_KNOWN.get(_name(class_))
    asks_builder = _asks_builder(class_)

    class Spared(class_):  # type: ignore[misc, valid-type]
        def apply(self, **kwargs: Any) -> None:
            document = self.document
            if asks_builder and not self.is_supported():
                return
            if needed is not None and kinds.lacks(document, needed):
                return
            run = partial(super().apply, **kwargs)
            if added is None or not (is_known is None or is_known(document)):
                kinds.forget()
                run()
                kinds.forget()
            else:
                kinds.run(document, added, run)

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(Spared, name, getattr(class_, name))
    return Spared


def _readers_are_known(document: nodes.document) -> bool:
    """Tell whether all handlers that take part in reading are known to add no kinds of nodes."""
    return are_handlers_known(document.settings.env.events, "doctree-read", READERS)


def _domains_are_known(document: nodes.document) -> bool:
    """Tell whether all domains are known to add no nodes."""
    domains = document.settings.env.domains.sorted()
    return all(type(domain).__module__.startswith(DOMAINS) for domain in domains)


def _resolvers_are_known(document: nodes.document) -> bool:
    """Tell whether all that resolves links is known to add no nodes but those of links."""
    events = document.settings.env.events
    return _domains_are_known(document) and are_handlers_known(
        events, "missing-reference", RESOLVERS
    )


def _has_no_catalog(document: nodes.document) -> bool:
    """Tell whether there are no translated texts that could be put on a page."""
    env = document.settings.env
    domain = docname_to_domain(env.docname, env.config.gettext_compact)
    # an earlier build in this process may have loaded some
    if type(get_translator(domain)) is not NullTranslations:
        return False
    return not any(Path(env.srcdir, each).is_dir() for each in env.config.locale_dirs)


def _has_no_stored_content(document: nodes.document) -> bool:
    """Tell whether sphinx-design has no content of buttons to put back on a page."""
    return not has_stored_content(document)


def _has_no_toctree(document: nodes.document) -> bool:
    """Tell whether a page has no child entries, for which it would get a toctree."""
    env = document.settings.env
    page = site_of(env).pages.get(env.docname)
    return page is None or not page.entries


_IS_KNOWN: Final[Mapping[str, Callable[[nodes.document], bool]]] = {
    "myst_parser.sphinx_ext.myst_refs.MystReferenceResolver": _resolvers_are_known,
    "sphinx.transforms.DoctreeReadEvent": _readers_are_known,
    "sphinx.transforms.i18n.Locale": _has_no_catalog,
    "sphinx.transforms.post_transforms.ReferencesResolver": _resolvers_are_known,
    "sphinx.transforms.references.SphinxDomains": _domains_are_known,
    "sphinx_ajo.build.toc.events.TocTransform": _has_no_toctree,
    "sphinx_design.badges_buttons.ButtonRefContentGraft": _has_no_stored_content,
}
"""Transforms that call other code, or change only some pages, and functions that tell whether they
are known to add only what the table says to a page."""


def _find(table: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, Classes]:
    """Return what a table says about transforms, for packages whose versions have been checked."""
    found: dict[str, Classes] = {}
    for package, transforms in table.items():
        if package and not (is_checked(package) and is_checked("docutils")):
            LOGGER.debug("[ajo] nothing is known of the transforms of this version of %s", package)
            continue
        for transform, names in transforms.items():
            try:
                found[transform] = tuple(map(_load, names))
            except (ImportError, AttributeError) as error:
                LOGGER.debug("[ajo] nothing is known of %s: %s", transform, error)
    return found


def _load(name: str) -> type | str:
    module, _, attribute = name.rpartition(".")
    found: type | str = getattr(import_module(module), attribute) if module else name
    return found


def is_checked(package: str) -> bool:
    """Tell whether the installed version of a package is one that has been checked."""
    try:
        parts = re.findall(r"\d+", version(package))
    except PackageNotFoundError:
        return False
    first, end = CHECKED[package]
    return first <= tuple(map(int, parts)) < end


def _asks_builder(class_: type[Transform]) -> bool:
    """Tell whether a transform depends only on the builder."""
    classes = (each for each in class_.__mro__ if "apply" in vars(each) and not is_wrapper(each))
    return next(classes) is SphinxPostTransform


class Absent:
    """The transforms of one build."""

    def __init__(self) -> None:
        """Start without transforms."""
        self._kinds = Kinds()
        self._needs: dict[str, Classes] = {}
        self._adds: dict[str, Classes] = {}
        self._spared: dict[type[Transform], type[Transform]] = {}
        self._readers: dict[type[Transform], type[Transform]] = {}

    def exchange(self, app: Sphinx) -> None:
        """Replace the transforms of Sphinx and of extensions."""
        if state_of(app.env).accelerated:
            self._needs, self._adds = _find(NEEDS), _find(ADDS)
            exchange_transforms(app, self._spare)

    def exchange_those_of_reader(
        self, _app: Sphinx, _text: str, md: MarkdownIt, *_: object
    ) -> None:
        """Replace the transforms of docutils; Sphinx 8 adds them later."""
        transformer = md.options["document"].transformer
        transformer.transforms = [
            (priority, self._of_reader(class_), *others)
            for priority, class_, *others in transformer.transforms
        ]

    def _of_reader(self, class_: type[Transform]) -> type[Transform]:
        """Return what takes the place of a transform; itself if nothing is known of it."""
        if class_ not in self._readers:
            name = _name(class_)
            is_known = name in self._needs or name in self._adds
            self._readers[class_] = self._spare(class_) if is_known else class_
        return self._readers[class_]

    def _spare(self, class_: type[Transform]) -> type[Transform]:
        if class_ not in self._spared:
            name = _name(class_)
            added: Any = self._adds.get(name)
            spared = _spare(self._kinds, self._needs.get(name), added, class_)
            self._spared[class_] = self._spared[spared] = spared
        return self._spared[class_]


def setup_absent(app: Sphinx) -> None:
    """Skip transforms that have nothing to do on a page."""
    absent = Absent()
    # after every handler that adds transforms, and around the net that turns failures into warnings
    # (950)
    app.connect("builder-inited", absent.exchange, priority=960)
    app.connect(PAGE_READ, absent.exchange_those_of_reader)
