"""Dates, money and numbers in the reader's language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_timedelta
from babel.numbers import format_compact_currency, get_currency_symbol
from flask_babel import format_currency, format_date, format_decimal, get_locale

from plugin_api.context import NoCompany, current_actor, current_company, gettext, now
from plugin_api.money import from_minor


def number(value: int | Decimal) -> str:
    """A number with its groups: 1,234.5."""
    return str(format_decimal(value, format="#,##0.######"))


def money(minor: int, currency: str) -> str:
    """Minor units with the currency's sign: ¥1,234.50; never a rounded amount."""
    return str(format_currency(from_minor(minor, currency), currency))


def short_money(minor: int, currency: str) -> str:
    """A sum in few characters: ¥1.2M, ¥120万. For heads of columns, where space is scarce."""
    amount = from_minor(minor, currency)
    if abs(amount) < 10_000:
        return str(format_currency(amount, currency, format="¤#,##0", currency_digits=False))
    return format_compact_currency(amount, currency, locale=locale(), fraction_digits=1)


def symbol(currency: str) -> str:
    """The sign of a currency: ¥, €, US$."""
    return get_currency_symbol(currency, locale=locale())


def percent(value: Decimal) -> str:
    """A percentage as held: 25 is 25%."""
    return f"{format_decimal(value, format='#,##0.##')}%"


def size(count: int) -> str:
    """Bytes in the unit that fits: 12 kB, 3.4 MB."""
    if count < 1000:
        return f"{format_decimal(count)} B"
    unit, part = ("kB", 1024) if count < 1000 * 1024 else ("MB", 1024**2)
    return f"{format_decimal(Decimal(count) / part, format='#,##0.#')} {unit}"


def date(value: dt.date) -> str:
    """A business date."""
    return str(format_date(value, "medium"))


def date_in_parts(value: dt.date, skeleton: str) -> str:
    """Parts of a date in the order of the language: ``yMMMM`` is November 2026 or 2026年11月."""
    return format_skeleton(skeleton, value, locale=locale())


def zone() -> ZoneInfo:
    """By whose clock instants are shown and typed: the reader's own, else the company's."""
    try:
        own = current_actor().timezone
    except NoCompany:
        own = None
    return ZoneInfo(own or current_company().timezone)


def local(value: dt.datetime) -> dt.datetime:
    """An instant on the reader's clock."""
    return value.astimezone(zone())


def instant(value: dt.datetime) -> str:
    """An instant by the reader's clock, to the minute."""
    here = local(value)
    return f"{date(here.date())} {here:%H:%M}"


def ago(value: dt.datetime) -> str:
    """How long ago, within a week; the date before that."""
    past = now() - value
    if past < dt.timedelta(minutes=1):
        return str(gettext("just now"))
    if past > dt.timedelta(days=7):
        return date(local(value).date())
    return str(format_timedelta(-past, locale=locale(), add_direction=True))


def locale() -> Any:
    """The reader's locale."""
    return get_locale() or "en"


FILTERS = {
    "number": number,
    "dateformat": date,
    "instant": instant,
    "ago": ago,
    "percent": percent,
    "money": money,
    "filesize": size,
}
"""Filters of templates. ``money`` takes the currency: ``{{ 10540 | money("CNY") }}``."""
