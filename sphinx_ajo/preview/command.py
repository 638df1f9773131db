"""The command ``python -m sphinx_ajo preview``."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import logging
import socket
import threading
import webbrowser
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_ajo.preview.options import Options

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from types import FrameType

PORT: Final = 8000

LIBRARIES: Final = ("platformdirs", "starlette", "uvicorn", "watchfiles")

LOCK: Final = "preview.lock"
"""The file that only one preview can lock."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m sphinx_ajo preview",
        description="Show a repository in the browser, and each change as soon as it is saved.",
    )
    made.add_argument(
        "repository",
        nargs="?",
        default=".",
        help="an ExL repository, or the folder of a conf.py (default: this folder)",
    )
    made.add_argument(
        "--output",
        metavar="FOLDER",
        help="the folder to write to (default: one in your cache folder)",
    )
    made.add_argument("--host", default="127.0.0.1", help="who may connect (default: 127.0.0.1)")
    made.add_argument(
        "--port", type=int, default=PORT, help=f"the port, 0 for a free one (default: {PORT})"
    )
    made.add_argument("--open-browser", action="store_true", help="open the start page")
    made.add_argument(
        "-b",
        "--builder",
        choices=("html", "dirhtml"),
        default="html",
        help="the builder (default: html)",
    )
    made.add_argument("-c", "--conf-dir", metavar="PATH", help="the folder of conf.py")
    made.add_argument(
        "-D",
        "--define",
        dest="settings",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set an option of conf.py",
    )
    made.add_argument("-t", "--tag", dest="tags", action="append", default=[], help="define a tag")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Show a site until somebody presses Ctrl-C.

    :param arguments: Default: those of the command line.
    """
    made = parser()
    args = made.parse_args(arguments)
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        made.error(
            f"{', '.join(missing)} cannot be imported: python -m pip install 'sphinx-ajo[preview]'"
        )
    # a line for each saved file would hide the messages of the preview
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    source = Path(args.repository).resolve()
    if not source.is_dir():
        made.error(f"{args.repository} is not a folder")
    if wrong := [each for each in args.settings if "=" not in each]:
        made.error(f"-D {wrong[0]}: NAME=VALUE is expected")
    options = _options(args, source)
    try:
        lock = _lock(options.output)
    except OSError as error:
        made.error(f"{options.output}: {error.strerror}; choose another folder with --output")
    with lock:
        try:
            listener = _listen(args.host, args.port)
        except OSError as error:
            made.error(f"{args.host}:{args.port}: {error.strerror}; --port 0 takes a free port")
        with listener:
            return _serve(options, listener, args)


def _options(args: argparse.Namespace, source: Path) -> Options:
    if args.output:
        output = Path(args.output).resolve()
    else:
        from platformdirs import user_cache_path

        key = hashlib.blake2b(f"{source}\0{args.conf_dir}".encode(), digest_size=4).hexdigest()
        output = user_cache_path("sphinx-ajo") / "preview" / f"{source.name or 'root'}-{key}"
    return Options(
        source,
        output,
        args.builder,
        Path(args.conf_dir).resolve() if args.conf_dir else None,
        dict(each.split("=", 1) for each in args.settings),
        args.tags,
    )


def _lock(folder: Path) -> Any:
    """Lock a folder, so that no other preview writes to it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / LOCK).open("a", encoding="utf-8")
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            message = "another preview writes to this folder"
            raise OSError(error.errno, message) from error
    return file


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def _names(host: str) -> frozenset[str]:
    """Return the host names of the server."""
    names = {"localhost", host.lower()}
    if host not in ("127.0.0.1", "::1", "localhost"):
        names.add(socket.gethostname().lower())
    return frozenset(names)


def _serve(options: Options, listener: socket.socket, args: argparse.Namespace) -> int:
    import uvicorn

    from sphinx_ajo.preview.server import make_server
    from sphinx_ajo.preview.session import Session
    from sphinx_ajo.preview.status import Status, say
    from sphinx_ajo.preview.watching import Watcher

    status = Status()
    session = Session(options, status)
    watcher = Watcher(options.source, options.output, session.tell)

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        hub.start()
        watcher.start()
        session.start()
        yield
        watcher.stop()
        session.end()
        await asyncio.to_thread(session.join)

    app, hub = make_server(options.outdir, status, _names(args.host), lifespan)
    session.hub, session.watcher = hub, watcher
    host = f"[{args.host}]" if ":" in args.host else args.host
    url = f"http://{host}:{listener.getsockname()[1]}/"
    say(f"{options.source} is shown at {url}\nIts pages are written to {options.outdir}")
    say("Press Ctrl-C to end.")
    if args.open_browser:
        threading.Timer(0.5, webbrowser.open, [url]).start()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))

    stock = server.handle_exit

    def end(sig: int, frame: FrameType | None) -> None:
        hub.closing = True
        stock(sig, frame)

    server.handle_exit = end  # type: ignore[method-assign]
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0
