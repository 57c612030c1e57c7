"""Installations of this repository's tests: those of ``plugin_api.testing``, on PostgreSQL and with
the demo companies too."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.demo import companies
from core.host import services
from core.hosting import migrate
from plugin_api.testing import installing as kit
from plugin_api.testing.installing import Installation, opened, shared_cache
from tests import postgres

__all__ = ["Installation", "install", "opened", "shared_cache", "with_demo"]


def install(
    instance: Path, *, plugins: Iterable[Path] = (), database_url: str = "", **settings: Any
) -> Installation:
    """Make an installation with tables, as :func:`plugin_api.testing.install` does; databases of
    the tests' own PostgreSQL are copied too."""

    def tables(owner: sa.Engine) -> None:
        _make_tables(database_url, owner)

    return kit.install(
        instance, plugins=plugins, database_url=database_url, tables=tables, **settings
    )


def with_demo(instance: Path) -> Installation:
    """An installation with the demo companies. A run of tests makes them once, and copies them."""
    folder = shared_cache()
    if folder is None:
        return _demo(instance)
    kept = folder / "demo"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                _demo(Path(scratch, "demo"))
                Path(scratch, "demo").rename(kept)
    shutil.copytree(kept, instance, dirs_exist_ok=True)
    return opened(instance)


def _demo(instance: Path) -> Installation:
    made = install(instance)
    with made.app.app_context():
        companies.ensure(lambda text: None)
        services().engine.dispose()
    return made


def _make_tables(database_url: str, owner: sa.Engine) -> None:
    """On PostgreSQL not copied where there are roles: grants are for those of an installation."""
    plain = owner is services().engine and owner.dialect.name == "postgresql"
    if not (plain and owner.url.username == "postgres" and not owner.url.password):
        kit.make_tables(owner)
        return
    what = kit.same_tables()
    if not postgres.filled(database_url, what):
        migrate.create_all(owner, services().registry)
        owner.dispose()
        postgres.keep(database_url, what)
