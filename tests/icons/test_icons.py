from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from sphinx_ajo.icons import Icon, find_icon, icon_name
from sphinx_ajo.tools import icon_data as build_data

CDN = "https://cdn.experienceleague.adobe.com/icons"
FONTAWESOME = os.environ.get("AJO_FONTAWESOME")
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


# --- The generator


def entry(
    *styles: str, aliases: tuple[str, ...] = (), pro: tuple[str, ...] = (), left: int = 0
) -> dict[str, Any]:
    """Make the metadata of an icon whose path data is ``M0 0`` followed by its style."""
    found: dict[str, Any] = {
        "familyStylesByLicense": {
            "free": [{"family": "classic", "style": style} for style in styles],
            "pro": [{"family": "classic", "style": style} for style in (*styles, *pro)],
        },
        "svgs": {
            "classic": {
                style: {"viewBox": [left, 0, 320, 512], "path": f"M0 0{style}"}
                for style in (*styles, *pro)
            }
        },
    }
    if aliases:
        found["aliases"] = {"names": list(aliases), "unicodes": {"composite": ["f2be"]}}
    return found


def make_package(folder: Path, icons: dict[str, Any], version: str = "1.2.3") -> Path:
    (folder / "metadata").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    (folder / "metadata" / "icon-families.json").write_text(json.dumps(icons), encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return make_package(
        tmp_path / "package",
        {
            "zebra": entry("regular", "solid", aliases=("stripes", "ant")),
            "bee": entry("regular", aliases=("insect",), pro=("solid",)),
            "logo": entry("brands", aliases=("old-logo",)),
            "both": entry("brands", "solid"),
            "paid": entry(aliases=("old-paid",), pro=("solid",)),
            "ant": entry("solid", aliases=("insect",)),
            "uncommon": {"aliases": {"unicodes": {"composite": ["f2be"]}}} | entry("solid"),
        },
    )


def test_generated_file(package: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    assert build_data.main([str(package), "--output", str(output)]) == 0
    text = output.read_bytes().decode()
    loaded = json.loads(text)
    attribution = loaded.pop("attribution")
    assert "Font Awesome Free 1.2.3" in attribution
    assert "CC BY 4.0" in attribution
    assert loaded == {
        "version": "1.2.3",
        "icons": {
            "ant": [320, 512, "M0 0solid"],
            "bee": [320, 512, "M0 0regular"],
            "both": [320, 512, "M0 0solid"],
            "uncommon": [320, 512, "M0 0solid"],
            "zebra": [320, 512, "M0 0solid"],
        },
        "aliases": {"insect": "ant", "stripes": "zebra"},
    }
    loaded["attribution"] = attribution
    assert text == json.dumps(loaded, sort_keys=True, separators=(",", ":")) + "\n"


def test_order_of_the_metadata_does_not_matter(package: Path, tmp_path: Path) -> None:
    metadata = json.loads((package / "metadata" / "icon-families.json").read_bytes())
    other = make_package(tmp_path / "other", dict(reversed(metadata.items())))
    assert build_data.build(other) == build_data.build(package)


def test_check(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.json"
    check = [str(package), "--check", "--output", str(output)]

    assert build_data.main(check) == 1
    assert not output.exists()

    build_data.main([str(package), "--output", str(output)])
    before = output.read_bytes()
    capsys.readouterr()
    assert build_data.main(check) == 0
    assert capsys.readouterr().out == f"{output}: up to date\n"

    newer = make_package(tmp_path / "newer", {"ant": entry("solid")}, "1.2.4")
    assert build_data.main([str(newer), "--check", "--output", str(output)]) == 1
    assert capsys.readouterr().out == f"{output}: out of date\n"
    assert output.read_bytes() == before


def test_check_is_against_the_shipped_file_by_default(package: Path) -> None:
    before = build_data.DATA_FILE.read_bytes()
    assert build_data.main([str(package), "--check"]) == 1
    assert build_data.DATA_FILE.read_bytes() == before


def test_folder_that_is_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.json"
    with pytest.raises(SystemExit) as error:
        build_data.main([str(tmp_path), "--output", str(output)])
    assert error.value.code == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert not output.exists()


def test_view_box_elsewhere_is_refused(tmp_path: Path) -> None:
    package = make_package(tmp_path / "package", {"ant": entry("solid", left=-8)})
    with pytest.raises(ValueError, match="view box of ant"):
        build_data.build(package)


@pytest.mark.skipif(not FONTAWESOME, reason="AJO_FONTAWESOME names no unpacked npm package")
def test_shipped_files_match_the_real_package() -> None:
    package = Path(FONTAWESOME or "")
    assert build_data.main([str(package), "--check"]) == 0
    licence = build_data.DATA_FILE.with_name("LICENSE-fontawesome.txt")
    assert licence.read_bytes() == (package / "LICENSE.txt").read_bytes()
