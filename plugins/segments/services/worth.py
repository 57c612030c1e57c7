"""The lifetime value of accounts: margin of the last year, and how many of the grade stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, today
from plugin_api.estimates import Interval, share
from plugin_api.money import from_minor
from plugins.crm.api import Account
from plugins.segments.models import Retention
from plugins.segments.models.grades import usual_measure
from plugins.segments.services import clv, figures
from plugins.segments.settings import CLV_CONVENTION, CLV_DISCOUNT, CLV_MARGIN

YEAR = 365
FEWEST = 20
"""Customers of a grade; with fewer those of all grades are asked."""
MOST = Decimal("0.999")
"""Nobody stays for ever, though all of a few have so far."""


class Worth(NamedTuple):
    """A value with where it may lie, in major units, and what it comes from."""

    value: Decimal
    low: Decimal
    high: Decimal
    margin: Decimal
    is_margin: bool
    retention: Interval
    of_grade: bool


def count() -> None:
    """Keep how many stay, of each grade and of all. Three statements, and what is written."""
    key = usual_measure()
    before = _buyers(figures.by_account(key, YEAR, today() - dt.timedelta(days=YEAR)))
    again = before & _buyers(figures.by_account(key, YEAR))
    grades = {
        row[0]: row[1] for row in host().session.execute(sa.select(Account.id, Account.grade))
    }
    counted: dict[str | None, list[int]] = {None: [len(before), len(again)]}
    for id_ in before:
        if grades.get(id_):
            held = counted.setdefault(grades[id_], [0, 0])
            held[0] += 1
            held[1] += id_ in again
    host().session.execute(sa.delete(Retention))
    rows = [
        {"grade": grade, "customers": of, "stayed": then, "counted_on": today()}
        for grade, (of, then) in counted.items()
    ]
    host().records.add_rows(Retention, rows)


def stayed(grade: str | None) -> Interval | None:
    """Of those that bought in the year before the last, the share that bought again in it."""
    same = Retention.grade.is_(None) if grade is None else Retention.grade == grade
    row = host().session.scalars(sa.select(Retention).where(same)).first()
    return None if row is None else share(row.stayed, row.customers)


def _buyers(values: Mapping[int, Decimal]) -> set[int]:
    return {id_ for id_, value in values.items() if value > 0}


def of(account: Account) -> Worth | None:
    """What an account is worth; None where it brought nothing in the last year, or too few
    customers are known to say how many stay."""
    margin, is_margin = _margin(account.id)
    if margin <= 0:
        return None
    retention, of_grade = stayed(account.grade), True
    if retention is None or retention.n < FEWEST:
        retention, of_grade = stayed(None), False
    if retention is None or retention.n < FEWEST:
        return None
    value, low, high = (
        _value(margin, min(Decimal(str(each)), MOST))
        for each in (retention.value, retention.low, retention.high)
    )
    return Worth(value, low, high, margin, is_margin, retention, of_grade)


def _margin(account_id: int) -> tuple[Decimal, bool]:
    """That of the last year, where costs are known; else a part of what was sold."""
    if host().is_enabled("sales"):
        found = _year("sales.margin", account_id)
        if found:
            return found, True
    sold = _year(usual_measure(), account_id)
    return sold * int(host().setting(CLV_MARGIN)) / 100, False


def _year(key: str, account_id: int) -> Decimal:
    start = today() - dt.timedelta(days=YEAR - 1)
    with acting_as(current_company(), SYSTEM):
        found = host().measures.value(key, start, today(), {"account": account_id})
    return (found or Decimal(0)) * from_minor(1, current_company().currency)


def _value(margin: Decimal, retention: Decimal) -> Decimal:
    discount = Decimal(int(host().setting(CLV_DISCOUNT))) / 100
    convention = host().setting(CLV_CONVENTION)
    if convention == "start":
        return clv.start_of_period(margin, retention, discount)
    if convention == "five":
        return clv.within(margin, retention, discount, 5)
    return clv.end_of_period(margin, retention, discount)
