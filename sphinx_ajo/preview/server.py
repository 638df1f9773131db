"""The server: it serves the output folder to allowed hosts, with a script in each page."""

from __future__ import annotations

import ipaddress
import os
import time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sphinx_ajo.base.package import PACKAGE_DIR
from sphinx_ajo.preview.hub import Hub, digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from sphinx_ajo.preview.status import Status

OWN: Final = "/_ajo-preview"
"""The path of the script and the events."""

SCRIPT: Final = PACKAGE_DIR / "preview" / "static" / "preview.js"

PAGES: Final = frozenset({"", ".html", ".htm"})
"""The suffixes of addresses of pages."""

_PROBLEM: Final = (
    "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;margin:0;"
    "padding:1em;border-top:4px solid #c9252d;font:13px/1.5 ui-monospace,monospace;"
    "white-space:pre-wrap;overflow-wrap:anywhere;color:#1b1b1b;background:#fff4f3"
)

_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<noscript><meta http-equiv="refresh" content="2"></noscript>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
<p id="ajo-preview-step" role="status">{step}</p>
</body>
</html>
"""


class AllowedHosts:
    """Rejects requests for other hosts.

    Otherwise, the page of another site could read this one (DNS rebinding): the owner of a name
    controls where it leads. Nobody controls an IP address in this way.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        """Prepare."""
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not is_allowed(Headers(scope=scope).get("host", ""), self._names):
            answer = PlainTextResponse("This host is not served here.\n", status_code=421)
            await answer(scope, receive, send)
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_closed)


def is_allowed(host: str, names: frozenset[str]) -> bool:
    """Tell whether requests for a host are answered.

    :returns: Whether it is an IP address or one of the allowed names.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


class SitePages(StaticFiles):
    """The files of the output folder; the script is added to pages."""

    def __init__(self, folder: Path, status: Status) -> None:
        """Prepare."""
        super().__init__(directory=folder, html=True, check_dir=False)
        self._status = status
        self.hub = Hub(status, self.read)

    async def check_config(self) -> None:
        """Accept a missing folder: the next build creates it again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request.

        :param path: The path of the file.
        :param scope: The request.
        :returns: The file; while it does not exist, a page that waits for it.
        """
        address = scope["path"]
        is_page = os.path.splitext(address)[1].lower() in PAGES  # noqa: PTH122
        if is_page:
            self.hub.note_request(address)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            # 405 has headers with the allowed methods
            if error.status_code == 405:
                raise
            response = PlainTextResponse("Not found\n", status_code=404)
        except OSError:
            response = PlainTextResponse("Not found\n", status_code=404)
        if response.status_code == 404 and is_page:
            return self._missing(address)
        response.headers["Cache-Control"] = "no-cache"
        return response

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file."""
        if os.path.splitext(full_path)[1].lower() not in PAGES - {""}:  # noqa: PTH122
            return super().file_response(full_path, stat_result, scope, status_code)
        return self._page(_read_whole(Path(full_path)), status_code)

    def _page(self, data: bytes, status_code: int, shown: str | None = None) -> HTMLResponse:
        """Insert the script into a page."""
        mark = digest(data) if shown is None else shown
        status = self._status
        more = (
            f'<script src="{OWN}/preview.js" data-digest="{mark}" data-assets="{self.hub.assets}"'
            f' data-problem="{_PROBLEM}"></script>'
        )
        if status.problem:
            text = escape(status.problem)
            more += f'<div id="ajo-preview-problem" role="alert" style="{_PROBLEM}">{text}</div>'
        start, end, rest = data.rpartition(b"</body>")
        whole = start + more.encode() + end + rest if end else data + more.encode()
        return HTMLResponse(whole, status_code, {"Cache-Control": "no-store"})

    def _missing(self, address: str) -> Response:
        status = self._status
        title, text, code = "This page does not exist", f"No page has the address {address}.", 404
        if status.problem:
            title, text, code = "The site cannot be built", "Correct the error, and save.", 503
        elif not status.complete:
            title, code = "This page is being built", 503
            text = "It is shown as soon as it is there, before all others."
        page = _PAGE.format(title=escape(title), text=escape(text), step=escape(status.step))
        return self._page(page.encode(), code, "")

    def read(self, address: str) -> bytes | None:
        """Return the contents of the file at an address.

        :returns: Its bytes; ``None`` if there is no file.
        """
        path = self.get_path({"type": "http", "path": address})
        for name in (path, f"{path}/index.html"):
            try:
                file, known = self.lookup_path(name)
                if known is not None and Path(file).is_file():
                    return _read_whole(Path(file))
            except (OSError, ValueError):
                continue
        return None


def _read_whole(path: Path) -> bytes:
    """Read a complete page, even while it is being written."""
    for _ in range(10):
        data = path.read_bytes()
        if data.rstrip().endswith(b"</html>"):
            break
        time.sleep(0.005)
    return data


def make_server(
    folder: Path,
    status: Status,
    names: frozenset[str],
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]],
) -> tuple[Starlette, Hub]:
    """Create the server.

    :param lifespan: A context that begins and ends with the server.
    :returns: The server, and the hub of its browsers.
    """
    pages = SitePages(folder, status)
    hub = pages.hub

    async def events(request: Request) -> Response:
        query = request.query_params
        shown = (query.get(name, "") for name in ("path", "digest", "assets"))
        return StreamingResponse(
            hub.events(*shown),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def script(_request: Request) -> Response:
        return FileResponse(SCRIPT, headers={"Cache-Control": "no-cache"})

    app = Starlette(
        routes=[
            Route(f"{OWN}/events", events),
            Route(f"{OWN}/preview.js", script),
            Mount("/", pages),
        ],
        middleware=[Middleware(AllowedHosts, names=names)],
        lifespan=lifespan,
    )
    return app, hub
