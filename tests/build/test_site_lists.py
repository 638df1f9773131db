"""Lists of pages that are published are fetched on request only, and kept."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sphinx_ajo.base.limits import LIMITS_KEY
from sphinx_ajo.site.manifests import SCHEMA

PAGE = {"name": "index", "path": "index.html", "title": "Lampa"}
LIST = {"$schema": SCHEMA, "language": "sv", "product": "", "pages": [PAGE]}


@pytest.fixture
def server():
    """A web server with one list; it counts the requests."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.requests += 1
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.requests, server.status, server.body = 0, 200, json.dumps(LIST).encode()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def has_twin(build):
    return 'hreflang="sv"' in build.text("index.html")


def test_fetch(project, server):
    project.write(index="# Lamp\n")
    sites = {"sv": {"url": "../sv", "pages": f"http://127.0.0.1:{server.server_port}/x.json"}}

    def build(warnings=(), **options):
        return has_twin(project.build(ajo_sites=sites, warnings=warnings, **options))

    assert not build(["has not been fetched yet (-D ajo_sites_fetch=1 fetches it)"])
    assert server.requests == 0
    assert build(ajo_sites_fetch=True)
    assert build()
    assert server.requests == 1
    server.status = 500
    assert build(
        ["cannot be fetched (HTTPError); what was fetched before is used"], ajo_sites_fetch=True
    )
    server.status, server.body = 200, b"x" * 5000
    limits = {LIMITS_KEY: {"site_list_bytes": 1000}}
    assert not build(["more bytes than the limit"], ajo_sites_fetch=True, **limits)


def test_no_answer(project, server):
    project.write(index="# Lamp\n")
    server.status = 404
    sites = {"sv": {"url": "../sv", "pages": f"http://127.0.0.1:{server.server_port}/x.json"}}
    warnings = ["cannot be fetched (HTTPError); the site is left out"]
    build = project.build(ajo_sites=sites, ajo_sites_fetch=True, warnings=warnings)
    assert not has_twin(build)


@pytest.mark.parametrize("url", ["", ".", "./", "https://example.com/sv"])
def test_own_entry(project, url):
    """The entry of the site that is built is left out, though its list is not there."""
    project.write(index="# Lamp\n")
    sites = {"own": {"url": url, "pages": "nothing.json"}}
    project.build(ajo_sites=sites, html_baseurl="https://example.com/sv/")
