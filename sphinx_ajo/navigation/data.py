"""The navigation file, from which browsers load branches that are not on the page.

It is a script that sets one variable, because pages opened from a disk can load nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sphinx_ajo.language.paths import write_if_changed
from sphinx_ajo.navigation.tree import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sphinx_ajo.navigation.skin import Skin
    from sphinx_ajo.navigation.tree import Entry, Forest

DATA_FILE: Final = "ajo-navigation-data.js"
"""The name of the file."""

VARIABLE: Final = "window.ajoNavigation"
"""The variable that the file sets."""

TOP: Final = "/"
"""The key for the top of the tree; no address relative to the root of the site has this form."""


def navigation_data(
    forest: Forest, skin: Skin, address: Callable[[str], str]
) -> dict[str, list[list[str]]]:
    """Collect the children of each entry.

    :param address: Returns the address of a page, relative to the root of the site.
    :returns: Address → addresses and titles, as HTML, of its children; the top-level entries are
        below :data:`TOP`. There are no numbers and no levels, so that entries stay valid when
        others are added.
    """

    def href(entry: Entry) -> str:
        return entry.target if entry.is_address else address(entry.target) + entry.anchor

    def below(entries: Iterable[Entry]) -> list[list[str]]:
        return [[href(entry), skin.title(entry)] for entry in entries]

    data: dict[str, list[list[str]]] = {}
    for entry in walk(forest):
        if entry.entries:
            data.setdefault(href(entry), below(entry.entries))
    return data | {TOP: below(entry for tree in forest.trees for entry in tree.entries or ())}


def write_data(path: Path, data: dict[str, list[list[str]]]) -> None:
    """Write the file, unless it exists with the same contents."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    write_if_changed(path, f"{VARIABLE}={text}", path.parents[1])
