"""The style sheets that pages have instead of ``style`` attributes."""

from __future__ import annotations

import re

_RULE = re.compile(r"\.(ajo-s-[0-9a-f]+):not\(#_\) \{ (.*) \}")


def style_of(build, element, docname="index"):
    """Return what the style sheet of a page, or the ``width`` of an image, says of an element."""
    path = build.outdir / "_static" / "ajo-styles" / f"{docname}.css"
    rules = dict(_RULE.findall(path.read_text("utf-8"))) if path.exists() else {}
    found = [rules[name] for name in element.get("class", "").split() if name in rules]
    # the images of the tests are one pixel wide, which browsers are told
    if (width := element.get("width")) and width != "1":
        found.append(f"width: {width}{'px' if width.isdigit() else ''}")
    assert element.get("style") is None
    return "; ".join(found)
