"""The recipes of docs/how-to/documentation-set.md, tried with the demo set.

Each job runs in a folder and in processes of its own; only what its steps hand on reaches others.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from lxml import html

ROOT = Path(__file__).parents[1]
SET = ROOT / "docs" / "demo-set"
PAGE = ROOT / "docs" / "how-to" / "documentation-set.md"


@cache
def recipes():
    """Return the workflows of GitHub and GitLab."""
    text = PAGE.read_text(encoding="utf-8")
    found = [yaml.safe_load(block) for block in re.findall(r"(?ms)^```yaml\n(.*?)^```$", text)]
    assert len(found) == 2
    return found


class Service:
    """What stands in for GitHub: runs the steps of jobs, and keeps what they hand on."""

    def __init__(self, folder):
        self.folder = folder

    def job(self, name, job, site):
        """Run a job on a machine of its own."""
        place = self.folder / "machines" / f"{name}-{site}"
        for step in job["steps"]:
            step = json.loads(json.dumps(step).replace("${{ matrix.site }}", site))
            if "run" in step:
                self.run(step["run"], place, site)
            else:
                action = step["uses"].partition("@")[0]
                step.setdefault("with", {})
                getattr(self, re.sub(r"\W", "_", action))(place, step["with"])

    def run(self, command, place, site):
        if "pip install" in command:
            return
        paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = {**os.environ, "PATH": paths, "PYTHONPATH": str(ROOT), "SITE": site}
        command = command.replace("python -m", f'"{sys.executable}" -m')
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    def actions_checkout(self, place, values):
        name = values.get("path")
        if name:
            shutil.copytree(SET / name, place / name)
            return
        place.mkdir(parents=True)
        for item in ("conf.py", "demo_set.py"):
            shutil.copy(SET / item, place)
        shutil.copytree(SET / "portal", place / "portal")

    def actions_setup_python(self, _place, _values):
        pass

    def actions_cache_restore(self, place, values):
        for key in (values["key"], *values.get("restore-keys", "").split()):
            [*found] = sorted((self.folder / "caches").glob(f"{glob_name(key)}*"))
            if found:
                shutil.copytree(found[-1], place, dirs_exist_ok=True)
                return

    def actions_cache_save(self, place, values):
        for path in values["path"].split():
            copy = self.folder / "caches" / glob_name(values["key"]) / path
            shutil.copytree(place / path, copy)

    def actions_upload_artifact(self, place, values):
        source, copy = place / values["path"], self.folder / "artifacts" / values["name"]
        if source.is_file():
            copy.mkdir(parents=True)
            shutil.copy(source, copy)
        else:
            shutil.copytree(source, copy)

    def actions_download_artifact(self, place, values):
        for found in (self.folder / "artifacts").glob(values["pattern"]):
            shutil.copytree(found, place / values["path"] / found.name)

    def actions_upload_pages_artifact(self, place, values):
        shutil.copytree(place / values["path"], self.folder / "published")

    def actions_deploy_pages(self, _place, _values):
        pass


def glob_name(key):
    return re.sub(r"[^\w.-]", "_", key)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The set, as the first recipe publishes it."""
    service = Service(tmp_path_factory.mktemp("service"))
    for name, job in recipes()[0]["jobs"].items():
        matrix = job.get("strategy", {}).get("matrix", {"site": [""]})
        with ThreadPoolExecutor(2) as machines:
            list(machines.map(partial(service.job, name, job), matrix["site"]))
    return service.folder / "published"


@pytest.fixture(scope="module")
def pages(published):
    return {
        path.relative_to(published).as_posix(): html.parse(str(path)).getroot()
        for path in published.rglob("*.html")
    }


def site_of(name):
    folder = name.partition("/")[0]
    return folder if (SET / folder / "help").is_dir() else "portal"


def test_second_recipe_has_the_same_commands():
    github, gitlab = recipes()
    commands = [
        [step["run"] for step in job["steps"] if "-m sphinx" in step.get("run", "")]
        for job in github["jobs"].values()
    ]
    others = [
        [line for line in gitlab[name]["script"] if not line.startswith("git clone")]
        for name in ("read", "join", "pages")
    ]
    assert commands == others
    assert (
        github["jobs"]["read"]["strategy"]["matrix"]["site"]
        == (gitlab[".site"]["parallel"]["matrix"][0]["SITE"])
    )


def test_every_link_leads_somewhere(published, pages):
    """No link between pages is dead, and no anchor; links lead from each site to each other."""
    between = defaultdict(int)
    for name, root in pages.items():
        for href in root.xpath("//a/@href | //link[@hreflang]/@href"):
            parts = urlsplit(href)
            if parts.scheme or not parts.path:
                continue
            target = (published / name).parent.joinpath(unquote(parts.path)).resolve()
            assert target.is_file(), (name, href)
            other = target.relative_to(published).as_posix()
            if parts.fragment:
                ids = pages[other].xpath("//@id")
                assert unquote(parts.fragment) in ids, (name, href)
            between[site_of(name), site_of(other)] += 1
    sites = ["lamp.en", "lamp.de", "timer.en"]
    assert {("portal", site) for site in sites} <= between.keys()
    assert {(one, other) for one in sites for other in sites} - between.keys() == {
        ("timer.en", "lamp.de")
    }


def test_no_official_address_is_left(pages):
    """The set can be read offline."""
    found = [
        href
        for root in pages.values()
        for href in root.xpath("//*[@role='main']//a/@href")
        if "experienceleague" in href
    ]
    assert found == []


def test_twins(published, pages):
    """Articles with the same id name each other."""
    places = defaultdict(dict)
    for site in ("lamp.en", "lamp.de"):
        data = json.loads((published / site / "ajo-pages.json").read_text("utf-8"))
        for page in data["pages"]:
            if "id" in page:
                places[page["id"]][data["language"]] = f"{site}/{page['path']}"
    shared = [found for found in places.values() if len(found) == 2]
    assert len(shared) == 3
    for found in shared:
        for language, name in found.items():
            for other, target in found.items():
                if other != language:
                    [link] = pages[name].xpath(f"//link[@hreflang='{other}']/@href")
                    assert os.path.normpath(Path(name).parent / link) == target
                    assert link in pages[name].xpath("//nav[@class='ajo-languages']//a/@href")


def test_portal(pages):
    """A card for each guide, in its languages."""
    cards = pages["index.html"].find_class("ajo-card")
    assert [card.xpath("string(.//a)") for card in cards] == ["Lamp", "Timer"]
    assert cards[0].xpath(".//a/@href") == ["lamp.en/index.html", "lamp.de/index.html"]
