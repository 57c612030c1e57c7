"""What plugins there are: folders of the code, folders of the installation, distributions.

A manifest is read from its file; nothing of the plugin is imported.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Literal

from plugin_api.manifest import Manifest, ManifestError

Origin = Literal["host", "bundled", "instance", "installed"]

BUNDLED = Path(__file__).resolve().parents[2] / "plugins"
ENTRY_POINTS = "xiaoguan.plugins"
RESERVED = frozenset(
    (
        "access", "addresses", "analysis", "api", "assets", "audit", "collections", "comments",
        "condition", "contributions", "core", "dashboards", "drafts", "enter", "factor", "feeds",
        "files", "following", "forgot", "health", "healthz", "home", "import", "importing",
        "invitations", "jobs", "language", "links", "login", "logout", "look-as", "look_as",
        "matrix", "measures", "metrics", "moves", "notifications", "open", "open_pages",
        "own_sso", "passkeys", "people", "permissions", "plugins", "privacy", "profile", "proof",
        "readyz", "records", "reports", "retention", "reveal", "role_fields", "search",
        "security", "settings", "sharing", "sso", "sso_settings", "static", "switch", "teams",
        "tokens", "views", "web", "webhooks",
    )
)  # fmt: skip
"""First parts of the host's own addresses, and names of its blueprints."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A plugin with a usable manifest. ``path`` is the folder of its package."""

    manifest: Manifest
    package: str
    path: Path
    origin: Origin

    @property
    def id(self) -> str:
        return self.manifest.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """Something in a plugin's place that cannot be one."""

    name: str
    origin: Origin
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Inventory:
    """All that was found, in a fixed order: bundled, instance, installed, each by name."""

    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]


def discover(instance: Path, bundled: Path = BUNDLED) -> Inventory:
    """Look in the three places. A second plugin of an id is rejected and names the first."""
    candidates: dict[str, Candidate] = {}
    rejected: list[Rejected] = []
    for found in (
        *_folders(bundled, "bundled"),
        *_folders(instance / "plugins", "instance"),
        *_distributions(),
    ):
        if isinstance(found, Rejected):
            rejected.append(found)
            continue
        first = candidates.setdefault(found.id, found)
        if first is not found:
            reason = f"duplicate id {found.id!r}: {found.path} comes after {first.path}"
            rejected.append(Rejected(name=found.id, origin=found.origin, reason=reason))
    return Inventory(candidates=tuple(candidates.values()), rejected=tuple(rejected))


def read_manifest(path: Path) -> Manifest:
    """The ``manifest`` of a ``manifest.py``. Raises ManifestError with the reason."""
    # A loader of its own: nothing enters sys.modules, so that no second manifest of the
    # same name can be mistaken for this one.
    loader = importlib.machinery.SourceFileLoader(f"manifest of {path.parent.name}", str(path))
    module = ModuleType(loader.name)
    module.__file__ = str(path)
    try:
        exec(loader.source_to_code(path.read_bytes(), str(path)), vars(module))
    except ManifestError:
        raise
    except SyntaxError as error:
        raise ManifestError(f"manifest.py, line {error.lineno}: {error.msg}") from error
    except (Exception, SystemExit) as error:
        raise ManifestError(f"manifest.py: {type(error).__name__}: {error}") from error
    manifest = getattr(module, "manifest", None)
    if not isinstance(manifest, Manifest):
        raise ManifestError("manifest.py has no 'manifest = Manifest(...)'")
    return manifest


def _folders(root: Path, origin: Origin) -> Iterator[Candidate | Rejected]:
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            yield _inspect(folder.name, f"plugins.{folder.name}", folder, origin)


def _distributions() -> Iterator[Candidate | Rejected]:
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda e: (e.name, e.value)):
        try:
            path = _package_folder(entry)
        except Exception as error:
            # Finding a nested package imports its parents, which may fail in any way.
            yield Rejected(name=entry.name, origin="installed", reason=f"{entry.value}: {error}")
        else:
            yield _inspect(entry.name, entry.module, path, "installed")


def _package_folder(entry: EntryPoint) -> Path:
    spec = importlib.util.find_spec(entry.module)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("no such package")
    return Path(next(iter(spec.submodule_search_locations)))


def _inspect(name: str, package: str, path: Path, origin: Origin) -> Candidate | Rejected:
    def rejected(reason: str) -> Rejected:
        return Rejected(name=name, origin=origin, reason=reason)

    for file in ("manifest.py", "__init__.py"):
        if not (path / file).is_file():
            return rejected(f"{path} has no {file}")
    try:
        manifest = read_manifest(path / "manifest.py")
    except ManifestError as error:
        return rejected(str(error))
    if manifest.id in RESERVED:
        return rejected(f"id {manifest.id!r} belongs to the host")
    if manifest.id != name:
        return rejected(f"id {manifest.id!r} differs from the name {name!r} it was found under")
    return Candidate(manifest=manifest, package=package, path=path, origin=origin)
