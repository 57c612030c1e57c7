"""Bringing the database's tables to the state of the code, plugin by plugin.

Only commands do this, never the start of the host. Each script runs in a transaction of its
own and records that it ran, so an upgrade that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.pool import NullPool

from core.hosting.altering import create_tables, exclusive, quiet, transaction
from core.hosting.backup import copy_before_upgrade
from core.hosting.registry import LoadedPlugin, Registry
from core.hosting.schema import (
    SCRIPTS,
    current_revisions,
    revisions_of,
    status,
    version_table,
    versions_folder,
)
from core.tenancy import policies
from plugin_api.models import Base


class MigrationError(RuntimeError):
    """A script failed; the message names plugin and revision."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A script that ran, or, with an ``error``, failed."""

    plugin: str
    revision: str
    error: str = ""


def upgrade_all(
    engine: sa.Engine,
    registry: Registry,
    only: str | None = None,
    *,
    backups: Path | None = None,
    on_step: Callable[[Step], None] = lambda step: None,
) -> list[Step]:
    """Run what is pending, in dependency order: of ``only`` and its dependencies, or of all.

    A plugin that fails stops those that need it; the others go on. ``backups`` is the folder
    that a SQLite database is copied to first.
    """
    wanted = set(registry.plugins)
    if only is not None:
        wanted = {"core", only, *registry.dependencies(only)}
    steps: list[Step] = []
    with exclusive(engine) as own:
        pending = {s.plugin: s.pending for s in status(own, registry) if s.plugin in wanted}
        if backups is not None and any(pending.values()):
            copy_before_upgrade(engine, backups)
        failed: set[str] = set()
        for id_, revisions in pending.items():
            plugin = registry.plugins[id_]
            if failed.intersection((*plugin.manifest.depends, "core")):
                failed.add(id_)
                continue
            for revision in revisions:
                step = _run(own, plugin, revision)
                steps.append(step)
                on_step(step)
                if step.error:
                    failed.add(id_)
                    break
        steps += _raise_walls(own)
    return steps


def downgrade(engine: sa.Engine, registry: Registry, plugin_id: str, target: str = "base") -> None:
    """Take a plugin's tables back to a revision; its data beyond that is lost."""
    with exclusive(engine) as own, transaction(own) as connection:
        command.downgrade(_config(registry.plugins[plugin_id], connection), target)


def create_all(engine: sa.Engine, registry: Registry) -> None:
    """Make the tables of an empty database from the models, as if every script had run.

    Quick, for tests; equal to upgrading because tests hold models and scripts equal.
    """
    tables = [Base.metadata.tables[m.__tablename__] for m in registry.models.values()]
    with engine.begin() as connection, quiet():
        create_tables(connection, tables)
        for plugin in registry.plugins.values():
            revisions = revisions_of(plugin)
            if revisions:
                command.stamp(_config(plugin, connection), revisions[-1])
        policies.apply(connection)


def differences(
    engine: sa.Engine, plugin: LoadedPlugin, told: Callable[[Any], str] = repr
) -> list[str]:
    """What a new script would do; empty when tables and models agree. ``told`` puts one of
    Alembic's differences into words."""
    found: list[str] = []

    def note(context: Any, revision: Any, directives: list[Any]) -> None:
        found.extend(told(each) for each in directives[0].upgrade_ops.as_diffs())
        directives.clear()

    with engine.connect() as connection, quiet():
        config = _config(plugin, connection)
        command.revision(config, autogenerate=True, process_revision_directives=note)
    return found


def revision(
    registry: Registry, plugin_id: str, message: str = "initial", *, fresh: bool = False
) -> Path | None:
    """Write a script with what the models have and the scripts do not; None when nothing.

    Compares with an empty database that the existing scripts have been run on, so the
    installation's own database plays no part. ``fresh`` throws the existing scripts away,
    which is for plugins that nobody has installed yet.
    """
    plugin = registry.plugins[plugin_id]
    folder = versions_folder(plugin)
    folder.mkdir(parents=True, exist_ok=True)
    if fresh:
        for script in folder.glob("*.py"):
            script.unlink()
    with tempfile.TemporaryDirectory(prefix="xiaoguan-") as scratch:
        engine = sa.create_engine(f"sqlite:///{scratch}/scratch.db", poolclass=NullPool)
        failed = [step for step in upgrade_all(engine, registry, plugin_id) if step.error]
        if any(step.plugin == plugin_id for step in failed):
            raise MigrationError(f"{failed[0].plugin} {failed[0].revision}: {failed[0].error}")
        if not differences(engine, plugin):
            return None
        with engine.connect() as connection, quiet():
            made = command.revision(
                _config(plugin, connection), message=message, autogenerate=True,
                rev_id=f"{len(revisions_of(plugin)) + 1:04d}",
            )  # fmt: skip
    assert made is not None and not isinstance(made, list)
    path = Path(made.path)
    _format(path)
    return path


def _format(path: Path) -> None:
    """Leave out the noise, and lay out like the rest of the code where the tool is there."""
    lines = [line for line in path.read_text("utf-8").splitlines() if "# ###" not in line]
    path.write_text("\n".join(lines).replace(", schema=None", "") + "\n", "utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    found = str(ruff) if ruff.is_file() else shutil.which("ruff")
    if found:
        for action in (["check", "--fix"], ["format"]):
            subprocess.run([found, *action, str(path)], check=False, capture_output=True)


def _run(engine: sa.Engine, plugin: LoadedPlugin, revision: str) -> Step:
    try:
        with transaction(engine) as connection:
            known = revisions_of(plugin)
            current = current_revisions(connection, [plugin.id]).get(plugin.id)
            if current in known and known.index(current) >= known.index(revision):
                # Another process was quicker; SQLite has no lock that spans transactions.
                return Step(plugin=plugin.id, revision=revision)
            command.upgrade(_config(plugin, connection), revision)
            policies.apply(connection)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        return Step(plugin=plugin.id, revision=revision, error=text)
    return Step(plugin=plugin.id, revision=revision)


def _raise_walls(engine: sa.Engine) -> list[Step]:
    """Put up what is missing between companies in tables that are there already."""
    try:
        with engine.begin() as connection:
            policies.apply(connection)
    except sa.exc.SQLAlchemyError as error:
        return [Step(plugin="core", revision="walls", error=f"{type(error).__name__}: {error}")]
    return []


def _config(plugin: LoadedPlugin, connection: sa.Connection) -> Config:
    config = Config(
        attributes={"plugin": plugin.id, "connection": connection}, cmd_opts=Namespace(quiet=True)
    )
    options = {
        "script_location": SCRIPTS,
        "version_locations": versions_folder(plugin),
        "path_separator": "newline",
        "file_template": "%(rev)s_%(slug)s",
        "version_table": version_table(plugin.id),
    }
    for name, value in options.items():
        config.set_main_option(name, str(value).replace("%", "%%"))
    return config
