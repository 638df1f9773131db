"""The commands of the package, and what they are told."""

from __future__ import annotations

import pytest
from code_tree import imported, modules, part
from sphinx.errors import ConfigError, ExtensionError

from sphinx_ajo.__main__ import main
from sphinx_ajo.preview import command
from sphinx_ajo.preview.status import WarningLog, describe


def test_nothing_imports_the_preview():
    """A build loads nothing of it."""
    found = {
        name
        for name in modules()
        if any(part(other) == "preview" for other in imported(name) & modules().keys())
    }
    assert {part(name) for name in found} == {"preview"}


def test_commands(capsys, tmp_path):
    assert main([]) == 2
    assert "preview" in capsys.readouterr().err
    assert main(["--help"]) == 0
    assert "lint" in capsys.readouterr().out
    for name in ("lint", "preview"):
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])
        assert end.value.code == 0
        assert "repository" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["none"], [".", "-D", "project"], [".", "-b", "epub"]])
def test_wrong_arguments(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        command.main(arguments)
    assert end.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_missing_libraries(monkeypatch, capsys):
    monkeypatch.setattr(command, "LIBRARIES", ("no_such_library",))
    with pytest.raises(SystemExit):
        command.main(["."])
    assert "sphinx-ajo[preview]" in capsys.readouterr().err


def test_problems_are_described():
    """What the user can mend needs no places in the code; mistakes in programs do."""
    assert describe(ConfigError("a reason")) == "Configuration error: a reason"
    try:
        {}["name"]
    except KeyError as error:
        found = describe(ExtensionError("a handler failed", error, "module"))
    assert found.startswith("Extension error (module): a handler failed")
    assert "KeyError: 'name'" in found
    assert __file__ in found


def test_warnings_are_told_once():
    log = WarningLog()
    for _ in range(2):
        log.write("\x1b[91mpage.md:1: WARNING: a reason\x1b[39;49;00m\n")
    log.muted = True
    log.write("another\n")
    assert log.take() == ["page.md:1: WARNING: a reason"]
    assert log.take() == []
