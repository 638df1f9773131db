"""A repository that is edited and built again and again."""

from __future__ import annotations

import pytest
from edited_site import Site, compare


@pytest.fixture
def differences():
    """Tell two outputs apart."""
    return compare


@pytest.fixture
def make_site(tmp_path):
    def make(**options):
        return Site(tmp_path, **options)

    return make
