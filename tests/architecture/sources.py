"""The source files that the architecture tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.hosting.inventory import read_manifest
from plugin_api.manifest import Manifest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = sorted(path.parent.name for path in ROOT.glob("plugins/*/manifest.py"))


def files(*folders: str, ends: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    """Every source file below the folders of the house, in a fixed order."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in ends and path.is_file():
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, line: int | None = None) -> str:
    """How a finding names its place."""
    relative = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{relative}:{line}" if line else str(relative)


def module_of(path: Path) -> str:
    """Dotted name of a file's module: ``core/web/gate.py`` is ``core.web.gate``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def manifest(plugin: str) -> Manifest:
    """What a bundled plugin says of itself."""
    return read_manifest(ROOT / "plugins" / plugin / "manifest.py")
