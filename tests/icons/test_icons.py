from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest

from sphinx_ajo.icons import Icon, find_icon, icon_name

CDN = "https://cdn.experienceleague.adobe.com/icons"
# The names the extension must know.
USED = [
    "bullseye",
    "user-circle",
    "fingerprint",
    "chart-line",
    "circle-play",
    "code-branch",
    "users",
    "image",
    "list-check",
    "gear",
    "envelope",
    "lightbulb",
    "puzzle-piece",
    "clock",
    "book",
    "calendar-alt",
    "rocket",
    "shield-halved",
    "globe",
    "mobile",
    "database",
]


def shape(icon: Icon | None) -> tuple[int, int, str]:
    assert icon is not None
    return icon.width, icon.height, icon.path


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    text = files("sphinx_ajo.icons").joinpath("fontawesome.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


# --- find_icon


@pytest.mark.parametrize("name", USED)
def test_used_name_resolves(name: str) -> None:
    icon = find_icon(name)
    assert icon is not None
    assert icon.name == name
    assert icon.width > 0
    assert icon.height > 0
    assert icon.path.startswith("M")


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("user-circle", "circle-user"),
        ("calendar-alt", "calendar-days"),
        ("cog", "gear"),
        ("shield-alt", "shield-halved"),
    ],
)
def test_alias_has_the_shape_of_its_icon(alias: str, name: str) -> None:
    icon = find_icon(alias)
    assert icon is not None
    assert icon.name == alias
    assert shape(icon) == shape(find_icon(name))


@pytest.mark.parametrize("name", ["Rocket", "ROCKET", "User-Circle"])
def test_letter_case_is_ignored_but_kept(name: str) -> None:
    icon = find_icon(name)
    assert icon is not None
    assert icon.name == name
    assert shape(icon) == shape(find_icon(name.lower()))


@pytest.mark.parametrize("name", ["", "no-such-icon", "rocket.svg", " rocket", "f135", "github"])
def test_unknown_name(name: str) -> None:
    assert find_icon(name) is None


def test_icon_is_immutable() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Icon("a", 1, 1, "M0 0z").name = "b"  # type: ignore[misc]


def test_data_is_read_once_and_not_at_import() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from sphinx_ajo.icons import find_icon
def reads():
    return sum(path.endswith("fontawesome.json") for path in opened)
counts = [reads()]
find_icon("rocket")
find_icon("globe")
print(*counts, reads())
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert result.stdout.split() == ["0", "1"]


# --- icon_name


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{CDN}/bullseye.svg", "bullseye"),
        (f"{CDN}/user-circle.svg?lang=sv-SE", "user-circle"),
        (f"{CDN}/gear.svg?", "gear"),
        (f"{CDN}/gear.svg#top", "gear"),
        (f"{CDN}/gear.svg?lang=en&a=/b.png#c", "gear"),
        ("http://cdn.experienceleague.adobe.com/icons/gear.svg", "gear"),
        ("//cdn.experienceleague.adobe.com/icons/gear.svg", "gear"),
        ("HTTPS://CDN.ExperienceLeague.Adobe.com/icons/gear.svg", "gear"),
        (f"{CDN}/Gear.svg", "Gear"),
        (f"{CDN}/user%2Dcircle.svg", "user-circle"),
        (f"{CDN}/gear%2Esvg", "gear"),
        (f"{CDN}/a%20b.svg", "a b"),
        (f"{CDN}/%C3%A9.svg", "é"),
        (f"{CDN}/a.b.svg", "a.b"),
        (f"{CDN}/no-such-icon.svg", "no-such-icon"),
    ],
)
def test_icon_name(url: str, expected: str) -> None:
    assert icon_name(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gear",
        "gear.svg",
        "/icons/gear.svg",
        "icons/gear.svg",
        "cdn.experienceleague.adobe.com/icons/gear.svg",
        "https:///cdn.experienceleague.adobe.com/icons/gear.svg",
        "ftp://cdn.experienceleague.adobe.com/icons/gear.svg",
        "https://experienceleague.adobe.com/icons/gear.svg",
        "https://cdn.experienceleague.adobe.com.example.org/icons/gear.svg",
        "https://example.org/icons/gear.svg",
        "https://example.org/?u=https://cdn.experienceleague.adobe.com/icons/gear.svg",
        "https://cdn.experienceleague.adobe.com@example.org/icons/gear.svg",
        "https://user@cdn.experienceleague.adobe.com/icons/gear.svg",
        "https://cdn.experienceleague.adobe.com:8080/icons/gear.svg",
        "https://[cdn.experienceleague.adobe.com/icons/gear.svg",
        "https://cdn.experienceleague.adobe.com/gear.svg",
        "https://cdn.experienceleague.adobe.com/images/gear.svg",
        "https://cdn.experienceleague.adobe.com/Icons/gear.svg",
        "https://cdn.experienceleague.adobe.com//icons/gear.svg",
        "https://cdn.experienceleague.adobe.com/a/icons/gear.svg",
        f"{CDN}",
        f"{CDN}/",
        f"{CDN}/.svg",
        f"{CDN}/gear",
        f"{CDN}/gear.png",
        f"{CDN}/gear.svg.png",
        f"{CDN}/gear.svg/",
        f"{CDN}/gear?a=b.svg",
        f"{CDN}/gear#b.svg",
        f"{CDN}/solid/gear.svg",
        f"{CDN}/solid%2Fgear.svg",
        f"{CDN}%2Fgear.svg",
        f"{CDN}/../gear.svg",
        f"{CDN}/%FF.svg",
    ],
)
def test_not_an_icon_url(url: str) -> None:
    assert icon_name(url) is None


def test_url_of_an_aliased_icon_leads_to_its_shape() -> None:
    name = icon_name(f"{CDN}/calendar-alt.svg?lang=sv-SE")
    assert name is not None
    assert shape(find_icon(name)) == shape(find_icon("calendar-days"))


# --- The shipped data


def test_every_icon_is_valid(data: dict[str, Any]) -> None:
    assert len(data["icons"]) > 1000
    allowed = re.compile(r"[Mm][MmZzLlHhVvCcSsQqTtAaEe0-9+\-., ]*")
    bad = [
        name
        for name, (width, height, path) in data["icons"].items()
        if name != name.lower()
        or type(width) is not int
        or type(height) is not int
        or min(width, height) <= 0
        or not allowed.fullmatch(path)
    ]
    assert bad == []


def test_every_alias_leads_to_an_icon(data: dict[str, Any]) -> None:
    icons, aliases = data["icons"], data["aliases"]
    assert len(aliases) > 100
    assert [alias for alias in aliases if alias != alias.lower()] == []
    assert set(aliases.values()) <= set(icons)
    assert not set(aliases) & set(icons)


def test_attribution_is_shipped(data: dict[str, Any]) -> None:
    assert f"Font Awesome Free {data['version']}" in data["attribution"]
    assert "CC BY 4.0" in data["attribution"]
    licence = files("sphinx_ajo.icons").joinpath("LICENSE-fontawesome.txt")
    assert "# Icons: CC BY 4.0 License" in licence.read_text(encoding="utf-8")
