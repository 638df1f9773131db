"""Check which addresses may be shown in a frame, and return those of their players. No Sphinx.

The address that is printed is a new one: ``https://``, an allowed host, and the rest. So it does
not matter whether browsers parse the address of the author as we do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

HOSTS: Final = ("video.tv.adobe.com", "www.youtube-nocookie.com", "player.vimeo.com")
"""The hosts of videos in repositories of Experience League; YouTube plays from the second."""

FRAME: Final = {
    "sandbox": "allow-popups allow-popups-to-escape-sandbox allow-presentation "
    "allow-same-origin allow-scripts",
    "referrerpolicy": "strict-origin-when-cross-origin",  # YouTube refuses to play without
    "allow": "encrypted-media; fullscreen; picture-in-picture",
}
"""The attributes of a frame: what it may do. ``ajo.js`` has the same, with autoplay."""

_MOST: Final = 253
"""The maximum length of the name of a host."""

_SUBDOMAINS: Final = "*."
_ADDRESS = re.compile(r"(?:(https?):)?//([^/?#\\]*)(.*)\Z", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"([^@%:\[\]]+)(?::([0-9]{0,5}))?\Z")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\Z")
_DROPPED: Final = dict.fromkeys(map(ord, "\t\n\r"))
"""Characters that browsers ignore anywhere in an address."""

_ENDS: Final = "".join(map(chr, range(0x21)))
"""Characters that browsers ignore at both ends of an address."""

_PORTS: Final = {"http": 80, "https": 443}
_YOUTUBE: Final = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtu.be"}
    | {"youtube-nocookie.com", "www.youtube-nocookie.com"}
)
_YOUTUBE_FOLDERS: Final = frozenset({"embed", "shorts", "live", "v"})
_START = re.compile(r"(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s?)?\Z")
"""How YouTube writes where a video starts: ``90``, ``90s``, ``1m30s``."""

_AUTOPLAY: Final = {
    "video.tv.adobe.com": "true",
    "www.youtube-nocookie.com": "1",
    "player.vimeo.com": "1",
}
"""Host → the value by which ``autoplay`` starts its player."""


class Address(NamedTuple):
    """A web address that is loaded with ``https``."""

    host: str
    """The host in lower-case ASCII letters."""
    rest: str
    """Path, query and fragment."""

    @property
    def url(self) -> str:
        """The whole address."""
        return f"https://{self.host}{self.rest}"


def host_name(text: str) -> str:
    """Return the name of a host as browsers compare it.

    :param text: The name, in any script.
    :returns: The name in lower-case ASCII letters; empty if it is not a valid one.
    """
    if len(text) > _MOST:
        return ""
    try:
        name = text.lower() if text.isascii() else text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return name if _HOST.match(name) else ""


def is_host_pattern(text: str) -> bool:
    """Tell whether a text is an entry of ``ajo_video_hosts``.

    :returns: Whether it is the name of a host, or ``*.`` and one.
    """
    return bool(host_name(text.removeprefix(_SUBDOMAINS)))


def parse_address(url: str) -> Address | None:
    """Parse a web address.

    :param url: The address, entities resolved; ``http``, ``https`` or without a scheme.
    :returns: The address; ``None`` if it has a user, a port or anything else that a video does
        not need.
    """
    match = _ADDRESS.match(url.translate(_DROPPED).strip(_ENDS))
    authority = _AUTHORITY.match(match[2]) if match else None
    if match is None or authority is None:
        return None
    scheme = (match[1] or "https").lower()
    host = host_name(authority[1])
    if not host or (authority[2] and int(authority[2]) != _PORTS[scheme]):
        return None
    rest = match[3]
    return Address(host, f"/{rest[1:]}" if rest.startswith("\\") else rest)


def is_allowed(address: Address, hosts: Iterable[str]) -> bool:
    """Tell whether an address may be shown in a frame.

    :param hosts: The allowed hosts; ``*.example.com`` means the subdomains of ``example.com``,
        and not ``example.com`` itself.
    :returns: Whether its host is one of them.
    """
    for entry in hosts:
        name = host_name(entry.removeprefix(_SUBDOMAINS))
        if entry.startswith(_SUBDOMAINS):
            if name and address.host.endswith(f".{name}"):
                return True
        elif address.host == name:
            return True
    return False


def player_address(url: str) -> Address | None:
    """Return the address that shows a video in a frame.

    :param url: The address as written. Its query is kept: ``captions``, ``quality``, ...
    :returns: The address of the player; for YouTube, of the one that sets no cookies. ``None`` if
        :func:`parse_address` does not read it.
    """
    address = parse_address(url)
    if address is None or address.host not in _YOUTUBE:
        return address
    return _youtube_player(address) or address


def _youtube_player(address: Address) -> Address | None:
    parts = urlsplit(address.url)
    query = dict(parse_qsl(parts.query))
    path = [part for part in parts.path.split("/") if part]
    if path and path[0] in _YOUTUBE_FOLDERS:
        path.pop(0)
    video = query.pop("v", "") or (path[0] if path else "")
    if not video or video in ("watch", "playlist", "channel"):
        return None
    start = query.pop("t", "")
    if (match := _START.match(start)) and start:
        hours, minutes, seconds = (int(group or 0) for group in match.groups())
        query["start"] = str(hours * 3600 + minutes * 60 + seconds)
    for name in ("autoplay", "feature", "si"):
        query.pop(name, None)
    rest = f"/embed/{quote(video, safe='')}"
    return Address("www.youtube-nocookie.com", f"{rest}?{urlencode(query)}" if query else rest)


def autoplay_address(url: str) -> str:
    """Return the address with which a player starts at once.

    :returns: The address with ``autoplay``, if that is known to work; else the same address.
    """
    address = parse_address(url)
    value = _AUTOPLAY.get(address.host) if address else None
    if address is None or value is None:
        return url
    before, hash_, fragment = address.rest.partition("#")
    path, _question, query = before.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("autoplay")]
    query = "&".join([*kept, f"autoplay={value}"])
    return Address(address.host, f"{path}?{query}{hash_}{fragment}").url
