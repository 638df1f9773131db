"""The permanent address is shown, to be copied without a script."""

from __future__ import annotations

import lxml.html
import pytest

LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"
PAGE = f"---\norphan: true\nexl-id: {LAMP}\n---\n# Lamp\n\n## Bulbs\n"


def shown(build, name):
    root = lxml.html.fromstring(build.text(name))
    return [
        (
            paragraph.xpath("string(./span)"),
            paragraph.xpath("string(.//a)"),
            *paragraph.xpath(".//a/@href"),
        )
        for paragraph in root.find_class("ajo-permalink")
    ]


@pytest.mark.parametrize(
    ("options", "builder", "text", "href"),
    [
        ({}, "html", f"exl/{LAMP}/index.html", f"../exl/{LAMP}/index.html"),
        ({}, "dirhtml", f"exl/{LAMP}/", f"../../exl/{LAMP}/"),
        (
            {"html_baseurl": "https://example.com/x"},
            "html",
            f"https://example.com/x/exl/{LAMP}/",
            f"https://example.com/x/exl/{LAMP}/",
        ),
    ],
)
def test_shown(project, options, builder, text, href):
    project.write_files({"index.md": "# All\n\n[](a/lamp.md)\n", "a/lamp.md": PAGE})
    build = project.build(builder, ajo_permalinks=True, ajo_dialect="mixed", **options)
    name = "a/lamp.html" if builder == "html" else "a/lamp/index.html"
    assert shown(build, name) == [("Permanent link:", text, href)]
    assert shown(build, "index.html") == []
    assert "ajo-set.css" in build.text(name)
    # the words of an address would only fill the search
    assert LAMP.partition("-")[0] not in build.text("searchindex.js")


def test_off(project):
    project.write(index=PAGE)
    assert shown(project.build(), "index.html") == []


@pytest.mark.parametrize("builder", ["singlehtml", "text", "latex"])
def test_other_builders(project, builder):
    project.write(index=PAGE)
    build = project.build(builder, ajo_permalinks=True)
    text = "".join(
        path.read_text("utf-8")
        for path in build.outdir.rglob("*")
        if path.suffix in (".html", ".txt", ".tex")
    )
    assert "Permanent link" not in text
