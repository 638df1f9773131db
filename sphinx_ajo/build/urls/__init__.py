"""Official addresses, redirects and edit links in the built site."""

from __future__ import annotations
