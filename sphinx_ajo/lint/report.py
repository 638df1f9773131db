"""Write the findings of a build. No Sphinx."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from sphinx_ajo.lint.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

_ROOT: Final = "SRCROOT"
"""The name of the root of the repository in SARIF."""

_LEVELS: Final = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


class Diagnostic(NamedTuple):
    """One finding or warning."""

    file: str
    """The path from the root of the repository; empty if it belongs to no file."""
    line: int
    """The line, counted from 1; 0 if unknown."""
    subtype: str
    """Its type and subtype, such as ``ajo.am002``."""
    message: str
    severity: Severity

    def __str__(self) -> str:
        """Return the line for people."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.subtype}: {self.message}".removeprefix(": ")


def arrange(found: Iterable[Diagnostic], same: Iterable[tuple[str, str]] = ()) -> list[Diagnostic]:
    """Sort diagnostics by file and line, without duplicates.

    :param same: Pairs of subtypes: if the first one is reported for a line, the second one is left
        out.
    """
    unique = set(found)
    said = {(item.file, item.line, item.subtype) for item in unique}
    doubles = {
        (file, line, general)
        for file, line, subtype in said
        for special, general in same
        if subtype == special
    }
    return sorted(
        (item for item in unique if (item.file, item.line, item.subtype) not in doubles),
        key=lambda item: item[:4],
    )


def summary(found: Sequence[Diagnostic]) -> str:
    """Count diagnostics."""
    files = len({item.file for item in found if item.file})
    counts = _counts(found)
    words = [
        f"{number} {name}{'' if number == 1 else 's'}"
        for name, number in zip(("error", "warning", "note"), counts.values(), strict=True)
        if number
    ]
    if not words:
        return "nothing to report"
    return f"{', '.join(words)} in {files} file{'' if files == 1 else 's'}"


def _counts(found: Sequence[Diagnostic]) -> dict[str, int]:
    return {
        severity.value: sum(item.severity is severity for item in found)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    }


def to_json(
    found: Sequence[Diagnostic], version: str, more: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """Return diagnostics as JSON.

    :param found: All of them, sorted.
    """
    data = {
        "version": version,
        "summary": _counts(found),
        **more,
        "diagnostics": [
            {
                "file": item.file or None,
                "line": item.line or None,
                "subtype": item.subtype,
                "severity": item.severity.value,
                "message": item.message,
            }
            for item in found
        ],
    }
    return _dump(data)


def to_sarif(found: Sequence[Diagnostic], docs: Mapping[str, str], root: Path, version: str) -> str:
    """Return diagnostics in the Static Analysis Results Interchange Format, version 2.1.0.

    :param found: All of them, sorted.
    :param docs: The description of each of our subtypes, in Markdown.
    """
    names = sorted({item.subtype for item in found} | set(docs))
    index = {name: number for number, name in enumerate(names)}
    driver = {
        "name": "sphinx_ajo",
        "version": version,
        "rules": [_sarif_rule(name, docs.get(name, "")) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"uri": root.absolute().as_uri() + "/"}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, index) for item in found],
    }
    return _dump({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(name: str, doc: str) -> dict[str, Any]:
    text = doc.replace("``", "`") or f"Sphinx warns of this as {name}."
    return {"id": name, "shortDescription": {"text": text}, "fullDescription": {"text": text}}


def _sarif_result(item: Diagnostic, index: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": item.subtype,
        "ruleIndex": index[item.subtype],
        "level": _LEVELS[item.severity],
        "message": {"text": item.message},
    }
    if item.file:
        artifact = {"uri": quote(item.file)}
        if not item.file.startswith("/"):
            artifact["uriBaseId"] = _ROOT
        place: dict[str, Any] = {"artifactLocation": artifact}
        if item.line:
            place["region"] = {"startLine": item.line}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
