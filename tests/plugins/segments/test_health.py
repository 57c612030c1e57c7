"""The health of accounts month by month, and what they are worth."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at
from plugin_api.host import host
from plugins.crm.models import Account, Contact
from plugins.segments import health_panels
from plugins.segments.models import Factor, Health
from plugins.segments.services import health, worth
from tests.plugins.segments.kit import account, acting, at, won
from tests.plugins.segments.test_grades import call

pytestmark = pytest.mark.usefixtures("acme")


def held(of: Account) -> dict[str, tuple[int, int, dict[str, Any]]]:
    host().session.flush()
    asked = sa.select(Health).where(Health.account_id == of.id).order_by(Health.month)
    return {
        format(row.month, "%m"): (row.score, row.change, row.parts)
        for row in host().session.scalars(asked)
    }


def test_health_is_told_by_factors_and_kept_by_month() -> None:
    with clock_at(at(1, 5)):
        mill = account(owner="ann")
        for name in ("Jo", "Li"):
            host().records.create(Contact, {"name": name, "account_id": mill.id})
    won(mill, 100, dt.date(2026, 1, 10))
    won(mill, 90, dt.date(2026, 8, 1))
    call(mill, at(8, 1))
    with clock_at(at(8, 15)):
        health.refresh()
        score, change, parts = held(mill)["08"]
        # In touch 14 days ago; 10 % less than the half-year before; two of three contacts.
        assert parts == {
            "contact": [14, 100, 30], "trend": [-10, 57, 30], "breadth": [2, 67, 10],
        }  # fmt: skip
        assert (score, change) == (77, 0)
        assert health.refresh() == 0
    with clock_at(at(9, 20)):
        health.refresh()
        score, change, parts = held(mill)["09"]
        assert parts["contact"][0] == 50 and change == score - 77 < 0
        assert host().measures.value("segments.health", dt.date(2026, 9, 1)) == score
        with acting("ann"):
            panel = health_panels.of_account(mill)[0]
            assert str(panel.facts[0].value) == f"{score} of 100"
            assert list(panel.facts[0].trend) == [77, score]
            assert "Days since the last contact: all points at 14, none at 120." in panel.note
            assert [line.text for line in health_panels.falling().lines] == ["Blue Mill"]
        with acting("cai"):
            assert not health_panels.falling().lines


def test_a_company_decides_what_health_is() -> None:
    with clock_at(at(1, 5)):
        mill = account()
    for factor in host().session.scalars(sa.select(Factor)).all():
        if factor.kind == "breadth":
            host().records.update(factor, {"none_at": 0, "full_at": 1, "weight": 5})
        else:
            host().records.update(factor, {"active": False})
    host().records.create(Contact, {"name": "Jo", "account_id": mill.id})
    with clock_at(at(8, 15)):
        health.refresh()
        assert held(mill)["08"] == (100, 0, {"breadth": [1, 100, 5]})


def test_worth_says_of_how_many_the_share_that_stays_is() -> None:
    mills = [account(f"Mill {i}", "ann", grade="A") for i in range(25)]
    for i, mill in enumerate(mills):
        won(mill, 100, dt.date(2025, 3, 1))
        if i < 20:
            won(mill, 1_000, dt.date(2026, 3, 1))
    with clock_at(at(9, 1)):
        worth.count()
        found = worth.of(mills[0])
        assert found is not None
        assert (found.retention.value, found.retention.n, found.of_grade) == (0.8, 25, True)
        # 30 % of 1,000 as margin, 10 % interest, five years from the start of each.
        assert found.margin == 300 and not found.is_margin
        assert round(found.value, 2) == Decimal("876.19")
        assert found.low < found.value < found.high
        assert worth.of(mills[24]) is None
        lonely = account("B", grade="B")
        won(lonely, 1_000, dt.date(2026, 3, 1))
        alone = worth.of(lonely)
        assert alone is not None and not alone.of_grade and alone.retention.n == 25
        with acting("ann"):
            panel = health_panels.of_account(mills[0])[-1]
            assert "five years, 10 % interest a year." in panel.note
            assert str(panel.facts[3].value) == "80.0% of 25"


def test_too_few_customers_make_no_worth() -> None:
    mill = account()
    won(mill, 1_000, dt.date(2026, 3, 1))
    with clock_at(at(9, 1)):
        worth.count()
        assert worth.of(mill) is None
