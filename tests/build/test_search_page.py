"""The search page puts first what readers mean, and says where it is."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from chromium import MARKS, open_browser
from search_site import site
from served import serve

pytestmark = MARKS


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return site(tmp_path_factory.mktemp("site") / "src")


@pytest.fixture(scope="module")
def page():
    with open_browser() as browser:
        page = browser.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        # what Sphinx does for its summaries, and browsers refuse on a disk
        assert not set(errors) - {"Failed to fetch"}


def results(page, root, query, name="search.html"):
    """Return the titles of all results, and what stands below each."""
    page.goto(f"{root}/{name}?q={quote(query)}")
    page.wait_for_function("Search.dots && !Search.dots.isConnected")
    return page.locator("#search-results li").evaluate_all(
        "(items) => items.map((item) => [item.querySelector('a').textContent,"
        " item.querySelector('.ajo-search-path')?.textContent ?? ''])"
    )


class TestBrowser:
    """What readers see."""

    @pytest.fixture(scope="class", params=["server", "disk"])
    def root(self, request, build):
        if request.param == "disk":
            yield build.outdir.as_uri()
        else:
            with serve(build.outdir) as root:
                yield root

    @pytest.mark.parametrize(
        "query", ["Split and merge circuits", "merge split circuit", "circuits splits merging"]
    )
    def test_title(self, page, root, query):
        """The page of this title stands first, whatever the order and number of its words."""
        found = [title for title, _path in results(page, root, query)]
        assert found[0] == "Split and merge circuits"
        assert found.index("Repairs") < len(found)

    def test_headings_and_groups(self, page, root):
        """Pages with the word in a title, a heading, their text; the generated one below them."""
        found = [title for title, _path in results(page, root, "dimmers")]
        heading = found.index("Dim one lamp > Dimmers in use")
        assert found.index("Dim one lamp") < found.index("Start")
        assert heading < found.index("Start")
        assert found.index("Dimmers") > heading

    def test_path(self, page, root):
        found = dict(results(page, root, "circuits"))
        assert found["Split and merge circuits"] == "Lamp Guide \u203a Dimmers"
        assert found["Repairs"] == "Lamp Guide"

    @pytest.mark.parametrize("query", ["", "the", "toString", "constructor", "<b>", "no such"])
    def test_odd_queries(self, page, root, query):
        """Queries that are nothing, or names of the language, do no harm."""
        page.goto(f"{root}/search.html?q={quote(query)}")
        page.wait_for_timeout(100)


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "alabaster"])
class TestThemes:
    """In each theme, and with folders for pages."""

    def test_theme(self, page, tmp_path, theme):
        pytest.importorskip(theme)
        build = site(tmp_path / "src", builder="dirhtml", html_theme=theme)
        with serve(build.outdir) as root:
            found = results(page, root, "merge split", "search/")
        assert found[0] == ["Split and merge circuits", "Lamp Guide \u203a Dimmers"]


PAIR = {"help/guide/TOC.md": "# C {#guide}\n\n+ [A](a.md)\n+ [B](b.md)\n"}
JAPANESE = PAIR | {
    "help/guide/a.md": "# 照明の設定\n\n電球を交換します。\n",
    "help/guide/b.md": "# 修理\n\nランプの修理について。\n",
}
CHINESE = PAIR | {
    "help/guide/a.md": "# 照明设置\n\n更换灯泡的方法。\n",
    "help/guide/b.md": "# 维修\n\n灯具维修说明。\n",
}


class TestIdeographs:
    """Chinese and Japanese: words without spaces."""

    @pytest.mark.parametrize(
        ("language", "files", "query"),
        [
            ("ja", JAPANESE, "照明の設定"),  # the title
            ("ja", JAPANESE, "設定"),  # a word of it
            ("ja", JAPANESE, "電球"),  # a word of the text
            ("ja", JAPANESE, "電球の交換"),  # two, with a particle
            ("zh_CN", CHINESE, "照明设置"),
            ("zh_CN", CHINESE, "照明"),
        ],
    )
    def test_found(self, page, tmp_path, language, files, query):
        build = site(tmp_path / "src", files, language=language)
        found = results(page, build.outdir.as_uri(), query)
        assert found[0][0] == files["help/guide/a.md"].split("\n")[0].removeprefix("# ")

    def test_chinese_text(self, page, tmp_path):
        """With the splitter that Sphinx uses for Chinese."""
        pytest.importorskip("jieba")
        build = site(tmp_path / "src", CHINESE, language="zh_CN")
        found = results(page, build.outdir.as_uri(), "更换灯泡")
        assert found[0][0] == "照明设置"
