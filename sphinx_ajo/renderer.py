"""Turn the tokens of a page into docutils nodes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from sphinx_ajo.assets import note_use
from sphinx_ajo.construct import PROBLEMS
from sphinx_ajo.constructs import CONSTRUCTS
from sphinx_ajo.dialect import Dialect
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode


class AjoRenderer(SphinxRenderer):
    """MyST's renderer with the constructs of ExL Markdown."""

    def __init__(self, parser: MarkdownIt) -> None:
        """Collect the render functions.

        :param parser: The parser whose tokens will be rendered.
        """
        super().__init__(parser)
        for construct in CONSTRUCTS:
            for name, function in construct.renderers.items():
                self.rules[f"render_{name}"] = partial(self._render_construct, function)  # type: ignore[assignment]

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        """Prepare for one document.

        :param options: The options of the parser.
        :param env: Its sandbox.
        """
        super().setup_render(options, env)
        self.dialect: Dialect = options.get("ajo_dialect", Dialect.MIXED)

    def _render_construct(
        self, function: Callable[[AjoRenderer, SyntaxTreeNode], None], token: SyntaxTreeNode
    ) -> None:
        if token.type.startswith("ajo_"):
            note_use(self.sphinx_env)
        line = token_line(token, 0)
        for problem in token.meta.get(PROBLEMS, ()):
            warn(
                problem.warning,
                problem.message,
                *problem.args,
                location=(self.sphinx_env.docname, line + problem.offset),
            )
        function(self, token)
