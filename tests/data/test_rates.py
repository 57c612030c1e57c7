"""Exchange rates: the newest of a pair on a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from core.extensions import db
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugin_api.money import convert
from tests.data.workshop import World, make, statements

DAY = dt.date(2026, 3, 10)


def rate(code: str, value: str, day: dt.date = DAY) -> Any:
    return make("core.ExchangeRate", currency=code, rate=Decimal(value), day=day)


def test_the_newest_on_or_before_the_day_counts(workshop: World) -> None:
    with workshop.as_("ada"):
        for value, month in (("7.80", 1), ("7.70", 2), ("7.60", 3)):
            rate("EUR", value, dt.date(2026, month, 1))
        days = [dt.date(2026, 1, 1), dt.date(2026, 2, 28), dt.date(2026, 3, 1), DAY]
        found = [host().rate("EUR", "CNY", day) for day in days]
        assert found == [Decimal("7.8"), Decimal("7.7"), Decimal("7.6"), Decimal("7.6")]
        # 3 % of EUR 10,000 at each.
        paid = [convert(300_00, "EUR", "CNY", value) for value in found[:3]]
        assert paid == [2340_00, 2310_00, 2280_00]
        with pytest.raises(Rejected, match="from EUR to CNY on or before 2025-12-31"):
            host().rate("EUR", "CNY", dt.date(2025, 12, 31))


def test_pairs_are_compared_by_way_of_the_company_s_currency(workshop: World) -> None:
    with workshop.as_("ada"):
        rate("EUR", "7.8")
        rate("USD", "7.2")
        assert host().rate("EUR", "USD", DAY) == Decimal("7.8") / Decimal("7.2")
        assert host().rate("CNY", "USD", DAY) == 1 / Decimal("7.2")
        assert host().rate("EUR", "EUR", DAY) == 1
        for source, target in (("EUR", "JPY"), ("JPY", "EUR"), ("JPY", "CNY"), ("JPY", "GBP")):
            with pytest.raises(Rejected, match=f"{source} to {target}") as refused:
                host().rate(source, target, DAY)
            assert refused.value.field == "currency"


def test_one_statement_answers(workshop: World) -> None:
    with workshop.as_("ada"):
        rate("EUR", "7.8")
        rate("USD", "7.2")
        with statements() as seen:
            host().rate("EUR", "USD", DAY)
            host().rate("CNY", "CNY", DAY)
        assert len(seen) == 1


def test_rates_are_exact_to_eight_places(workshop: World) -> None:
    with workshop.as_("ada"):
        record = rate("VND", "0.00028123")
        db.session.expire(record)
        assert host().rate("VND", "CNY", DAY) == Decimal("0.00028123")


def test_a_rate_is_positive_of_another_currency_and_one_a_day(workshop: World) -> None:
    with workshop.as_("ada"):
        rate("EUR", "7.8")
        rate("EUR", "7.9", DAY + dt.timedelta(days=1))
        for values, field in (
            (("EUR", "7.9"), "currency"), (("USD", "0"), "rate"), (("USD", "-1"), "rate"),
            (("USD", "0.000000001"), "rate"), (("CNY", "1"), "currency"),
            (("XXY", "1"), "currency"),
        ):  # fmt: skip
            with pytest.raises(Refused) as refused:
                rate(*values)
            assert refused.value.errors.keys() == {field}, values


def test_another_company_s_rates_are_not_ours(workshop: World) -> None:
    with workshop.as_(slug="other"):
        made = rate("EUR", "9.9")
        db.session.commit()
    try:
        with workshop.as_("ada"), pytest.raises(Rejected):
            host().rate("EUR", "CNY", DAY)
    finally:
        with workshop.as_(slug="other"):
            db.session.delete(db.session.merge(made))
            db.session.commit()
