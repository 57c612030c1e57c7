from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.crm.models import Account
from plugins.sales.models import Order, OrderLine
from tests.harness import Installation, install
from tests.plugins.sales.kit import user

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("cai", "rep", "South"), ("fin", "finance", None), ("eve", "analyst", None),
    ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: Any) -> Installation:
    """A company that sells: the boss leads Ann and Bo, Cai works in another team.

    And the same once more, for tests that commit.
    """
    made = install(folder, **given)
    for slug in ("acme", "web"):
        made.company(
            slug, "crm", "sales", currency="CNY", country="CN", timezone="Asia/Shanghai",
            language="en",
        )  # fmt: skip
        with made.working(slug):
            teams = {name: Team(name=name) for name in ("North", "South")}
            host().session.add_all(teams.values())
            host().session.flush()
            ids = {name: team.id for name, team in teams.items()}
        for name, role, team in PEOPLE:
            made.person(slug, name, role, ids.get(team or ""))
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, ids["North"]).manager_id = boss
            for name, price in (("Pump", 1000_00), ("Valve", 33_35)):
                host().records.create(
                    Product,
                    {"name": name, "code": name[0], "list_price": price, "cost": price // 2},
                )
            host().records.create(Account, {"name": "Blue Mill", "region": "East"})
    return made


@pytest.fixture(scope="session")
def sales(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("sales"))


@pytest.fixture
def acme(sales: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with sales.working("acme"):
        yield sales
        db.session.rollback()


Make = Callable[..., Order]


@pytest.fixture
def order(acme: Installation) -> Make:
    """Makes orders: ``order((quantity, price), …, owner_id=…, confirmed=True)``."""

    def make(*lines: tuple[Any, Any], confirmed: bool = True, **values: Any) -> Order:
        account = host().session.query(Account).filter_by(name="Blue Mill").one()
        made = host().records.create(
            Order, {"account_id": account.id, "owner_id": user("ann"), **values}
        )
        given = [
            {"order_id": made.id, "description": f"Line {i}", "quantity": Decimal(q),
             "price": Decimal(p)}
            for i, (q, p) in enumerate(lines)
        ]  # fmt: skip
        host().records.create_many(OrderLine, given)
        if confirmed:
            host().records.transition(made, "confirm")
        return made

    return make
