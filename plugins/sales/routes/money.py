"""Who owes how much for how long, and the statement of one account."""

from __future__ import annotations

from flask import render_template

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, has_permission, today
from plugin_api.errors import Forbidden
from plugin_api.pages import require
from plugins.crm.api import Account
from plugins.sales import display
from plugins.sales.access import RECEIVABLES
from plugins.sales.measures.receivables import BUCKETS
from plugins.sales.models import Invoice, Receipt, Receivable
from plugins.sales.routes.asking import day
from plugins.sales.services import account_statement, ageing

MOST = 200
"""Accounts that the overview lists."""


def check_reading() -> None:
    """Raise Forbidden unless the actor may read all that the pages are made of."""
    require(RECEIVABLES)
    for model, names in (
        (Receivable, ("open", "open_company", "amount", "due_on")), (Invoice, ("total",)),
        (Receipt, ("amount", "unallocated")), (Account, ("name",)),
    ):  # fmt: skip
        require(f"{model.model_key()}.read")
        if not all(host().records.may_read(model, name) for name in names):
            raise Forbidden(gettext("You may not do this."))


def receivables() -> str:
    """What accounts owe by how long it is overdue."""
    check_reading()
    whole, *rows = ageing.owing()
    return render_template(
        "sales/receivables.html",
        whole=whole,
        rows=rows[:MOST],
        more=len(rows) - MOST,
        buckets=BUCKETS,
        currency=current_company().currency,
        dso=host().measures.value("sales.dso"),
        rate=host().measures.value("sales.overdue_rate"),
        display=display,
        list_of=_list_of,
        may_receive=has_permission("sales.Receipt.create"),
    )


def account(record_id: int) -> str:
    """The statement of an account, to be printed and sent."""
    check_reading()
    known = host().records.get(Account, record_id)
    start, end = day("from", today().replace(month=1, day=1)), day("to", today())
    grants = current_actor().grants
    partly = not current_actor().is_system and any(
        grants.get(f"sales.{name}.read") != "company" for name in ("Invoice", "Receipt")
    )
    return render_template(
        "sales/account_statement.html",
        account=known,
        account_href=host().record_url("crm.Account", known.id),
        company=current_company(),
        start=start,
        end=end,
        sheets=account_statement.sheets(known.id, start, end),
        items=account_statement.open_items(known.id),
        words=_words(),
        partly=partly,
        today=today(),
        display=display,
        url=host().record_url,
    )


def _words() -> dict[str, str]:
    return {
        "invoice": gettext("Invoice"),
        "credit_note": gettext("Credit note"),
        "receipt": gettext("Receipt"),
        "refund": gettext("Refund"),
        "reversal": gettext("Reversal"),
    }


def _list_of(account_id: int | None, bucket: int | None = None) -> str:
    """The receivables behind a figure."""
    asked: dict[str, object] = {"open__gte": "0.01", "sort": "due_on"}
    if account_id:
        asked["account"] = account_id
    if bucket is not None:
        asked |= ageing.period_of(bucket)
    return host().list_url("sales.Receivable", asked)
