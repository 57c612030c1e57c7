"""What an opportunity is worth: amounts in the company's currency, weighted, and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.money import convert, round_half_up
from plugins.crm.models import Opportunity
from plugins.crm.services.kept import kept

CLOSED = ("won", "lost")


def weighted(amount: int | None, probability: Decimal | None) -> int | None:
    """Amount times probability in percent, half up. ``weighted(100, Decimal(25)) == 25``."""
    if amount is None:
        return None
    return round_half_up(Decimal(amount) * (probability or Decimal(0)) / 100)


def cycle(created_on: date | None, closed_on: date | None) -> int | None:
    """Days from creation to closing; None when that cannot be told.

    A record that was entered after its opportunity was closed says nothing about how long
    that took.
    """
    if created_on is None or closed_on is None or closed_on < created_on:
        return None
    return (closed_on - created_on).days


def convert_amount(record: Opportunity) -> None:
    """Set amount and rate in the company's currency, as of the closing day or of today.

    Raises Rejected when there is an amount in another currency and no rate is stored.
    """
    company = current_company().currency
    if record.amount is None:
        record.amount_company = record.rate = record.rate_on = None
        return
    on = (record.closed_on if record.outcome in CLOSED else None) or today()
    rate = Decimal(1) if record.currency == company else _rate(record.currency, company, on)
    record.amount_company = convert(record.amount, record.currency, company, rate)
    record.rate, record.rate_on = rate, on


def derive(record: Opportunity) -> None:
    """Set what follows from amount, probability and days."""
    is_open = record.outcome == "open"
    record.weighted_amount = (
        weighted(record.amount_company, record.probability) if is_open else None
    )
    closed = record.outcome in CLOSED
    record.cycle_days = cycle(record.created_on, record.closed_on) if closed else None


def _rate(source: str, target: str, on: date) -> Decimal:
    return kept(("rate", source, target, on), lambda: host().rate(source, target, on))
