"""Recency, frequency and money of accounts: over the ledger of orders, else over what was won.

An order counts while more than nothing of it is left: returns and cancellations lower the money,
and one that was taken back whole is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugin_api.periods import months_between
from plugins.crm.api import Opportunity
from plugins.segments.models import Cut, Score
from plugins.segments.services import cells, fifths
from plugins.segments.settings import RFM_DAYS, RFM_FEWEST, RFM_MONTHS, RFM_NEW_DAYS

CHUNK = 500
PLACES = Decimal("0.0001")


class Buyer(NamedTuple):
    """What an account ordered: first and last day, how many orders, and what is left of them."""

    first: dt.date
    last: dt.date
    orders: int
    money: Decimal


class Scored(NamedTuple):
    """A buyer's scores and cell."""

    buyer: Buyer
    r: int
    f: int
    m: int
    cell: str


Limits = Mapping[str, list[Any]]
"""``r``, ``f``, ``m`` → the limits of the scores 2 to 5; ``r`` in days since the last order."""


def buyers(until: dt.date | None = None) -> dict[int, Buyer]:
    """Account → what it ordered in the time that counts. One statement."""
    end = until or today()
    start = end - dt.timedelta(days=int(host().setting(RFM_DAYS)) - 1)
    orders = (_orders() if host().is_enabled("sales") else _won()).subquery()
    asked = (
        sa.select(
            orders.c.account, sa.func.min(orders.c.day), sa.func.max(orders.c.day),
            sa.func.count(), sa.func.sum(orders.c.amount),
        )
        .where(orders.c.amount > 0, orders.c.day.between(start, end))
        .group_by(orders.c.account)
    )  # fmt: skip
    unit = from_minor(1, current_company().currency)
    return {
        row[0]: Buyer(row[1], row[2], row[3], (Decimal(row[4]) * unit).quantize(PLACES))
        for row in host().session.execute(asked)
    }


def _orders() -> sa.Select[Any]:
    """Orders of the ledger: the day of the first booking, and what is left of all."""
    entry: Any = model_of("sales.LedgerEntry")
    return (
        sa.select(
            entry.account_id.label("account"),
            sa.func.min(entry.original_day).label("day"),
            sa.func.sum(entry.exact_company).label("amount"),
        )
        .where(
            entry.kind == "booked", entry.overlay.is_(False), entry.account_id.is_not(None),
            entry.order_id.is_not(None),
        )
        .group_by(entry.account_id, entry.order_id)
    )  # fmt: skip


def _won() -> sa.Select[Any]:
    asked: Any = sa.select(
        Opportunity.account_id.label("account"),
        Opportunity.closed_on.label("day"),
        Opportunity.amount_company.label("amount"),
    ).where(
        Opportunity.outcome == "won", Opportunity.account_id.is_not(None),
        Opportunity.closed_on.is_not(None),
    )  # fmt: skip
    return asked  # type: ignore[no-any-return]


def limits_of(found: Iterable[Buyer], day: dt.date) -> Limits:
    """The limits by which so many buyers divide into fifths on a day."""
    held = list(found)
    return {
        "r": fifths.cuts(((day - each.last).days for each in held), less_is_better=True),
        "f": fifths.cuts(each.orders for each in held),
        "m": fifths.cuts(each.money for each in held),
    }


def scored(buyer: Buyer, limits: Limits, day: dt.date, new_days: int) -> Scored:
    """The scores of a buyer on a day, by limits that are kept."""
    r = fifths.by_cuts((day - buyer.last).days, limits["r"], less_is_better=True)
    f, m = fifths.by_cuts(buyer.orders, limits["f"]), fifths.by_cuts(buyer.money, limits["m"])
    is_new = (day - buyer.first).days < new_days
    return Scored(buyer, r, f, m, cells.cell_of(r, f, m, is_new=is_new))


def refresh() -> int:
    """Score every account that has ordered; how many scores there are. Few statements, and one
    for each that differs. With too few customers nobody has a score."""
    found = buyers()
    if len(found) < int(host().setting(RFM_FEWEST)):
        _keep({})
        return 0
    limits, new_days = _limits(found), int(host().setting(RFM_NEW_DAYS))
    _keep({id_: scored(each, limits, today(), new_days) for id_, each in found.items()})
    return len(found)


def fix() -> None:
    """Have the limits fixed anew at the next scoring."""
    host().session.execute(sa.delete(Cut))


def kept() -> tuple[dt.date | None, Limits]:
    """When the limits were fixed, and which they are. One statement."""
    rows = host().session.scalars(sa.select(Cut).order_by(Cut.dimension, Cut.score)).all()
    made: dict[str, list[Any]] = {}
    for row in rows:
        made.setdefault(row.dimension, []).append(row.limit)
    return (rows[0].fixed_on if rows else None), made


def _limits(found: Mapping[int, Buyer]) -> Limits:
    fixed_on, limits = kept()
    if fixed_on is not None and months_between(fixed_on, today()) < int(host().setting(RFM_MONTHS)):
        return limits
    fresh = limits_of(found.values(), today())
    fix()
    rows = [
        {"dimension": name, "score": score, "limit": Decimal(limit), "fixed_on": today()}
        for name, each in fresh.items()
        for score, limit in enumerate(each, 2)
    ]
    host().records.add_rows(Cut, rows)
    return fresh


def _keep(wanted: Mapping[int, Scored]) -> None:
    here: Any = Score
    names = ("cell", "r", "f", "m", "first_on", "last_on", "orders", "money")
    asked = sa.select(here.account_id, *(getattr(here, name) for name in names))
    held = {row[0]: tuple(row[1:]) for row in host().session.execute(asked)}
    rows = {
        id_: (each.cell, each.r, each.f, each.m, each.buyer.first, each.buyer.last,
              each.buyer.orders, each.buyer.money)
        for id_, each in wanted.items()
    }  # fmt: skip
    fresh = [
        {"account_id": id_, **dict(zip(names, row, strict=True))}
        for id_, row in rows.items()
        if id_ not in held
    ]
    host().records.add_rows(Score, fresh)
    changed = [id_ for id_, row in rows.items() if held.get(id_, row) != row]
    gone = [id_ for id_ in held if id_ not in rows]
    for start in range(0, len(changed), CHUNK):
        part = changed[start : start + CHUNK]
        for score in host().session.scalars(sa.select(Score).where(Score.account_id.in_(part))):
            for name, value in zip(names, rows[score.account_id], strict=True):
                setattr(score, name, value)
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        host().session.execute(sa.delete(Score).where(Score.account_id.in_(part)))
