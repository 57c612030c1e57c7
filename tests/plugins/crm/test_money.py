"""R11: amounts are converted at a declared date and frozen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plugin_api.context import today
from plugin_api.errors import Rejected
from plugin_api.host import host
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import figure, store_rate

BOOKED, INVOICED, PAID = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)


@pytest.fixture(autouse=True)
def rates(acme: object) -> None:
    for day, rate in ((BOOKED, "7.80"), (INVOICED, "7.70"), (PAID, "7.60")):
        store_rate("EUR", day, rate)
    store_rate("USD", BOOKED, "7.20")


@pytest.mark.parametrize(
    ("day", "amount", "share"),
    [(BOOKED, 78_000_00, 2_340_00), (INVOICED, 77_000_00, 2_310_00), (PAID, 76_000_00, 2_280_00)],
)
def test_the_closing_day_decides(deal: Make, day: date, amount: int, share: int) -> None:
    made = deal(amount=10_000_00, currency="EUR", outcome="won", closed_on=day)
    assert made.amount_company == amount
    assert made.amount_company * 3 // 100 == share
    assert made.rate_on == day


def test_it_stays_when_rates_change(deal: Make) -> None:
    made = deal(amount=10_000_00, currency="EUR", outcome="won", closed_on=BOOKED)
    store_rate("EUR", today(), "9.99")
    host().records.update(made, {"next_step": "Call"})
    assert (made.amount_company, made.rate) == (78_000_00, Decimal("7.8"))
    assert figure("won_amount") == 78_000_00


def test_it_follows_a_corrected_day(deal: Make) -> None:
    made = deal(amount=10_000_00, currency="EUR", outcome="won", closed_on=BOOKED)
    host().records.transition(made, "redate", {"closed_on": PAID})
    assert (made.amount_company, made.rate_on) == (76_000_00, PAID)


def test_while_it_is_open_the_day_of_entry_decides(deal: Make) -> None:
    made = deal(amount=10_000_00, currency="EUR")
    assert (made.amount_company, made.rate_on) == (76_000_00, today())
    assert made.weighted_amount == 7_600_00
    host().records.transition(made, "win", {"closed_on": BOOKED})
    assert (made.amount_company, made.rate_on) == (78_000_00, BOOKED)


def test_currencies_are_converted_before_they_are_added(deal: Make) -> None:
    deal(amount=50_00, currency="USD", outcome="won", closed_on=BOOKED)
    deal(amount=50_00, currency="EUR", outcome="won", closed_on=BOOKED)
    assert figure("won_amount") == 360_00 + 390_00


def test_the_smaller_unit_of_another_currency_is_minded(deal: Make) -> None:
    store_rate("JPY", BOOKED, "0.05")
    assert deal(amount=1_000, currency="JPY").amount_company == 50_00


def test_without_a_rate_it_is_refused(deal: Make) -> None:
    with pytest.raises(Rejected, match="no exchange rate from GBP to CNY"):
        deal(amount=1_00, currency="GBP")
    assert deal(amount=None, currency="GBP").amount_company is None


def test_the_companys_own_currency_needs_none(deal: Make) -> None:
    made = deal(amount=1_00)
    assert (made.amount_company, made.rate) == (1_00, 1)
