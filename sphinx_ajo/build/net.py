"""No text of a page aborts a build: an error becomes a warning, and the text is shown.

This is for bugs, not for bad input, which each construct reports itself. The innermost of these
nets catches the error:

- a syntax rule of ours: it is switched off for the page (:func:`.without_failing_rules`); if the
rule sanitizes HTML, all HTML is switched off, too;
- a render function: the renderer shows the content of the construct (:meth:`.AjoRenderer.rules`);
- any transform or post-transform: it is skipped, and the others run (:func:`.contain`);
- a visitor of a writer: the node is shown as its text (:func:`guard_translator`);
- anything else while a page is read or written: the page is shown as it was typed
  (:class:`NetBuilder`).

They apply only to pages of the ExL dialect. Other pages may be code, and authors of code need to
see it fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders import Builder

from sphinx_ajo.foreign.docutils import dispatchers
from sphinx_ajo.foreign.sphinx import exchange_transforms, mix_in
from sphinx_ajo.markup.failures import (
    FATAL,
    catches_failures,
    contain,
    fill_with_source,
    is_caught,
    report,
)
from sphinx_ajo.project.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def guard_translator(translator: Any, *, faster: bool = False) -> None:
    """Make a translator survive errors in single nodes.

    :param faster: Whether the methods of the visitor are cached.
    """
    visit, depart = translator.dispatch_visit, translator.dispatch_departure
    if faster:
        visit, depart = dispatchers(translator)

    def guarded_visit(node: nodes.Node) -> None:
        start = len(getattr(translator, "body", ()))
        try:
            visit(node)
        except (nodes.TreePruningException, *FATAL):
            raise
        except Exception as error:
            report(error, f"writing of <{_name(node)}>", "its text is shown", node)
            _replace_with_text(translator, node.astext(), start)
            raise nodes.SkipNode from error

    def guarded_departure(node: nodes.Node) -> None:
        try:
            depart(node)
        except (nodes.TreePruningException, *FATAL):
            raise
        except Exception as error:
            report(error, f"writing of the end of <{_name(node)}>", "it is left out", node)

    translator.dispatch_visit = guarded_visit
    translator.dispatch_departure = guarded_departure


def _name(node: nodes.Node) -> str:
    return type(node).__name__


def _replace_with_text(translator: Any, text: str, start: int) -> None:
    """Replace what has been written since a position by a text."""
    if hasattr(translator, "body"):
        del translator.body[start:]
        translator.body.append(translator.encode(text))
    else:
        translator.visit_Text(nodes.Text(text))


class NetBuilder(Builder):
    """A mixin for the builder of a build."""

    def read_doc(self, docname: str, **options: Any) -> None:  # type: ignore[misc]
        """Read a page; if that fails, read it as plain text."""
        try:
            super().read_doc(docname, **options)
        except Exception as error:
            if not is_caught(error, self.env, docname):
                raise
            report(error, "reading of this page", "it is shown as it was typed", (docname, None))
            self._read_as_text(docname, options)

    def _read_as_text(self, docname: str, options: dict[str, Any]) -> None:
        env = self.env
        env.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        env.temp_data.clear()
        env.ref_context.clear()
        state_of(env).as_text = docname
        try:
            super().read_doc(docname, **options)
        finally:
            state_of(env).as_text = None

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Create the visitor that writes a document.

        :param args: The document, and the builder.
        :returns: The visitor; an error in a node does not stop it.
        """
        translator = super().create_translator(*args)
        if catches_failures(self.env):
            guard_translator(translator, faster=state_of(self.env).accelerated)
        return translator

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page; if that fails, write its source as text."""
        try:
            super().write_doc(docname, doctree)
        except Exception as error:
            if not is_caught(error, self.env, docname):
                raise
            report(error, "writing of this page", "it is shown as it was typed", (docname, None))
            fill_with_source(doctree, self.env, docname)
            super().write_doc(docname, doctree)


def _wrap(app: Sphinx) -> None:
    """Wrap the builder, its visitors and all transforms."""
    mix_in(app.builder, NetBuilder)
    exchange_transforms(app, contain)


def setup_net(app: Sphinx) -> None:
    """Wrap everything that may fail, before the first page is read."""
    # after every handler that adds transforms, and after our HTML builder
    app.connect("builder-inited", _wrap, priority=950)
