"""AdventureWorks' orders as a ledger of sales, and a plan for each rate of commission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.extensions import db
from core.identity.models import User
from plugin_api.context import now
from plugin_api.host import host
from plugins.incentives.models import Component, Entry, Participant, Plan, Statement, Version
from plugins.incentives.services import posting
from plugins.sales.models import LedgerEntry

FIRST, LAST = date(2011, 1, 1), date(2014, 12, 31)


def sellers(names: Iterable[str]) -> dict[str, int]:
    """Their numbers, by the number that they have there."""
    stamp = {"version": 1, "created_at": now(), "updated_at": now(), "custom": {}, "active": True}
    user: Any = User
    db.session.execute(sa.insert(user), [
        {"name": name, "email": f"{name}@aw.example", "title_key": name, **stamp} for name in names
    ])  # fmt: skip
    found = db.session.execute(sa.select(User.name, User.id).where(User.name.in_(names)))
    return {row[0]: row[1] for row in found}


def book(ids: Mapping[str, int], orders: Iterable[Mapping[str, str]]) -> None:
    """Orders that somebody has sold, with the four decimals that they have."""
    made = []
    for i, row in enumerate(each for each in orders if each["SalesPersonID"]):
        day, exact = date.fromisoformat(row["OrderDate"][:10]), Decimal(row["SubTotal"]) * 100
        made.append({
            "day": day, "original_day": day, "kind": "booked", "event": "booked", "document": "",
            "user_id": ids[row["SalesPersonID"]], "overlay": False, "quantity": Decimal(1),
            "amount": round(exact), "amount_company": round(exact), "exact": exact,
            "exact_company": exact, "currency": "USD", "rate": Decimal(1), "rate_on": day,
            "source": "order", "source_id": i, "root_id": i,
        })  # fmt: skip
    db.session.execute(sa.insert(LedgerEntry), made)


def pay(ids: Mapping[str, int], people: Mapping[str, Mapping[str, Any]]) -> None:
    """A plan for each rate, paid by the month; who has none takes part in no plan."""
    rates: dict[Decimal, list[str]] = defaultdict(list)
    for name, each in people.items():
        rates[Decimal(str(each["commission_pct"])) * 100].append(name)
    records = host().records
    for rate, names in rates.items():
        plan = records.create(Plan, {"name": f"{rate} %", "period": "month"})
        version = records.create(
            Version, {"plan_id": plan.id, "valid_from": FIRST, "valid_to": LAST}
        )
        records.create(Component, {
            "plan_version_id": version.id, "name": "Orders", "measure": "sales.booked",
            "rule": "flat", "rate": rate, "basis": "version",
        })  # fmt: skip
        records.transition(version, "publish")
        records.create_many(Participant, [
            {"plan_id": plan.id, "user_id": ids[name], "starts_on": FIRST} for name in names
        ])  # fmt: skip
        posting.calculate(plan)


def paid() -> dict[int, int]:
    """What statements of each person come to, which is what their entries do."""
    sums = []
    for model in (Statement, Entry):
        asked = sa.select(model.user_id, sa.func.sum(model.amount)).group_by(model.user_id)
        sums.append({row[0]: int(row[1]) for row in db.session.execute(asked)})
    assert sums[0] == sums[1]
    return sums[0]


def exact() -> Decimal:
    """What the lines of all entries come to, before anything is rounded: base × rate."""
    found = db.session.execute(sa.select(Entry.base, Entry.rate))
    return sum((row[0] * row[1] for row in found), Decimal(0))
