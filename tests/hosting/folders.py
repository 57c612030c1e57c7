"""Plugin folders written for a test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

INIT = "from plugin_api import Plugin\n\nfrom . import hooks\n\nplugin = Plugin(hooks)\n"


def manifest(name: str, **fields: object) -> str:
    """The text of a ``manifest.py``."""
    given = {"id": name, "name": name.title(), "version": "1.0.0", "summary": "A test.", **fields}
    arguments = ", ".join(f"{key}={value!r}" for key, value in given.items())
    return f"from plugin_api.manifest import Manifest\n\nmanifest = Manifest({arguments})\n"


def write_plugin(
    root: Path, name: str, files: Mapping[str, str] | None = None, **fields: object
) -> Path:
    """A plugin that does nothing, with ``files`` instead of or besides its own."""
    folder = root / name
    folder.mkdir(parents=True)
    contents = {"manifest.py": manifest(name, **fields), "__init__.py": INIT, "hooks.py": ""}
    for file, text in {**contents, **(files or {})}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(dedent(text), "utf-8")
    return folder
