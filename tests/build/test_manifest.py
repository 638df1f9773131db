"""The list of all pages, for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

import sphinx_ajo
from sphinx_ajo.build.manifest import FILE_NAME
from sphinx_ajo.project.page_texts import read_text_of
from sphinx_ajo.project.sites import SCHEMA

LAMP = "5d6c6a6e-6c3c-4a43-8a67-0d4f2f7a7c10"
SCHEMA_FILE = Path(sphinx_ajo.__file__).parent / "schemas" / "ajo-pages-1.json"
DOCS = Path(__file__).parents[2] / "docs" / "reference" / "manifest.md"

FILES = {
    "metadata.md": "---\nlanding-page-name: lamp\n---\n",
    "help/user/TOC.md": (
        "# Guide {#user}\n\n+ [Home](home.md)\n+ Start {#start}\n   + [Lamp](lamp.md)\n"
    ),
    "help/user/home.md": "---\nindex: false\n---\n# Home\n\nTwo words\n",
    "help/user/lamp.md": (
        f"---\ntitle: The lamp\ndescription: All about it\nexl-id: {LAMP.upper()}\n"
        "feature: Bulbs, Shades, Bulbs\nrole: User\nlevel: Beginner, Experienced\n"
        "last-update: 2024-02-03\nsource-git-commit: abc123\nht-degree: 3%\n---\n"
        "# Lamp & more\n\nThree plain words\n\n## Types {#kinds}\n\n<!-- no words -->\n"
    ),
}


@pytest.fixture
def repository(project):
    project.write_files(FILES)
    return project


def read(build):
    return json.loads(build.text(FILE_NAME))


def page_of(build, name):
    [page] = [page for page in read(build)["pages"] if page["name"] == name]
    return page


def check(data):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)


def test_all_of_a_page(repository):
    build = repository.build(language="sv", project="Lamps", html_baseurl="https://example.com/")
    data = read(build)
    assert {key: value for key, value in data.items() if key != "pages"} == {
        "$schema": SCHEMA,
        "project": "Lamps",
        "product": "lamp",
        "language": "sv",
        "base": "https://example.com/",
        "root": "index.html",
        "guides": [{"title": "Lamps", "path": "index.html"}],
    }
    page = page_of(build, "help/user/lamp")
    assert len(page.pop("digest")) == 32
    guide = {"title": "Lamps", "path": "index.html"}
    assert page == {
        "id": LAMP,
        "name": "help/user/lamp",
        "path": "help/user/lamp.html",
        "url": "https://experienceleague.adobe.com/sv/docs/lamp/user/start/lamp",
        "title": "Lamp & more",
        "description": "All about it",
        "language": "sv",
        "guide": guide,
        "breadcrumb": [
            guide,
            {"title": "Start", "path": "help/user/start/index.html"},
        ],
        "source": "help/user/lamp.md",
        "commit": "abc123",
        "updated": "2024-02-03",
        "words": 6,
        "translation": "3%",
        "topics": ["Bulbs", "Shades"],
        "roles": ["User"],
        "levels": ["Beginner", "Experienced"],
        "headings": [
            {"id": "lamp--more", "title": "Lamp & more"},
            {"id": "kinds", "title": "Types"},
        ],
        "slugs": {"types": "kinds"},
    }
    home = page_of(build, "help/user/home")
    assert home["noindex"] is True
    assert home["words"] == 3
    assert "id" not in home
    assert "source" not in page_of(build, "help/user/start/index")
    names = [page["name"] for page in data["pages"]]
    assert names == sorted(names)
    check(data)


def test_folders(repository):
    build = repository.build("dirhtml")
    assert page_of(build, "help/user/lamp")["path"] == "help/user/lamp/"
    assert read(build)["root"] == ""
    check(read(build))


@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "json", "latex"])
def test_other_builders(repository, builder):
    build = repository.build(builder, version="1", copyright="x")
    assert not (build.outdir / FILE_NAME).exists()


def test_plain_project(project):
    """MyST and reStructuredText."""
    project.write_files(
        {
            "index.md": "# Home\n\n```{toctree}\nother\n```\n",
            "other.rst": f":exl-id: {LAMP}\n:description: D\n\nOther\n=====\n\nWord\n",
        }
    )
    build = project.build(ajo_dialect="mixed")
    page = page_of(build, "other")
    assert (page["id"], page["description"], page["words"]) == (LAMP, "D", 2)
    assert page["breadcrumb"] == [{"title": "Home", "path": "index.html"}]
    assert page["source"] == "other.rst"
    check(read(build))


def test_increments(repository):
    """It changes when the pages do, and is as that of a build of everything."""
    file = repository.build().outdir / FILE_NAME
    first, time = file.read_bytes(), file.stat().st_mtime_ns
    repository.build()
    assert file.stat().st_mtime_ns == time
    for parallel in (0, 2):
        repository.build(fresh=True, parallel=parallel)
        assert file.read_bytes() == first
    digest = page_of(repository.build(), "help/user/home")["digest"]
    repository.write_files({"help/user/home.md": "# Home\n\nOther words\n"})
    build = repository.build()
    assert page_of(build, "help/user/home")["digest"] != digest
    now = file.read_bytes()
    assert page_of(build, "help/user/lamp")["id"] == LAMP
    repository.build(fresh=True)
    assert file.read_bytes() == now


def test_switched_off(repository):
    build = repository.build()
    assert (build.outdir / FILE_NAME).exists()
    repository.build(ajo_manifest=False)
    assert not (build.outdir / FILE_NAME).exists()


def test_file_of_the_project(repository):
    """A file of the same name that the project brings is left alone."""
    repository.write_files({f"extra/{FILE_NAME}": "{}"})
    build = repository.build(html_extra_path=["extra"], exclude_patterns=["extra"])
    assert build.text(FILE_NAME) == "{}"
    repository.build(html_extra_path=["extra"], exclude_patterns=["extra"], ajo_manifest=False)
    assert build.text(FILE_NAME) == "{}"


def test_hostile_text(repository):
    """Whatever stands in front matter, it is one text of a valid file."""
    odd = '"\\ud800</script>\\u2028 \\"x"'
    page = f"---\ntitle: {odd}\ndescription: {odd}\nfeature: {odd}\nexl-id: {odd}\n---\n\nA\n"
    repository.write_files({"help/user/lamp.md": page})
    build = repository.build(warnings=None)
    assert "</script>" in page_of(build, "help/user/lamp")["description"]
    check(read(build))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two", 2),
        ("it_s a 12-inch", 4),
        ("日本語 text", 4),
        ("한국어 말", 2),
        ("-- …", 0),
    ],
)
def test_words(text, words):
    document = new_document("x")
    document += nodes.paragraph("", text)
    document += nodes.comment("", "no word")
    assert read_text_of(document).words == words


def test_documentation():
    """Every entry of the schema is documented."""
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    page = DOCS.read_text(encoding="utf-8")
    names = [*schema["properties"], *schema["$defs"]["page"]["properties"]]
    assert [name for name in names if f"| `{name}` |" not in page] == []
    assert SCHEMA in page
