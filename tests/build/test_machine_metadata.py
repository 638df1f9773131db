"""What pages tell social networks and search engines."""

from __future__ import annotations

import json

import lxml.html
import pytest

LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"
OFFICIAL = "https://experienceleague.adobe.com"

FILES = {
    "metadata.md": "---\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": (
        "# Guide {#user}\n\n+ [Home](home.md)\n+ Start {#start}\n   + [Lamp](lamp.md)\n"
    ),
    "help/user/home.md": "# Home\n",
    "help/user/lamp.md": (
        f"---\ntitle: The lamp\ndescription: All about it\nexl-id: {LAMP}\n"
        "feature: Bulbs, Shades\nrole: User, Admin\nlevel: Beginner\n"
        "last-update: 2024-02-03\nthumbnail: https://example.com/a.png\n---\n# Lamp\n\nText.\n"
    ),
}
BASE = "https://example.org/docs/"
PAGE = "help/user/lamp.html"


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def build(repository, builder="html", **options):
    options = {"ajo_machine_metadata": True, "project": "Lamps", "html_baseurl": BASE} | options
    return repository.build(builder, **options)


def tags(text):
    root = lxml.html.fromstring(text)
    found = [(m.get("property") or m.get("name"), m.get("content")) for m in root.iter("meta")]
    return [tag for tag in found if str(tag[0]).startswith(("og:", "twitter:", "article:"))]


def graph(text):
    [block] = lxml.html.fromstring(text).xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return {item["@type"]: item for item in data["@graph"]}


def test_off(repository):
    text = repository.build(html_baseurl=BASE).text(PAGE)
    assert tags(text) == []
    assert "ld+json" not in text


def test_all(repository):
    text = build(repository, language="pt_BR").text(PAGE)
    assert tags(text) == [
        ("og:type", "article"),
        ("og:title", "The lamp"),
        ("og:description", "All about it"),
        ("og:url", f"{BASE}{PAGE}"),
        ("og:site_name", "Lamps"),
        ("og:locale", "pt_BR"),
        ("og:image", "https://example.com/a.png"),
        ("article:modified_time", "2024-02-03"),
        ("article:tag", "Bulbs"),
        ("article:tag", "Shades"),
        ("twitter:card", "summary_large_image"),
    ]
    assert graph(text) == {
        "TechArticle": {
            "@type": "TechArticle",
            "headline": "The lamp",
            "description": "All about it",
            "url": f"{BASE}{PAGE}",
            "identifier": f"urn:uuid:{LAMP}",
            "image": "https://example.com/a.png",
            "inLanguage": "pt-BR",
            "dateModified": "2024-02-03",
            "keywords": ["Bulbs", "Shades"],
            "proficiencyLevel": "Beginner",
            "audience": [
                {"@type": "Audience", "audienceType": "User"},
                {"@type": "Audience", "audienceType": "Admin"},
            ],
            "isPartOf": {"@type": "WebSite", "name": "Lamps", "url": BASE},
        },
        "BreadcrumbList": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": f"{BASE}{path}"}
                for number, name, path in (
                    (1, "Lamps", "index.html"),
                    (2, "Start", "help/user/start/index.html"),
                    (3, "Lamp", PAGE),
                )
            ],
        },
    }


def test_without_an_address(repository):
    """Nothing is said that is not known; places are seen from the page."""
    text = build(repository, html_baseurl="").text(PAGE)
    assert "og:url" not in dict(tags(text))
    assert "url" not in graph(text)["TechArticle"]
    items = [item["item"] for item in graph(text)["BreadcrumbList"]["itemListElement"]]
    assert items == ["../../index.html", "start/index.html", "lamp.html"]


def test_official_address_and_translation(repository):
    page = f"---\nexl-id: {LAMP}\nsource-git-commit: a\n---\n# Lampa\n"
    repository.write_files({"help/user/lamp.md": page})
    built = build(repository, ajo_canonical=True, language="sv", warnings=None)
    text = built.text(PAGE)
    path = "docs/lamp/user/start/lamp"
    assert dict(tags(text))["og:url"] == f"{OFFICIAL}/sv/{path}"
    assert graph(text)["TechArticle"]["translationOfWork"]["url"] == f"{OFFICIAL}/en/{path}"
    assert dict(tags(text))["og:locale"] == "sv_SE"


def test_folders(repository):
    text = build(repository, "dirhtml").text("help/user/lamp/index.html")
    assert dict(tags(text))["og:url"] == f"{BASE}help/user/lamp/"


def test_pages_without_source(repository):
    """The search page and the index are no articles."""
    built = build(repository)
    for name in ("search.html", "genindex.html"):
        assert "ld+json" not in built.text(name)
        assert tags(built.text(name)) == []


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_other_builders(repository, builder):
    built = build(repository, builder, version="1", copyright="x")
    pages = [path for path in built.outdir.rglob("*") if path.suffix in {".html", ".xhtml"}]
    assert not any("ld+json" in path.read_text(encoding="utf-8") for path in pages)


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme", "sphinx_rtd_theme"])
def test_hostile_text(repository, theme):
    """No text ends the block or an attribute, and all of it arrives as it is."""
    pytest.importorskip(theme)
    bad = "</script><script>alert(1)</script><!-- \" ' & \u2028 <script> -->"
    quoted = json.dumps(bad, ensure_ascii=True)
    keys = ("title", "description", "feature", "role", "level", "exl-id", "thumbnail")
    page = "---\n" + "".join(f"{key}: {quoted}\n" for key in keys) + "---\n\nText\n"
    toc = "# Guide\n\n+ </script><b>&quot;\n   + [Lamp](lamp.md)\n+ [Home](home.md)\n"
    repository.write_files({"help/user/lamp.md": page, "help/user/TOC.md": toc})
    text = build(repository, html_theme=theme, warnings=None).text(PAGE)
    root = lxml.html.fromstring(text)
    assert not [script for script in root.iter("script") if "alert(1)</" in (script.text or "")]
    assert "<script>alert" not in text
    article = graph(text)["TechArticle"]
    assert "</script><script>alert(1)" in article["description"]
    assert "</script><script>alert(1)" in dict(tags(text))["og:description"]
    assert "image" not in article
    assert "identifier" not in article
    assert text.count("application/ld+json") == 1


def test_lone_surrogates(repository):
    page = '---\ntitle: "a\\ud800b"\nfeature: "c\\ud800d"\n---\n# A\n'
    repository.write_files({"help/user/lamp.md": page})
    assert graph(build(repository, warnings=None).text(PAGE))["TechArticle"]["headline"]


def test_tags_of_the_page_stay(repository):
    """What an author says himself is not said again."""
    page = "---\nmyst:\n  html_meta:\n    'property=og:title': Mine\n---\n# A\n"
    repository.write_files({"help/user/lamp.md": page})
    options = {"ajo_dialect": "mixed", "warnings": None}
    found = [tag for tag in tags(build(repository, **options).text(PAGE)) if "title" in tag[0]]
    assert found == [("og:title", "Mine")]


def test_with_sphinxext_opengraph(repository):
    """It writes the tags, and has the text from the front matter."""
    pytest.importorskip("sphinxext.opengraph")
    bad = 'og:x"><script>alert(1)</script>'
    page = f"---\nexl-id: 1\ntitle: A & B\ndescription: Mine\n'{bad}': x\n---\n# A\n\nText\n"
    repository.write_files({"help/user/lamp.md": page})
    options = {
        "extensions": ["sphinx_ajo", "sphinxext.opengraph"],
        "ogp_site_url": BASE,
        "ogp_social_cards": {"enable": False},
    }
    text = build(repository, warnings=None, **options).text(PAGE)
    found = tags(text)
    names = [name for name, _ in found]
    assert len(names) == len(set(names))
    assert dict(found)["og:title"] == "A & B"
    assert dict(found)["og:description"] == "Mine"
    assert graph(text)["TechArticle"]["headline"] == "A & B"
    assert "<script>alert" not in text


def test_increments(repository):
    """A page is written again when one above it has another title."""
    build(repository)
    toc = FILES["help/user/TOC.md"].replace("+ Start", "+ Begin")
    repository.write_files({"help/user/TOC.md": toc})
    text = build(repository).text(PAGE)
    items = graph(text)["BreadcrumbList"]["itemListElement"]
    assert items[1]["name"] == "Begin"


@pytest.mark.parametrize(
    ("given", "image"),
    [
        ("_static/preview.png", f"{BASE}_static/preview.png"),
        ("https://cdn.example.org/p.png", "https://cdn.example.org/p.png"),
        ("javascript:alert(1)//https://x", None),
    ],
)
def test_image_of_the_site(repository, given, image):
    """Pages without an image have that of the site."""
    result = build(repository, ajo_social_image=given, html_baseurl=BASE)
    found = dict(tags(result.text("help/user/home.html")))
    assert found.get("og:image") == image
    assert found["twitter:card"] == ("summary_large_image" if image else "summary")
    assert dict(tags(result.text(PAGE)))["og:image"] == "https://example.com/a.png"
