"""What a process of :mod:`tests.processes` has loaded when it begins: the host and its plugins."""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.hosting.load import load
from core.starting import keep
from tests.harness import shared_cache

with tempfile.TemporaryDirectory() as nothing:
    load(Path(nothing), shared_cache() or Path(nothing, "cache"))
keep()
