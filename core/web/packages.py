"""Where installed packages keep the files that a browser gets."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def static_of(name: str) -> Path:
    """The folder ``static`` of an installed package."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} is not installed")
    return Path(spec.origin).parent / "static"
