"""Two companies whose people talk about jobs of the workshop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy import event

from core.collab.models import Notification
from core.collab.notify import quietly
from core.extensions import db
from core.host import services
from core.identity.models import Team, User
from core.identity.service import find_user
from plugin_api.context import current_company
from tests.data.workshop import WORKSHOP
from tests.harness import Installation, install

PEOPLE = {
    "acme": {
        "ada": ("admin", None), "max": ("manager", "North"), "rita": ("rep", "North"),
        "ravi": ("rep", "South"), "ann": ("analyst", None), "annabel": ("analyst", None),
        "otto": ("auditor", None),
    },
    "other": {"olga": ("admin", None), "oskar": ("rep", None)},
}  # fmt: skip
"""Role and team. Max manages North, so he sees Rita's jobs and not Ravi's; the analysts see all."""


@dataclass
class World:
    """An installation, and what tests of it ask for."""

    made: Installation
    ids: dict[str, int] = field(default_factory=dict)

    def job(
        self, owner: str = "rita", slug: str = "acme", told: bool = False, **values: Any
    ) -> int:
        """A new job, made by the system; its id. Its owner hears of it only when ``told``."""
        with self.made.working(slug), nullcontext() if told else quietly():
            values = {"name": "Lathe", "owner": self.ids[owner], **values}
            return int(services().records.create(model("Job"), values).id)

    @contextmanager
    def acting(self, name: str, slug: str = "acme") -> Iterator[None]:
        """Work as a person, and commit."""
        with self.made.working(slug, name):
            yield

    def client(self, name: str, slug: str = "acme", language: str = "en") -> FlaskClient:
        return self.made.client(slug, name, language)

    def company_id(self, slug: str = "acme") -> str:
        with self.made.working(slug):
            return str(current_company().id)

    def post(self, name: str, path: str, /, slug: str = "acme", **form: Any) -> Any:
        """What a person's form is answered with."""
        data = {"_company": self.company_id(slug), **form}
        return self.client(name, slug).post(path, data=data)

    def told(self, name: str, slug: str = "acme") -> list[tuple[str, int]]:
        """Kind and record of a person's notifications, oldest first."""
        with self.made.working(slug):
            asked = sa.select(Notification.kind, Notification.record_id)
            asked = asked.where(Notification.user_id == self.ids[name]).order_by(Notification.id)
            return [(row[0], row[1]) for row in db.session.execute(asked)]

    def forget(self) -> None:
        """Take all notifications away."""
        for slug in PEOPLE:
            with self.made.working(slug):
                db.session.execute(sa.delete(Notification).where(Notification.id > 0))


def make_world(folder: Path, url: str = "") -> World:
    """The installation with its people."""
    world = World(install(folder, plugins=[WORKSHOP], database_url=url))
    for slug, people in PEOPLE.items():
        world.made.company(slug, "workshop", language="en", currency="CNY")
        with world.made.working(slug):
            teams = {name: Team(name=name) for name in ("North", "South")}
            db.session.add_all(teams.values())
            db.session.flush()
            numbers = {name: team.id for name, team in teams.items()}
        for name, (role, team) in people.items():
            in_team = numbers[team] if team else None
            world.ids[name] = world.made.person(slug, name, role, in_team)
    with world.made.working("acme"):
        db.session.scalars(
            sa.select(Team).where(Team.name == "North")
        ).one().manager_id = world.ids["max"]
    return world


def model(name: str) -> Any:
    """A mapped class: ``Job``, ``core.User``."""
    return services().registry.models[name if "." in name else f"workshop.{name}"]


def record(job_id: int) -> Any:
    """The job, whoever may see it."""
    return db.session.scalars(sa.select(model("Job")).where(model("Job").id == job_id)).one()


def user(name: str, slug: str = "acme") -> User:
    return find_user(f"{name}@{slug}.example")


@contextmanager
def statements(app: Any) -> Iterator[list[str]]:
    """What the database is asked for inside."""
    seen: list[str] = []
    with app.app_context():
        engine = services().engine

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.lstrip().split(None, 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
