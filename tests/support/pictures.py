"""Pictures of pages: made small, kept with the tests, compared with what pages look like now."""

from __future__ import annotations

import io
import os
from importlib import metadata
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "browser" / "pictures"
PINS = Path(__file__).parents[1] / "constraints-browser.txt"

RENEW = os.environ.get("AJO_PICTURES") == "renew"
"""Whether the pictures are made anew."""

COLOURS = 48
BLOCK = 8
"""How many pixels of a small picture are compared at once, in each direction."""
TOLERANCE = 20
"""How far a block may differ, of 255: an icon is more, and the edges of letters are less."""

FONT = """
*:not([class*="fa-"]) { font-family: "DejaVu Sans" !important }
:is(pre, code, kbd, samp, .guilabel), :is(pre, code, kbd, samp) * {
  font-family: "DejaVu Sans Mono" !important
}
"""

HAS_FONT = """
() => {
  const context = document.createElement("canvas").getContext("2d");
  const width = (fonts) => {
    context.font = `40px ${fonts}`;
    return context.measureText("mmmiii").width;
  };
  return ["DejaVu Sans", "DejaVu Sans Mono"].every(
    (font) => width(`"${font}", serif`) === width(`"${font}", cursive`)
      && width(`"${font}"`) !== width("serif")
  );
}
"""


def pinned():
    """Return the versions that the pictures were made with."""
    lines = PINS.read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def other_versions(*packages):
    """Return which of some packages are installed in other versions than the pictures show."""
    pins = pinned()
    return [name for name in packages if metadata.version(name) != pins[name]]


def take(page, factor):
    """Take a picture of a whole page; each of its pixels is as wide as some of the page."""
    image = pytest.importorskip("PIL.Image", reason="no Pillow here")
    if not page.evaluate(HAS_FONT):
        pytest.skip("no DejaVu fonts here")
    page.add_style_tag(content=FONT)
    page.wait_for_timeout(100)
    data = page.screenshot(full_page=True, animations="disabled")
    return image.open(io.BytesIO(data)).convert("RGB").reduce(factor)


def check(picture, name):
    """Compare a picture with the one that is kept; renew that one if this is asked for."""
    from PIL import Image, ImageChops

    path = FOLDER / f"{name}.png"
    if RENEW:
        path.parent.mkdir(exist_ok=True)
        palette = picture.quantize(COLOURS)
        _in_colours_of(palette, picture).save(path, optimize=True)
        return
    kept = Image.open(path)
    size = tuple(map(max, picture.size, kept.size))
    both = (_in_colours_of(kept, picture), kept)
    found, wanted = (_enlarged(each.convert("RGB"), size) for each in both)
    blocks = ImageChops.difference(found, wanted).convert("L").reduce(BLOCK)
    worst = blocks.getextrema()[1]
    if worst > TOLERANCE:
        box = blocks.point(lambda value: 255 * (value > TOLERANCE)).getbbox()
        new = Path(os.environ.get("TOX_ENV_DIR", FOLDER.parents[2] / "build")) / f"{name}.png"
        new.parent.mkdir(parents=True, exist_ok=True)
        picture.save(new)
        top, bottom = (edge * BLOCK for edge in box[1::2])
        pytest.fail(
            f"the page is not as in {path}: lines {top} to {bottom} differ by {worst}; compare "
            f"{new}; AJO_PICTURES=renew makes the pictures anew"
        )


def _in_colours_of(palette, picture):
    """Give each pixel the nearest colour of a palette."""
    from PIL import Image

    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _enlarged(picture, size):
    from PIL import Image

    whole = Image.new("RGB", size, "magenta")
    whole.paste(picture)
    return whole
