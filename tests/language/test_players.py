"""The addresses that may be shown in a frame."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.players import (
    HOSTS,
    autoplay_address,
    is_allowed,
    is_host_pattern,
    parse_address,
    player_address,
)

URL = "https://video.tv.adobe.com/v/1"


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://video.tv.adobe.com/v/1",
        "//video.tv.adobe.com/v/1",
        "HTTPS://Video.TV.Adobe.com/v/1",
        "https://video.tv.adobe.com:443/v/1",
        "https://video.tv.adobe.com:/v/1",
        "http://video.tv.adobe.com:80/v/1",
        " https://video.tv.adobe.com/v/1\x00",
        "ht\ntps:/\t/video.tv.adobe\r.com/v/1",
        "https://video.tv.adobe.com\\v/1",
        "https://\uff56ideo.tv.adobe.com/v/1",
        "https://video\u3002tv.adobe.com/v/1",
    ],
)
def test_one_address(url):
    address = parse_address(url)
    assert address.url == URL
    assert is_allowed(address, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "v.html",
        "/v/1",
        "ftp://video.tv.adobe.com/",
        "javascript://video.tv.adobe.com/%0aalert(1)",
        "data:text/html,//video.tv.adobe.com/",
        "https:video.tv.adobe.com/v/1",
        "https:/video.tv.adobe.com/v/1",
        "https:\\\\video.tv.adobe.com/v/1",
        "https:///video.tv.adobe.com/v/1",
        "https://user@video.tv.adobe.com/",
        "https://video.tv.adobe.com@evil.example/",
        "https://video.tv.adobe.com:pw@evil.example/",
        "https://video.tv.adobe.com%2eevil.example/",
        "https://video.tv.adobe.com%00.evil.example/",
        "https://%76ideo.tv.adobe.com/",
        "https://video.tv.adobe.com./v/1",
        "https://video.tv.adobe.com:8443/v/1",
        "https://video.tv.adobe.com:80/v/1",
        "http://video.tv.adobe.com:443/v/1",
        "https://video.tv.adobe.com:1:2/",
        "https://[::1]/",
        "https://vi deo.tv.adobe.com/",
        "https://video.tv.adobe.com\x00.evil.example/",
        "https://video..adobe.com/",
        "https://" + "a" * 300 + "/",
        "https://" + "\u00e9" * 100 + "/",
        "https://\ud800.example/",
    ],
)
def test_no_address(url):
    assert parse_address(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/video.tv.adobe.com",
        "https://evil.example\\@video.tv.adobe.com/",
        "https://evil.example#@video.tv.adobe.com/",
        "https://evil.example?video.tv.adobe.com",
        "https://video.tv.adobe.com.evil.example/",
        "https://evilvideo.tv.adobe.com/",
        "https://x.video.tv.adobe.com/",
        "https://tv.adobe.com/",
        "https://vid\u0435o.tv.adobe.com/",
        "https://youtube.com/",
    ],
)
def test_other_hosts(url):
    assert not is_allowed(parse_address(url), HOSTS)


def test_what_follows_the_host_cannot_change_it():
    for rest in ("", "/", "/\\@evil.example", "?@evil.example", "#@evil.example", "//evil.example"):
        assert parse_address(f"https://a.example{rest}").url == f"https://a.example{rest}"
    assert (
        parse_address("https://a.example\\\\evil.example").url == r"https://a.example/\evil.example"
    )


def test_subdomains():
    for url, allowed in (
        ("https://x.a.example/", True),
        ("https://y.x.A.example/", True),
        ("https://a.example/", False),
        ("https://xa.example/", False),
        ("https://a.example.evil.example/", False),
    ):
        assert is_allowed(parse_address(url), ["*.A.example"]) is allowed
    assert is_allowed(parse_address("https://b\u00fccher.example"), ["B\u00dcCHER.example"])
    assert is_allowed(parse_address("https://xn--bcher-kva.example"), ["b\u00fccher.example"])


def test_entries():
    assert all(map(is_host_pattern, (*HOSTS, "*.a.example", "localhost", "b\u00fccher.example")))
    for text in ("", "*", "*.", "a.*", "https://a.example", "a.example/", "a b", "a.example:8"):
        assert not is_host_pattern(text)
        assert not is_allowed(parse_address(URL), [text])


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (f"{URL}?captions=swe", f"{URL}?captions=swe"),
        ("https://example.com/v?autoplay=1", "https://example.com/v?autoplay=1"),
        ("https://www.youtube.com/watch?v=aB_-1", "embed/aB_-1"),
        ("//m.youtube.com/watch?v=a&autoplay=1&feature=x", "embed/a"),
        ("https://youtu.be/a?t=1m2s", "embed/a?start=62"),
        ("http://youtu.be/a?t=90&si=track", "embed/a?start=90"),
        ("https://youtu.be/a?t=soon", "embed/a"),
        ("https://youtu.be//[a", "embed/%5Ba"),
        ("https://www.youtube.com/embed/a?rel=0", "embed/a?rel=0"),
        ("https://www.youtube.com/shorts/a", "embed/a"),
        ("https://youtube.com/watch?v=a&list=b", "embed/a?list=b"),
        ("https://www.youtube.com/watch", "https://www.youtube.com/watch"),
        ("https://www.youtube.com/", "https://www.youtube.com/"),
    ],
)
def test_player_address(url, player):
    if player.startswith("embed/"):
        player = f"https://www.youtube-nocookie.com/{player}"
    assert player_address(url).url == player


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, f"{URL}?autoplay=true"),
        (f"{URL}/?learn=on&autoplay=false#x", f"{URL}/?learn=on&autoplay=true#x"),
        ("https://player.vimeo.com/video/1", "https://player.vimeo.com/video/1?autoplay=1"),
        ("https://a.example/v?x", "https://a.example/v?x"),
    ],
)
def test_autoplay(url, expected):
    assert autoplay_address(url) == expected
