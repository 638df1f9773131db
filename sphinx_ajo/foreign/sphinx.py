"""The place that uses undocumented parts of Sphinx; the search index has its own module.

``tests/foreign/test_sphinx.py`` fails when one of these changes.
"""

from __future__ import annotations

import inspect
from functools import lru_cache, partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING

from sphinx import builders, events
from sphinx.builders.html import _assets
from sphinx.locale import __
from sphinx.project import Project
from sphinx.registry import SphinxComponentRegistry
from sphinx.transforms import SphinxContentsFilter
from sphinx.util import docutils as sphinx_docutils
from sphinx.util import logging
from sphinx.util._files import FilenameUniqDict
from sphinx.util.build_phase import BuildPhase

from sphinx_ajo.foreign.docutils import encode_faster
from sphinx_ajo.language.slugs import safe_file_name

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable
    from typing import Any

    from docutils import nodes
    from docutils.transforms import Transform
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


LOGGER = logging.getLogger(__name__)


def user_settings(config: Config) -> frozenset[str]:
    """Return the names of all options that the user has set.

    :returns: Those of ``conf.py`` and those of the command line.
    """
    return frozenset(user_values(config))


def user_values(config: Config) -> dict[str, Any]:
    """Return all options that the user has set.

    :returns: All global names of ``conf.py``, and those of the command line, by name.
    """
    return {**config._raw_config, **config.overrides}


def show_as_text_in_contents(node_class: type[nodes.Element]) -> None:
    """Make tables of contents show only the text of a kind of link.

    They copy titles into their own links, and handle only the links of Sphinx and docutils.
    """
    visit = SphinxContentsFilter.ignore_node_but_process_children
    setattr(SphinxContentsFilter, f"visit_{node_class.__name__}", visit)


class SafeImageFiles(FilenameUniqDict):
    """The images of all pages, with names that no writer interprets as commands."""

    def add_file(self, docname: str, newfile: str | os.PathLike[str]) -> str:
        """Record that a page has an image."""
        name = super().add_file(docname, newfile)
        return name if safe_file_name(name) == name else self._rename(str(newfile), name)

    def _rename(self, file: str, name: str) -> str:
        """Give an image a name that LaTeX does not interpret as commands."""
        new = safe_file_name(name)
        while new in self._existing:
            new = f"_{new}"
        self[file] = (self[file][0], new)
        self._existing.discard(name)
        self._existing.add(new)
        return new


class ImageFiles(SafeImageFiles):
    """The images of all pages, indexed by page.

    Before it reads a page, Sphinx removes the page from each image of the site, so the time of a
    build grows with the number of pages times the number of images.
    """

    def __init__(self) -> None:
        """Start without images."""
        super().__init__()
        self._of_page: dict[str, set[str]] = {}

    def add_file(self, docname: str, newfile: str | os.PathLike[str]) -> str:
        """Record that a page has an image."""
        self._of_page.setdefault(docname, set()).add(str(newfile))
        return super().add_file(docname, newfile)

    def purge_doc(self, docname: str) -> None:
        """Forget the images of a page."""
        for file in sorted(self._of_page.pop(docname, ())):
            pages, name = self[file]
            pages.discard(docname)
            if not pages:
                del self[file]
                self._existing.discard(name)

    def __setstate__(self, state: set[str]) -> None:
        """Rebuild the index; the images themselves are already restored.

        :param state: What ``__getstate__`` returned.
        """
        super().__setstate__(state)
        self._of_page = {}
        for file, (pages, _) in self.items():
            for page in pages:
                self._of_page.setdefault(page, set()).add(file)


def name_images_safely(env: BuildEnvironment) -> None:
    """Give the images of an environment names that no writer interprets as commands."""
    _keep_images(env, SafeImageFiles, FilenameUniqDict)


def index_images(env: BuildEnvironment) -> None:
    """Make an environment index its images by page."""
    _keep_images(env, ImageFiles, FilenameUniqDict, SafeImageFiles)


def _keep_images(
    env: BuildEnvironment, new: type[FilenameUniqDict], *old: type[FilenameUniqDict]
) -> None:
    if type(env.images) in old:
        images = new()
        images.update(env.images)
        images.__setstate__(env.images.__getstate__())
        env.images = images


class _FirstTrees(dict[str, "nodes.document"]):
    """A cache for the doctrees of the first pages that have been read and not yet written."""

    def __init__(self, most: int, free: Callable[[nodes.document], None]) -> None:
        super().__init__()
        self._most = most
        self._free = free

    def __setitem__(self, docname: str, tree: nodes.document) -> None:
        if docname in self or len(self) < self._most:
            super().__setitem__(docname, tree)
        else:
            self._free(tree)


class _NoFiles(dict[str, bytes]):
    """A cache that never stores the contents of doctree files, because they can be read again."""

    def __setitem__(self, docname: str, data: bytes) -> None:
        pass


def keep_trees(env: BuildEnvironment, most: int, free: Callable[[nodes.document], None]) -> None:
    """Limit how many doctrees Sphinx keeps in memory besides their files.

    :param env: The build environment. If it keeps them in another way, nothing changes.
    :param most: The number of doctrees that it keeps of pages that have been read and not yet
        written.
    :param free: Gets each doctree that is not kept.
    """
    caches: dict[str, object] = {
        "_write_doc_doctree_cache": _FirstTrees(most, free),
        "_pickled_doctree_cache": _NoFiles(),
    }
    for name, cache in caches.items():
        if vars(env).get(name) == {}:
            vars(env)[name] = cache


def exchange_settings(exchange: Callable[[Callable[..., Any]], Callable[..., Any]]) -> bool:
    """Replace the function that creates the settings of a page, for all builds of a process.

    :param exchange: Gets the function, and returns its replacement.
    :returns: Whether the function exists: Sphinx 8 creates settings once for all pages.
    """
    stock = getattr(sphinx_docutils, "_get_settings", None)
    if stock is None or not hasattr(sphinx_docutils, "_parse_str_to_doctree"):
        return False
    vars(sphinx_docutils)["_get_settings"] = exchange(stock)
    return True


def exchange_shares(exchange: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace the function that divides pages among processes, for all builds of this process.

    :param exchange: Gets the function, and returns its replacement.
    """
    if hasattr(builders, "make_chunks"):
        vars(builders)["make_chunks"] = exchange(builders.make_chunks)


def exchange_transforms(
    app: Sphinx, exchange: Callable[[type[Transform]], type[Transform]]
) -> None:
    """Replace all transforms that extensions and Sphinx itself have registered.

    :param exchange: Returns the replacement of a transform; it can be the same.
    """
    for transforms in (app.registry.transforms, app.registry.post_transforms):
        transforms[:] = map(exchange, transforms)


def translator_with_handlers(
    builder: Builder, registry: SphinxComponentRegistry
) -> type[nodes.NodeVisitor] | None:
    """Return a class of translators that has the handlers of all nodes as methods.

    Sphinx adds these methods to each new translator.

    :returns: The class; ``None`` if the builder creates its translators in its own way.
    """
    if type(registry) is not SphinxComponentRegistry:
        return None
    stock: Any = registry.get_translator_class(builder)
    handlers = registry.translation_handlers.get(builder.name)
    if handlers is None:
        handlers = registry.translation_handlers.get(builder.format, {})
    return _add_handlers(stock, tuple(handlers.items()))


@lru_cache(maxsize=8)
def _add_handlers(
    stock: Any, handlers: tuple[tuple[str, tuple[Any, Any]], ...]
) -> type[nodes.NodeVisitor] | None:
    methods: dict[str, Any] = encode_faster(stock)
    for name, (visit, depart) in handlers:
        methods[f"visit_{name}"] = visit
        if depart:
            methods[f"depart_{name}"] = depart
    # other callables would not be bound to the translator
    if not all(isinstance(method, FunctionType) for method in methods.values()):
        return None
    return type(stock.__name__, (stock,), {"__module__": stock.__module__, **methods})


def print_events(*, wanted: bool) -> None:
    """Set whether the arguments of events are formatted for debug messages.

    The only function that formats them does not check first whether the message is wanted, and uses
    ``repr`` for nothing else.
    """
    if wanted:
        vars(events).pop("repr", None)
    elif not hasattr(events, "repr"):
        vars(events)["repr"] = _print_nothing


def _print_nothing(_thing: object) -> str:
    return ""


def write_page(builder: Builder, docname: str) -> None:
    """Resolve and write one page.

    This is what ``Builder.write_documents`` does for each page in a single process. Its own
    functions for this have another name in each version, and some of them hold back warnings: in a
    process whose warnings are collected, each would appear twice.

    :param builder: The builder, ready to write.
    """
    env = builder.env
    new = "tags" in inspect.signature(env.get_and_resolve_doctree).parameters
    arguments: dict[str, Any] = {"tags": builder.tags} if new else {}
    state: Any = builder if hasattr(builder, "phase") else builder.app
    state.phase = BuildPhase.RESOLVING
    doctree = env.get_and_resolve_doctree(docname, builder, **arguments)
    state.phase = BuildPhase.WRITING
    builder.write_doc_serialized(docname, doctree)
    builder.write_doc(docname, doctree)


def exchange_outdated(
    builder: Builder, choose: Callable[[Callable[[], str | Iterable[str]]], str | Iterable[str]]
) -> None:
    """Replace the function with which a builder finds outdated output files.

    :param builder: The builder of one build; other builders keep theirs.
    :param choose: Gets the builder's own ``get_outdated_docs``, and returns outdated pages.
    """
    stock = builder.get_outdated_docs
    # the method is documented and meant to be overridden, but all builds share the class
    builder.get_outdated_docs = partial(choose, stock)  # type: ignore[method-assign]


def forget_checksums() -> None:
    """Forget the checksums of stylesheets and scripts, which Sphinx keeps for the whole process."""
    remembered = getattr(_assets, "_file_checksum_inner", None)
    clear = getattr(remembered, "cache_clear", None)
    if clear is not None:
        clear()


class ListedProject(Project):
    """A project that is given its files; Sphinx's own class searches for them."""

    def take(self, paths: Iterable[str]) -> set[str]:
        """Replace ``Project.discover``, once the files are known.

        :param paths: The readable files, relative to the source directory.
        """
        self.docnames.clear()
        self._path_to_docname.clear()
        self._docname_to_path.clear()
        for path in paths:
            docname = self.path2doc(path)
            if docname in self.docnames:
                message = __(
                    'multiple files found for the document "%s": %s\nUse %r for the build.'
                )
                first = str(self._docname_to_path[docname])
                files = f"{first}, {path}"
                LOGGER.warning(message, docname, files, str(self.srcdir / first), once=True)
            elif docname:
                self.docnames.add(docname)
                self._path_to_docname[Path(path)] = docname
                self._docname_to_path[docname] = Path(path)
        return self.docnames


def mix_in(thing: object, mixin: type) -> None:
    """Add a mixin to the class of an object that Sphinx has created.

    :param thing: The object, such as the builder or the project; it keeps the name of its class.
    """
    class_ = type(thing)
    thing.__class__ = type(class_.__name__, (mixin, class_), {"__module__": class_.__module__})


def use_project(app: Sphinx, project: type[Project]) -> None:
    """Change the class of the project that Sphinx has created, unless it has that class already."""
    if type(app.project) is Project:
        app.project.__class__ = project
