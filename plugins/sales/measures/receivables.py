"""What is due, what of it was paid, what is still open, and how long that takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import Account
from plugins.sales.models import Invoice, Receivable
from plugins.sales.services.plans import AGES

WINDOW = 90
"""Days of invoices that what is open is measured by."""
BUCKETS = (
    _("Not due yet"), _("1–30 days overdue"), _("31–60 days overdue"), _("61–90 days overdue"),
    _("More than 90 days overdue"),
)  # fmt: skip
DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
    "region": Dimension(label=_("Region")),
    "currency": Dimension(label=_("Currency")),
    "age": Dimension(label=_("Age"), labels={str(i): text for i, text in enumerate(BUCKETS)}),
}
FIELDS = ("amount", "open", "amount_company", "open_company", "due_on")


def age_of(due_on: Any) -> sa.ColumnElement[str]:
    """Which bucket a sum is in, as :func:`plugins.sales.services.plans.bucket` says."""
    days = [today() - dt.timedelta(days=age) for age in AGES]
    cases = [(due_on < day, str(i)) for i, day in reversed(list(enumerate(days, 1)))]
    return sa.case(*cases, else_="0")


def _facts(model: Any, value: Any, on: Any, user: Any, due: Any, *where: Any) -> sa.Select[Any]:
    account = sa.and_(Account.company_id == model.company_id, Account.id == model.account_id)
    return (
        sa.select(
            on.label("on"),
            value.label("value"),
            user.label("user_id"),
            model.id.label("record_id"),
            model.account_id.label("account"),
            Account.industry.label("industry"),
            Account.country.label("country"),
            Account.region.label("region"),
            model.currency.label("currency"),
            age_of(due).label("age"),
        )
        .select_from(model)
        .outerjoin(Account, account)
        .where(*where)
    )


def _receivables(value: Any, *where: Any) -> Any:
    def made() -> sa.Select[Any]:
        given = (each() if callable(each) else each for each in where)
        on = sa.func.coalesce(Receivable.due_on, today())
        return _facts(Receivable, value, on, Receivable.owner_id, Receivable.due_on, *given)

    return made


def _invoiced() -> sa.Select[Any]:
    since = today() - dt.timedelta(days=WINDOW)
    signed = sa.case((Invoice.kind == "invoice", Invoice.total_company),
                     else_=-Invoice.total_company)  # fmt: skip
    return _facts(
        Invoice, signed, Invoice.invoiced_on, Invoice.owner_id, Invoice.due_on,
        Invoice.status == "posted", Invoice.invoiced_on > since, Invoice.invoiced_on <= today(),
    )  # fmt: skip


def _measure(name: str, label: Any, facts: Any, description: Any, **kw: Any) -> Measure:
    given = {"model": "sales.Receivable", "fields": FIELDS, "unit": "money", **kw}
    return Measure(
        key=f"sales.{name}", label=label, facts=facts, dimensions=DIMENSIONS,
        description=description, **given,
    )  # fmt: skip


_live = Receivable.status != "planned"
_dated = Receivable.due_on.is_not(None)
_open = Receivable.open > 0

MEASURES = (
    _measure(
        "due", _("Fell due"), _receivables(Receivable.amount_company, _live, _dated),
        _("Instalments of confirmed orders, and invoices without a plan, with tax, on the day on"
          " which they are to be paid."),
    ),
    _measure(
        "due_collected", _("Fell due and collected"),
        _receivables(Receivable.amount_company - Receivable.open_company, _live, _dated),
        _("What was paid by now of what was due in the period."),
    ),
    _measure(
        "receivable", _("Receivables"), _receivables(Receivable.open_company, _open),
        _("What customers have still to pay, due or not, with tax."),
        snapshot=True, direction="down",
    ),
    _measure(
        "overdue", _("Overdue"),
        _receivables(Receivable.open_company, _open, lambda: Receivable.due_on < today()),
        _("What customers should have paid by yesterday, with tax."),
        snapshot=True, direction="down",
    ),
    _measure(
        "receivable_days", _("Receivables times %(days)s days", days=WINDOW),
        _receivables(Receivable.open_company * WINDOW, _open),
        _("What the days of sales outstanding are made of."), snapshot=True, direction="down",
    ),
    _measure(
        "invoiced_lately", _("Invoiced in the last %(days)s days", days=WINDOW), _invoiced,
        _("Posted invoices less credit notes, with tax."), snapshot=True, model="sales.Invoice",
        fields=("total", "total_company", "invoiced_on"),
    ),
    Ratio(
        key="sales.collection_rate", label=_("Collection rate"), unit="ratio",
        numerator="sales.due_collected", denominator="sales.due",
        description=_("What was paid by now, of what was due in the period."),
    ),
    Ratio(
        key="sales.overdue_rate", label=_("Overdue rate"), unit="ratio", direction="down",
        numerator="sales.overdue", denominator="sales.receivable",
        description=_("The part of the receivables that should have been paid already."),
    ),
    Ratio(
        key="sales.dso", label=_("Days of sales outstanding"), unit="days", direction="down",
        numerator="sales.receivable_days", denominator="sales.invoiced_lately",
        description=_("For how many days' sales the customers owe: receivables over the invoices of"
                      " the last %(days)s days, per day.", days=WINDOW),
    ),
)  # fmt: skip
