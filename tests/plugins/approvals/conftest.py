from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.identity.models import Role, Team
from plugin_api.host import host
from plugins.approvals.models import Rule, Step
from plugins.crm.models import Account
from plugins.sales.models import Order, OrderLine
from tests.harness import Installation, install
from tests.plugins.crm.kit import user

PEOPLE = (
    ("chief", "manager", "Sales"), ("boss", "manager", "North"), ("ann", "rep", "North"),
    ("bo", "rep", "North"), ("fin", "finance", None), ("fay", "finance", None),
    ("ada", "admin", None), ("eve", "auditor", None),
)  # fmt: skip
CONFIRM = "sales.Order:confirm"


def settled(folder: Path, **given: Any) -> Installation:
    """A company in which the boss leads the North, and the chief all of Sales. Orders from 1,000
    on need the boss; from 10,000 on both people of finance besides, then the chief."""
    made = install(folder, **given)
    for slug in ("acme", "web"):
        made.company(slug, "crm", "sales", "approvals", currency="CNY", country="CN",
                     timezone="Asia/Shanghai", language="en")  # fmt: skip
        with made.working(slug):
            sales = Team(name="Sales")
            host().session.add(sales)
            host().session.flush()
            north = Team(name="North", parent_id=sales.id)
            host().session.add(north)
            host().session.flush()
            ids = {"Sales": sales.id, "North": north.id}
        for name, role, team in PEOPLE:
            made.person(slug, name, role, ids.get(team or ""))
        chief, boss = made.user_id(slug, "chief"), made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, ids["Sales"]).manager_id = chief
            host().session.get(Team, ids["North"]).manager_id = boss
            host().records.create(Account, {"name": "Blue Mill"})
            rule = host().records.create(
                Rule,
                {"name": "Orders", "move": CONFIRM, "figure": "sales.Order.amount_company",
                 "at_least": 1000},
            )  # fmt: skip
            finance = host().session.scalar(sa.select(Role.id).where(Role.code == "finance"))
            for values in (
                {"name": "Manager", "who": "manager", "position": 1},
                {"name": "Finance", "who": "role", "role": finance, "mode": "all",
                 "position": 2, "at_least": 10000},
                {"name": "Chief", "who": "upper", "position": 3, "at_least": 10000},
            ):  # fmt: skip
                host().records.create(Step, {"rule": rule.id, **values})
    return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def inst(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    url = request.getfixturevalue("new_postgres_url")() if request.param == "postgresql" else ""
    return settled(tmp_path_factory.mktemp("approvals"), database_url=url)


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()


Make = Callable[..., Order]


def order_of(price: int, owner: str = "ann", **values: Any) -> Order:
    """A draft of somebody's over a price in yuan."""
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    made = host().records.create(
        Order, {"account_id": account.id, "owner_id": user(owner), **values}
    )
    host().records.create(
        OrderLine,
        {"order_id": made.id, "description": "Pump", "quantity": 1, "price": price,
         "tax_rate": 0},
    )  # fmt: skip
    host().session.flush()
    return made


@pytest.fixture
def order(acme: Installation) -> Make:
    return order_of
