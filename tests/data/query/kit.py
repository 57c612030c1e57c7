"""An installation with the ledger and the orchard, on either database."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import event

from core.extensions import db
from core.host import services
from core.identity.models import Team, User
from core.identity.service import actor_for, add_user, system_in
from plugin_api.context import SYSTEM, acting_as, current_company
from tests.harness import Installation, install

TESTS = Path(__file__).parents[2]
PLUGINS = (TESTS / "api/plugins/ledger", TESTS / "data/plugins/orchard")
PEOPLE = {"ada": "admin", "max": "manager", "rita": "rep", "ravi": "rep", "ana": "analyst"}
"""Max manages the team of Rita; Ravi is in no team."""
NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)
"""Midday in Shanghai."""


@dataclass
class World:
    """An installation and the ids of the people of Acme."""

    made: Installation
    people: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def as_(self, name: str = "", slug: str = "acme") -> Iterator[None]:
        """Work as a person, or as the system; nothing is kept."""
        with self.made.app.app_context(), system_in(slug):
            actor = actor_for(db.session.get_one(User, self.people[name])) if name else SYSTEM
            with acting_as(current_company(), actor):
                yield
            db.session.rollback()


def make_world(folder: Path, url: str = "") -> World:
    """Two companies, people in one of them."""
    world = World(install(folder, plugins=PLUGINS, database_url=url))
    world.made.company("other", *(plugin.name for plugin in PLUGINS))
    world.made.company("acme", *(plugin.name for plugin in PLUGINS))
    with world.made.working("acme"):
        north = Team(name="North")
        db.session.add(north)
        db.session.flush()
        for name, role in PEOPLE.items():
            team_id = north.id if name in ("max", "rita") else None
            world.people[name] = add_user(name=name.title(), role=role, team_id=team_id).id
        north.manager_id = world.people["max"]
    return world


def model(key: str) -> Any:
    """A mapped class: ``ledger.Sale``."""
    return services().registry.models[key]


def add(key: str, **values: Any) -> Any:
    """A row as it is given, past the write path."""
    made = model(key)(**values)
    db.session.add(made)
    db.session.flush()
    return made


def fill(world: World, rows: int = 70) -> None:
    """Sales with many equal and empty values; one of each in the other company."""
    chance = random.Random(7)
    names = ["Ümit", "apple", "Banana", "张三", "李四", "Apple", "50% off", "a_b", "a/b"]
    with world.made.working("acme"):
        customers = [
            add("ledger.Customer", name=name, external_id=code, email=email).id
            for name, code, email in [
                ("Acme", "C-1", "a@acme.cn"), ("Beta", "C-2", None), ("beta", "C-3", None),
                ("Twin", "C-4", None), ("Twin", "C-5", None),
            ]
        ]  # fmt: skip
        people = [world.people["rita"], world.people["ravi"], world.people["max"], None]
        for i in range(rows):
            add("ledger.Sale", **_sale(chance, i, names, customers, people))
    with world.made.working("other"):
        foreign = add("ledger.Customer", name="Foreign", external_id="C-1")
        add("ledger.Sale", name="Foreign", customer_id=foreign.id, amount=1, currency="CNY")


def _sale(
    chance: random.Random, i: int, names: list[str], customers: list[int], people: list[Any]
) -> Mapping[str, Any]:
    def maybe(value: Any) -> Any:
        return None if chance.random() < 0.3 else value

    return {
        "name": chance.choice(names),
        "notes": maybe(chance.choice(["Straße", "ÉCOLE", "nothing"])),
        "customer_id": maybe(chance.choice(customers)),
        "user_id": chance.choice(people),
        "outcome": chance.choice(["open", "won", "lost"]),
        "kind": chance.choice(["new", "again"]),
        "amount": maybe(chance.choice([0, 10_00, 99_99, -5_00, 10**15])),
        "currency": maybe(chance.choice(["CNY", "JPY"])),
        "amount_company": maybe(chance.randrange(0, 5) * 100),
        "quantity": maybe(Decimal(chance.randrange(0, 4000)).scaleb(-3)),
        "chance": maybe(Decimal(chance.choice(["0", "12.5", "100"]))),
        "days": maybe(chance.randrange(3)),
        "urgent": chance.random() < 0.5,
        "opened_on": maybe(date(2026, 1, 1) + timedelta(chance.randrange(4))),
        "closed_on": maybe(date(2026, 2, 1)),
        "called_at": maybe(NOON + timedelta(hours=6 * chance.randrange(4))),
        "created_at": NOON + timedelta(minutes=i // 5),
    }


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What the database is asked for inside, transactions aside."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.lstrip()[:6].upper().startswith(("SELECT", "WITH ")):
            seen.append(statement)

    with world.made.app.app_context():
        engine = services().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
