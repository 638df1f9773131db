"""``>[!VIDEO](url)``."""

from __future__ import annotations

import pytest
from docutils import nodes
from lxml import html

from sphinx_ajo.base.problems import PROBLEMS
from sphinx_ajo.constructs.html.nodes import ajo_html_embed
from sphinx_ajo.constructs.videos import is_web_address
from sphinx_ajo.language.players import FRAME
from sphinx_ajo.testing import markdown

URL = "https://video.tv.adobe.com/v/1"


def videos(text, **options):
    """The address and the lines of each video."""
    tokens = markdown(**options).parse(text)
    return [(token.content, token.map) for token in tokens if token.type == "ajo_video"]


def render(text):
    return markdown().render(text)


@pytest.mark.parametrize(
    "line",
    [
        f">[!VIDEO]({URL})",
        f">[!VIDEO]({URL})   ",
        f"> [!VIDEO]({URL})",
        f">\t[!VIDEO]({URL})",
        f">[!video]({URL})",
        f">[! VIDEO ] ( {URL} )",
        f">[!VIDEO](<{URL}>)",
        f">[!VIDEO {URL}]",
        f">[!VIDEO](//{URL.partition('//')[2]})",
        f">[!VIDEO]({URL}&#x200B;)",
        f">[!VIDEO]({URL}){{transcript=true}}",
        f">[!VIDEO]({URL}) {{transcript=&quot;true&quot;}}",
        f">[!VIDEO]({URL}) <!-- the demo -->",
        f"   >[!VIDEO]({URL})",
    ],
)
def test_spellings(line):
    assert videos(line) == [(URL, [0, 1])]
    assert render(line).count("<") == 1
    assert not markdown().parse(line)[0].meta.get(PROBLEMS)


@pytest.mark.parametrize(
    ("attributes", "transcript"),
    [("", False), ("{transcript=true}", True), ('{transcript="yes"}', True), ("{x=y}", False)],
)
def test_transcript(attributes, transcript):
    (token,) = markdown().parse(f">[!VIDEO]({URL}){attributes}")
    assert token.meta["transcript"] is transcript


def test_the_query_is_kept_and_entities_are_decoded():
    text = f">[!VIDEO]({URL}/?learn=on&#x26;captions=swe&amp;quality=12&copy=1)"
    assert videos(text)[0][0] == f"{URL}/?learn=on&captions=swe&quality=12&copy=1"


def test_balanced_parentheses_belong_to_the_address():
    assert videos(">[!VIDEO](https://example.com/a(b)c)")[0][0] == "https://example.com/a(b)c"


def test_several_in_a_row():
    text = f">[!VIDEO]({URL})\n>[!VIDEO]({URL}2)\n\n>[!VIDEO]({URL}3)"
    assert videos(text) == [(URL, [0, 1]), (f"{URL}2", [1, 2]), (f"{URL}3", [3, 4])]
    assert "blockquote" not in render(text)


def test_interrupts_a_paragraph():
    assert render(f"above\n>[!VIDEO]({URL})\nbelow") == (
        f'<p>above</p>\n<iframe src="{URL}" />\n<p>below</p>\n'
    )


def test_in_lists():
    text = f"- a\n  >[!VIDEO]({URL})\n- >[!VIDEO]({URL}2)\n\n1. b\n\n   >[!VIDEO]({URL}3)\n"
    assert videos(text) == [(URL, [1, 2]), (f"{URL}2", [2, 3]), (f"{URL}3", [6, 7])]
    assert "blockquote" not in render(text)


def test_a_quote_is_split():
    text = f"> above\n> [!VIDEO]({URL})\n> below"
    assert render(text) == (
        "<blockquote>\n<p>above</p>\n</blockquote>\n"
        f'<iframe src="{URL}" />\n'
        "<blockquote>\n<p>below</p>\n</blockquote>\n"
    )
    maps = [t.map for t in markdown().parse(text) if t.type in ("blockquote_open", "ajo_video")]
    assert maps == [[0, 1], [1, 2], [2, 3]]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (f">\n>[!VIDEO]({URL})", 0),
        (f">text\n>[!VIDEO]({URL})", 1),
        (f">[!VIDEO]({URL})\n>text", 1),
        (f">>text\n>>[!VIDEO]({URL})", 2),
        (f"> - text\n>   [!VIDEO]({URL})", 1),
        (f"- > text\n  > [!VIDEO]({URL})", 1),
    ],
)
def test_what_is_left_of_a_quote(text, quotes):
    rendered = render(text)
    assert rendered.count("<blockquote>") == rendered.count("</blockquote>") == quotes
    assert len(videos(text)) == 1
    levels = 0
    for token in markdown().parse(text):
        levels += min(token.nesting, 0)
        assert token.level == levels
        levels += max(token.nesting, 0)


@pytest.mark.parametrize(
    "text",
    [
        f"[!VIDEO]({URL})",
        f"a >[!VIDEO]({URL})",
        f"    >[!VIDEO]({URL})",
        f">     [!VIDEO]({URL})",
        f"```\n>[!VIDEO]({URL})\n```",
        f"<!--\n>[!VIDEO]({URL})\n-->",
        f">[!VIDEOS]({URL})",
    ],
)
def test_no_video(text):
    assert videos(text) == []


@pytest.mark.parametrize(
    "marker",
    [
        "[!VIDEO]",
        "[!VIDEO]()",
        "[!VIDEO](javascript:alert)",
        "[!VIDEO](data:text/html,x)",
        "[!VIDEO](demo.mp4)",
        "[!VIDEO](https://)",
        "[!VIDEO](https://[)",
        "[!VIDEO](https://example.com",
        "[!VIDEO",
    ],
)
def test_no_address_is_reported_and_the_text_is_kept(marker):
    tokens = markdown().parse(f"text\n\n>{marker}\n>more")
    (bad,) = [token for token in tokens if token.meta.get(PROBLEMS)]
    assert (bad.type, bad.map) == ("ajo_video_text_open", [2, 3])
    assert marker in [token.content for token in tokens]
    assert "iframe" not in render(f">{marker}")
    assert "more" in [token.content for token in tokens]


def test_web_addresses():
    assert is_web_address("https://example.com")
    assert not is_web_address("https://[broken")
    assert not is_web_address("ftp://example.com")
    assert not is_web_address("JavaScript://example.com/%0aalert(1)")


def test_a_still(build_page):
    """By default a page holds a link to the video, and what the script makes a frame of."""
    video = f'>[!VIDEO]({URL}?a="b&c=d){{transcript=true}}'
    build = build_page(f"# A\n\n{video}\n\n<details>\n\nText.\n\n</details>")
    page = html.fromstring(build.text("index.html"))
    assert not list(page.iter("iframe"))
    (box,) = page.find_class("ajo-video")
    (still,) = box
    assert (box.tag, still.tag) == ("div", "a")
    assert box.get("data-transcript") == "true"
    assert box.get("data-label") == "Video:"
    assert box.get("data-url") == still.get("href") == f'{URL}?a="b&c=d'
    assert still.get("data-video") == f'{URL}?a="b&c=d&autoplay=true'
    assert still.get("data-title") == "Video from video.tv.adobe.com"
    assert still.text_content().split("  ") == ["Play video video.tv.adobe.com "]
    assert len(list(page.iter("details"))) == 1


def test_a_frame(build_page):
    build = build_page(f"# A\n\n>[!VIDEO]({URL})\n", ajo_videos="load")
    (frame,) = html.fromstring(build.text("index.html")).iter("iframe")
    assert frame.get("src") == URL
    assert frame.get("title") == "Video from video.tv.adobe.com"
    assert frame.get("loading") == "lazy"
    assert "autoplay" not in frame.get("allow")
    assert {name: frame.get(name) for name in FRAME} == FRAME
    assert "top-navigation" not in frame.get("sandbox")
    assert frame.getparent().get("class") == "ajo-video"


def test_a_link(build_page):
    build = build_page(f'# A\n\n>[!VIDEO]({URL} "Our tour")\n', ajo_videos="link")
    page = html.fromstring(build.text("index.html"))
    assert [link.text for link in page.xpath(f"//p[.='Our tour: {URL}']/a")] == [URL]
    assert not page.find_class("ajo-video")
    assert not list(page.iter("iframe"))


def test_the_title_of_the_author(build_page):
    page = html.fromstring(build_page(f'>[!VIDEO]({URL} "Our tour")').text("index.html"))
    (still,) = page.find_class("ajo-video-still")
    assert still.get("data-title") == "Our tour"
    assert still.text_content().startswith("Our tour Play video")


def test_no_marks_in_the_title_of_the_author(build_page):
    page = build_page(f'>[!VIDEO]({URL} "Our [!UICONTROL **tour**]")').text("index.html")
    (still,) = html.fromstring(page).find_class("ajo-video-still")
    assert still.get("data-title") == "Our tour"


def test_http_becomes_https(build_page):
    for videos in ("click", "load", "link"):
        url = URL.replace("https:", "http:").upper().replace("V/1", "v/1")
        build = build_page(f"# A\n\n>[!VIDEO]({url})\n", ajo_videos=videos)
        assert "http://video" not in build.text("index.html").lower()
        assert URL in build.text("index.html")


@pytest.mark.parametrize("videos", ["click", "load", "link"])
@pytest.mark.parametrize(
    ("url", "hosts", "message"),
    [
        ("https://a.example/v", None, "a video of 'a.example' is shown as a link; add that host"),
        ("https://x.a.example/v", ["a.example"], "a video of 'x.a.example' is shown as a link"),
        ("https://a.example/v", ["*.a.example"], "a video of 'a.example' is shown as a link"),
        ("https://www.youtube.com/", None, "a video of 'www.youtube.com' is shown as a link"),
        ("https://me@video.tv.adobe.com/v", None, "is shown as a link: a frame needs an https"),
        ("https://video.tv.adobe.com:8/v", None, "is shown as a link: a frame needs an https"),
    ],
)
def test_other_hosts_are_links(build_page, videos, url, hosts, message):
    options = {"ajo_video_hosts": hosts} if hosts else {}
    build = build_page(
        f"# A\n\n>[!VIDEO]({url})\n", warnings=[message], ajo_videos=videos, **options
    )
    page = html.fromstring(build.text("index.html"))
    assert page.xpath(f"//p[starts-with(., 'Video: ')]/a[@href='{url}'][.='{url}']")
    assert not page.find_class("ajo-video")
    assert not list(page.iter("iframe"))


def test_hosts_of_the_project(build_page):
    build = build_page(
        "# A\n\n>[!VIDEO](https://x.a.example/v)\n>[!VIDEO](https://b.example/v)\n",
        ajo_video_hosts=["*.a.example", "B.example"],
    )
    page = html.fromstring(build.text("index.html"))
    stills = [still.get("data-video") for still in page.find_class("ajo-video-still")]
    assert stills == ["https://x.a.example/v", "https://b.example/v"]


def test_bad_hosts_are_reported(build_page):
    build = build_page(
        f"# A\n\n>[!VIDEO]({URL})\n",
        ajo_video_hosts=["https://a.example", 3, "video.tv.adobe.com"],
        warnings=["ajo_video_hosts", "ajo_video_hosts"],
    )
    assert html.fromstring(build.text("index.html")).find_class("ajo-video-still")


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "epub", "xml"])
def test_a_link_elsewhere(build_page, project, builder):
    options = {"version": "1", "copyright": "us"} if builder == "epub" else {}
    build = build_page(f"# A\n\n- b\n\n  >[!VIDEO]({URL})\n", builder, **options)
    output = "".join(
        path.read_text("utf-8")
        for path in build.outdir.rglob("*")
        if path.suffix in (".txt", ".tex", ".1", ".texi", ".xhtml", ".xml")
    )
    assert "Video:" in output
    # man pages mark where an address may break
    assert URL in output.replace("\\:", "").replace("\\", "")
    assert "iframe" not in output


def test_our_words_are_not_for_the_translators_of_the_page(build_page):
    assert "Video" not in build_page(f"# A\n\n>[!VIDEO]({URL})\n", "gettext").text("index.pot")


def test_warnings_name_the_line(build_page):
    build = build_page(
        f"# A\n\n>[!VIDEO](x)\n>[!VIDEO]({URL}) **after**\n",
        warnings=[
            (
                "index.md:3: WARNING: '[!VIDEO](x)' names no video: an http(s) address is missing; "
                "its text is kept [ajo.video]"
            ),
            "index.md:4: WARNING: '**after**' stands behind a video; it is shown below the video",
        ],
    )
    assert "<p><strong>after</strong></p>" in build.text("index.html")


def test_mixed_dialect(project):
    project.write(index=f"# A\n\n>[!VIDEO]({URL})\n")
    assert "data-video" in project.build(ajo_dialect="mixed").text("index.html")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("| a | b |\n|---|---|\n| >[!VIDEO](https://video.tv.adobe.com/v/1) | x |", "a b VIDEO x"),
        ("1. Look >[!VIDEO](https://video.tv.adobe.com/v/1)", "Look VIDEO"),
        (
            "- Look > [!VIDEO](https://video.tv.adobe.com/v/1){transcript=true} here",
            "Look VIDEO here",
        ),
        ("Look at [!video](https://video.tv.adobe.com/v/1?a=(b)).", "Look at VIDEO."),
        ("Look &gt;[!VIDEO](https://video.tv.adobe.com/v/1)", "Look VIDEO"),
        ("&gt;[!VIDEO] (https://video.tv.adobe.com/v/1) here", "VIDEO here"),
        ("<table><tr><td>>[!VIDEO](https://video.tv.adobe.com/v/1)</td></tr></table>", "VIDEO"),
        ("<ul><li>a > [!VIDEO](https://video.tv.adobe.com/v/1) b</li></ul>", "a VIDEO b"),
    ],
)
def test_video_in_a_text(build_page, text, words):
    """It is a frame at its place, without its mark, and reported."""
    built = build_page(f"# T\n\n{text}\n", ajo_videos="link", warnings=["[ajo.video]"])
    document = built.doctrees["index"]
    (embed,) = document.findall(ajo_html_embed)
    assert embed["player"].startswith("https://video.tv.adobe.com/v/1")
    embed.replace_self(nodes.Text("VIDEO"))
    assert " ".join(document.astext().split()) == f"T {words}"


@pytest.mark.parametrize("text", ["a [!VIDEO](x.mp4)", "a [!VIDEO]("])
def test_no_video_in_a_text(text):
    """What names no address of the web is no frame."""
    (inline,) = [token for token in markdown().parse(text) if token.type == "inline"]
    assert "ajo_html_embed" not in [token.type for token in inline.children]


def test_no_address_in_a_text(build_page):
    """Where it names none, the address is a link, without the mark."""
    built = build_page(
        "# T\n\nLook >[!VIDEO](#t) here.\n", warnings=["'#t' names no video: an http(s) address"]
    )
    assert built.doctrees["index"].astext().split() == ["T", "Look", "#t", "here."]


@pytest.mark.parametrize(
    "text",
    [
        "# Look >[!VIDEO](https://video.tv.adobe.com/v/1)",
        "Look\n[!VIDEO](https://video.tv.adobe.com/v/1)\n===",
        '<h1>Look <iframe src="https://video.tv.adobe.com/v/1"></iframe></h1>',
        ">[!BEGINSHADEBOX]\n\n# Look [!VIDEO](https://video.tv.adobe.com/v/1)\n\n>[!ENDSHADEBOX]",
    ],
)
def test_video_in_a_title(build_page, text):
    """A title has no room for a frame: it is copied into links."""
    built = build_page(f"{text}\n\n## Below\n", warnings=None)
    page = html.fromstring(built.text("index.html"))
    title = page.xpath("string(//*[self::h1 or self::h2][contains(., 'Look')])")
    assert "https://video.tv.adobe.com/v/1" in title
    assert not page.xpath("//*[contains(@class, 'ajo-video')]")
    assert not page.xpath("//a//a")


@pytest.mark.parametrize("text", ["- {}", "1. {}", "- a\n- {}", "> {}", "- - {}", "Term\n: {}"])
@pytest.mark.parametrize("url", ["https://elsewhere.example/v", "https://video.tv.adobe.com:81/v"])
def test_link_in_a_block(build_page, text, url):
    """A video that is shown as a link may stand in any block."""
    built = build_page(f"# T\n\n{text.format(f'>[!VIDEO]({url})')}\n", warnings=["[ajo.video]"])
    assert html.fromstring(built.text("index.html")).xpath(f"//a[@href='{url}']")


@pytest.mark.parametrize(
    "text", ["```{{admonition}} {}\na\n```", "```{{button-ref}} index\n{}\n```"]
)
def test_video_in_a_directive(build_page, text):
    """A video that is a link stands in the title or the text of a directive as in any text."""
    video = "[!VIDEO](https://elsewhere.example/v)"
    page = f"# T\n\n{text.format(video)}\n"
    found = html.fromstring(build_page(page, warnings=None).text("index.html"))
    assert "https://elsewhere.example/v" in found.xpath("string(//section)")
    assert not found.xpath("//p//p")
