"""An installation for tests: an application, companies, people, and clients that are logged in."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core.app import create_app
from core.config import Config
from core.extensions import db
from core.host import services
from core.hosting import enablement, migrate
from core.identity import service, sessions
from core.identity.models import Login, User
from core.jobs.work import work_off
from core.tenancy.engine import as_owner
from core.tenancy.platform import platform_session
from plugin_api.context import acting_as, current_company

CACHE = "XIAOGUAN_CACHE"
"""Names the folder in which processes of a run keep what one of them has found out."""
NO_PASSWORD = "$argon2id$nobody"
"""A hash that no password has: people of tests are logged in without one."""

MakeTables = Callable[[sa.Engine], None]


@dataclass(frozen=True, slots=True)
class Installation:
    """An application with its database, and what tests do with it."""

    app: Flask
    instance: Path

    def company(self, slug: str, *plugins: str, **given: Any) -> None:
        """Make a company that uses the plugins; ``given`` are its currency, country, language …"""
        with self.app.app_context():
            service.create_company(slug=slug, name=slug.title(), **given)
        self.enable(slug, *plugins)

    def enable(self, slug: str, *plugins: str) -> None:
        """Switch plugins on for a company, with what they need. Those that are on stay."""
        with self.app.app_context(), service.system_in(slug):
            for plugin in plugins:
                if plugin not in enablement.enabled_set(current_company()):
                    enablement.enable(plugin)
                    db.session.commit()

    def disable(self, slug: str, *plugins: str) -> None:
        """Switch plugins off for a company, with those that need them. Raises Rejected."""
        with self.app.app_context(), service.system_in(slug):
            for plugin in plugins:
                enablement.disable(plugin, cascade=True)
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

    def run_jobs(self) -> int:
        """Do every job that waits, of all companies; how many were looked at."""
        return work_off(self.app)

    def close(self) -> None:
        """Give the connections to the database back."""
        with self.app.app_context():
            db.session.remove()
            services().engine.dispose()


def make_tables(owner: sa.Engine) -> None:
    """Make all tables of the models. Those of SQLite are copied from another installation of
    this run with the same plugins."""
    if owner.dialect.name == "sqlite":
        _make_sqlite(owner, same_tables())
    else:
        migrate.create_all(owner, services().registry)


def install(
    instance: Path,
    *,
    plugins: Iterable[Path] = (),
    database_url: str = "",
    tables: MakeTables = make_tables,
    **settings: Any,
) -> Installation:
    """Make an installation with tables; ``plugins`` are folders linked into it, since a
    process loads a package from one place only. ``settings`` are those of ``XIAOGUAN_…``.

    Forms are taken without a token: tests of that token switch it on again.
    """
    (instance / "plugins").mkdir(parents=True, exist_ok=True)
    for folder in plugins:
        (instance / "plugins" / folder.name).symlink_to(folder)
    made = opened(instance, database_url=database_url, **settings)
    with made.app.app_context():
        tables(as_owner())
    return made


def opened(instance: Path, *, database_url: str = "", **settings: Any) -> Installation:
    """An installation that is there already."""
    settings.setdefault("cache", shared_cache())
    app = create_app(Config(instance=instance, database_url=database_url, **settings))
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return Installation(app, instance)


def shared_cache() -> Path | None:
    """Where processes of a run of tests keep what one of them has found out about plugins."""
    folder = os.environ.get(CACHE)
    return Path(folder) if folder else None


def same_tables() -> str:
    """A name for the tables that the loaded plugins have. Needs an application context."""
    registry = services().registry
    plugins = sorted(f"{each.id} {each.path.resolve()}" for each in registry.plugins.values())
    return "made_" + hashlib.sha256("\n".join(plugins).encode()).hexdigest()[:20]


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
