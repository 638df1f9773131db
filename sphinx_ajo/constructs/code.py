"""Fenced code: its language and attributes (exl-markdown.md, 4.11).

```` ```json {line-numbers="true" start-line="3" highlight="2-4,7"} ````
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.utils import Reporter
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.warnings_ import MystWarnings
from pygments.lexers import find_lexer_class_by_name, get_lexer_by_name
from pygments.token import Error
from pygments.util import ClassNotFound
from sphinx.highlighting import lexer_classes, lexers
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_ajo.base.assets import note_use
from sphinx_ajo.base.limits import limits_of
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.constructs.nesting import deeper
from sphinx_ajo.foreign.myst import keep_state, restore_state
from sphinx_ajo.language.attributes import parse_attributes
from sphinx_ajo.language.dialect import Dialect
from sphinx_ajo.markup.blocks import is_attributes
from sphinx_ajo.markup.construct import Construct
from sphinx_ajo.markup.directives import find_fault, is_allowed
from sphinx_ajo.markup.failures import is_caught
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx

    from sphinx_ajo.markup.renderer import AjoRenderer

CLASS: Final = "ajo-code"
"""The class of all code of ours."""

PLAIN: Final = "text"
"""The language of code in an unknown language."""

LANGUAGES: Final[Mapping[str, str]] = {
    "conf": "ini",
    "config": "ini",
    "curl": "shell",
    "env": "ini",
    "htaccess": "apacheconf",
    "dotenv": "ini",
    "jsonc": "json5",
    "jsonp": "javascript",
    "none": PLAIN,
    "patch": "diff",
    "phtml": "html+php",
    "rest": "http",
    "terminal": "console",
    "varnish": "vcl",
}
"""Authors' name of a language → Pygments' name, or the nearest one.

``rest`` is here because for Pygments it is reStructuredText, but authors mean an API.
"""

ATTRIBUTES: Final = frozenset({"line-numbers", "start-line", "highlight"})
"""The attributes of code."""

RST: Final = "eval-rst"
"""MyST's directive for reStructuredText, which docutils does not have."""

_REFUSED: Final = "ajo_directives_refused"
# the key of ``env.temp_data`` for the directives of the page that have been reported

_BRACES = re.compile(r"\{([^{}]*)\}?")
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")
_YES = frozenset({"true", "yes", "on", "1", ""})
_NO = frozenset({"false", "no", "off", "0"})


def render_fence(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Render a fence: a directive or, in the mixed dialect, ordinary code as MyST does."""
    word, attrs = read_info(token.info)
    ours = renderer.dialect is Dialect.EXL or bool(attrs.keys() & ATTRIBUTES)
    if not ours:
        renderer.render_fence(token)
        return
    name = _directive(renderer, token)
    if name and _render_directive(renderer, token, name):
        return
    default = str(renderer.sphinx_env.config.highlight_language)
    if not word:
        word = PLAIN if default == "default" else default
    note_use(renderer.sphinx_env)
    text = token.content
    too_long = len(text) > limits_of(renderer.md_options).code_characters
    lexer = PLAIN if too_long else language(word)
    node = nodes.literal_block(text, text, language=lexer, classes=[CLASS])
    # authors shorten their samples: text that a lexer cannot parse is not a mistake
    node["force"] = True
    renderer.add_line_and_source_path(node, token)
    if too_long:
        _report_length(node, limits_of(renderer.md_options).code_characters)
    _set_lines(node, attrs, len(text.splitlines()))
    renderer.copy_attributes(token, node, ("class", "id"))
    renderer.current_node.append(node)


def read_info(info: str) -> tuple[str, dict[str, str]]:
    """Parse the info string after the opening marker of a fence.

    :param info: The string, as written.
    :returns: The name of the language, lower-cased, and the attributes.
    """
    text = info.strip()
    braces = _BRACES.search(text)
    attrs = parse_attributes(braces[1]) if braces else {}
    before = text[: braces.start()] if braces else text
    # in other dialects of Markdown, braces give the language: `{.python}`, `{python}`
    bare = [name for name, value in attrs.items() if not value and name not in ATTRIBUTES]
    words = before.lower().split() or attrs.get("class", "").lower().split() or bare
    word = words[0].partition("?")[0].strip(".,:;") if words else ""
    return word, attrs


@lru_cache(maxsize=256)
def language(word: str) -> str:
    """Return the name of the lexer for a language.

    :param word: The author's name for it, in lower case.
    :returns: A name that Sphinx highlights without a warning.
    """
    name = LANGUAGES.get(word, word)
    if name in lexer_classes or name in lexers:
        return name
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return PLAIN
    return name


def _directive(renderer: AjoRenderer, token: SyntaxTreeNode) -> str:
    """Return the name of the directive of a fence; empty for ordinary code."""
    words = token.info.split(maxsplit=1)
    if not words:
        return ""
    if words[0].startswith("{") and words[0].endswith("}") and "=" not in words[0]:
        return words[0][1:-1]
    return words[0] if words[0] in renderer.md_config.fence_as_directive else ""


def _render_directive(renderer: AjoRenderer, token: SyntaxTreeNode, name: str) -> bool:
    """Run a directive, or warn why it does not run; tell whether this directive exists."""
    is_known = name == RST or _is_known(renderer, name)
    if renderer.dialect is Dialect.MIXED:
        renderer.render_fence(token)
    elif not is_known:
        # in other dialects of Markdown, it is a language
        if is_attributes(f"{{{name}}}") or language(name.lower()) != PLAIN:
            return False
        # MyST would lose its text
        message = f"Unknown directive type: {name!r}; its text is shown as code"
        renderer.create_warning(message, MystWarnings.UNKNOWN_DIRECTIVE, line=token_line(token, 0))
        _show(renderer, token)
    elif fault := _fault(renderer, token, name):
        _refuse(renderer, token, name, fault)
    else:
        _run(renderer, token, name)
    return True


def _run(renderer: AjoRenderer, token: SyntaxTreeNode, name: str) -> None:
    """Run a directive; if it fails, show its source."""
    state = keep_state(renderer)
    before = len(renderer.current_node)
    try:
        with deeper(renderer, token):
            renderer.render_fence(token)
        if _has_failed(renderer.current_node[before:]):
            # it has reported why; its result is only messages, which no page shows
            del renderer.current_node[before:]
            _show(renderer, token)
    except RecursionError:
        raise  # the stack is too deep to handle the error here
    except Exception as error:
        if not is_caught(error, renderer.sphinx_env, renderer.sphinx_env.docname):
            raise
        restore_state(renderer, state)
        _refuse(renderer, token, name, f"it fails ({type(error).__name__}: {error})")


def _has_failed(found: Sequence[nodes.Node]) -> bool:
    """Tell whether a directive itself reports that it has failed."""
    levels = [node["level"] for node in found if isinstance(node, nodes.system_message)]
    # MyST adds its messages to the nodes of the directive
    return bool(levels) and (max(levels) >= Reporter.ERROR_LEVEL or len(levels) == len(found))


def _is_known(renderer: AjoRenderer, name: str) -> bool:
    known, _messages = directives.directive(name, renderer.language_module_rst, renderer.document)
    return known is not None


def _fault(renderer: AjoRenderer, token: SyntaxTreeNode, name: str) -> str:
    """Return why a directive must not run; empty if it may run."""
    words = token.info.split(maxsplit=1)
    # a directive that conf.py defines is allowed
    allowed = words[0] == name or is_allowed(renderer.sphinx_env.config, name)
    if not allowed:
        return "ajo_directives does not name it"
    return find_fault(renderer, name, words[1] if len(words) > 1 else "", token.content)


def _refuse(renderer: AjoRenderer, token: SyntaxTreeNode, name: str, fault: str) -> None:
    """Show a directive that does not run; warn about it, once for each page."""
    known: Any = renderer.sphinx_env.temp_data.setdefault(_REFUSED, set())
    if (name, fault) not in known:
        known.add((name, fault))
        message = "the directive {%s} does not run on this page: %s; it is shown as code"
        location = renderer.location(token_line(token, 0))
        warn(AjoWarnings.DIRECTIVE, message, name, fault, location=location)
    _show(renderer, token)


def _show(renderer: AjoRenderer, token: SyntaxTreeNode) -> None:
    """Show a directive as it is written."""
    note_use(renderer.sphinx_env)
    content = token.content
    if content and not content.endswith("\n"):
        content += "\n"
    text = f"{token.markup}{token.info}\n{content}{token.markup}"
    node = nodes.literal_block(text, text, language=PLAIN, classes=[CLASS])
    renderer.add_line_and_source_path(node, token)
    renderer.current_node.append(node)


def _set_lines(node: nodes.literal_block, attrs: Mapping[str, str], count: int) -> None:
    """Set line numbers and highlighted lines."""
    numbered = attrs.get("line-numbers", "false").strip().lower()
    start = attrs.get("start-line", "1").strip()
    first = int(start) if re.fullmatch(r"\d{1,6}", start) else None
    if first is None:
        _report(node, "start-line", start)
        first = 1
    if numbered not in _YES | _NO:
        _report(node, "line-numbers", numbered)
    arguments: dict[str, object] = {}
    if numbered in _YES or ("start-line" in attrs and "line-numbers" not in attrs):
        node["linenos"] = True
        if first != 1:
            arguments["linenostart"] = first
    if "highlight" in attrs:
        marked = _marked(node, attrs["highlight"], first, count)
        if marked:
            arguments["hl_lines"] = marked
    if arguments:
        node["highlight_args"] = arguments


def _marked(node: nodes.literal_block, value: str, first: int, count: int) -> list[int]:
    """Return the highlighted lines, counted from 1."""
    ranges: list[tuple[int, int]] = []
    for part in re.split(r"[,;]|\s(?![\s\u2013-])(?<![\s\u2013-]\s)", value.strip()):
        match = _RANGE.fullmatch(part.strip())
        if match:
            ranges.append((int(match[1]), int(match[2] or match[1])))
        elif part.strip():
            _report(node, "highlight", value)
    # numbers larger than the number of lines are the displayed line numbers
    shown = bool(ranges) and first > 1 and max(end for _, end in ranges) > count
    shift = first - 1 if shown else 0
    lines = _lines([(start - shift, end - shift) for start, end in ranges], count)
    if ranges and not lines:
        _report(node, "highlight", value)
    return lines


def _lines(ranges: list[tuple[int, int]], count: int) -> list[int]:
    """Return the lines from 1 to a maximum that are in any of the ranges, without duplicates."""
    lines: list[int] = []
    first = 1
    for start, end in sorted(ranges):
        lines += range(max(start, first), min(end, count) + 1)
        first = max(first, end + 1)
    return lines


def _report_length(node: nodes.literal_block, most: int) -> None:
    warn(
        AjoWarnings.LIMIT,
        "this code has more than %d characters (code_characters): it is shown without colours; "
        "see ajo_limits",
        most,
        location=node,
    )


def _report(node: nodes.literal_block, name: str, value: str) -> None:
    warn(
        AjoWarnings.ATTRIBUTE,
        "the %s %r of this code is invalid; it is left out",
        name,
        value,
        location=node,
    )


class CodePaperTransform(SphinxPostTransform):
    """Show code that its lexer cannot parse without highlighting.

    Every style of Pygments puts a red frame around text that it cannot parse. A stylesheet can undo
    this, but LaTeX cannot.
    """

    default_priority = 198
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Change the language of such code."""
        for node in self.document.findall(nodes.literal_block):
            if CLASS in node["classes"] and _has_errors(node):
                node["language"] = PLAIN


def _has_errors(node: nodes.literal_block) -> bool:
    try:
        lexer = get_lexer_by_name(node["language"])
    except ClassNotFound:  # a lexer of an extension
        return False
    return any(kind is Error for kind, _text in lexer.get_tokens(node.rawsource))


def setup_code(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(CodePaperTransform)


CONSTRUCT = Construct(name="code", renderers={"fence": render_fence}, setup=setup_code)
"""The construct, for the parser and the extension."""
