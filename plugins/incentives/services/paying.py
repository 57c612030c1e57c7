"""Pay in another currency than the company's: converted once, at a declared day, and kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.money import from_minor, to_minor
from plugins.incentives.models import Participant, Plan, Statement

PLACES = 10
"""Decimal places of a rate that is kept."""


def currency_of(statement: Statement) -> str | None:
    """What somebody is paid in, where it is not the company's currency: as the last part that
    they take in the plan up to the statement's end says."""
    asked = sa.select(Participant.paid_in).where(
        Participant.plan_id == statement.plan_id, Participant.user_id == statement.user_id,
        Participant.starts_on <= statement.end,
    )  # fmt: skip
    with host().session.no_autoflush:
        said = host().session.scalar(asked.order_by(Participant.starts_on.desc()).limit(1))
    return said if said != current_company().currency else None


def day_of(statement: Statement, paid_on: dt.date | None) -> dt.date | None:
    """The day whose rate counts: of the period's end, or that on which it is paid; None while
    that is not known."""
    with host().session.no_autoflush:
        plan = host().session.get_one(Plan, (statement.company_id, statement.plan_id))
    return paid_on if plan.rate_of == "paid" else statement.end


def fix(statement: Statement, paid_on: dt.date | None = None) -> None:
    """Keep what is paid in the person's own currency, once it is known; what is kept stays. Raises
    Rejected where no rate is stored for the day."""
    if statement.pay_rate is not None:
        return
    code, day = currency_of(statement), day_of(statement, paid_on)
    if code is None or day is None:
        return
    own = current_company().currency
    rate = round(host().rate(code, own, day), PLACES)
    statement.pay_currency, statement.pay_rate, statement.rate_on = code, rate, day
    statement.pay_amount = converted(statement.amount, own, code, rate)


def converted(amount: int, own: str, code: str, rate: Decimal) -> int:
    """Minor units of the currency ``code``, of which one is worth ``rate`` of the company's."""
    return to_minor(from_minor(amount, own) / rate, code)


def clear(statement: Statement) -> None:
    """It may change again."""
    statement.pay_currency = statement.pay_rate = statement.rate_on = statement.pay_amount = None
