"""Where links open."""

from __future__ import annotations

import pytest
from lxml import html

OTHER = "# Other\n\n## Part\n"


def links(project, text, builder="html", **options):
    project.write(index=f"# T\n\n{text}\n\n```{{toctree}}\n:hidden:\n\nother\n```\n", other=OTHER)
    options.setdefault("ajo_dialect", "exl")
    built = project.build(builder, myst_heading_anchors=3, **options)
    tree = html.fromstring(built.text("index.html"))
    return tree.xpath("//section//a[@target]")


@pytest.mark.parametrize(
    "target", ["https://example.com/", "other.md", "other.md#part", "#t", "mailto:a@example.com"]
)
@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_new_window(project, target, dialect):
    """Links of every kind open in a new window, their content as written."""
    (link,) = links(project, f'[a *b* `c`]({target}){{target="_blank"}}', ajo_dialect=dialect)
    assert link.get("target") == "_blank"
    assert link.get("rel") == "noopener noreferrer"
    assert link.text_content() == "a b c"


def test_own_window(project):
    (link,) = links(project, "[a](other.md){target=_self}")
    assert link.get("rel") is None


def test_link_that_leads_nowhere(project):
    """It is reported as without attributes, and its text stays."""
    project.write(index="# T\n\n[a](no.md){target=_blank}\n")
    built = project.build(ajo_dialect="exl", warnings=["index.md:3: WARNING:"])
    assert "a" in html.fromstring(built.text("index.html")).xpath("//section/p")[0].text_content()


@pytest.mark.parametrize("builder", ["latex", "text", "xml", "gettext"])
def test_other_builders(project, builder):
    """The target leaves no trace."""
    project.write(index="# T\n\n[a](#t){target=_blank} [b](index.md){target=_blank}\n")
    project.build(builder, ajo_dialect="exl", myst_heading_anchors=3)


def test_translated(project):
    project.write_files(
        {
            "locale/sv/LC_MESSAGES/index.po": 'msgid ""\n'
            'msgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            'msgid "[a](other.md){target=_blank}"\nmsgstr "[ö](other.md){target=_blank}"\n'
        }
    )
    (link,) = links(project, "[a](other.md){target=_blank}", language="sv", locale_dirs=["locale"])
    assert link.text_content() == "ö"


def test_markers_in_link(project):
    """A marker at the beginning of a link's text is no link of its own."""
    (link,) = links(project, "[[!DNL Tool] and [!UICONTROL Save]](other.md){target=_blank}")
    assert link.text_content() == "Tool and Save"
