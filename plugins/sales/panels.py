"""What stands beside an account or an order: what is open, and what was paid."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.crm.api import Account
from plugins.sales import display
from plugins.sales.access import RECEIVABLES
from plugins.sales.models import Order, Receivable
from plugins.sales.services import ageing


def for_record(record: CompanyModel) -> list[Panel]:
    """The panel of an account or of an order."""
    if not _may("sales.Receivable.read") or not _sees_money():
        return []
    if isinstance(record, Account) and _may(RECEIVABLES) and _may("sales.Receipt.read"):
        return [_account(record)]
    return [_order(record)] if isinstance(record, Order) else []


def _account(account: Account) -> Panel:
    whole = ageing.owing(account.id)[0]
    asked = {"account": account.id, "open__gte": "0.01", "sort": "due_on"}
    facts = [
        Fact(
            label=gettext("Still open"),
            value=display.money(whole.total),
            href=host().list_url("sales.Receivable", asked),
        )
    ]
    if whole.overdue:
        late = {**asked, "due_on__period": "overdue"}
        facts.append(
            Fact(
                label=gettext("Overdue"),
                value=display.money(whole.overdue),
                href=host().list_url("sales.Receivable", late),
            )
        )
    if whole.credit:
        facts.append(Fact(label=gettext("Not allocated"), value=display.money(whole.credit)))
    actions = [
        Action(
            label=gettext("Statement of account"),
            href=url_for("sales.account_statement", record_id=account.id),
            icon="table",
        )
    ]
    if _may("sales.Receipt.create"):
        address = url_for("records.new", plugin="sales", collection="receipts", account=account.id)
        actions.append(Action(label=gettext("New receipt"), href=address, icon="cash-coin"))
    return Panel(title=gettext("Receivables"), facts=tuple(facts), actions=tuple(actions))


def _order(order: Order) -> Panel:
    """What was paid of an order; its plan stands below the form."""
    asked = sa.select(
        sa.func.coalesce(sa.func.sum(Receivable.paid), 0),
        sa.func.coalesce(sa.func.sum(Receivable.open), 0),
    ).where(Receivable.order_id == order.id, host().records.visible(Receivable))
    paid, open_ = host().session.execute(asked).one()
    share = float(paid / order.total) if order.total else None
    facts = (
        Fact(
            label=gettext("Paid"),
            value=display.money(int(paid), order.currency),
            share=share,
        ),
        Fact(
            label=gettext("Still open"),
            value=display.money(int(open_), order.currency),
            href=host().list_url("sales.Receivable", {"order": order.id}),
        ),
    )
    return Panel(title=gettext("Payment"), facts=facts)


def _may(permission: str) -> bool:
    return current_actor().is_system or has_permission(permission)


def _sees_money() -> bool:
    may_read = host().records.may_read
    return all(may_read(Receivable, name) for name in ("amount", "open", "paid", "open_company"))
