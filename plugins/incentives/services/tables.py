"""Statements and payouts as tables for spreadsheets and for the payroll."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, pgettext
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugin_api.sheets import Line
from plugins.incentives import display
from plugins.incentives.models import Component, Entry, Payout, Statement


def of_statement(statement: Statement) -> list[Line]:
    """Every entry of a statement, with all that it takes to recompute it, and their sum."""
    asked = (
        sa.select(Entry, Component.name)
        .outerjoin(
            Component,
            sa.and_(Component.company_id == Entry.company_id, Component.id == Entry.component_id),
        )
        .where(Entry.statement_id == statement.id, host().records.visible(Entry))
        .order_by(Entry.id)
    )
    made: list[Line] = [[
        gettext("Entered on"), pgettext("pay", "Of the period from"),
        pgettext("pay", "Of the period to"), gettext("Kind"), pgettext("pay", "Component"),
        pgettext("pay", "How"), pgettext("pay", "Figure"), pgettext("pay", "Rate"),
        gettext("The line comes to"), gettext("Amount"), gettext("Currency"),
    ]]  # fmt: skip
    for entry, name in host().session.execute(asked):
        made.append([
            entry.posted_on.isoformat(), entry.start.isoformat(), entry.end.isoformat(),
            str(display.LABELS[entry.kind]), name or "",
            display.how(entry.text, entry.kind) if entry.text else "", entry.base, entry.rate,
            _major(entry.whole), _major(entry.amount), entry.currency,
        ])  # fmt: skip
    together = gettext("Together")
    made.append([together, *[""] * 8, _major(statement.amount), statement.currency])
    if statement.pay_currency and statement.pay_amount is not None:
        own = from_minor(statement.pay_amount, statement.pay_currency)
        made.append([
            pgettext("pay", "Paid in"), *[""] * 5, str(statement.rate_on or ""),
            gettext("Exchange rate"), statement.pay_rate, own, statement.pay_currency,
        ])  # fmt: skip
    return made


def of_payout(payout: Payout) -> list[Line]:
    """What each person of a payout gets, for the payroll: one line a person."""
    user: Any = model_of("core.User")
    may_read = host().records.may_read
    number, mail = (
        getattr(user, name) if may_read(user, name) else sa.literal("")
        for name in ("external_id", "email")
    )
    asked = (
        sa.select(
            user.name, number.label("number"), mail.label("mail"), Statement.currency,
            sa.func.count(Statement.id), sa.func.sum(Statement.amount),
            sa.func.min(Statement.start), sa.func.max(Statement.end),
            Statement.pay_currency, sa.func.sum(Statement.pay_amount),
            sa.func.min(Statement.pay_rate), sa.func.max(Statement.pay_rate),
        )
        .join(user, sa.and_(user.company_id == Statement.company_id, user.id == Statement.user_id))
        .where(Statement.payout_id == payout.id, host().records.visible(Statement))
        .group_by(user.id, user.name, user.external_id, user.email, Statement.currency,
                  Statement.pay_currency)
        .order_by(user.name, user.id, Statement.pay_currency)
    )  # fmt: skip
    made: list[Line] = [[
        gettext("Person"), gettext("External ID"), gettext("E-mail"), pgettext("pay", "Payout"),
        pgettext("pay", "Paid on"), pgettext("pay", "From"), pgettext("pay", "To"),
        pgettext("pay", "Statements of pay"), gettext("Amount"), gettext("Currency"),
        gettext("To be paid"), pgettext("pay", "Paid in"), gettext("Exchange rate"),
    ]]  # fmt: skip
    day = payout.paid_on.isoformat() if payout.paid_on else ""
    for row in host().session.execute(asked):
        made.append([
            row[0], row[1] or "", row[2] or "", payout.name, day, row[6].isoformat(),
            row[7].isoformat(), Decimal(row[4]), _major(int(row[5])), row[3],
            *_own(int(row[5]), row[3], row[8:]),
        ])  # fmt: skip
    return made


def _own(amount: int, currency: str, own: Sequence[Any]) -> tuple[Decimal | str, ...]:
    """What is to be paid, in which currency, and at which rate where it is one. ``own``: the
    currency of the person, None for the company's, the sum in it, the lowest and highest rate."""
    code, paid, low, high = own
    if code is None:
        return _major(amount), currency, ""
    return from_minor(int(paid), code), code, low if low == high else ""


def _major(minor: int) -> Decimal:
    return from_minor(minor, current_company().currency)
