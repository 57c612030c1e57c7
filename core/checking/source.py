"""A plugin as its files: where it lies, what its package is called, what it says of itself."""

from __future__ import annotations

import ast
import configparser
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from core.hosting.inventory import BUNDLED, ENTRY_POINTS, read_manifest
from plugin_api.manifest import Manifest, ManifestError

HOUSE = BUNDLED.parent
SKIPPED = frozenset({"__pycache__", "build", "dist", "node_modules", "versions"})
"""Folders of files that nobody writes by hand."""


TEMPLATES = (".html", ".txt")


class NoPluginError(Exception):
    """There is no plugin at a path; the message says what was looked for."""


UNREAD = ast.Module(body=[], type_ignores=[])
"""The syntax tree of what is no Python."""


@dataclass(frozen=True)
class Source:
    """The files of one plugin. ``folder`` is its package, ``root`` that of its distribution.

    ``package`` is the name under which it is imported; ``name`` the one it is found under.
    """

    folder: Path
    root: Path
    package: str
    name: str
    neighbours: dict[str, Path] = field(default_factory=dict, repr=False, compare=False)
    """Plugins that it may build on → their folders."""
    _trees: dict[Path, ast.Module] = field(default_factory=dict, repr=False, compare=False)
    _texts: dict[Path, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def manifest(self) -> Manifest | None:
        """What it says of itself; None when that cannot be read."""
        return self._read[0]

    @property
    def manifest_error(self) -> str:
        """Why its manifest cannot be read."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Manifest | None, str]:
        try:
            return read_manifest(self.folder / "manifest.py"), ""
        except (ManifestError, OSError) as error:
            return None, str(error)

    @property
    def is_distribution(self) -> bool:
        """Whether it is packaged by itself."""
        return self.root not in (self.folder, HOUSE)

    @property
    def is_bundled(self) -> bool:
        """Whether it comes with the host."""
        return self.root == HOUSE

    @cached_property
    def tests(self) -> Path | None:
        """The folder of its tests."""
        places = [self.folder / "tests", self.root / "tests"]
        if self.is_bundled:
            places = [HOUSE / "tests" / "plugins" / self.folder.name]
        return next((each for each in places if each.is_dir()), None)

    @property
    def readme(self) -> Path:
        """Its own README, else its distribution's; where it would be when there is none."""
        own = self.folder / "README.md"
        outer = self.root / "README.md"
        return outer if self.is_distribution and outer.is_file() and not own.is_file() else own

    def files(self, *ends: str) -> Iterator[Path]:
        """Its files with these endings, in a fixed order: without tests and scripts of tables."""
        for path in self._all:
            if path.suffix in (ends or (".py",)):
                yield path

    @cached_property
    def _all(self) -> tuple[Path, ...]:
        left_out = SKIPPED | {"tests"}
        return tuple(
            path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not left_out.intersection(path.relative_to(self.folder).parts)
        )

    def tree(self, path: Path) -> ast.Module:
        """The syntax tree of a file; an empty one when it has none, which another rule says."""
        if path not in self._trees:
            try:
                self._trees[path] = ast.parse(path.read_bytes(), str(path))
            except (SyntaxError, ValueError):
                self._trees[path] = UNREAD
        return self._trees[path]

    def text(self, path: Path) -> str:
        """What stands in a file; signs that are no UTF-8, which another rule says, replaced."""
        if path not in self._texts:
            self._texts[path] = path.read_text("utf-8", errors="replace")
        return self._texts[path]

    def lines(self, *ends: str) -> Iterator[tuple[Path, int, str]]:
        """Every line of its files with these endings, each with its place."""
        for path in self.files(*ends):
            for number, line in enumerate(self.text(path).splitlines(), 1):
                yield path, number, line

    @cached_property
    def is_readable(self) -> bool:
        """Whether all code is Python and all templates are text; a rule says what is not."""
        return all(self.tree(path) is not UNREAD for path in self.files()) and all(
            is_text(path) for path in self.files(*TEMPLATES)
        )

    def trees(self) -> Iterator[tuple[Path, ast.Module]]:
        """Every file of code with its syntax tree."""
        return ((path, self.tree(path)) for path in self.files())

    def module_of(self, path: Path) -> str:
        """Dotted name of a file's module."""
        parts = path.relative_to(self.folder).with_suffix("").parts
        return ".".join((self.package, *(parts[:-1] if parts[-1:] == ("__init__",) else parts)))

    def place(self, path: Path | None, line: int = 0) -> str:
        """How a finding names its place: from the distribution, else from the plugin's folder."""
        if path is None or path == self.folder:
            return self.folder.name
        base = self.root if path.is_relative_to(self.root) else self.folder
        shown = path.relative_to(base) if path.is_relative_to(base) else path
        return f"{shown}:{line}" if line else str(shown)


def is_text(path: Path) -> bool:
    """Whether a file is UTF-8."""
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def walk(module: ast.Module) -> Sequence[ast.AST]:
    """Every node of a syntax tree; many rules ask for them."""
    found: Sequence[ast.AST] | None = getattr(module, "nodes", None)
    if found is None:
        found = tuple(ast.walk(module))
        module.nodes = found  # type: ignore[attr-defined]
    return found


def find(path: Path) -> list[Source]:
    """The plugins at a path: a plugin's folder, or a distribution that holds some.

    Raises NoPluginError.
    """
    path = path.resolve()
    if not path.is_dir():
        raise NoPluginError(f"{path}: there is no such folder")
    if (path / "manifest.py").is_file():
        return [_in_distribution(path) or _alone(path)]
    found = [
        Source(folder=folder, root=path, package=package, name=name)
        for name, package in entry_points(path).items()
        for folder in (_folder_of(path, package),)
        if folder is not None
    ]
    if not found:
        raise NoPluginError(
            f"{path}: no manifest.py, and no setup.cfg or pyproject.toml with an entry point in"
            f" the group {ENTRY_POINTS} whose package is there"
        )
    return found


def _alone(folder: Path) -> Source:
    root = HOUSE if folder.parent == BUNDLED else folder
    return Source(folder=folder, root=root, package=f"plugins.{folder.name}", name=folder.name)


def _in_distribution(folder: Path) -> Source | None:
    for root in list(folder.parents)[:4]:
        if root == HOUSE:
            return None
        for name, package in entry_points(root).items():
            if _folder_of(root, package) == folder:
                return Source(folder=folder, root=root, package=package, name=name)
    return None


def _folder_of(root: Path, package: str) -> Path | None:
    inner = Path(*package.split("."))
    places = (root / inner, root / "src" / inner)
    return next((each for each in places if each.is_dir()), None)


def entry_points(root: Path) -> dict[str, str]:
    """Name → package of the plugins that a distribution's files declare."""
    found: dict[str, str] = {}
    if (root / "setup.cfg").is_file():
        read = configparser.ConfigParser(interpolation=None)
        try:
            read.read_string((root / "setup.cfg").read_text("utf-8"))
            lines = read.get("options.entry_points", ENTRY_POINTS, fallback="").splitlines()
        except configparser.Error:
            lines = []
        found |= {
            name.strip(): value.strip() for line in lines if "=" in line
            for name, value in (line.split("=", 1),)
        }  # fmt: skip
    if (root / "pyproject.toml").is_file():
        try:
            project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
        except tomllib.TOMLDecodeError:
            project = {}
        found |= project.get("project", {}).get("entry-points", {}).get(ENTRY_POINTS, {})
    return {name: str(value).partition(":")[0] for name, value in found.items()}
