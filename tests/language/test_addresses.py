"""Which addresses may be printed."""

from __future__ import annotations

import pytest

from sphinx_ajo.language.addresses import safe_address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#x",
        "#a:b",
        "?a:b",
        "page.html",
        "../a/b:c",
        "/a:b",
        "./a:b",
        "//host/x",
        "https://host/a:b?c=d:e#f:g",
        "HTTP://host",
        "mailto:a@host",
        "tel:+46",
        "sms:+46",
        "ftp://host/x",
        "a%3Ab.html",
        "a b.html",
    ],
)
def test_allowed(address):
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        "java\tscript:x",
        "java\nscript:x",
        "java\rscript\n:x",
        "\x00\x1fjavascript:x",
        " \u00a0\u200bjavascript:x",
        "\ufeffjavascript:x",
        "java\u200bscript:x",
        "java%E2%80%8Bscript:x",
        "java script:x",
        "javascript\u2028:x",
        "javascript://host/%0Ax",
        "vbscript:x",
        "data:text/html,x",
        "data:image/png;base64,AAAA",
        "blob:https://host/x",
        "file:///etc/passwd",
        "ms-msdt:/id",
        "view-source:https://host",
        "https\u200b:x",
        ":x",
    ],
)
def test_refused(address):
    assert safe_address(address) is None


def test_printed_as_browsers_read_it():
    assert safe_address(" ht\ttps://host/\na\x01 ") == "https://host/a"
    # a path for browsers, too: nothing that follows can make it an address
    assert safe_address("java\\script:x") == "java\\script:x"


def test_images():
    image = "data:image/png;base64,iVBORw0KGgo="
    assert safe_address(image, image=True) == image
    assert safe_address("data:image/svg+xml;base64,AAAA", image=True) is None
    assert safe_address('data:image/png;base64,AA"><b>', image=True) is None
    assert safe_address("javascript:x", image=True) is None
