"""A client of REST and two companies for it to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from core.app import create_app
from core.config import Config
from core.extensions import db
from core.host import services
from core.hosting import enablement, migrate
from core.identity.models import Team, User
from core.identity.service import add_token, add_user, create_company, system_in
from tests.harness import shared_cache

HERE = Path(__file__).parent
ROOT = "/api/v1"
PEOPLE = {
    "acme": {"ada": "admin", "max": "manager", "rita": "rep", "ravi": "rep", "ana": "analyst"},
    "other": {"olga": "admin"},
}
"""Company → person → role. Max manages the team of Rita; Ravi is in no team."""


@dataclass
class World:
    """What was set up: tokens and ids of people by name."""

    tokens: dict[str, str] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)


def make_instance(folder: Path) -> Path:
    """An installation with the plugins of these tests."""
    (folder / "plugins").mkdir(parents=True)
    for plugin in (HERE / "plugins").iterdir():
        # A link, since a process loads a package from one place only.
        (folder / "plugins" / plugin.name).symlink_to(plugin)
    return folder


def make_app(instance: Path, url: str = "") -> Flask:
    """The application on its embedded database, or on another."""
    return create_app(
        Config(cache=shared_cache(), instance=instance, database_url=url, secret_key="x" * 32)
    )


def settle(app: Flask) -> World:
    """Tables, two companies that use the ledger, their people and tokens."""
    world = World()
    with app.app_context():
        migrate.create_all(services().engine, services().registry)
        for slug, people in PEOPLE.items():
            create_company(slug=slug, name=slug.title(), currency="CNY", country="CN")
            with system_in(slug):
                enablement.enable("ledger")
                db.session.commit()
                team = Team(name="North")
                db.session.add(team)
                db.session.flush()
                for name, role in people.items():
                    in_team = team.id if name in ("max", "rita", "olga") else None
                    user = add_user(name=name.title(), role=role, team_id=in_team)
                    world.users[name] = user.id
                    world.tokens[name] = add_token(user, "tests")
                    if name == "max":
                        team.manager_id = user.id
                db.session.commit()
            db.session.remove()
    return world


@contextmanager
def working(app: Flask, slug: str = "acme") -> Iterator[None]:
    """Work as the system, and commit."""
    with app.app_context(), system_in(slug):
        yield
        db.session.commit()


def user_named(name: str) -> Any:
    return db.session.scalars(sa.select(User).where(User.name == name)).one()


class Api:
    """One person's client."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """A response; ``path`` below ``/api/v1``, header names with underscores."""
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        kw = {} if body is None else {"json": body}
        return self.client.open(ROOT + path, method=method, headers=sent, **kw)

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        return self.checked(self.call("GET", path, **headers), status)

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        return self.checked(self.call("POST", path, body, **headers), status)

    def patch(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        return self.checked(self.call("PATCH", path, body, **headers), status)

    def delete(self, path: str, body: Any = None, status: int = 204, **headers: str) -> Any:
        return self.checked(self.call("DELETE", path, body, **headers), status)

    def make(self, path: str, **fields: Any) -> Any:
        """A new record as it was answered."""
        return self.post(path, fields, 201)

    def names(self, path: str) -> list[str]:
        """The names of the records of a list."""
        return [item["name"] for item in self.get(path)["items"]]

    @staticmethod
    def checked(response: Any, status: int) -> Any:
        """The JSON of a response that has the status; problems are problems."""
        assert response.status_code == status, response.get_data(as_text=True)
        if status >= 400:
            assert response.mimetype == "application/problem+json"
            assert response.json["status"] == status
        return response.get_json(silent=True)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What the database is asked for inside."""
    seen: list[str] = []
    with app.app_context():
        engine = services().engine

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.lstrip().split(None, 1)[0].upper() in (
            "SELECT",
            "WITH",
            "INSERT",
            "UPDATE",
            "DELETE",
        ):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
