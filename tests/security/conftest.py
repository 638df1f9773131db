"""One hostile repository, built with each theme and builder."""

from __future__ import annotations

import base64
import os
import warnings

import attacks
import pytest
from sphinx.testing.util import SphinxTestApp

from sphinx_ajo import testing

EVERY = int(os.environ.get("AJO_ATTACKS_EVERY", "97"))
"""One of so many attacks is built, in each build other ones; 1 is for a run by hand."""

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

_HARMLESS = {
    "metadata.md": "---\nsolution: Name\ngit-repo: https://github.com/owner/repository\n---\n",
    "help/TOC.md": "# Guide\n\n- [Page](page.md)\n- Group\n  - [Other](other.md)\n",
    "help/page.md": "# Page\n\nText.\n",
    "help/other.md": "# Other\n\n## Section\n",
}


class Site:
    """What a builder has made."""

    def __init__(self, outdir, harmless, log):
        self.outdir = outdir
        self.harmless = harmless
        """The same of a repository that holds no attack."""
        self.warnings = log
        self._findings = None

    @property
    def findings(self):
        """What must not be on its pages: (page, kind, ...)."""
        if self._findings is None:
            found = attacks.check_pages(_pages(self.outdir), _pages(self.harmless))
            self._findings = [(name, *each) for name in found for each in found[name]]
        return self._findings


def _pages(folder):
    return sorted([*folder.rglob("*.html"), *folder.rglob("*.xhtml")])


def _texts(start):
    """Return pages with attacks: others for each start."""
    markup = attacks.attacks(attacks.MARKUP, attacks.MARKUP_CONSTRUCTS, every=EVERY, start=start)
    addresses = attacks.attacks(
        attacks.ADDRESSES, attacks.ADDRESS_CONSTRUCTS, every=EVERY, start=start
    )
    return {
        **{f"markup-{name}": text for name, text in attacks.pages(markup).items()},
        **{f"address-{name}": text for name, text in attacks.pages(addresses).items()},
    }


def _build(folder, theme, builder, files):
    testing.write_files(folder, files)
    (folder / "conf.py").write_text('extensions = ["sphinx_ajo"]\n', encoding="utf-8")
    # it warns of each attack, so there is no list of warnings to compare with
    app = SphinxTestApp(
        buildername=builder,
        srcdir=folder,
        builddir=folder.parent / f"{folder.name}-{builder}",
        confoverrides={"html_theme": theme, "html_baseurl": "https://site.example/"},
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # those of themes
            app.build()
        return app.outdir, app.warning.getvalue()
    finally:
        app.cleanup()


@pytest.fixture(scope="session")
def attack_site(tmp_path_factory):
    """Return a function that builds a site, once."""
    built = {}

    def attack_site(theme, builder):
        key = theme, builder
        if key not in built:
            folder = tmp_path_factory.mktemp("attack") / "src"
            (folder / "help").mkdir(parents=True)
            (folder / "help" / attacks.IMAGE_NAME).write_bytes(_PIXEL)
            files = attacks.repository(_texts(attacks.BUILDS.index(key)))
            outdir, log = _build(folder, theme, builder, files)
            plain = tmp_path_factory.mktemp("harmless") / "src"
            harmless, _ = _build(plain, theme, builder, _HARMLESS)
            built[key] = Site(outdir, harmless, log)
        return built[key]

    return attack_site


@pytest.fixture(params=attacks.BUILDS, ids="-".join)
def site(request, attack_site):
    """A site by each theme and builder."""
    return attack_site(*request.param)
