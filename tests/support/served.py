"""A folder on a local server that sends a header of its own with each file."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args, policy, **kwargs):
        self._policy = policy
        super().__init__(*args, **kwargs)

    def end_headers(self):
        if self._policy:
            self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def serve(folder, policy=""):
    """Serve a folder; return the address of its root."""
    handler = partial(_Handler, directory=str(folder), policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
