"""What everything else may use: records of pages, assets, the pages of a build."""

from __future__ import annotations
