"""Which rules are on."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.config import PREFIX, get_ajo_config, report_entry
from sphinx_ajo.foreign.sphinx import user_settings
from sphinx_ajo.lint.model import Severity
from sphinx_ajo.lint.rules import RULES
from sphinx_ajo.project.boundary import UNREAD
from sphinx_ajo.site.boundary import repository_boundary
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_ajo.lint.model import Rule

CUSTOM_FILE: Final = "markdownlint_custom.json"
"""The file at the root of a repository with which its authors switch rules on and off."""


def report_unknown_rules(_app: Sphinx, config: Config) -> None:
    """Warn about entries of ``ajo_lint`` that name no rule."""
    report_unknown("lint", get_ajo_config(config).lint, RULES)


def report_unknown(
    option: str, value: str | Sequence[str] | Mapping[str, str], rules: Mapping[str, Rule]
) -> None:
    """Warn about entries of an option that name no rule.

    :param option: The option, without its prefix.
    """
    if isinstance(value, str):
        return
    for id_ in value:
        if id_ != "*" and id_.lower() not in rules:
            report_entry(option, id_, "there is no such rule")


def severities(config: Config, root: Path, *, linting: bool) -> dict[str, Severity]:
    """Return the rules to be checked.

    :returns: The id of each rule that is on, and the severity of its findings.
    """
    value = get_ajo_config(config).lint
    if value == "off" and linting and f"{PREFIX}lint" not in user_settings(config):
        value = "default"
    if value == "off":
        return {}
    return choose(value, custom_rules(root))


def choose(
    value: str | Sequence[str] | Mapping[str, str],
    custom: Mapping[str, bool],
    rules: Mapping[str, Rule] = RULES,
) -> dict[str, Severity]:
    """Combine settings with the defaults.

    :param value: The value of ``ajo_lint`` or a similar option, checked; not ``off``.
    :param custom: The rules that the repository itself switches on and off.
    """
    if isinstance(value, (list, tuple)):
        wanted = {id_.lower() for id_ in value}
        return {id_: _on(rule) for id_, rule in rules.items() if wanted & {id_, "*"}}
    given: dict[str, Severity] = {}
    if isinstance(value, dict):
        given = {id_.lower(): Severity(name) for id_, name in value.items()}
    found: dict[str, Severity] = {}
    for id_, rule in rules.items():
        if id_ in given or "*" in given:
            found[id_] = given.get(id_) or given["*"]
        elif id_ in custom:
            found[id_] = _on(rule) if custom[id_] else Severity.OFF
        else:
            found[id_] = rule.default
    return {id_: severity for id_, severity in found.items() if severity is not Severity.OFF}


def _on(rule: Rule) -> Severity:
    return rule.default if rule.default is not Severity.OFF else Severity.WARNING


def custom_rules(root: Path) -> dict[str, bool]:
    """Read which rules a repository switches on and off.

    :returns: The id of each rule that its file names, and whether it is on.
    """
    path = root / CUSTOM_FILE
    if not repository_boundary(root, root).file(path):
        if os.path.lexists(path):
            warn(AjoWarnings.OUTSIDE, UNREAD, str(path), location=None)
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        message = "%s cannot be read (%s); it switches no rule on or off"
        warn(AjoWarnings.CONFIG, message, CUSTOM_FILE, error, location=f"{path}:1")
        return {}
    if not isinstance(data, dict):
        return {}
    # options of a rule switch it on
    return {
        name.lower(): value is not False for name, value in data.items() if name.lower() in RULES
    }
