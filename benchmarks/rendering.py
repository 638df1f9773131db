"""What tools make of each construct: rendered, shown as typed, or lost.

``python -m benchmarks.rendering`` writes a page for each construct, lets sphinx_ajo, Sphinx with
MyST and MkDocs-Material build them, and prints a table. ``--site NAME=FOLDER`` judges pages that
another tool has built from ``--keep FOLDER``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Sequence

RENDERED, PLAIN, TYPED, LOST, FAILED = "yes", "words only", "as typed", "lost", "no page"


@dataclass(frozen=True, slots=True)
class Sample:
    """A construct, and how to see what has become of it."""

    name: str
    source: str
    words: str
    """What readers must see; empty if they must see nothing."""
    form: str
    """An XPath that finds the construct, whatever tool has made it; empty if it has no form."""
    marks: tuple[str, ...]
    """Parts of the syntax that readers must not see."""


def _class(*names: str) -> str:
    tests = " or ".join(f"contains(@class, '{name}')" for name in names)
    return f"//*[{tests}]"


SAMPLES: Final = (
    Sample(
        "Landing cards",
        ":::: landing-cards-container\n\n:::\nFirst\n\nAlpha\n\n[Go](other.md)\n:::\n\n::::\n",
        "Alpha",
        # a container of that name is no card
        "//*[contains(concat(' ', @class, ' '), '-card ')]",
        (":::", "landing-cards"),
    ),
    Sample(
        "Alerts",
        ">[!IMPORTANT]\n>\n>Alpha\n",
        "Alpha",
        _class("admonition", "important", "alert"),
        ("[!IMPORTANT]",),
    ),
    Sample(
        "Tabs",
        ">[!BEGINTABS]\n\n>[!TAB One]\n\nAlpha\n\n>[!TAB Two]\n\nBeta\n\n>[!ENDTABS]\n",
        "Alpha",
        "//*[@role='tab' or contains(@class, 'tab-label') or contains(@class, 'sd-tab')]",
        ("[!TAB", "TABS]"),
    ),
    Sample("Accordions", "+++Title\n\nAlpha\n\n+++\n", "Alpha", "//details", ("+++",)),
    Sample(
        "Shade boxes",
        '>[!BEGINSHADEBOX "Title"]\n\nAlpha\n\n>[!ENDSHADEBOX]\n',
        "Alpha",
        _class("shade", "-card"),
        ("SHADEBOX",),
    ),
    Sample(
        "Videos",
        ">[!VIDEO](https://video.tv.adobe.com/v/1)\n",
        "",
        "//iframe | //video | //*[@data-video]",
        ("!VIDEO",),
    ),
    Sample("Badges", "[!BADGE Alpha]{type=Positive}\n", "Alpha", _class("badge"), ("[!BADGE", "{")),
    Sample("Terms", "[!DNL Alpha] [!UICONTROL Beta]\n", "Alpha", "", ("[!DNL", "[!UICONTROL")),
    Sample(
        "Contextual help",
        '>[!CONTEXTUALHELP]\n>id="a"\n>title="Hidden"\n>abstract="Hidden."\n',
        "",
        "",
        ("CONTEXTUALHELP", "Hidden"),
    ),
    Sample("Heading ids", "## Alpha {#my-id}\n", "Alpha", "//*[@id='my-id']", ("{#",)),
    Sample(
        "Image attributes",
        '![Alpha](a.svg){width="90" zoomable="yes"}\n',
        "",
        "//img[@width='90' or contains(@style, '90')]",
        ("{width",),
    ),
    Sample("Link targets", "[Alpha](other.md){target=_blank}\n", "Alpha", "//a[@target]", ("{",)),
    Sample("Includes", "{{$include /help/_includes/part.md}}\n", "Alpha", "", ("$include",)),
    Sample("Snippets", "{{part}}\n", "Beta", "", ("{{",)),
    Sample("Page links", "[Alpha](other.md#part)\n", "Alpha", "//a[contains(@href, '#part')]", ()),
    Sample("Raw HTML tables", "<table><tr><td>Alpha</td></tr></table>\n", "Alpha", "//td", ("<",)),
    Sample("Comments", "Alpha <!-- Hidden -->\n", "Alpha", "", ("Hidden", "<!--")),
)

FILES: Final = {
    "metadata.md": "---\nsolution: Sampler\n---\n",
    "help/_includes/part.md": "Alpha\n",
    "help/_includes/snippets.md": "# Snippets\n\n## Part {#part}\n\nBeta\n",
    "help/other.md": "---\ntitle: Other\n---\n# Other\n\n## Part {#part}\n\nText.\n",
    "help/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}

_STOCK: Final = """\
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 6
html_theme = "furo"
root_doc = "help/other"
exclude_patterns = ["**/_includes/**", "**/TOC.md", "metadata.md"]
"""

_MKDOCS: Final = """\
site_name: Sampler
docs_dir: help
use_directory_urls: false
theme: {name: material, font: false}
exclude_docs: "TOC.md\\n_includes/"
markdown_extensions:
  [admonition, attr_list, def_list, md_in_html, pymdownx.details, pymdownx.superfences, tables, toc]
"""


def page_of(sample: Sample) -> str:
    """Return the name of the page of a sample, without suffix."""
    return sample.name.lower().replace(" ", "-")


def write_samples(folder: Path) -> None:
    """Write a repository with a page for each sample.

    :param folder: The folder.
    """
    files = dict(FILES)
    toc = ["# Sampler {#sampler}\n", "+ [Other](other.md)"]
    for sample in SAMPLES:
        files[f"help/{page_of(sample)}.md"] = (
            f"---\ntitle: {sample.name}\ndescription: A sample.\n---\n"
            f"# {sample.name}\n\n{sample.source}"
        )
        toc.append(f"+ [{sample.name}]({page_of(sample)}.md)")
    files["help/TOC.md"] = "\n".join(toc) + "\n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def judge(sample: Sample, page: Path) -> str:
    """Say what a tool has made of a sample.

    :param sample: The sample.
    :param page: The page that the tool has written.
    :returns: The verdict.
    """
    if not page.is_file():
        return FAILED
    root = html.fromstring(page.read_bytes())
    found = root.xpath("//*[@role='main']//article | //article | //*[@role='main'] | //main")
    content = html.fromstring(html.tostring(found[0] if found else root))
    for other in content.xpath("//script | //style | //template"):
        other.drop_tree()
    text = content.text_content()
    if any(mark in text for mark in sample.marks):
        return TYPED
    if sample.words not in text:
        return LOST
    if sample.form and not content.xpath(sample.form):
        return PLAIN if sample.words else LOST
    return RENDERED


def _run(*command: str, folder: Path) -> None:
    # its warnings are not what is judged
    subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603


def build_all(folder: Path) -> dict[str, Path]:
    """Build the samples with each tool that is installed.

    :param folder: The repository.
    :returns: For each tool, the folder with the pages.
    """
    sphinx = (sys.executable, "-m", "sphinx", "-q")
    outputs = folder.parent
    _run(*sphinx, "-C", "-D", "extensions=sphinx_ajo", ".", str(outputs / "ajo"), folder=folder)
    conf = outputs / "stock-conf"
    conf.mkdir(exist_ok=True)
    (conf / "conf.py").write_text(_STOCK, encoding="utf-8")
    _run(*sphinx, "-c", str(conf), ".", str(outputs / "stock"), folder=folder)
    sites = {"sphinx_ajo": outputs / "ajo/help", "Sphinx + MyST": outputs / "stock/help"}
    if find_spec("material"):
        (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
        target = str(outputs / "mkdocs")
        _run(sys.executable, "-m", "mkdocs", "build", "-q", "-d", target, folder=folder)
        sites["MkDocs-Material"] = outputs / "mkdocs"
    return sites


def table(sites: dict[str, Path]) -> str:
    """Put the verdicts together.

    :param sites: For each tool, the folder with the pages.
    :returns: A Markdown table.
    """
    lines = [f"| Construct | {' | '.join(sites)} |", f"|---|{'---|' * len(sites)}"]
    counts = dict.fromkeys(sites, 0)
    for sample in SAMPLES:
        verdicts = {
            name: judge(sample, folder / f"{page_of(sample)}.html")
            for name, folder in sites.items()
        }
        for name, verdict in verdicts.items():
            counts[name] += verdict == RENDERED
        lines.append(f"| {sample.name} | {' | '.join(verdicts.values())} |")
    sums = " | ".join(f"**{count} of {len(SAMPLES)}**" for count in counts.values())
    return "\n".join([*lines, f"| **Rendered** | {sums} |"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, judge and print.

    :param arguments: Those of the command line.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rendering", description=__doc__)
    parser.add_argument("--keep", type=Path, help="where the pages are written, and kept")
    parser.add_argument(
        "--site", action="append", default=[], metavar="NAME=FOLDER", help="pages of another tool"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep.resolve() if options.keep else Path(temporary)
        write_samples(work / "repository")
        sites = build_all(work / "repository")
        for site in options.site:
            name, _separator, folder = site.partition("=")
            sites[name] = Path(folder)
        text = table(sites) + "\n"
        (work / "table.md").write_text(text, encoding="utf-8")
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
