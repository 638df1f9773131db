"""What a translation lacks, its original has: images, files, texts, pages."""

from __future__ import annotations

import lxml.html
import pytest

HOME = "help/user/home.md"


def body(build, page="help/user/home.html"):
    return lxml.html.fromstring(build.text(page)).find_class("body")[0]


def images(build):
    return {path.name: path.read_bytes()[-2:] for path in (build.outdir / "_images").iterdir()}


IMAGES = (
    "# Hem\n\n![A](assets/a.png) ![B](/help/assets/b.png){width=20}\n\n"
    '<img src="assets/c.png" alt="C">\n'
)


@pytest.mark.parametrize("srcdir", ["", "help"])
def test_images(lamps, srcdir):
    """An image that was not translated is that of the original, without a warning."""
    lamps.write({HOME: IMAGES})
    for name in ("user/assets/a", "assets/b", "user/assets/c"):
        lamps.image(f"help/{name}.png")
    lamps.image("help/assets/b.png", original=False)
    lamps.folder /= srcdir
    build = lamps.build()
    assert images(build) == {"a.png": b"en", "b.png": b"sv", "c.png": b"en"}
    page = "user/home.html" if srcdir else "help/user/home.html"
    assert len(body(build, page).findall(".//img")) == 3


@pytest.mark.parametrize("builder", ["latex", "epub", "dirhtml"])
def test_images_of_other_builders(lamps, builder):
    lamps.write({HOME: "# Hem\n\n![A](assets/a.png)\n"})
    lamps.image("help/user/assets/a.png")
    build = lamps.build(builder, version="1", copyright="us")
    assert [path for path in build.outdir.rglob("a.png") if path.read_bytes()[-2:] == b"en"]


def test_images_come_and_go(lamps):
    """A page is read again when an image is translated, or no longer so."""
    lamps.write({HOME: "# Hem\n\n![A](assets/a.png)\n"})
    lamps.image("help/user/assets/a.png")
    assert images(lamps.build()) == {"a.png": b"en"}
    assert lamps.build().updated == frozenset()
    lamps.image("help/user/assets/a.png", original=False)
    build = lamps.build()
    assert build.updated == {"help/user/home"}
    assert images(build)["a.png"] == b"sv"
    (lamps.folder / "help/user/assets/a.png").unlink()
    build = lamps.build()
    assert build.updated == {"help/user/home"}
    assert images(build)["a.png"] == b"en"


def test_missing_everywhere(lamps):
    """What neither has is missing."""
    lamps.write({HOME: "# Hem\n\n![A](assets/a.png) [b](assets/b.zip)\n"})
    lamps.build(
        warnings=[
            "home.md:3: WARNING: image file not readable",
            "home.md:3: WARNING: no page or file 'assets/b.zip'",
        ]
    )


def test_nothing_outside(lamps):
    """No file is taken from elsewhere than the original."""
    lamps.write({HOME: "# Hem\n\n[b](../../../secret.zip)\n"})
    (lamps.folder.parent / "secret.zip").write_text("x", encoding="utf-8")
    lamps.build(warnings=["'../../../secret.zip' leads outside the repository"])


def test_downloads(lamps):
    """Other files are those of the original, too; one that appears is found."""
    lamps.write({HOME: "# Hem\n\n[b](assets/b.csv)\n"})
    lamps.build(warnings=["no page or file 'assets/b.csv'"])
    lamps.write_original({"help/user/assets/b.csv": "en"})
    build = lamps.build()
    assert build.updated == {"help/user/home"}
    (link,) = body(build).xpath(".//a[@download]")
    assert (build.outdir / "help/user" / link.get("href")).read_text(encoding="utf-8") == "en"
    lamps.write({"help/user/assets/b.csv": "sv"})
    build = lamps.build()
    (link,) = body(build).xpath(".//a[@download]")
    assert (build.outdir / "help/user" / link.get("href")).read_text(encoding="utf-8") == "sv"


INCLUDED = {
    "help/_includes/part.md": (
        "# Part\n\nIncluded [home](../user/home.md) and ![A](a.png).\n\n{{$include more.md}}\n"
    ),
    "help/_includes/more.md": "More.\n",
    "help/_includes/snippets.md": (
        "# S\n\n## Hint {#hint}\n\nHinted.\n\n## Other {#other}\n\nOther.\n"
    ),
}
PAGE = "# Hem\n\n{{$include /help/_includes/part.md}}\n\n{{hint}}\n\n{{other}}\n"


def test_texts(lamps):
    """Readers see the original rather than nothing, and writers are told."""
    lamps.write_original(INCLUDED)
    lamps.image("help/_includes/a.png")
    lamps.write(
        {
            HOME: PAGE,
            "help/_includes/snippets.md": "# S\n\n## Annat {#other}\n\nAnnat.\n",
            "help/_includes/more.md": "Mera.\n",
        }
    )
    build = lamps.build(
        warnings=[
            "home.md:3: WARNING: the included file '/help/_includes/part.md' is not translated",
            "home.md:5: WARNING: the snippet 'hint' is not translated; that of the original",
        ]
    )
    text = body(build).text_content()
    assert "Included home and ." in text
    assert "Mera." in text
    assert "Hinted." in text
    assert "Annat." in text
    assert body(build).xpath(".//p/a[.='home']/@href") == ["#"]
    assert images(build) == {"a.png": b"en"}


def test_texts_without_a_library(lamps):
    """The file of snippets itself may be missing, and later appear."""
    lamps.write_original(INCLUDED)
    lamps.image("help/_includes/a.png")
    lamps.write({HOME: PAGE})
    warnings = ["'/help/_includes/part.md' is not", "'more.md' is not", "'hint' is", "'other' is"]
    lamps.build(warnings=warnings)
    lamps.write(INCLUDED)
    build = lamps.build()
    assert build.updated == {"help/user/home"}


def test_texts_of_neither(lamps):
    lamps.write({HOME: PAGE})
    """One that appears in the original is used in the next build."""
    lamps.build(
        warnings=[
            "there is no file '/help/_includes/part.md' to include",
            "there is no snippet 'hint'",
            "there is no snippet 'other'",
        ]
    )
    lamps.write_original({"help/_includes/part.md": "Text.\n"})
    build = lamps.build(
        warnings=["'/help/_includes/part.md' is not", "there is no snippet", "there is no snippet"]
    )
    assert build.updated == {"help/user/home"}


def test_pages(lamps):
    """A page that is not translated is on the official site in English."""
    url = "https://experienceleague.adobe.com/en/docs/lamp/user/start/new"
    lamps.write({HOME: "# Hem\n\n[a](new.md#top) [b](./new.md) [c](unlisted.md)\n"})
    build = lamps.build(
        warnings=[
            f"the page 'new.md#top' is not translated; the link leads to the original, {url}",
            "home.md:3: WARNING: the page './new.md' is not translated; the link leads to",
            "home.md:3: WARNING: no page or file 'unlisted.md'; the text of the link stays",
        ]
    )
    links = [a.get("href") for a in body(build).iter("a") if "headerlink" not in a.classes]
    assert links == [f"{url}#top", url]
    # the page moves on the official site, and with it the link
    toc = (lamps.original / "help/user/TOC.md").read_text(encoding="utf-8")
    lamps.write_original({"help/user/TOC.md": toc.replace("{#start}", "{#begin}")})
    missing = "no page or file 'unlisted.md'"
    build = lamps.build(warnings=["/user/begin/new", "/user/begin/new", missing])
    assert build.updated == frozenset()
    assert "/user/begin/new" in build.text("help/user/home.html")
    # and it is translated
    lamps.write({"help/user/new.md": "---\nhide: true\n---\n\n# Nytt\n"})
    build = lamps.build(warnings=["no heading or id 'top'", missing])
    assert 'href="new.html"' in build.text("help/user/home.html")
