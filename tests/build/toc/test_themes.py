"""The navigation of a repository in each theme: the same tree, titles and order."""

from __future__ import annotations

import importlib.util

import lxml.html
import pytest

FILES = {
    "metadata.md": "---\nsolution: Lamp\n---\n",
    "help/a/TOC.md": """\
# Lamp guide {#a}

+ [The home](home.md)
+ Get started {#start}
   + [Set it up](setup.md)
   + Deep {#deep}
      + [**Deep** page](deep.md)
+ {hide-from-toc} [Secret](secret.md)
+ [Parent page](parent.md)
   + [Child page](child.md)
+ [Elsewhere](https://example.com/x)
""",
    **{
        f"help/a/{name}.md": f"# Title of {name}\n\nText.\n"
        for name in ("home", "setup", "deep", "secret", "parent", "child")
    },
    "help/b/TOC.md": "# Shades {#b}\n\n+ [Shade](shade.md)\n",
    "help/b/shade.md": "# Shade\n",
}

GUIDE = [
    "The home",
    ["Get started", "Set it up", ["Deep", "Deep page"]],
    ["Parent page", "Child page"],
    "Elsewhere",
]

THEMES = {
    "furo": ("sidebar-tree", {}),
    "sphinx_rtd_theme": ("wy-menu-vertical", {"collapse_navigation": False}),
    "alabaster": ("sphinxsidebarwrapper", {"sidebar_collapse": False}),
    "sphinx_book_theme": ("bd-links", {"show_navbar_depth": 1}),
    "pydata_sphinx_theme": ("bd-links", {}),
}


def tree(ul):
    found = []
    for item in ul.findall("li"):
        link, nested = item.find(".//a"), item.find("ul")
        if nested is None:
            nested = item.find("details/ul")
        title = link.text_content().strip()
        found.append(title if nested is None else [title, *tree(nested)])
    return found


def first_list(root, css_class):
    return next(root.find_class(css_class)[0].iter("ul"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("theme", THEMES)
def test_sidebar(project, theme):
    """Each theme shows the tree of TOC.md, on a page deep in it."""
    if importlib.util.find_spec(theme) is None:
        pytest.skip(f"{theme} is not installed")
    css_class, options = THEMES[theme]
    project.write_files(FILES)
    build = project.build(html_theme=theme, html_theme_options=options)
    root = lxml.html.fromstring(build.text("help/a/deep.html"))
    found = tree(first_list(root, css_class))
    if theme == "pydata_sphinx_theme":
        # the guides are in its header, and the guide of the page in its sidebar
        assert found == GUIDE
        assert tree(first_list(root, "navbar-header-items")) == ["Lamp guide", "Shades"]
    else:
        assert found == [["Lamp guide", *GUIDE], ["Shades", "Shade"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("theme", THEMES)
def test_order(project, theme):
    """The next page is that of TOC.md, groups included."""
    if importlib.util.find_spec(theme) is None:
        pytest.skip(f"{theme} is not installed")
    project.write_files(FILES)
    build = project.build(html_theme=theme)
    page, seen = "index.html", []
    while True:
        root = lxml.html.fromstring(build.text(page))
        seen.append(root.xpath("//h1")[0].text_content().rstrip("¶#\uf0c1\n ").strip())
        links = root.xpath("//link[@rel='next']/@href")
        if not links:
            break
        folder = page.rpartition("/")[0]
        parts = [*folder.split("/")] if folder else []
        for part in links[0].split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        page = "/".join(parts)
    assert seen == [
        "Lamp",
        "Lamp guide",
        "Title of home",
        "Get started",
        "Title of setup",
        "Deep",
        "Title of deep",
        "Title of parent",
        "Title of child",
        "Shades",
        "Shade",
    ]
