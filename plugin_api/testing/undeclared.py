"""Plugins that no installation knows yet, in a checkout or a folder: tests find them too."""

from __future__ import annotations

import configparser
import importlib.metadata
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.hosting.inventory import ENTRY_POINTS


def declared(root: Path) -> Mapping[str, str]:
    """Plugin → package, as a distribution's ``setup.cfg`` or ``pyproject.toml`` says."""
    found: dict[str, str] = {}
    config = configparser.ConfigParser(interpolation=None)
    config.read(root / "setup.cfg", "utf-8")
    lines = config.get("options.entry_points", ENTRY_POINTS, fallback="").splitlines()
    for line in lines:
        name, equals, package = line.partition("=")
        if equals:
            found[name.strip()] = package.strip()
    if (root / "pyproject.toml").is_file():
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
        found.update(project.get("entry-points", {}).get(ENTRY_POINTS, {}))
    return found


def folders(paths: Iterable[Path]) -> Mapping[str, Path]:
    """Plugin → its folder, of plugins in an installation's ``plugins/`` that tests are run of: the
    paths are the folders themselves, or lie in them."""
    found: dict[str, Path] = {}
    for path in paths:
        for folder in (path, *path.parents):
            if folder.parent.name == "plugins" and (folder / "manifest.py").is_file():
                found[folder.name] = folder
    return found


def declare(root: Path, scratch: Path) -> tuple[str, ...]:
    """Let this process find the plugins of a distribution that lies at ``root``, installed or
    not; their ids. ``scratch`` is an empty folder that stays for as long as the process does.

    What is installed already is left as it is, so that no plugin is found twice.
    """
    plugins = declared(root)
    known = {each.name for each in importlib.metadata.entry_points(group=ENTRY_POINTS)}
    missing = {name: package for name, package in plugins.items() if name not in known}
    if missing:
        # What an installation would write, as little of it as is read.
        info = scratch / "checkout-0.dist-info"
        info.mkdir(parents=True)
        lines = [f"{name} = {package}" for name, package in missing.items()]
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: checkout\nVersion: 0\n")
        text = "\n".join([f"[{ENTRY_POINTS}]", *lines, ""])
        (info / "entry_points.txt").write_text(text, "utf-8")
        sys.path.insert(0, str(scratch))
        if str(root) not in sys.path:
            sys.path.insert(1, str(root))
    return tuple(plugins)
