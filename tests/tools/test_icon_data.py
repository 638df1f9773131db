"""The generator of the icon data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sphinx_ajo.tools import icon_data as build_data

FONTAWESOME = os.environ.get("AJO_FONTAWESOME")


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
