"""A small repository to search in."""

from __future__ import annotations

from sphinx_ajo import testing

FILES = {
    "help/guide/TOC.md": """\
---
user-guide-title: Lamp Guide
user-guide-description: All about lamps
---

# Lamp Guide {#guide}

+ [Start](start.md)
+ Dimmers {#dimmers}
  + [Dim one lamp](one.md)
  + [Split and merge circuits](split.md)
+ [Repairs](repairs.md)
""",
    "help/other/TOC.md": "# Shades {#other}\n\n+ [Paper](paper.md)\n",
    "help/other/paper.md": "# Paper\n",
    "help/guide/start.md": "# Start\n\nDimmers, and paths of circuits that split.\n",
    "help/guide/one.md": "# Dim one lamp\n\nText.\n\n## Dimmers in use\n\nText.\n",
    "help/guide/split.md": "# Split and merge circuits\n\nDimmers.\n",
    "help/guide/repairs.md": (
        "# Repairs\n\nSplit circuits.\n\n## Merged circuits <b>&</b> splits\n\nDimmers.\n"
    ),
}


def site(folder, files=FILES, builder="html", **options):
    """Build it, or another."""
    testing.write_files(folder, files)
    return testing.build(folder, builder, extensions=["sphinx_ajo"], **options)
