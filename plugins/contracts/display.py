"""Contracts, days and amounts as cards and panels show them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask_babel import format_currency, format_date

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, ngettext
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor
from plugins.contracts.access import READ, READ_OBLIGATION
from plugins.contracts.models import Contract

CONTRACT = "contracts.Contract"
OBLIGATION = "contracts.Obligation"


def sees_contracts() -> bool:
    """Whether the actor may read contracts at all."""
    return has_permission(READ)


def sees_obligations() -> bool:
    """Whether the actor may read obligations at all."""
    return has_permission(READ_OBLIGATION)


def column(model: type[CompanyModel], name: str) -> Any:
    """A column for selects of one's own: nothing where the actor may not read the field."""
    may_read = host().records.may_read(model, name)
    return getattr(model, name) if may_read else sa.null().label(name)


def money(minor: int | None, currency: str = "") -> str:
    """Minor units as an amount; of the company's currency where none is named."""
    if minor is None:
        return "–"
    unit = currency or current_company().currency
    return str(format_currency(from_minor(minor, unit), unit))


def day(value: dt.date | None) -> str:
    """A day in words."""
    return "–" if value is None else str(format_date(value, "medium"))


def left(end: dt.date | None, today: dt.date) -> str:
    """How long it is until then."""
    if end is None:
        return str(gettext("no end"))
    days = (end - today).days
    if days < 0:
        return str(ngettext("%(num)d day over", "%(num)d days over", -days))
    return str(ngettext("%(num)d day left", "%(num)d days left", days))


def said(name: str, value: Any, contract: Contract) -> str:
    """A value of a field as a sentence of changes says it."""
    if value is None or value == "":
        return "–"
    if name.startswith("#"):
        share, fixed, _rule, days, due = value
        amount = (
            money(fixed, contract.currency) if fixed is not None else f"{share.normalize():f} %"
        )
        return f"{amount} · {day(due) if due else ngettext('%(num)d day', '%(num)d days', days)}"
    if name == "value":
        return money(value, contract.currency)
    if isinstance(value, dt.date):
        return day(value)
    column = Contract.__table__.columns[name]
    info = column.info["field"]
    if info.kind == "choice":
        return next((str(each.label) for each in info.choices if each.value == value), str(value))
    if info.kind == "reference":
        return str(host().title_of(info.target, value))
    return str(value)[:80]


def label_of(name: str) -> str:
    """What a field is called; a line of the payment plan by its name."""
    if name.startswith("#"):
        return str(gettext("Instalment “%(name)s”", name=name[1:]))
    return str(Contract.__table__.columns[name].info["field"].label)
