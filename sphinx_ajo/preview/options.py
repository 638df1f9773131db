"""What is previewed, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(slots=True)
class Options:
    """The sources and folders of a preview."""

    source: Path
    output: Path
    builder: str = "html"
    confdir: Path | None = None
    """The folder of ``conf.py``, if it is not the source folder."""
    settings: dict[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()

    @property
    def outdir(self) -> Path:
        """The folder that is served."""
        return self.output / self.builder

    @property
    def doctreedir(self) -> Path:
        """The folder of the doctrees."""
        return self.output / "doctrees"

    def configuration(self) -> tuple[Path | None, dict[str, str]]:
        """Return the folder of ``conf.py``, and the options: as of now, for it may change."""
        confdir = self.confdir or self.source
        if (confdir / "conf.py").is_file() or self.confdir:
            return confdir, self.settings
        return None, {"extensions": "sphinx_ajo", **self.settings}
