"""Turn exceptions into warnings; :mod:`sphinx_ajo.build.net` describes where this happens."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.errors import ConfigError, SphinxWarning, ThemeError

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import get_ajo_config
from sphinx_ajo.foreign.markdown_it import failing_rule
from sphinx_ajo.language.dialect import DIALECT_KEY, Dialect
from sphinx_ajo.language.encodings import read_text
from sphinx_ajo.project.inheritance import own_keys
from sphinx_ajo.project.state import state_of
from sphinx_ajo.warnings_ import LOGGER, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from docutils.transforms import Transform
    from markdown_it import MarkdownIt
    from sphinx.environment import BuildEnvironment

    T = TypeVar("T")
    Location = nodes.Node | tuple[str, int | None] | str | None

DISCARDED: Final = "ajo_config"
"""The option that allows a parser to be reused; a parser without all rules loses it."""

FATAL: Final = (SphinxWarning, ConfigError, ThemeError)
"""Exceptions that must abort a build."""

_ESSENTIAL: Final = frozenset({"DoctreeReadEvent", "SafePageTransform"})
"""Transforms that reading a page needs: one runs the environment collectors, the other checks
what they collect."""

_LAST: Final = frozenset({"SafeOutputTransform"})
"""Transforms that a page must not be written without, because they check it."""

_contained: dict[type[Transform], type[Transform]] = {}

_wrappers: set[type] = set()

_TITLE = re.compile(r"#[ \t]+(\S.*)")


def catches_failures(env: BuildEnvironment, docname: str | None = None) -> bool:
    """Tell whether failures become warnings.

    :param docname: A page; any page of the project if omitted.
    """
    if state_of(env).exl_repository or get_ajo_config(env.config).dialect == "exl":
        return True
    if docname is None:
        return bool(own_keys(env))
    return docname in own_keys(env) or env.temp_data.get(DIALECT_KEY) is Dialect.EXL


def is_caught(error: Exception, env: BuildEnvironment, docname: str | None = None) -> bool:
    """Tell whether an exception is caught.

    :returns: Whether it is a bug in code that ran for an ExL page.
    """
    return not isinstance(error, FATAL) and catches_failures(env, docname)


def report(error: Exception, what: str, consequence: str, location: Location) -> None:
    """Warn about a failure.

    :param location: The place on the page where it happened.
    """
    while isinstance(cause := getattr(error, "orig_exc", None) or error.__cause__, Exception):
        error = cause
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    message = "%s failed (%s, %s); %s. Report this as a bug of sphinx_ajo"
    warn(AjoWarnings.INTERNAL, message, what, reason, place, consequence, location=location)
    LOGGER.debug("%s", "".join(traceback.format_exception(error)))


def without_failing_rules(
    md: MarkdownIt, env: BuildEnvironment, parse: Callable[[], T], locate: Callable[[int], Location]
) -> T:
    """Parse a page; if a rule of ours fails, parse it again without that rule.

    It costs nothing while no rule fails.

    :param locate: Makes the location of a line, counted from 0, for a warning.
    :returns: What `parse` returns.
    """
    while True:
        try:
            return parse()
        except Exception as error:
            rule = failing_rule(md, error)
            if rule is None or not is_caught(error, env, env.docname):
                raise
            _do_without(md, rule.name)
            md.options[DISCARDED] = None
            consequence = "what it reads is shown as text on this page"
            report(error, f"the syntax rule {rule.name}", consequence, locate(rule.line))


def _do_without(md: MarkdownIt, name: str) -> None:
    """Switch a rule off; if it sanitizes HTML, switch all HTML off with it."""
    if "html" in name and md.options.get("html"):
        md.options["html"] = False
        md.options["ajo_html"] = "escape"
    else:
        md.disable(name)


def contain(class_: type[Transform]) -> type[Transform]:
    """Wrap a transform, so that its failure does not abort the build.

    :returns: A transform that does the same, and warns if it fails.
    """
    if class_ not in _contained:
        essential = class_.__name__ in _ESSENTIAL
        _contained[class_] = class_ if essential else _make_contained(class_)
    return _contained[class_]


def _make_contained(class_: type[Transform]) -> type[Transform]:
    class Contained(class_):  # type: ignore[misc, valid-type]
        def apply(self, **kwargs: Any) -> None:
            env = self.document.settings.env
            try:
                super().apply(**kwargs)
            except Exception as error:
                if not is_caught(error, env, env.docname):
                    raise
                what = f"the transform {class_.__name__}"
                location = (env.docname, None) if env.docname else None
                if class_.__name__ in _LAST:
                    report(error, what, "the page is shown as it was typed", location)
                    fill_with_source(self.document, env, env.docname)
                else:
                    report(error, what, "what it would change stays as it is", location)

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(Contained, name, getattr(class_, name))
    _wrappers.add(Contained)
    return Contained


def is_wrapper(class_: type) -> bool:
    """Tell whether a class is one that :func:`contain` has made."""
    return class_ in _wrappers


def is_shown_as_text(env: BuildEnvironment) -> bool:
    """Tell whether the page that is being read is shown as typed."""
    return state_of(env).as_text == env.docname


def show_as_text(text: str, document: nodes.document, docname: str) -> None:
    """Fill a page with its source.

    :param docname: Its name, which is its title if no line looks like one.
    """
    lines = text.split("\n")
    title = next((match[1] for match in map(_TITLE.match, lines) if match), docname)
    section = nodes.section("", nodes.title(title, title), ids=["page"], names=[])
    code = nodes.literal_block(text, text, language="text", classes=["ajo-code"])
    code["xml:space"] = "preserve"
    code.source, code.line = document.get("source"), 1
    section += code
    document += section
    document.ids["page"] = section
    # MyST's transforms look for this one
    document.settings.myst_footnote_sort = False


def fill_with_source(doctree: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Replace the content of a page by its source."""
    text = read_text(Path(env.doc2path(docname)))
    doctree.clear()
    show_as_text(text, doctree, docname)
