"""Compiled templates that all builds of a process share: half the work of a small build."""

from __future__ import annotations

from functools import partial

from jinja2 import BytecodeCache
from sphinx import jinja2glue


class _Memory(BytecodeCache):
    def __init__(self):
        self._kept = {}

    def _key(self, bucket):
        # the name, the path and the text of the template, and how it is compiled
        return bucket.key, bucket.checksum, *bucket.environment.extensions

    def load_bytecode(self, bucket):
        bucket.code = self._kept.get(self._key(bucket))

    def dump_bytecode(self, bucket):
        self._kept[self._key(bucket)] = bucket.code


def remember_templates():
    """Let all builds that follow share what is compiled."""
    jinja2glue.SandboxedEnvironment = partial(
        jinja2glue.SandboxedEnvironment, bytecode_cache=_Memory()
    )
