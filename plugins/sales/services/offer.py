"""What a quote says to its customer, in words of the reader's language: on paper and on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from flask_babel import format_date

from plugin_api import host
from plugin_api.context import gettext
from plugins.sales import display
from plugins.sales.models import Quote, QuoteLine


class Row(NamedTuple):
    """A line; of one that only names a group the rest is empty."""

    number: str
    what: str
    quantity: str = ""
    price: str = ""
    discount: str = ""
    amount: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it names the group of those that follow."""
        return not self.number


def heading(quote: Quote) -> str:
    """Quote Q-2026-0001 v2."""
    number = quote.number or ""
    if quote.revision > 1:
        number = f"{number} v{quote.revision}"
    return " ".join((gettext("Quote"), number)).strip()


def facts(quote: Quote) -> list[tuple[str, str]]:
    """Whom it is for and how long it holds: (label, value), those that are known."""
    contact = host().title_of("crm.Contact", quote.contact_id) if quote.contact_id else ""
    account = host().title_of("crm.Account", quote.account_id) if quote.account_id else ""
    days = quote.payment_days
    found = [
        (gettext("Offered to"), str(account)),
        (gettext("Contact"), str(contact)),
        (gettext("Quoted on"), _day(quote.quoted_on)),
        (gettext("Valid until"), _day(quote.valid_until)),
        (gettext("Days to pay"), "" if days is None else str(days)),
    ]
    return [(label, value) for label, value in found if value]


def rows(lines: Sequence[QuoteLine]) -> Iterator[Row]:
    """The lines under their groups."""
    number = 0
    for group, some in groupby(lines, key=lambda line: line.group or ""):
        if group:
            yield Row("", group)
        for line in some:
            number += 1
            yield _row(number, line)


def sums(quote: Quote) -> list[tuple[str, str]]:
    """What it comes to: (label, amount), the last is what is to be paid."""
    return [
        (label, display.money(value, quote.currency))
        for label, value in (
            (gettext("Without tax"), quote.amount),
            (gettext("Tax"), quote.tax),
            (gettext("Total"), quote.total),
        )
    ]


def on_all(quote: Quote) -> str:
    """The discount on all lines in words; empty where there is none."""
    if not quote.discount:
        return ""
    discount = display.number(quote.discount)
    return str(gettext("All lines less %(discount)s %%.", discount=discount))


def _row(number: int, line: QuoteLine) -> Row:
    what = line.description or ""
    if line.optional:
        word = gettext("Optional, chosen") if line.chosen else gettext("Optional")
        what = f"{what} ({word})"
    return Row(
        str(number),
        what,
        display.number(line.quantity),
        display.amount(line.price or Decimal(0), line.currency),
        f"{display.number(line.discount)} %" if line.discount else "",
        display.money(line.amount, line.currency),
    )


def _day(day: dt.date | None) -> str:
    return str(format_date(day, "long")) if day else ""
