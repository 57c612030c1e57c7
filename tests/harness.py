"""An installation for a test: an application, companies, people, and clients that are logged in."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.app import create_app
from core.config import Config
from core.demo import companies
from core.extensions import db
from core.host import services
from core.hosting import enablement, migrate
from core.identity import service, sessions
from core.identity.models import Login, User
from core.tenancy.engine import as_owner
from core.tenancy.platform import platform_session
from plugin_api.context import acting_as, current_company
from tests import postgres

NO_PASSWORD = "$argon2id$nobody"
"""A hash that no password has: people of tests are logged in without one."""


@dataclass(frozen=True, slots=True)
class Installation:
    """An application with its database, and what tests do with it."""

    app: Flask
    instance: Path

    def company(self, slug: str, *plugins: str, **given: Any) -> None:
        """Make a company that uses the plugins."""
        with self.app.app_context():
            service.create_company(slug=slug, name=slug.title(), **given)
            with service.system_in(slug):
                for plugin in plugins:
                    if plugin not in enablement.enabled_set(current_company()):
                        enablement.enable(plugin)
                        db.session.commit()

    def person(self, slug: str, name: str, role: str = "rep", team_id: int | None = None) -> int:
        """Add somebody who can log in as ``<name>@<slug>.example``; their id."""
        with self.working(slug):
            user = service.add_user(
                name=name.title(),
                email=f"{name}@{slug}.example",
                role=role,
                team_id=team_id,
                password_hash=NO_PASSWORD,
            )
            return user.id

    @contextmanager
    def working(self, slug: str, name: str | None = None) -> Iterator[None]:
        """Work for a company, as the system or as a person, and commit at the end."""
        with self.app.test_request_context(), service.system_in(slug):
            if name is None:
                yield
                db.session.commit()
                return
            user = service.find_user(f"{name}@{slug}.example")
            with acting_as(current_company(), service.actor_for(user)):
                yield
                db.session.commit()

    def client(self, slug: str, name: str, language: str = "en") -> FlaskClient:
        """A browser in which the person is logged in."""
        client = self.app.test_client()
        with self.app.app_context(), platform_session("identify") as session:
            login = session.query(Login).filter_by(email=f"{name}@{slug}.example").one()
            company = service.load_company(slug)
            key = sessions.begin(login.id, login.epoch, company.id, address="", agent="")
        with client.session_transaction() as cookie:
            cookie.update(key=key, language=language)
        return client

    def token(self, slug: str, name: str) -> dict[str, str]:
        """Headers with which a program acts as the person."""
        with self.working(slug):
            secret = service.add_token(service.find_user(f"{name}@{slug}.example"), "test")
        return {"Authorization": f"Bearer {secret}"}

    def user_id(self, slug: str, name: str) -> int:
        """The id of a person."""
        with self.working(slug):
            user: User = service.find_user(f"{name}@{slug}.example")
            return user.id


def install(
    instance: Path, *, plugins: Iterable[Path] = (), database_url: str = "", **settings: Any
) -> Installation:
    """Make an installation with tables; ``plugins`` are folders linked into it, since a
    process loads a package from one place only.

    Forms are taken without a token: tests of that token switch it on again.
    """
    (instance / "plugins").mkdir(parents=True, exist_ok=True)
    for folder in plugins:
        (instance / "plugins" / folder.name).symlink_to(folder)
    made = opened(instance, database_url=database_url, **settings)
    with made.app.app_context():
        _make_tables(database_url, as_owner())
    return made


def shared_cache() -> Path | None:
    """Where processes of a run of tests keep what one of them has found out about plugins."""
    folder = os.environ.get("XIAOGUAN_CACHE")
    return Path(folder) if folder else None


def opened(instance: Path, *, database_url: str = "", **settings: Any) -> Installation:
    """An installation that is there already."""
    settings.setdefault("cache", shared_cache())
    app = create_app(Config(instance=instance, database_url=database_url, **settings))
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return Installation(app, instance)


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
    """Make all tables, or copy what another installation of this run has made for the same
    plugins. On PostgreSQL not where there are roles: grants are for those of an installation."""
    registry = services().registry
    plugins = sorted(f"{each.id} {each.path.resolve()}" for each in registry.plugins.values())
    what = "made_" + hashlib.sha256("\n".join(plugins).encode()).hexdigest()[:20]
    if owner.dialect.name == "sqlite":
        _make_sqlite(owner, what)
        return
    plain = owner is services().engine
    copies = plain and owner.url.username == "postgres" and not owner.url.password
    if copies and postgres.filled(database_url, what):
        return
    migrate.create_all(owner, registry)
    if copies:
        owner.dispose()
        postgres.keep(database_url, what)


def _make_sqlite(owner: sa.Engine, what: str) -> None:
    folder = shared_cache()
    kept = folder / f"{what}.db" if folder else None
    target = owner.url.database or ""
    if kept is not None and kept.exists():
        with closing(sqlite3.connect(kept)) as made, closing(sqlite3.connect(target)) as fresh:
            if not fresh.execute("select 1 from sqlite_master").fetchone():
                made.backup(fresh)
                return
    migrate.create_all(owner, services().registry)
    if kept is not None:
        fresh_name = f"{kept}.{os.getpid()}"
        with closing(sqlite3.connect(target)) as made, closing(sqlite3.connect(fresh_name)) as copy:
            made.backup(copy)
        Path(fresh_name).replace(kept)
