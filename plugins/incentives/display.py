"""Amounts, figures and periods as pages of pay show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import format_currency, format_date, format_decimal

from plugin_api.context import current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.money import from_minor
from plugins.incentives.models.pay import KINDS, Statement
from plugins.incentives.services import words

LABELS = {choice.value: choice.label for choice in KINDS}
TONES = {choice.value: choice.tone for choice in KINDS}
HOW = {
    "capped": _("Above the cap: forfeited, or it counts in the next period."),
    "brought": _("What was above the cap in the period before."),
    "withheld": _("The condition for it was not met."),
    "draw": _("Up to the draw, which is paid at least."),
    "recovered": _("Draws of earlier periods, taken from what lies above the draw."),
}
OTHERS = f" ({words.OTHERS})"
period = words.period


def how(text: str | None, kind: str) -> str:
    """How a line came about; what stands for all that has no rate of its own is said in words."""
    if not text:
        return str(HOW.get(kind, "–"))
    if text.endswith(OTHERS):
        others = gettext("all others")
        return f"{text.removesuffix(OTHERS)} ({others})"
    return text


def money(minor: int | None) -> str:
    """Minor units in the company's currency."""
    unit = current_company().currency
    return "–" if minor is None else money_of(minor, unit)


def money_of(minor: int, code: str) -> str:
    """Minor units of another currency."""
    return str(format_currency(from_minor(minor, code), code))


def paid(statement: Statement) -> str:
    """What somebody is paid in another currency, with the rate and its day; empty for nobody."""
    code, rate = statement.pay_currency, statement.pay_rate
    if code is None or rate is None or statement.pay_amount is None:
        return ""
    return str(
        gettext(
            "%(amount)s, at %(rate)s for 1 %(code)s on %(day)s",
            amount=money_of(statement.pay_amount, code),
            rate=f"{format_decimal(rate, format='0.00########')} {statement.currency}",
            code=code, day=day(statement.rate_on),
        )
    )  # fmt: skip


def day(of: date | None) -> str:
    """A day as its reader writes it."""
    return "–" if of is None else str(format_date(of))


def figure(value: Decimal | None, is_money: bool) -> str:
    """A figure that is paid for: an amount in major units, or a number."""
    if value is None:
        return "–"
    if is_money:
        return str(format_currency(value, current_company().currency))
    return str(format_decimal(round(value, 2)))


def percent(share: Decimal | None) -> str:
    """A share of 1 in percent."""
    return "–" if share is None else f"{format_decimal(round(share * 100, 2))}%"
