"""Check the ids of built pages."""

from __future__ import annotations

from collections import Counter

import lxml.html


def repeated_ids(folder):
    """Find the ids that stand more than once on a page.

    :param folder: The output folder of an HTML build.
    :returns: Page → its repeated ids; nothing for a page without any.
    """
    found = {}
    for path in sorted(folder.rglob("*.html")):
        if path.relative_to(folder).parts[0] not in {"_static", "_downloads", "_modules"}:
            ids = Counter(lxml.html.fromstring(path.read_bytes()).xpath("//@id"))
            if again := [id_ for id_, count in ids.items() if count > 1]:
                found[path.relative_to(folder).as_posix()] = again
    return found
