"""Nothing unsafe passes, in any mode."""

from __future__ import annotations

import lxml.html
import pytest

from sphinx_ajo.constructs.html.tokens.elements import is_web
from sphinx_ajo.constructs.html.tokens.sanitize import Media, sanitize
from sphinx_ajo.language.html.policy import (
    declarations,
    safe_classes,
    safe_id,
    safe_style,
    safe_url,
)
from sphinx_ajo.language.html.svg import clean_svg
from sphinx_ajo.testing import markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr = alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" javascript:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="java&#9;script:alert(1)">a</a>',
    '<a href="java&Tab;script:alert(1)">a</a>',
    '<a href="&#106;avascript&colon;alert(1)">a</a>',
    '<a href="&#x1;javascript:alert(1)">a</a>',
    '<a href="JAVASCRIPT:alert(1)">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<img src="javascript:alert(1)">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe src="https://evil.example/"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,x#y"/></svg>',
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<div style="width:expression(alert(1))">x</div>',
    '<div style="background:\\75rl(x)">x</div>',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="javascript:alert(1)//">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<template><img src=x onerror=alert(1)></template>",
    "<table background=\"javascript:alert(1)\"><tr><td>x</table>",
    '<td onclick="alert(1)">x</td>',
    "<details ontoggle=alert(1) open>x</details>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1) src=javascript:alert(1)></video>",
    "<a\x0bhref=javascript:alert(1)>a</a>",
    "<a href=https://ok.example onclick=alert(1)>a</a>",
]  # fmt: skip

HANDLED = {"href", "src", "action", "formaction", "data", "background", "poster", "srcdoc"}


def check(html):
    """Assert that a browser would run nothing."""
    if not html.strip():
        return
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in tree.iter(lxml.etree.Element):
        assert element.tag not in {
            *("script", "style", "object", "embed", "form", "meta", "base", "link"),
            *("foreignobject", "foreignObject", "animate", "template", "noscript"),
        }, html
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), html
            plain = "".join(value.lower().split())
            assert "script:" not in plain, html
            assert "url(" not in plain, html
            assert "expression(" not in plain, html
            if name in HANDLED:
                assert not plain.startswith("data:"), html
            assert name not in {"srcdoc", "action", "formaction", "data", "background"}
        if element.tag == "iframe":  # which hosts may be shown is settled when nodes are made
            assert is_web(element.get("src", "")), html


@pytest.mark.parametrize("mode", ["convert", "raw"])
@pytest.mark.parametrize("frame", ["{}\n", "text {} text\n", "<div>\n{}\n</div>\n", "- {}\n"])
def test_attack(frame, mode):
    md = markdown()
    md.options["ajo_html"] = mode
    for attack in ATTACKS:
        check(md.render(frame.format(attack)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_in_table_and_heading(attack):
    line = attack.replace("\n", " ").replace("|", "")
    check(markdown().render(f"| a |\n|---|\n| {line} |\n\n## {line}\n"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        (" x.md ", "x.md"),
        ("a/b:c", "a/b:c"),
        ("#x", "#x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("MAILTO:a@b.example", "MAILTO:a@b.example"),
        ("file:///etc/passwd", None),
        ("java\tscript:x", None),
        ("data:image/png;base64,AAAA", None),
    ],
)
def test_url(url, expected):
    assert safe_url(url) == expected


def test_data_images():
    url = "data:image/png;base64,iVBORw0KGgo="
    assert safe_url(url, image=True) == url
    assert safe_url("data:image/svg+xml;base64,AAAA", image=True) is None


def test_style():
    style = "color: red !important; position: fixed; width: calc(1px + 2%); /* x */ display: none"
    assert safe_style(style) == "color: red; width: calc(1px + 2%)"
    assert dict(declarations("background: url(x)")) == {}
    assert dict(declarations("font-family: x; --a: b; color")) == {}


def test_classes_and_ids():
    assert safe_classes("a b-c 1x hidden sr-only") == ["a", "b-c"]
    assert safe_id(" a.b:c ") == "a.b:c"
    # what cannot be an id is changed where it is written
    assert safe_id("a b") == "a b"


def test_raw_keeps_what_is_harmless():
    source = '<table class="x"><tr><td colspan="2">a &amp; b<br></td></tr></table>'
    assert sanitize(source, Media()) == ([source.replace("<br>", "<br />")], [])


def test_raw_shows_placeholders():
    assert sanitize("a <your-id> b < c", Media())[0] == ["a &lt;your-id&gt; b &lt; c"]


@pytest.mark.parametrize(
    ("source", "before", "kind", "after"),
    [
        ('a<iframe src="{}">x</iframe>y', "a", "iframe", "y"),
        ('<p><embed src="{}">y', "<p>", "iframe", "y"),
        ('<object data="{}"><b>x</b></object>y', "", "iframe", "<b>x</b>y"),
        ('<video src="{}" poster="https://a.example/p">x</video>y', "", "video", "xy"),
        ('<video><source src="{}">x</video>y', "", "video", "xy"),
        ('<object><embed src="{}">x</object>y', "", "iframe", "xy"),
        ('<audio src="{}"></audio>y', "", "audio", "y"),
    ],
)
def test_raw_frames(source, before, kind, after):
    url = "https://video.tv.adobe.com/v/1"
    parts, unsafe = sanitize(source.format(url), Media())
    expected = [before, {"url": url, "title": "", "kind": kind}, after]
    assert (parts, unsafe) == ([part for part in expected if part], [])


def test_raw_frames_without_an_address():
    assert sanitize('<iframe src="javascript:x"></iframe>y<video>z', Media())[0] == ["yz"]


def test_svg_text():
    image = clean_svg('<svg aria-label="L"><title>T</title><g fill="url(#a)">stray</g></svg>')
    assert image.text == "L T"
    assert 'fill="url(#a)"' in image.source
    assert "stray" not in image.source
    assert clean_svg("<p>x</p>").source == ""
