"""An installation with the workshop, on either database, for tests of the write path."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.sql.ddl import sort_tables

from core.app import create_app
from core.config import Config
from core.data import audit
from core.data.audit import AuditEntry
from core.data.records import Records
from core.data.sealing import AuditSeal
from core.extensions import db
from core.host import services
from core.hosting import enablement, migrate
from core.identity.models import Team, User
from core.identity.service import actor_for, add_user, create_company, load_company, system_in
from core.tenancy import appendonly
from core.tenancy.engine import as_owner
from plugin_api.context import acting_as, current_company
from tests.harness import shared_cache

WORKSHOP = Path(__file__).parent / "plugins" / "workshop"
PEOPLE = {
    "ada": ("admin", None), "max": ("manager", "North"), "rita": ("rep", "North"),
    "fay": ("finance", "North"), "ravi": ("rep", "South"), "ana": ("analyst", None),
    "nora": (None, None),
}  # fmt: skip
"""Role and team. Max manages North; Nora has no role."""


@dataclass
class World:
    """An application and the ids of the people of Acme."""

    app: Flask
    people: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def as_(self, name: str = "", slug: str = "acme") -> Iterator[None]:
        """Work as a person, or as the system; nothing is kept."""
        with self.app.test_request_context(), system_in(slug):
            self.calls()
            try:
                with self.acting(name, slug):
                    yield
            finally:
                db.session.rollback()
                db.session.remove()

    @contextmanager
    def acting(self, name: str, slug: str = "acme") -> Iterator[None]:
        """Go on as somebody else in the same transaction."""
        if not name:
            with system_in(slug):
                yield
            return
        with system_in(slug):
            actor = actor_for(db.session.get(User, self.people[name]))
        with acting_as(load_company(slug), actor):
            yield

    def calls(self) -> list[Any]:
        """What the hooks of the workshop were called with; forgotten by asking."""
        package = services().registry.plugins["workshop"].package
        told: list[Any] = sys.modules[f"{package}.hooks"].CALLS
        found = list(told)
        told.clear()
        return found


def make_instance(folder: Path) -> Path:
    """An installation with the plugin of these tests."""
    (folder / "plugins").mkdir(parents=True)
    # A link, since a process loads a package from one place only.
    (folder / "plugins" / "workshop").symlink_to(WORKSHOP)
    return folder


def make_world(folder: Path, url: str = "") -> World:
    """Two companies that use the workshop; Acme has people."""
    world = World(
        create_app(
            Config(cache=shared_cache(), instance=folder, database_url=url, secret_key="x" * 32)
        )
    )
    with world.app.app_context():
        assert "workshop" in services().registry.plugins, services().registry.unavailable
        migrate.create_all(services().engine, services().registry)
        for slug in ("acme", "other"):
            create_company(slug=slug, name=slug.title(), language="en")
            with system_in(slug):
                enablement.enable("workshop")
                if slug == "acme":
                    _add_people(world)
                db.session.commit()
            db.session.remove()
    return world


def _add_people(world: World) -> None:
    teams = {name: Team(name=name) for name in ("North", "South")}
    db.session.add_all(teams.values())
    db.session.flush()
    for name, (role, team) in PEOPLE.items():
        team_id = teams[team].id if team else None
        world.people[name] = add_user(name=name.title(), role=role, team_id=team_id).id
    teams["North"].manager_id = world.people["max"]


def model(name: str) -> Any:
    """A mapped class: ``Job``, ``core.User``."""
    return services().registry.models[name if "." in name else f"workshop.{name}"]


def records() -> Records:
    return services().records


def make(kind: str, /, **values: Any) -> Any:
    """A record through the write path, as whoever acts."""
    return records().create(model(kind), values)


def add(kind: str, /, **values: Any) -> Any:
    """A row past the write path."""
    made = model(kind)(**values)
    db.session.add(made)
    db.session.flush()
    return made


def trail(record: Any) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The record's history, oldest first: (action, transition, changes)."""
    found = audit.entries_of(type(record), record.id)
    return [(entry.action, entry.transition, entry.changes) for entry in reversed(found)]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked for inside."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        seen.append(statement)

    engine = services().engine
    db.session().settle()  # what was put before
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
        db.session().settle()
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def tampering() -> Iterator[Callable[[Any], Any]]:
    """The database as somebody has it who may do anything, the current company's rows of it."""
    company = current_company().id
    with services().engine.begin() as connection, appendonly.released(connection):

        def run(statement: Any) -> Any:
            table = statement.table
            return connection.execute(statement.where(table.c.company_id == company))

        yield run


def forget_changes() -> None:
    """Begin the audit trail of the current company anew."""
    with tampering() as run:
        run(sa.delete(AuditSeal.__table__))
        run(sa.delete(AuditEntry.__table__))


@pytest.fixture(scope="session")
def workshop_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_instance(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="session")
def workshop_on_sqlite(workshop_instance: Path) -> Iterator[World]:
    yield from _closed(make_world(workshop_instance))


@pytest.fixture(scope="session")
def workshop_on_postgres(
    workshop_instance: Path, new_postgres_url: Callable[[], str]
) -> Iterator[World]:
    yield from _closed(make_world(workshop_instance, new_postgres_url()))


def _closed(world: World) -> Iterator[World]:
    yield world
    with world.app.app_context():
        services().engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"], scope="module")
def workshop(request: pytest.FixtureRequest) -> World:
    """The same on either database, without records that another file of tests has left."""
    made: World = request.getfixturevalue(f"workshop_on_{request.param}")
    _clear(made)
    return made


def _clear(world: World) -> None:
    with world.app.app_context(), as_owner().begin() as connection:
        tables = [
            table for name, table in db.metadata.tables.items() if name.startswith("workshop_")
        ]
        for table in reversed(sort_tables(tables)):
            connection.execute(sa.delete(table))
