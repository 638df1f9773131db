"""What readers get of a card, in the document tree and in HTML."""

from __future__ import annotations

import lxml.html
import pytest

CDN = "https://cdn.experienceleague.adobe.com/icons"


def page(cards, before="# Title\n\n", after=""):
    inner = "\n\n".join(f":::\n{card}\n:::" for card in cards)
    return f"{before}:::: landing-cards-container\n{inner}\n::::\n{after}"


def squeeze(text):
    return " ".join(text.split())


def read_cards(build, name="index.html"):
    """Return what stands in each card of a built page."""
    root = lxml.html.fromstring(build.text(name))
    return [read_card(card) for card in root.xpath("//*[contains(@class, 'sd-card ')]")]


def read_card(card):
    title = card.find_class("sd-card-title")
    body = card.find_class("sd-card-body")[0]
    return {
        "icon": [svg.get("data-icon") for svg in card.iter("svg")],
        "images": [image.get("src") for image in card.iter("img")],
        "title": squeeze(title[0].text_content()) if title else None,
        "body": [
            squeeze(child.text_content())
            for child in body
            if not {"ajo-card-header", "ajo-card-links"} & set(child.get("class", "").split())
        ],
        "links": [squeeze(link.text_content()) for link in card.find_class("ajo-card-links")[0]]
        if card.find_class("ajo-card-links")
        else [],
        "clickable": "ajo-card-clickable" in card.get("class"),
    }


def expect(**facts):
    return {
        "icon": [],
        "images": [],
        "title": None,
        "body": [],
        "links": [],
        "clickable": False,
    } | facts


LINK = "[Go](https://example.com)"

VARIANTS = {
    "as documented": (
        f"![icon]({CDN}/gear.svg)\n\nTitle\n\nText.\n\n{LINK}",
        expect(icon=["gear"], title="Title", body=["Text."], links=["Go"], clickable=True),
    ),
    "no icon": (
        f"Title\n\nText.\n\n{LINK}",
        expect(title="Title", body=["Text."], links=["Go"], clickable=True),
    ),
    "icon commented out": (
        f"<!-- ![x]({CDN}/gear.svg) -->\n\nTitle\n\nText.",
        expect(title="Title", body=["Text."]),
    ),
    "icon commented out without a blank line": (
        f"<!-- ![x]({CDN}/gear.svg) -->\nTitle\n\nText.",
        expect(title="Title", body=["Text."]),
    ),
    "comment over several lines": (
        "Title\n\n<!--\n\nhidden\n\n-->\n\nText.",
        expect(title="Title", body=["Text."]),
    ),
    "bold title": ("**Title**\n\nText.", expect(title="Title", body=["Text."])),
    "heading as title": ("### Title\n\nText.", expect(title="Title", body=["Text."])),
    "underlined heading as title": (
        "Title\n-----\n\nText.",
        expect(title="Title", body=["Text."]),
    ),
    "link as title": (
        "[Title](https://example.com)\n\nText.",
        expect(title="Title", body=["Text."], clickable=True),
    ),
    "link only": ("[Title](https://example.com)", expect(title="Title", clickable=True)),
    "icon and title in one paragraph": (
        f"![icon]({CDN}/gear.svg)\nTitle\n\nText.",
        expect(icon=["gear"], title="Title", body=["Text."]),
    ),
    "icon and title on one line": (
        f"![icon]({CDN}/gear.svg) Title\n\nText.",
        expect(icon=["gear"], title="Title", body=["Text."]),
    ),
    "several paragraphs": (
        "Title\n\nOne.\n\nTwo.\n\nThree.",
        expect(title="Title", body=["One.", "Two.", "Three."]),
    ),
    "list": ("Title\n\n* one\n* two", expect(title="Title", body=["one two"])),
    "inline markup": (
        "[!DNL Tool] `x`\n\nSelect [!UICONTROL Save] and `y`.",
        expect(title="Tool x", body=["Select Save and y."]),
    ),
    "links on consecutive lines": (
        f"Title\n\nText.\n\n{LINK}\n[There](https://example.org)",
        expect(title="Title", body=["Text."], links=["Go", "There"]),
    ),
    "links joined by breaks": (
        f"Title\n\nText.\n\n{LINK}<br/>\n[There](https://example.org)",
        expect(title="Title", body=["Text."], links=["Go", "There"]),
    ),
    "links in paragraphs": (
        f"Title\n\nText.\n\n{LINK}\n\n[There](https://example.org)",
        expect(title="Title", body=["Text."], links=["Go", "There"]),
    ),
    "bold link": (
        f"Title\n\n**{LINK}**",
        expect(title="Title", links=["Go"], clickable=True),
    ),
    "only links": (
        f"![icon]({CDN}/gear.svg)\n\n{LINK}\n[There](https://example.org)",
        expect(icon=["gear"], links=["Go", "There"]),
    ),
    "no link": ("Title\n\nText.", expect(title="Title", body=["Text."])),
    "text after the link": (
        f"Title\n\n{LINK}\n\nText.",
        expect(title="Title", body=["Go", "Text."], clickable=True),
    ),
    "link in the text": (
        f"Title\n\nThis {LINK} is it.",
        expect(title="Title", body=["This Go is it."], clickable=True),
    ),
    "several icons": (
        f"![icon]({CDN}/gear.svg)\n\n![icon]({CDN}/users.svg)\n\nTitle",
        expect(icon=["gear", "users"], title="Title"),
    ),
    "icon alone": (f"![icon]({CDN}/gear.svg)", expect(icon=["gear"])),
    "other image": (
        "![Photo](https://example.com/photo.png)\n\nTitle\n\nText.",
        expect(
            images=["https://example.com/photo.png"],
            title="Title",
            body=["", "Text."],
        ),
    ),
    "icon from elsewhere": (
        "![Icon of a lamp](https://example.com/lamp.svg)\n\nTitle",
        expect(images=["https://example.com/lamp.svg"], title="Title"),
    ),
    "icon with an unknown name": (
        f"![icon]({CDN}/no-such-icon.svg)\n\nTitle",
        expect(images=[f"{CDN}/no-such-icon.svg"], title="Title"),
    ),
    "localised icon": (
        f"![icon]({CDN}/gear.svg?lang=sv-SE)\n\nTitle",
        expect(icon=["gear"], title="Title"),
    ),
}


@pytest.mark.parametrize("dialect", ["exl", "mixed"])
def test_variants(build_page, dialect):
    """Every variant of a card shows what was written, in its order."""
    text = page([source for source, _ in VARIANTS.values()])
    cards = read_cards(build_page(text, ajo_dialect=dialect))
    assert dict(zip(VARIANTS, cards, strict=True)) == {
        name: facts for name, (_, facts) in VARIANTS.items()
    }


def test_empty_card(build_page):
    """An empty card stays a card of the grid, with one warning."""
    build = build_page(
        page(["A", "", "<!-- B -->"]),
        warnings=[
            "index.md:8: WARNING: this landing card is empty [ajo.card_empty]",
            "index.md:12: WARNING: this landing card is empty [ajo.card_empty]",
        ],
    )
    assert [card["title"] for card in read_cards(build)] == ["A", None, None]


def test_empty_container(build_page):
    """A container without cards is reported."""
    build_page(
        page([]), warnings=["index.md:3: WARNING: this landing-cards-container has no cards"]
    )


def test_stray_content(build_page):
    """What stands between cards is kept where it stands, with one warning each."""
    text = ":::: landing-cards-container\n:::\nA\n:::\n\nStray *text*\n\n:::\nB\n:::\n::::\n"
    build = build_page(
        "# Title\n\n" + text,
        warnings=["index.md:8: WARNING: this stands in a landing-cards-container but in no card"],
    )
    row = lxml.html.fromstring(build.text("index.html")).find_class("sd-row")[0]
    assert [squeeze(item.text_content()) for item in row] == ["A", "Stray text", "B"]


def test_comments_vanish(build_page):
    """Comments around, between and in cards are not in the way."""
    text = page(["A", "<!-- x -->\n\nB", "C\n\n<!-- y -->"]).replace(
        "\n\n:::\nC", "\n<!-- z -->\n:::\nC"
    )
    build = build_page("<!-- before -->\n\n" + text + "<!-- after -->\n")
    assert [card["title"] for card in read_cards(build)] == ["A", "B", "C"]


def test_title_is_announced_but_not_in_contents(build_page):
    """A title is a heading for assistive technology; the table of contents does not know it."""
    build = build_page(
        page(["A\n\nText."], before="# Title\n\n## Part\n\n"), html_theme="alabaster"
    )
    root = lxml.html.fromstring(build.text("index.html"))
    title = root.find_class("sd-card-title")[0]
    assert (title.get("role"), title.get("aria-level")) == ("heading", "3")
    assert [
        node.astext() for node in build.doctrees["index"].findall() if node.tagname == "title"
    ] == [
        "Title",
        "Part",
    ]


def test_heading_title_is_a_heading(build_page):
    """A title that was written as a heading keeps its level and its anchor."""
    build = build_page(
        page(["### The card\n\nText."]) + "\n[To it](#the-card)\n", myst_heading_anchors=3
    )
    root = lxml.html.fromstring(build.text("index.html"))
    title = root.xpath("//h3[contains(@class, 'sd-card-title')]")[0]
    assert title.get("id") == "the-card"
    assert root.xpath("//a[@href='#the-card']")


def test_one_link_stretches(build_page):
    """The only link of a card is marked; several links are not."""
    build = build_page(page([f"A\n\n{LINK}", f"B\n\n{LINK}\n\n{LINK}"]))
    root = lxml.html.fromstring(build.text("index.html"))
    assert len(root.find_class("ajo-card-target")) == 1


def test_dead_link_does_not_stretch(build_page):
    """A link that leads nowhere is text, and so its card is not clickable."""
    build = build_page(page(["A\n\n[Dead](missing.md)"]), warnings=["missing.md"])
    card = read_cards(build)[0]
    assert card["links"] == [] or not card["clickable"]
    assert "Dead" in build.text("index.html")


def test_icons_are_decorative(build_page):
    """The title says it all: icons are hidden from assistive technology."""
    build = build_page(page([f"![icon]({CDN}/gear.svg)\n\nA", f"![icon]({CDN}/nope.svg)\n\nB"]))
    root = lxml.html.fromstring(build.text("index.html"))
    svg = root.find_class("ajo-cards")[0].xpath(".//svg")[0]
    assert svg.get("aria-hidden") == "true"
    assert svg.get("fill") == "currentColor"
    image = root.find_class("ajo-cards")[0].xpath(".//img")[0]
    assert (image.get("alt"), image.get("aria-hidden")) == ("", "true")


@pytest.mark.parametrize(("columns", "gutter"), [((1, 2, 3), 3), ((2, 3, 4), 0)])
def test_configuration(build_page, columns, gutter):
    """Columns and gutter come from the configuration, as sphinx-design classes."""
    build = build_page(page(["A"]), ajo_card_columns=columns, ajo_card_gutter=gutter)
    row = lxml.html.fromstring(build.text("index.html")).find_class("sd-row")[0]
    classes = set(row.get("class").split())
    small, medium, large = columns
    assert {f"sd-row-cols-sm-{small}", f"sd-row-cols-md-{medium}"} <= classes
    assert {f"sd-row-cols-lg-{large}", f"sd-g-{gutter}"} <= classes


def test_in_list_and_quote(build_page):
    """Cards show in a list item and in a quote, too."""
    cards = page(["A", "B"], before="")
    text = (
        "# T\n\n* Item\n\n  " + cards.replace("\n", "\n  ") + "\n\n> " + cards.replace("\n", "\n> ")
    )
    assert [card["title"] for card in read_cards(build_page(text + "\n"))] == ["A", "B"] * 2


def test_links_to_pages_resolve(project):
    """Links of cards lead to other pages."""
    project.write(
        index=page(["A\n\n[Other](other.md)"], after="\n```{toctree}\nother\n```\n"),
        other="# Other\n",
    )
    build = project.build()
    card = lxml.html.fromstring(build.text("index.html")).find_class("sd-card")[0]
    assert [link.get("href") for link in card.iter("a")] == ["other.html"]
    assert read_cards(build)[0]["clickable"]


@pytest.mark.parametrize("picture_first", [True, False])
def test_pictures_stand_where_they_do_in_the_source(project, picture_first):
    """A picture before the title is the head of the card; one behind it stands in the text."""
    picture, icon = "![A picture](picture.png)", f"![icon]({CDN}/gear.svg)"
    blocks = [picture, icon, "Title"] if picture_first else [icon, "Title", picture]
    project.write_files({"picture.png": "x"})
    project.write(index=page(["\n\n".join([*blocks, "Text.", LINK])]))
    root = lxml.html.fromstring(project.build(ajo_dialect="exl").text("index.html"))
    (body,) = root.find_class("sd-card-body")
    names = ["picture" if child.xpath(".//img") else child.get("class", "text") for child in body]
    header = next(place for place, name in enumerate(names) if "ajo-card-header" in name)
    assert (names.index("picture") < header) is picture_first
    assert not body[header].xpath(".//img")
