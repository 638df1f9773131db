"""``CARDS`` comments (exl-markdown.md, 4.11): for a tool, not for readers."""

from __future__ import annotations

import pytest
from lxml import html

TEXT = """# A

Above.

<!--
CARDS

* https://example.com/a
  {title = First title}
{description = About it.}
{target = _blank}
-->
<!-- START CARDS HTML - DO NOT MODIFY BY HAND -->
<div class="columns"><div class="card"><p class="headline">Shown</p></div></div>
<!-- END CARDS HTML - DO NOT MODIFY BY HAND -->

Below.
"""


def test_html_shows_the_cards_and_not_the_comment(build_page):
    text = html.fromstring(build_page(TEXT).text("index.html")).text_content()
    for part in ("Above.", "Shown", "Below."):
        assert part in text
    for part in ("CARDS", "First title", "About it", "example.com"):
        assert part not in text


@pytest.mark.parametrize(
    ("builder", "name"), [("text", "index.txt"), ("latex", "projectnamenotset.tex")]
)
def test_no_comment_elsewhere(build_page, builder, name):
    text = build_page(TEXT, builder).text(name)
    assert "Above." in text
    assert "Below." in text
    assert "First title" not in text
    assert "DO NOT MODIFY" not in text
