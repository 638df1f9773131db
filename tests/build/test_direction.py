"""Pages in languages that are written from right to left."""

from __future__ import annotations

import re

import pytest

from sphinx_ajo import testing
from sphinx_ajo.foreign.themes import write_direction
from sphinx_ajo.language.languages import is_right_to_left

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "sphinx_book_theme", "alabaster"]
PAGE = """\
# Page

>[!NOTE]
>
>A note.

>[!SUCCESS]
>
>Done.

+++Title

Text.

+++

```python
x = 1
```
"""


def first_tag(text):
    return re.search(r"<html[^>]*>", text)[0]


@pytest.mark.parametrize("language", ["ar", "he", "fa_IR", "ur-PK", "uz-Arab", "ckb", "pa_Arab_PK"])
def test_right_to_left(language):
    assert is_right_to_left(language)


@pytest.mark.parametrize("language", ["en", "sv", "ja", "arn", "ar-Latn", "zh_CN", "fr", ""])
def test_left_to_right(language):
    assert not is_right_to_left(language)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
def test_builders(build_page, builder):
    build = build_page(PAGE, builder, language="ar", version="1", copyright="us")
    name = "index.xhtml" if builder == "epub" else "index.html"
    assert first_tag(build.text(name)).count('dir="rtl"') == 1
    assert "ajo-rtl.css" in build.text(name)


@pytest.mark.parametrize(
    "options", [{"language": "sv"}, {"language": "ar", "ajo_dialect": "mixed"}]
)
def test_others(build_page, options):
    """Other languages, and projects of others, are left alone."""
    text = build_page(PAGE, **options).text("index.html")
    assert "dir=" not in first_tag(text)
    assert "ajo-rtl" not in text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<!DOCTYPE html>\n<html lang='ar'>\n<body>",
            "<!DOCTYPE html>\n<html dir=\"rtl\" lang='ar'>\n<body>",
        ),
        ('<html lang="ar" dir="auto"><html>', '<html lang="ar" dir="auto"><html>'),
        ("<html><body dir='ltr'>", "<html dir=\"rtl\"><body dir='ltr'>"),
        ("no page", "no page"),
    ],
)
def test_templates(page, expected):
    """What a theme says itself is kept, and so is what is no page."""

    class Templates:
        def render(self, template, context):
            return page

    templates = Templates()
    write_direction(templates, "rtl")
    assert templates.render("page.html", {}) == expected


@pytest.mark.filterwarnings("ignore")
@pytest.mark.xdist_group("browser")
class TestThemes:
    """In each theme, in a browser."""

    @pytest.fixture(params=THEMES)
    def page(self, request, tmp_path):
        pytest.importorskip(request.param)
        chromium = pytest.importorskip("chromium")
        if any(mark.name == "skipif" and mark.args[0] for mark in chromium.MARKS):
            pytest.skip("no browser here")
        testing.write_files(tmp_path / "src", {"index.md": PAGE})
        options = {"language": "he", "html_theme": request.param, "ajo_dialect": "exl"}
        build = testing.build(tmp_path / "src", **options)
        with chromium.open_browser() as browser:
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto((build.outdir / "index.html").as_uri())
            yield page

    def test_is_mirrored(self, page):
        """Alerts have their bars and icons on the right; code begins on the left."""
        style = "(node) => { const s = getComputedStyle(node); return [%s]; }"
        for alert in page.locator(".admonition").all():
            left, right = alert.evaluate(style % "s.borderLeftWidth, s.borderRightWidth")
            assert float(left[:-2]) <= float(right[:-2])
            title = alert.locator(".admonition-title")
            left, right = title.evaluate(style % "s.paddingLeft, s.paddingRight")
            assert float(left[:-2]) <= float(right[:-2])
        assert page.locator(".highlight pre").first.evaluate(style % "s.direction") == ["ltr"]
        assert page.locator("summary").evaluate(style % "s.direction") == ["rtl"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 1400
        marker = page.locator("summary .sd-summary-state-marker")
        box, text = marker.bounding_box(), page.locator("summary").bounding_box()
        assert box["x"] < text["x"] + text["width"] / 2


def test_folder_without_toc(project):
    """A folder of pages beside a ``conf.py`` is known as a repository late, and mirrored, too."""
    project.write_files(
        {"a/page.md": "# Page\n", "conf.py": 'extensions = ["sphinx_ajo"]\nlanguage = "ar"\n'}
    )
    build = project.build(extensions=["sphinx_ajo"], warnings=None)
    assert ' dir="rtl"' in build.text("a/page.html")
    assert "Scorer.score" in build.text("_static/language_data.js")
