"""How far each plugin's tables are: the revision in the database and the newest script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from core.hosting.registry import LoadedPlugin, Registry

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

SCRIPTS = Path(__file__).resolve().parents[1] / "migrations"
IDENTIFIER = re.compile(
    r"""^(?P<what>revision|down_revision)\b[^=\n]*= *(?:None|(["'])(?P<id>\w+)\2)\s*$""", re.M
)
State = Literal["current", "behind", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemaStatus:
    """``pending`` are the scripts still to run, in order. ``head`` is None without scripts.

    A state of "unknown" means that the database knows a revision which the code does not:
    it was upgraded by a newer version.
    """

    plugin: str
    current: str | None
    head: str | None
    pending: tuple[str, ...]
    state: State


def versions_folder(plugin: LoadedPlugin) -> Path:
    """Where a plugin keeps its migration scripts."""
    return plugin.path / "migrations" / "versions"


def version_table(plugin_id: str) -> str:
    """Where the database keeps a plugin's revision."""
    return f"alembic_version_{plugin_id}"


def scripts_of(folder: Path) -> ScriptDirectory:
    """The migration scripts of a folder."""
    from alembic.script import ScriptDirectory  # heavy, and for a question asked once

    return ScriptDirectory(str(SCRIPTS), version_locations=[str(folder)])


@lru_cache(maxsize=512)
def _revisions(folder: Path, files: frozenset[str]) -> tuple[str, ...]:
    if not files:
        return ()
    return _in_a_row(folder, files) or tuple(
        script.revision for script in reversed(list(scripts_of(folder).walk_revisions()))
    )


def _in_a_row(folder: Path, files: frozenset[str]) -> tuple[str, ...]:
    """The revisions, oldest first, read from the heads of the scripts; empty if they are no plain
    row. The library that knows every case takes a tenth of a start to load."""
    after: dict[str | None, str] = {}
    for name in files:
        text = (folder / name).read_text(encoding="utf-8")
        said = {found["what"]: found["id"] for found in IDENTIFIER.finditer(text)}
        if said.keys() != {"revision", "down_revision"} or said["down_revision"] in after:
            return ()
        after[said["down_revision"]] = str(said["revision"])
    row: list[str] = []
    at: str | None = None
    while (at := after.pop(at, None)) is not None:
        row.append(at)
    return () if after else tuple(row)


def revisions_of(plugin: LoadedPlugin) -> tuple[str, ...]:
    """A plugin's revisions, oldest first."""
    folder = versions_folder(plugin)
    files = frozenset(file.name for file in folder.glob("*.py"))
    return _revisions(folder, files)


def status(engine: sa.Engine, registry: Registry) -> list[SchemaStatus]:
    """Every loaded plugin's schema, in dependency order. Two statements."""
    with engine.connect() as connection:
        current = current_revisions(connection, registry.plugins)
    return [_status(plugin, current.get(id_)) for id_, plugin in registry.plugins.items()]


def _status(plugin: LoadedPlugin, current: str | None) -> SchemaStatus:
    known = revisions_of(plugin)
    state: State = "behind"
    pending = known
    if current in known:
        pending = known[known.index(current) + 1 :]
    elif current is not None:
        pending, state = (), "unknown"
    if not pending and state == "behind":
        state = "current"
    return SchemaStatus(
        plugin=plugin.id, current=current, head=known[-1] if known else None,
        pending=pending, state=state,
    )  # fmt: skip


def current_revisions(connection: sa.Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """Plugin → the revision its tables are at; without those that have none."""
    there = set(sa.inspect(connection).get_table_names())
    asked = [
        sa.select(sa.literal(id_), sa.column("version_num", sa.String())).select_from(
            sa.table(version_table(id_))
        )
        for id_ in ids
        if version_table(id_) in there
    ]
    if not asked:
        return {}
    return {row[0]: row[1] for row in connection.execute(sa.union_all(*asked))}
