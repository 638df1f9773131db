"""Raw HTML in built pages, in every output format."""

from __future__ import annotations

import base64

import lxml.html
import pytest
from docutils import nodes
from page_styles import style_of

from sphinx_ajo.constructs.html.nodes import ajo_html_cell
from sphinx_ajo.language.html.names import words

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

PAGE = """# Title

<table>
<caption>Caption <a href="other.md">of it</a></caption>
<tr><th colspan="2">Head</th></tr>
<tr><td style="width: 30%" rowspan="2">List<ul><li>one</li><li><b>two</b></li></ul></td>
<td>cell with <a href="other.md#sub">link</a> and <img src="a.png" alt="Alt" width="30"></td></tr>
<tr><td><table><tr><td>inner</td><td><table><tr><td>innermost</td></tr></table></td></tr></table>
</td></tr>
</table>

<div style="display: grid; gap: 1rem">
<div><svg viewBox="0 0 1 1"><title>Icon</title><path d="M0 0h1v1z"/></svg> boxed</div>
</div>

<details><summary>Summary</summary>

Unfolded *text*

</details>

<p>Some <u>under</u>, <del>gone</del>, H<sub>2</sub>O, <kbd>Esc</kbd>,
<abbr title="What you see">WYS</abbr></p>

<hr>

<dl><dt>Term</dt><dd>Definition</dd></dl>

<a id="My.Place"></a>

Text with [a link](#My.Place) and
<iframe src="https://video.tv.adobe.com/v/1" title="Film"></iframe>
"""

WORDS = words(
    "Caption Head List one two cell link inner innermost boxed Summary Unfolded under gone "
    "Esc WYS Term Definition"
)

SUFFIXES = {".txt", ".1", ".texi", ".tex", ".xml", ".pseudoxml"}


@pytest.fixture
def site(project):
    project.write(index=PAGE, other="---\norphan: true\n---\n# Other\n\n## Sub\n")
    (project.folder / "a.png").write_bytes(PIXEL)
    return project


def build(site, builder, **options):
    return site.build(builder, ajo_dialect="exl", **options)


def page(site, **options):
    return lxml.html.fromstring(build(site, "html", **options).text("index.html"))


def test_links_and_images(site):
    tree = page(site, myst_heading_anchors=3)
    links = {" ".join(a.text_content().split()): a.get("href") for a in tree.iter("a")}
    assert links["of it"] == "other.html"
    assert links["link"] == "other.html#sub"
    assert links["a link"] == "#My.Place"
    (image,) = tree.xpath("//td//img")
    assert image.get("src") == "_images/a.png"
    assert image.get("alt") == "Alt"
    assert tree.xpath("//*[@id='My.Place']")


def test_table(site):
    built = build(site, "html")
    tree = lxml.html.fromstring(built.text("index.html"))
    table = tree.xpath("//table[caption]")[0]
    assert table.xpath("thead/tr/th/@colspan") == ["2"]
    cell = table.xpath("tbody/tr[1]/td[1]")[0]
    assert cell.get("rowspan") == "2"
    assert [li.text_content().strip() for li in cell.iter("li")] == ["one", "two"]
    widths = [style_of(built, col) for col in table.iter("col")]
    assert widths == ["width: 30.0%", "width: 70.0%"]
    assert len(table.xpath(".//table//table")) == 1


def test_other_elements(site):
    built = build(site, "html")
    tree = lxml.html.fromstring(built.text("index.html"))
    grid = next(div for div in tree.iter("div") if "grid" in style_of(built, div))
    assert "boxed" in grid.text_content()
    assert grid.xpath(".//*[local-name()='svg']")
    assert tree.xpath("//details/summary")[0].text_content().strip() == "Summary"
    assert tree.xpath("//u")[0].text == "under"
    assert tree.xpath("//del")[0].text == "gone"
    assert tree.xpath("//hr")
    (still,) = tree.find_class("ajo-video-still")
    assert still.get("href") == "https://video.tv.adobe.com/v/1"
    assert still.get("data-title") == "Film"
    assert not list(tree.iter("iframe"))


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "latex", "xml", "pseudoxml"])
def test_no_text_is_lost(site, builder):
    out = build(site, builder).outdir
    names = [path for path in out.rglob("*") if path.suffix in SUFFIXES]
    text = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in names)
    assert [word for word in WORDS if word not in text] == []


def test_epub(site):
    build(site, "epub", version="1", copyright="x", project="p")


def test_frame_is_a_link_on_paper(site):
    assert "Film: https://video.tv.adobe.com/v/1" in build(site, "text").text("index.txt")


@pytest.mark.parametrize("mode", ["convert", "raw"])
@pytest.mark.parametrize("videos", ["click", "load", "link"])
@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="{}" title="T"></iframe>',
        '<embed src="{}" title="T">',
        '<object data="{}" title="T">old</object>',
        '<video src="{}" title="T" poster="https://poster.example/"></video>',
        '<video title="T"><source src="{}"></video>',
        '<audio src="{}" title="T"></audio>',
    ],
)
def test_frames(build_page, frame, videos, mode):
    """Frames of other hosts are links; those of the list are what videos are."""
    ours, other = "https://video.tv.adobe.com/v/1", "https://other.example/v"
    text = "---\nexl-id: 1\n---\n# A\n\nOne {}\n\n<div>\n{}\n</div>\n\nTwo {}\n"
    text = text.format(*map(frame.format, (ours, ours.replace("https", "http"), other)))
    warning = "index.md:12: WARNING: a video of 'other.example' is shown as a link"
    tree = lxml.html.fromstring(
        build_page(text, warnings=[warning], ajo_videos=videos, ajo_html=mode).text("index.html")
    )
    (link,) = tree.xpath(f"//a[@href='{other}']")
    assert not link.get("data-video")
    shown = {
        "click": tree.xpath(f"//a[@class='ajo-video-still'][@href='{ours}']"),
        "load": tree.xpath(f"//iframe[@src='{ours}'][@sandbox]"),
        "link": tree.xpath(f"//a[contains(@class, 'external')][@href='{ours}']"),
        "media": tree.xpath(f"//*[self::video or self::audio][@src='{ours}'][@preload='none']"),
    }
    is_media = videos != "link" and frame.startswith(("<video", "<audio"))
    wanted = "media" if is_media else videos
    assert {way: len(found) for way, found in shown.items()} == dict.fromkeys(shown, 0) | {
        wanted: 2
    }
    addresses = tree.xpath("//@data-video | //@src | //@href | //@poster")
    assert not any(url.startswith("http:") or "poster" in url for url in addresses)


def test_gettext(site):
    """Translators get the text of HTML as Markdown with inline tags."""
    catalog = build(site, "gettext").text("index.pot")
    for message in ("two", "inner", "Unfolded *text*", "Term", "Summary", "boxed"):
        assert message in catalog
    assert '<a href=\\"other.md#sub\\">link</a>' in catalog


def test_translation(project):
    """A translated message is read as the message was."""
    project.write(
        index='# T\n\n<table><tr><td>One <b>two</b> <a href="https://a.example">x</a></td></tr></table>\n'
    )
    folder = project.folder / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "index.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "One <strong>two</strong>"\nmsgstr "x"\n\n'
        'msgid "One <b>two</b> <a href=\\"https://a.example\\">x</a>"\n'
        'msgstr "Eins <b>zwei</b> <a href=\\"https://a.example\\">y</a>"\n',
        encoding="utf-8",
    )
    out = project.build("html", ajo_dialect="exl", language="de", locale_dirs=["locale"])
    (cell,) = lxml.html.fromstring(out.text("index.html")).xpath("//td")
    assert cell.text_content().strip() == "Eins zwei y"
    assert cell.xpath(".//strong")[0].text == "zwei"


def test_nodes_have_lines(site):
    document = build(site, "html").doctrees["index"]
    cells = list(document.findall(ajo_html_cell))
    assert [cell.line for cell in cells[:3]] == [5, 6, 7]
    for paragraph in document.findall(nodes.paragraph):
        assert paragraph.source
        assert paragraph.line


def test_raw(site):
    """``ajo_html = "raw"``: HTML, clean, for HTML builders."""
    site.write(index="# T\n\n<table onclick='x'><tr><td>a</td></tr></table>\n\n*b* <b>c</b>\n")
    tree = page(site, ajo_html="raw", warnings=["index.md:3: WARNING: this is not allowed in HTML"])
    (table,) = tree.iter("table")
    assert not table.attrib
    assert tree.xpath("//b")[0].text == "c"


def test_escape(site):
    """``ajo_html = "escape"``: readers see the tags."""
    site.write(index="# T\n\n<div>*a*</div>\n\n<!-- gone -->\n\nb <b>c</b>\n")
    text = page(site, ajo_html="escape").xpath("//body")[0].text_content()
    assert "<div>a</div>" in text
    assert "b <b>c</b>" in text
    assert "gone" not in text


def test_bad_setting(site):
    build(site, "html", ajo_html="x", warnings=["ajo_html = 'x': must be one of"])


def test_mixed_dialect(project):
    project.write(index="# T\n\n<div class='x'>\n\n*a* <b onclick='y'>c</b>\n\n</div>\n")
    html = project.build("html", ajo_dialect="mixed").text("index.html")
    assert "<div class='x'>" in html
    assert "<b onclick='y'>" in html


def test_unsafe_html_warns_once(build_page):
    html = build_page(
        "# T\n\n<div>\n<a href='javascript:alert(1)' onclick='x'>text</a>\n</div>\n",
        warnings=["index.md:4: WARNING: this is not allowed", "index.md:4: WARNING: this is not"],
    ).text("index.html")
    assert "text" in html
    assert "alert(1)" not in html


def test_duplicate_id_warns(build_page):
    html = build_page(
        "# T\n\n<p id='x'>a</p>\n\n<p id='x'>b</p>\n",
        warnings=["index.md:5: WARNING: the id 'x' is already used above"],
    ).text("index.html")
    assert html.count('id="x"') == 1


def test_headings_are_in_the_contents(build_page):
    build = build_page(
        "# T\n\n<h2 id='Here'>A &amp; <i>b</i></h2>\n\n<div class='x'>\n\n## C\n\n</div>\n"
    )
    titles = [title.astext() for title in build.doctrees["index"].findall(nodes.title)]
    assert titles == ["T", "A & b", "C"]
    assert 'id="Here"' in build.text("index.html")


@pytest.mark.parametrize("builder", ["html", "text", "latex", "man", "texinfo"])
@pytest.mark.parametrize(
    "tags", ["<ul><li>", "<blockquote>", "<table><tr><td>", "<details>", "<b>"]
)
def test_deep_nesting(build_page, builder, tags):
    """Every writer copes with what is nested deeper than anyone can read."""
    build_page(f"# T\n\n- - x\n\n    <div>{tags * 500}deep\n", builder)


LINES = "# T\n\n- a\n\n  ---\n\n---\n\n***\n\n> ---\n\n| b |\n| - |\n| c<hr>d |\n\n## H\n\n___\n"


@pytest.mark.parametrize(
    ("builder", "name", "line", "count"),
    [
        ("html", "index.html", "<hr", 6),
        ("text", "index.txt", "=" * 60 + "\n", 5),
        ("latex", "*.tex", r"\rule{\linewidth}", 6),
        ("man", "*.1", "\n----\n", 5),
        ("texinfo", "*.texi", "_" * 66, 5),
    ],
)
def test_lines_anywhere(build_page, builder, name, line, count):
    """A horizontal line may stand anywhere, also last; docutils would complain of each."""
    built = build_page(LINES, builder)
    (path,) = built.outdir.glob(name)
    assert path.read_text(encoding="utf-8").count(line) == count


@pytest.mark.parametrize("builder", ["html", "text", "latex", "man", "texinfo", "epub"])
@pytest.mark.parametrize("mode", ["convert", "raw"])
def test_frames_in_every_format(build_page, mode, builder):
    """In blocks, paragraphs and cells, a frame shows its title and address, or is a link."""
    frame = '<iframe src="https://{}/v" title="Tour"></iframe>'
    ours, other = frame.format("video.tv.adobe.com"), frame.format("other.example")
    text = f"# A\n\n<div>\n{ours}\n{other}\n</div>\n\nOne {ours}\n\n| a |\n|---|\n| {ours} |\n"
    build = build_page(
        text, builder, warnings=["'other.example'"], ajo_html=mode, version="1", copyright="us"
    )
    suffixes = {".html", ".xhtml", ".txt", ".tex", ".1", ".texi"}
    paths = [path for path in build.outdir.rglob("*") if path.suffix in suffixes]
    found = "".join(path.read_text("utf-8") for path in paths).replace("\\:", "").replace("\\", "")
    assert found.count("https://video.tv.adobe.com/v") >= 3
    assert "https://other.example/v" in found
    assert found.count("Tour") >= 4
