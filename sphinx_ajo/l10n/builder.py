"""``sphinx-build -b ajo-l10n``: compare a translation with its original, and write no page."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.l10n.kinds import KINDS
from sphinx_ajo.l10n.tables import to_html
from sphinx_ajo.lint.reporting import ReportBuilder
from sphinx_ajo.project.domain import ORIGINAL_HAS_IT
from sphinx_ajo.project.navigation import is_generated, site_of
from sphinx_ajo.project.originals import original_of
from sphinx_ajo.project.repository import source_prefix
from sphinx_ajo.warnings_ import LOGGER, WARNING_TYPE

if TYPE_CHECKING:
    import logging
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from sphinx_ajo.lint.report import Diagnostic

BUILDER: Final = "ajo-l10n"
"""The name of the builder, and of the files that it writes."""

NO_GUIDE: Final = "(no guide)"
"""The name in totals for pages that belong to no guide."""


class L10nBuilder(ReportBuilder):
    """Reports differences between a translation and its original."""

    name = BUILDER
    format_option = "l10n_format"

    def init(self) -> None:
        """Start to collect findings."""
        super().init()
        self._missing: dict[str, str] = {}

    def note_missing(self, path: str, guide: str) -> None:
        """Record a page that only the original has, for the totals.

        :param path: Its file, relative to the root of the repository.
        """
        self._missing[path] = guide

    def is_reported(self, record: logging.LogRecord) -> bool:
        """Tell whether a warning is about the translation."""
        if getattr(record, "type", None) != WARNING_TYPE:
            return False
        subtype = getattr(record, "subtype", "")
        if subtype == AjoWarnings.LINK_ANCHOR.value:
            return str(record.msg).endswith(ORIGINAL_HAS_IT)
        if subtype == AjoWarnings.LINK_MISSING.value:
            return self._is_in_original(getattr(record, "location", None))
        return subtype in KINDS or subtype == AjoWarnings.UNTRANSLATED.value

    def _is_in_original(self, link: object) -> bool:
        """Tell whether a link leads to a page of the original without a known address."""
        original = original_of(self.env)
        if original is None or not isinstance(link, nodes.Element):
            return False
        path = str(link.get("ajo_path", ""))
        return bool(path and original.file(path if path.endswith(".md") else f"{path}.md"))

    def report(self, found: Sequence[Diagnostic], formats: AbstractSet[str]) -> None:
        """Write the report, and the totals of each guide.

        :param found: All that was found, sorted.
        """
        guides = self.totals(found)["guides"]
        if "html" in formats:
            self.write_file("html", to_html(str(self.config.project), found, guides))
        for guide in guides:
            counts = ", ".join(f"{name} {number}" for name, number in guide["findings"].items())
            LOGGER.info("%s: %d pages: %s", guide["guide"], guide["pages"], counts or "nothing")
        super().report(found, formats)

    def totals(self, found: Sequence[Diagnostic]) -> dict[str, Any]:
        """Count findings by guide and kind.

        :returns: The guides, sorted, each with its pages and findings.
        """
        guides = self._guides()
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        pages = Counter(guides.values())
        for item in found:
            counts[guides.get(item.file, NO_GUIDE)][item.subtype] += 1
        entries = [
            {"guide": name, "pages": pages[name], "findings": dict(sorted(counts[name].items()))}
            for name in sorted({*pages, *counts})
        ]
        return {"guides": entries}

    def _guides(self) -> dict[str, str]:
        """Return the guide of each file, as paths from the root of the repository."""
        prefix = f"{source_prefix(self.env)}/".removeprefix("/")
        guides = site_of(self.env).guides
        found = {
            f"{prefix}{self.env.doc2path(name, base=False)}": _folder(prefix + guides[name])
            if name in guides
            else NO_GUIDE
            for name in self.env.found_docs
            if not is_generated(self.env, name)
        }
        return {**found, **self._missing}


def _folder(toc: str) -> str:
    return toc.rpartition("/")[0] or "."
