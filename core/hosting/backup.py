"""Copies of the whole database: a file for SQLite, a dump for PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from core.hosting.altering import exclusive
from core.tenancy import policies

KEPT = 5
"""Copies made before upgrades that are kept."""
MORE_LOCKS = "nothing was changed: raise max_locks_per_transaction of PostgreSQL to 256 at least"


class BackupError(RuntimeError):
    """A copy cannot be made or put back; the message says why."""


def backup(engine: sa.Engine, target: Path) -> None:
    """Copy the database to a file that does not exist yet, while it is in use."""
    if target.exists():
        raise BackupError(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    if engine.dialect.name != "sqlite":
        _postgres(["pg_dump", "--format=custom", f"--file={target}", f"--dbname={_url(engine)}"])
        return
    partial = target.with_name(target.name + ".partial")
    with closing(sqlite3.connect(_file(engine))) as source, closing(sqlite3.connect(partial)) as to:
        source.backup(to)
    partial.replace(target)


def restore(engine: sa.Engine, source: Path) -> None:
    """Replace what the database holds with a copy, which is checked first."""
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    if engine.dialect.name != "sqlite":
        with exclusive(engine) as own:
            with own.connect() as connection:
                owner = connection.exec_driver_sql("select current_user").scalar()
            # Who may do what is not copied: the roles may have other names where it came from.
            _postgres(
                ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
                 "--single-transaction", f"--role={owner}", f"--dbname={_url(engine)}",
                 str(source)]
            )  # fmt: skip
            with own.begin() as connection:
                policies.apply(connection)
        return
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _check(copy, source)
        engine.dispose()
        with closing(sqlite3.connect(_file(engine), timeout=30)) as target:
            copy.backup(target)


def copy_before_upgrade(engine: sa.Engine, folder: Path) -> Path | None:
    """Copy a SQLite database that holds something; the oldest of such copies go."""
    if engine.dialect.name != "sqlite" or not sa.inspect(engine).get_table_names():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / f"before-upgrade-{stamp}.db"
    backup(engine, target)
    for old in sorted(folder.glob("before-upgrade-*.db"))[:-KEPT]:
        old.unlink()
    return target


def _check(copy: sqlite3.Connection, source: Path) -> None:
    try:
        sound = copy.execute("pragma integrity_check").fetchone() == ("ok",)
        ours = copy.execute(
            "select count(*) from sqlite_master where name = 'alembic_version_core'"
        ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{source} is no SQLite database: {error}") from error
    if not sound or not ours:
        raise BackupError(f"{source} is no sound copy of a database of this system")


def _file(engine: sa.Engine) -> str:
    database = engine.url.database
    if not database or database == ":memory:":
        raise BackupError("a database in memory cannot be copied")
    return database


def _url(engine: sa.Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _postgres(arguments: list[str]) -> None:
    if shutil.which(arguments[0]) is None:
        raise BackupError(f"{arguments[0]} is not installed; it comes with PostgreSQL")
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()
        hint = f"; {MORE_LOCKS}" if "max_locks_per_transaction" in said else ""
        raise BackupError(f"{said}{hint}")
