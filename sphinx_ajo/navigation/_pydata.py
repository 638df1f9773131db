"""The sidebar of pydata_sphinx_theme and of themes based on it.

That theme shows the part of the tree below the current top-level page, and resolves it itself, in
``generate_toctree_html(startdepth=1)``. With ``startdepth=0``, the same function uses the result of
``toctree()``, so we pass it that part in this way. These functions are in the context of the page.
If they are not as expected, nothing is changed.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def adapt(
    context: dict[str, Any], toctree: Callable[..., str], has_root: Callable[[int], bool]
) -> None:
    """Make the theme call our function.

    :param context: The context of the page, after the theme has added its functions.
    :param toctree: The function of that name in it, which takes ``ajo_depth``.
    :param has_root: Tells whether this page has an ancestor at a level below the root.
    """
    generate = context.get("generate_toctree_html")
    suppress = context.get("suppress_sidebar_toctree")
    if generate is None or not _has(generate, "kind", "startdepth"):
        return
    if not _has(suppress, "startdepth"):
        return

    def generate_toctree_html(kind: str, startdepth: int = 1, **kwargs: Any) -> Any:
        if startdepth and has_root(startdepth):
            return generate(kind, startdepth=0, ajo_depth=startdepth, **kwargs)
        return generate(kind, startdepth=startdepth, **kwargs)

    def suppress_sidebar_toctree(startdepth: int = 1, **kwargs: Any) -> bool:
        if not has_root(startdepth) or kwargs.get("includehidden", False):
            return not has_root(startdepth)
        return not toctree(ajo_depth=startdepth, **kwargs)

    context["generate_toctree_html"] = generate_toctree_html
    context["suppress_sidebar_toctree"] = suppress_sidebar_toctree


def _has(function: Any, *names: str) -> bool:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
    return set(names) <= set(parameters)
