"""Images, from Markdown to each output."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from docutils import nodes
from lxml import html
from page_styles import style_of

from sphinx_ajo.language.paths import is_local

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def images(project):
    """A project with the files that the pages show."""
    for name in ("a.png", "my pic.png", "help/assets/b.png"):
        path = project.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PIXEL)
    return project


def page(images, text, builder="html", **options):
    images.write(index=f"# T\n\n{text}\n")
    options.setdefault("ajo_dialect", "exl")
    return images.build(builder, **options)


def img(images, text, **options):
    tree = html.fromstring(page(images, text, **options).text("index.html"))
    (found,) = tree.xpath("//*[contains(@class, 'ajo-image')]")
    return found


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ('width="600"', "width: 600px"),
        ("width=&quot;30&quot;, height=&quot;20&quot;", "width: 30px; height: 20px"),
        ('width="50%"', "aspect-ratio: 1 / 1; width: 50%"),
        ('width="575px"', "width: 575px"),
        ('width="2 rem"', "width: 2em"),
        ('width="auto" height="100%"', ""),
        ("modal", ""),
    ],
)
def test_size(images, attributes, style):
    build = page(images, f"![x](a.png){{{attributes}}}")
    (found,) = html.fromstring(build.text("index.html")).find_class("ajo-image")
    assert style_of(build, found) == style


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_align(images, align):
    assert f"align-{align}" in img(images, f'![x](a.png){{align="{align}"}}').get("class").split()


@pytest.mark.parametrize("name", ["vertical-align", "align"])
def test_vertical_align(images, name):
    assert "align-middle" in img(images, f'![x](a.png){{{name}="middle"}}').get("class").split()


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('width="wide"', "width 'wide'"),
        ('width="calc(1px)"', "width 'calc(1px)'"),
        ('align="sideways"', "align 'sideways'"),
    ],
)
def test_wrong_value(images, attributes, message):
    """A value that means nothing is left out; the image stays."""
    found = img(
        images, f"![x](a.png){{{attributes}}}", warnings=[f"index.md:3: WARNING: the {message}"]
    )
    assert found.get("style") is None


@pytest.mark.parametrize("on", ['zoomable="yes"', "zoomable=true", "modal", 'modal="regular"'])
def test_zoomable(images, on):
    """A zoomable image is a link to itself, with what the script says."""
    found = img(images, f'![A view](a.png){{width="9" {on}}}')
    link = found.getparent()
    assert link.get("class") == "ajo-zoom"
    assert link.get("href") == found.get("src") == "_images/a.png"
    assert link.get("data-ajo-label") == "Enlarge image: A view"
    assert link.get("data-ajo-close") == "Close"


@pytest.mark.parametrize("off", ['zoomable="no"', 'zoomable="No" width="3"', "modal=false"])
def test_not_zoomable(images, off):
    """Sphinx makes no link of a smaller image, either."""
    assert img(images, f"![x](a.png){{{off}}}").getparent().tag == "p"


def test_image_in_link(images):
    """Links do not nest: a linked image does not zoom."""
    found = img(images, '[![x](a.png){zoomable="yes"}](https://example.com/)')
    assert found.getparent().get("href") == "https://example.com/"
    tree = html.fromstring(
        page(images, "[![x](a.png){modal}](#t)", myst_heading_anchors=1).text("index.html")
    )
    assert not tree.xpath("//a//a")


@pytest.mark.parametrize(
    "uri",
    [
        "a.png",
        "./a.png",
        "/a.png",
        "a.png?lang=sv",
        "my%20pic.png",
        "<my pic.png>",
        "/help/assets/b.png",
    ],
)
def test_uri(images, uri):
    """Percent signs are decoded, queries dropped, a slash is the root."""
    assert img(images, f"![x]({uri})").get("src").startswith("_images/")


def test_help_is_source_directory(tmp_path):
    """From a source directory "help", a slash is the folder above it."""
    from sphinx_ajo import testing

    (tmp_path / "help" / "assets").mkdir(parents=True)
    (tmp_path / "help" / "assets" / "b.png").write_bytes(PIXEL)
    (tmp_path / "c.png").write_bytes(PIXEL)
    text = "# T\n\n![x](/help/assets/b.png) ![y](/c.png)\n"
    testing.write_files(tmp_path / "help", {"index.md": text})
    built = testing.build(tmp_path / "help", ajo_dialect="exl", outdir=tmp_path / "out")
    tree = html.fromstring(built.text("index.html"))
    found = [x.get("src") for x in tree.xpath("//*[contains(@class, 'ajo-image')]")]
    assert found == ["_images/b.png", "_images/c.png"]


def test_remote(images):
    assert (
        img(images, "![x](//example.com/x%20y.png?z=1)")
        .get("src")
        .startswith("https://example.com/")
    )
    assert [is_local(x) for x in ("a.png", "/a.png", "https://x", "//x", "#x", "")] == [
        True,
        True,
    ] + [False] * 4


def test_alt(images):
    """The alternative text is plain."""
    assert (
        img(images, "![A *list* of [!DNL X] &#x200B;things](a.png)").get("alt")
        == "A list of X things"
    )


def test_missing_file(images):
    """A missing file is reported once, where it is; its text is shown."""
    found = img(
        images,
        "text\n\n![Lost](no.png)",
        warnings=["index.md:5: WARNING: image file not readable: no.png"],
    )
    assert found.get("alt") == "Lost"
    built = page(images, "![Lost](no.png){modal}", "latex", warnings=["image file not readable"])
    (tex,) = (path.read_text("utf-8") for path in built.outdir.glob("*.tex"))
    assert r"\sphinxstyleemphasis{Lost}" in tex
    assert "no}.png" not in tex


def test_latex(images):
    """Images fit the page; aligned ones leave their paragraph, others stay in it."""
    built = page(
        images,
        'a ![x](a.png){width="20"} b\n\n![x](a.png){width="1200" height="9"}\n\n'
        '- ![x](a.png){width="590" zoomable="yes"}\n\n![x](a.png){align="center"}',
        "latex",
    )
    (tex,) = (path.read_text("utf-8") for path in built.outdir.glob("*.tex"))
    assert "a \\sphinxincludegraphics[width=20\\sphinxpxdimen]{{a}.png} b" in tex
    assert "[width=600\\sphinxpxdimen]" in tex
    assert "[width=564\\sphinxpxdimen]" in tex
    assert "\\noindent{\\hspace*{\\fill}\\sphinxincludegraphics{{a}.png}" in tex


@pytest.mark.parametrize(
    "builder", ["text", "man", "texinfo", "xml", "epub", "singlehtml", "gettext"]
)
def test_other_builders(images, builder):
    options = {"version": "1", "copyright": "us"} if builder == "epub" else {}
    page(images, '![x](a.png){zoomable="yes"}', builder, **options)


def test_mixed_without_exl(images):
    """In the mixed dialect, MyST's images are MyST's."""
    images.write(index="# T\n\n![x](a.png)\n")
    image = images.build(ajo_dialect="mixed").doctrees["index"].next_node(nodes.image)
    assert image["classes"] == []
    images.write(index="# T\n\n![x](a.png){zoomable=yes width=3}\n")
    image = images.build(ajo_dialect="mixed").doctrees["index"].next_node(nodes.image)
    assert image["width"] == "3px"


def test_mixed_with_myst_attributes(images):
    """MyST's own attributes are unchanged, ours work beside them."""
    options = {"ajo_dialect": "mixed", "myst_enable_extensions": ["attrs_inline"]}
    images.write(index="# T\n\n![x](a.png){w=3 .c} ![x](a.png){w=3 zoomable=yes}\n")
    first, second = images.build(**options).doctrees["index"].findall(nodes.image)
    assert (first["width"], first["classes"]) == ("3", ["c"])
    assert "ajo-image" in second["classes"]


def test_translated(images):
    """A translated image keeps its attributes."""
    images.write_files(
        {
            "locale/sv/LC_MESSAGES/index.po": 'msgid ""\n'
            'msgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            'msgid "Click ![x](a.png){width=\\"20\\"}"\n'
            'msgstr "Klicka ![y](a.png){width=&quot;20&quot;}"\n'
        }
    )
    built = page(images, 'Click ![x](a.png){width="20"}', language="sv", locale_dirs=["locale"])
    (found,) = html.fromstring(built.text("index.html")).xpath("//p/img")
    assert (found.get("alt"), found.get("width")) == ("y", "20")


def test_image_without_a_file(build_page):
    """Nothing, or a folder, is no image: its text stays, with one warning that has a line."""
    built = build_page(
        "# T\n\n![one]() and ![two](./) and ![three](assets/)\n",
        warnings=["index.md:3: WARNING: the image 'one'", "image 'two'", "image 'three'"],
    )
    tree = html.fromstring(built.text("index.html"))
    assert tree.xpath("//section//p")[0].text_content() == "one and two and three"
    assert not tree.xpath("//section//img")


def test_line_of_an_image_without_text(build_page):
    """A missing file is reported where it is asked for."""
    build_page("# T\n\na\n\nb ![](x.png)\n", warnings=["index.md:5: WARNING: image file not read"])
    build_page('# T\n\n<img src="x.png">\n', warnings=["index.md:3: WARNING: image file not read"])


TITLE = 'Ship & "Sea" at noon'
QUOTED = 'Ship & \\"Sea\\" at [!DNL noon]'


@pytest.mark.parametrize(
    "text",
    [
        f'![x](a.png "{QUOTED}")',
        f'![x](a.png "{QUOTED}"){{width="9"}}',
        f'![x](a.png "{QUOTED}"){{zoomable="yes"}}',
        f'[![x](a.png "{QUOTED}")](https://example.com/)',
        f'[![x](a.png "{QUOTED}"){{modal}}](#t)',
        f'![x][ship]\n\n[ship]: a.png "{QUOTED}"',
        '![x](a.png){title="Ship &amp; &#34;Sea&#34; at noon"}',
        '<img src="a.png" alt="x" title="Ship &amp; &quot;Sea&quot; at noon">',
        'a <img src="a.png" title="Ship &amp; &quot;Sea&quot; at&#10;noon" width="9" zoomable> b',
        f'| a |\n|---|\n| ![x](a.png "{QUOTED}") |',
    ],
)
@pytest.mark.parametrize("builder", ["html", "epub", "singlehtml"])
def test_hover_words(images, text, builder):
    """What an image says when the mouse is on it, wherever it stands."""
    options = {"version": "1", "copyright": "us"} if builder == "epub" else {}
    built = page(images, text, builder, myst_heading_anchors=1, **options)
    name = "index.xhtml" if builder == "epub" else "index.html"
    tree = html.fromstring(built.text(name).encode())
    (found,) = tree.xpath("//img[contains(@class, 'ajo-image')]")
    assert found.get("title") == TITLE


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "gettext", "xml"])
def test_hover_words_elsewhere(images, builder):
    """Only HTML shows them."""
    page(images, '![x](a.png "Noon")', builder)


def test_hover_words_of_a_remote_image(images):
    assert img(images, '![x](https://example.com/a.png "Noon")').get("title") == "Noon"


def test_no_hover_words(images):
    for text in ('![x](a.png "")', '<img src="a.png" title="">', "![x](a.png)"):
        assert img(images, text).get("title") is None


def png(width, height):
    """Return an image of a size."""

    def chunk(name, data):
        sum_ = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sum_

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes(width)) * height)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("", ("40", "20")),
        ('{width="200"}', ("200", "100")),
        ('{zoomable="yes"}', ("40", "20")),
        # its shape is in the style sheet
        ('{width="50%"}', ("50%", None)),
        # these have their size from the style sheet
        ('{height="30"}', (None, None)),
        ('{width="2em"}', (None, None)),
    ],
)
def test_room_is_kept_free(images, attributes, size, builder):
    """Browsers know the size of an image before they have it, so that nothing moves."""
    (images.folder / "a.png").write_bytes(png(40, 20))
    text = page(images, f"![x](a.png){attributes}", builder).text("index.html")
    (found,) = html.fromstring(text).xpath("//img[contains(@class, 'ajo-image')]")
    assert (found.get("width"), found.get("height")) == size


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"not an image"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", png(1, 1).replace(b"IHDR\0\0\0\1", b"IHDR\0\0\0\0")),
        ("a.gif", b"GIF89a"),
        ("a.jpg", b"\xff\xd8\xff\xe1\0\x10Exif\0\0"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9em" height="9"/>'),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="9"/>'),
        ("a.svg", b'<svg style="width:1em" width="9" height="9" />'),
        ("a.svg", b'<!-- <svg width="1" height="1"> --><svg width="9" height="9"/>'),
        ("a.svg", b'<svg width="9" height="9"'),
        ("a.svg", b'<svg width="9" height="0"/>'),
    ],
)
def test_size_that_is_not_known(images, name, data):
    """A broken image, a turned photo, a drawing without pixels are shown without a size."""
    (images.folder / name).write_bytes(data)
    found = img(images, f"![x]({name})")
    assert (found.get("width"), found.get("height")) == (None, None)


@pytest.mark.parametrize(
    "root",
    ['<svg width="30" height="15">', "<?xml version='1.0'?>\n<svg\nheight='15px' width='30'>"],
)
def test_size_of_a_drawing(images, root):
    """A drawing that says its size in pixels is shown in that size."""
    (images.folder / "a.svg").write_text(f"{root}</svg>", encoding="utf-8")
    found = img(images, "![x](a.svg)")
    assert (found.get("width"), found.get("height")) == ("30", "15")


def test_shape_of_a_share(images):
    """The style sheet of the page says the shape of an image that takes a share of the line."""
    (images.folder / "a.png").write_bytes(png(40, 20))
    build = page(images, '![x](a.png){width="50%"} ![x](https://example.com/a.png){width="50%"}')
    own, other = html.fromstring(build.text("index.html")).find_class("ajo-image")
    assert style_of(build, own) == "aspect-ratio: 40 / 20; width: 50%"
    assert style_of(build, other) == "width: 50%"


def test_books_have_no_sizes(images):
    (images.folder / "a.png").write_bytes(png(40, 20))
    text = page(images, "![x](a.png)", "epub", version="1", copyright="us").text("index.xhtml")
    (found,) = html.fromstring(text.encode()).xpath("//img[contains(@class, 'ajo-image')]")
    assert (found.get("width"), found.get("height")) == (None, None)
