"""Rules of the manifest and of the package around it."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from functools import partial

from core.checking.rules import Found, rule
from core.checking.source import Source, walk
from core.hosting.inventory import RESERVED
from plugin_api import API_VERSION

manifests = partial(rule, family="Manifest")


@manifests(
    "manifest-usable", tier="bronze", strict=True,
    why="The host reads it before anything else, and leaves out what it cannot read.",
)  # fmt: skip
def usable(source: Source) -> Iterator[Found]:
    """`manifest.py` holds `manifest = Manifest(...)` with usable values."""
    path = source.folder / "manifest.py"
    if source.manifest is None:
        yield Found(source.manifest_error, path)


@manifests(
    "manifest-id", tier="bronze", strict=True,
    why="It is the prefix of tables, addresses and permissions: two of a kind would share them.",
)  # fmt: skip
def named(source: Source) -> Iterator[Found]:
    """The id is the name under which the plugin is found, and none of the host's own."""
    manifest, path = source.manifest, source.folder / "manifest.py"
    if manifest is None:
        return
    if manifest.id in RESERVED:
        yield Found(f"id {manifest.id!r} belongs to the host", path, _line(source, "id"))
    elif manifest.id != source.name:
        text = f"id {manifest.id!r} differs from the name {source.name!r} it is found under"
        yield Found(text, path, _line(source, "id"))


@manifests(
    "manifest-api", tier="bronze", strict=True,
    why="A plugin that was written for another contract may do anything; the host leaves it out.",
)  # fmt: skip
def fitting(source: Source) -> Iterator[Found]:
    """The range `api` holds the version of the contract that is here."""
    manifest = source.manifest
    if manifest is not None and not manifest.accepts_api(API_VERSION):
        text = f"api {manifest.api!r} does not hold {API_VERSION}, the version that is here"
        yield Found(text, source.folder / "manifest.py", _line(source, "api"))


@manifests(
    "manifest-pure", tier="bronze", strict=True,
    why="It is read by every start and by tools, before it is known whether the plugin can run.",
)  # fmt: skip
def pure(source: Source) -> Iterator[Found]:
    """`manifest.py` imports nothing but the contract."""
    path = source.folder / "manifest.py"
    for node in walk(source.tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{'.' * node.level}{node.module or ''}"]
        for name in names:
            if name.partition(".")[0] not in ("plugin_api", "__future__"):
                yield Found(f"imports {name}", path, getattr(node, "lineno", 0))


@manifests(
    "plugin-exported", tier="bronze", strict=True,
    why="The host takes the plugin's hooks from there.",
)  # fmt: skip
def exported(source: Source) -> Iterator[Found]:
    """`__init__.py` holds `plugin = Plugin(hooks)`."""
    path = source.folder / "__init__.py"
    if not path.is_file():
        yield Found("__init__.py is missing", path)
        return
    names = [
        target.id
        for node in source.tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    ]
    if "plugin" not in names:
        yield Found("no 'plugin = Plugin(hooks)'", path)


@manifests(
    "manifest-described", tier="silver",
    why="Administrators choose plugins by name, summary and group.",
)  # fmt: skip
def described(source: Source) -> Iterator[Found]:
    """The manifest has a summary and a category."""
    if source.manifest is None:
        return
    for what in ("summary", "category"):
        if not getattr(source.manifest, what):
            yield Found(f"{what} is empty", source.folder / "manifest.py", _line(source, what))


@manifests(
    "package-complete", tier="silver",
    why="What is not packaged is missing where the distribution is installed: its pages fail there"
    " and not here.",
)  # fmt: skip
def complete(source: Source) -> Iterator[Found]:
    """A distribution packages its templates, catalogues and other data."""
    path = source.root / "setup.cfg"
    if not source.is_distribution or not path.is_file():
        return
    read = configparser.ConfigParser(interpolation=None)
    read.read_string(path.read_text("utf-8"))
    section = "options.package_data"
    said = ",".join(read[section].values()) if read.has_section(section) else ""
    patterns = {each.strip() for each in said.replace("\n", ",").split(",") if each.strip()}
    files = (".html", ".txt", ".po", ".toml", ".css", ".js", ".svg", ".md")
    ends = {each.suffix for each in source.files(*files)}
    for end in sorted(ends):
        if not any(each in ("*", "**") or each.endswith(end) for each in patterns):
            yield Found(f"[{section}] leaves out *{end}", path)
    if (source.folder / "migrations").is_dir():
        packages = read.get("options", "packages", fallback="")
        versions = source.folder / "migrations" / "versions"
        if packages.strip() == "find:" and not (versions / "__init__.py").is_file():
            text = "packages = find: leaves out migrations/versions; use find_namespace:"
            yield Found(text, path)


def _line(source: Source, argument: str) -> int:
    """Where the manifest says it."""
    for node in walk(source.tree(source.folder / "manifest.py")):
        if isinstance(node, ast.keyword) and node.arg == argument:
            return node.value.lineno
    return 0
