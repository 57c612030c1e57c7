"""A copy of an installation in one file: the database and the files beside it.

Files are kept under their digest and never changed, which makes it simple: the contents are
held first, then the database is copied, then what came meanwhile is held; so whatever the copy
of the database names is there. Putting it back adds contents first, replaces the database in one
step, and a restore that is killed leaves the database as it was before or as it is after.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import sqlalchemy as sa

from core.hosting import backup
from core.hosting.backup import BackupError
from core.hosting.registry import Registry
from core.hosting.schema import current_revisions, revisions_of

FORMAT = 1
MANIFEST, DATABASE, SUMS = "manifest.json", "database", "sums.json"
HELD, SCRATCH = "held", ".copying-"
FOLDERS = ("files", "uploads")
SECRETS = ("secret_key", "settings.env")
BLOCK = 1 << 20
Told = Callable[[str], None]


def _quiet(text: str) -> None:
    pass


def make(
    engine: sa.Engine, registry: Registry, instance: Path, target: Path, *,
    secrets: bool = False, told: Told = _quiet,
) -> None:  # fmt: skip
    """Copy everything to a file that does not exist yet, while it is in use.

    ``secrets`` also takes the key that signs sessions and the settings, which may hold
    passwords. Raises BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    with _scratch(instance) as scratch:
        held = scratch / HELD
        _hold(instance, held)
        told("files are held")
        copy = scratch / DATABASE
        backup.backup(engine, copy)
        with engine.connect() as connection:
            revisions = dict(current_revisions(connection, registry.plugins))
        told("the database is copied")
        _hold(instance, held)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "engine": engine.dialect.name,
            "tables": revisions,
        }
        try:
            _pack(partial, manifest, scratch, instance if secrets else None, told)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _hold(instance: Path, held: Path) -> None:
    """Keep what is there from going; a second name costs no room."""
    for folder in FOLDERS:
        for path in (instance / folder).rglob("*"):
            to = held / path.relative_to(instance)
            if path.name.startswith(".") or not path.is_file() or to.exists():
                continue
            to.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, to)
            except FileNotFoundError:
                continue
            except OSError:
                shutil.copyfile(path, to)


def _pack(
    target: Path, manifest: dict[str, Any], scratch: Path, secrets: Path | None, told: Told
) -> None:
    held = scratch / HELD
    sums: dict[str, str] = {}
    with tarfile.open(target, "w") as made:
        _put_text(made, MANIFEST, json.dumps(manifest, indent=1), sums)
        _put(made, scratch / DATABASE, DATABASE, sums)
        paths = sorted(path for path in held.rglob("*") if path.is_file())
        for number, path in enumerate(paths, 1):
            _put(made, path, path.relative_to(held).as_posix(), sums)
            if number % 500 == 0 or number == len(paths):
                told(f"{number:,} of {len(paths):,} files")
        for name in SECRETS if secrets is not None else ():
            if secrets is not None and (secrets / name).is_file():
                _put(made, secrets / name, f"secrets/{name}", sums)
        _put_text(made, SUMS, json.dumps(sums), {})
    target.chmod(0o600)


def _put(made: tarfile.TarFile, path: Path, name: str, sums: dict[str, str]) -> None:
    with path.open("rb") as content:
        sums[name] = _digest(content)
        content.seek(0)
        info = made.gettarinfo(arcname=name, fileobj=content)
        # Held under a second name, which a link in the archive would point to.
        info.type, info.linkname, info.size = tarfile.REGTYPE, "", path.stat().st_size
        made.addfile(info, content)


def _put_text(made: tarfile.TarFile, name: str, text: str, sums: dict[str, str]) -> None:
    content = text.encode()
    with tempfile.TemporaryFile() as to:
        to.write(content)
        to.seek(0)
        info = tarfile.TarInfo(name)
        info.size = len(content)
        made.addfile(info, to)
    sums[name] = hashlib.sha256(content).hexdigest()


def restore(
    engine: sa.Engine, registry: Registry, instance: Path, source: Path, *, told: Told = _quiet
) -> list[str]:
    """Put a copy back; notes for the operator. Raises BackupError, and then nothing has changed.

    A bare copy of a database, as it is made before an upgrade, brings back only that.
    """
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    if not tarfile.is_tarfile(source):
        backup.restore(engine, source)
        return ["Only the database was in the copy; files are as they were."]
    try:
        with tarfile.open(source, "r") as packed:
            manifest = _manifest(packed)
            notes = _fits(engine, registry, manifest)
            _check(packed)
            told("the copy is sound")
            with _unpacked(packed, instance) as scratch:
                told("files are unpacked")
                _add(scratch, instance)
                backup.restore(engine, scratch / DATABASE)
    except (tarfile.TarError, KeyError, json.JSONDecodeError, EOFError) as error:
        raise BackupError(f"{source} is damaged: {error}") from error
    told("the database is replaced")
    return notes


def _manifest(packed: tarfile.TarFile) -> dict[str, Any]:
    # Members are read in order; the sums stand last.
    content = packed.extractfile(MANIFEST)
    assert content is not None
    found: dict[str, Any] = json.loads(content.read())
    return found


def _fits(engine: sa.Engine, registry: Registry, manifest: dict[str, Any]) -> list[str]:
    if manifest["format"] != FORMAT:
        text = f"the copy has the format {manifest['format']}, this version reads {FORMAT}"
        raise BackupError(text)
    if manifest["engine"] != engine.dialect.name:
        raise BackupError(
            f"the copy is of {manifest['engine']}, this installation uses {engine.dialect.name};"
            " take companies over one by one: xiaoguan company export"
        )
    notes = []
    for id_, revision in manifest["tables"].items():
        plugin = registry.plugins.get(id_)
        if plugin is None:
            notes.append(f"The copy has data of {id_}, which is not here; it stays unused.")
            continue
        known = revisions_of(plugin)
        if revision not in known:
            raise BackupError(
                f"the copy has tables of {id_} at {revision}, which this version does not know:"
                " install the version that made it"
            )
        if revision != known[-1]:
            notes.append(f"The tables of {id_} are older than its code: xiaoguan db upgrade")
    return notes


def _check(packed: tarfile.TarFile) -> None:
    content = packed.extractfile(SUMS)
    assert content is not None
    sums: dict[str, str] = json.loads(content.read())
    names = {member.name for member in packed.getmembers()} - {SUMS}
    if names != set(sums):
        raise BackupError(f"the copy misses {', '.join(sorted(names ^ set(sums)))[:200]}")
    for name, wanted in sums.items():
        member = packed.extractfile(name)
        if member is None or _digest(member) != wanted:
            raise BackupError(f"{name} is damaged in the copy")


@contextmanager
def _unpacked(packed: tarfile.TarFile, instance: Path) -> Iterator[Path]:
    with _scratch(instance) as scratch:
        for member in packed.getmembers():
            place = PurePosixPath(member.name)
            if member.isfile() and (place.parts[0] in FOLDERS or member.name == DATABASE):
                packed.extract(member, scratch, filter="data")
        yield scratch


@contextmanager
def _scratch(instance: Path) -> Iterator[Path]:
    """A folder beside the files; what others left that were killed a day ago goes."""
    for old in instance.glob(f"{SCRATCH}*"):
        if old.stat().st_mtime < time.time() - 24 * 3600:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=instance) as made:
        yield Path(made)


def _add(scratch: Path, instance: Path) -> None:
    """Contents that are there are the same; others come whole or not at all."""
    for folder in FOLDERS:
        for path in (scratch / folder).rglob("*"):
            to = instance / path.relative_to(scratch)
            if path.is_file() and not to.is_file():
                to.parent.mkdir(parents=True, exist_ok=True)
                path.chmod(0o640)
                path.replace(to)


def _digest(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := content.read(BLOCK):
        found.update(block)
    return found.hexdigest()
