"""Which pages browsers show, and the events that they get."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sphinx_ajo.preview.status import Status

RECENT: Final = 15.0
"""For how many seconds a requested page counts as shown, if no browser listens for its events."""

PATIENCE: Final = 0.5
"""The maximum time in seconds between checks whether the server is to end."""


class Hub:
    """The browsers of a server. Only `changed` and `wanted` may run outside its event loop."""

    def __init__(self, status: Status, read: Callable[[str], bytes | None]) -> None:
        """Start without browsers.

        :param read: Returns the contents of the file at an address.
        """
        self.closing = False
        """Whether the server is ending."""
        self.assets = 0
        """The number of changes that are not visible in the HTML of a page."""
        self._status = status
        self._read = read
        self._version = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()
        self._requests: dict[str, float] = {}
        self._open: Counter[str] = Counter()
        status.changed = self.changed

    def start(self) -> None:
        """Record the running event loop."""
        self._loop = asyncio.get_running_loop()

    def changed(self) -> None:
        """Tell browsers that something has changed; any thread may call this."""
        self._version += 1
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    def note_request(self, address: str) -> None:
        """Record that a page was requested."""
        self._requests.pop(address, None)
        self._requests[address] = time.monotonic()
        while len(self._requests) > 100:
            del self._requests[next(iter(self._requests))]

    def wanted(self) -> list[str]:
        """Return the addresses that browsers wait for or show, the latest first."""
        start = time.monotonic() - RECENT
        asked = sorted(self._requests.copy().items(), key=lambda item: -item[1])
        shown = self._open.copy()
        return [address for address, when in asked if when > start or shown[address] > 0]

    def digest(self, address: str) -> str:
        """Digest the contents at an address.

        :returns: The digest; empty if there is no file.
        """
        data = self._read(address)
        return "" if data is None else digest(data)

    def state(self) -> str:
        """Return the state that browsers show besides the page, as JSON."""
        status = self._status
        return json.dumps(
            {"step": status.step, "problem": status.problem, "warnings": status.warnings}
        )

    async def events(self, address: str, shown: str, assets: str) -> AsyncIterator[str]:
        """Yield the server-sent events for a browser.

        :param address: The address that it shows.
        :param shown: The digest of the shown contents; empty for a page of the preview itself.
        :param assets: The number of changes of other files when it was loaded.
        """
        self._open[address] += 1
        seen, told = -1, ""
        try:
            yield ": begin\n\n"
            while not self.closing:
                if seen != self._version:
                    seen = self._version
                    if self._is_outdated(address, shown, assets):
                        yield "event: reload\ndata:\n\n"
                        return
                    if told != (told := self.state()):
                        yield f"event: state\ndata: {told}\n\n"
                await self._wait()
        finally:
            self._open[address] -= 1

    def _is_outdated(self, address: str, shown: str, assets: str) -> bool:
        now = self.digest(address)
        if not now:
            # the page has been deleted, and is not about to be written
            status = self._status
            return bool(shown) and status.complete and not status.step and not status.problem
        return now != shown or assets != str(self.assets)

    async def _wait(self) -> None:
        event = self._event
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), PATIENCE)


def digest(data: bytes) -> str:
    """Digest served contents."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()
