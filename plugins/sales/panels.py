"""What stands beside an account or an order: what is open, and what was paid."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.crm.api import Account, Opportunity
from plugins.sales import display, version_panels
from plugins.sales.access import RECEIVABLES
from plugins.sales.models import Order, OrderVersion, Quote, Receivable
from plugins.sales.models.quotes import STATUSES
from plugins.sales.services import ageing

MOST = 5


def for_record(record: CompanyModel) -> list[Panel]:
    """The panel of an account, an opportunity, a quote or an order."""
    if isinstance(record, Opportunity):
        return [_opportunity(record)] if has_permission("sales.Quote.read") else []
    if isinstance(record, Quote):
        return [_quote(record)]
    if isinstance(record, OrderVersion):
        return version_panels.of_version(record)
    amended = version_panels.of_order(record) if isinstance(record, Order) else []
    if not has_permission("sales.Receivable.read") or not _sees_money():
        return amended
    if (
        isinstance(record, Account)
        and has_permission(RECEIVABLES)
        and has_permission("sales.Receipt.read")
    ):
        return [_account(record)]
    return [_order(record), *amended] if isinstance(record, Order) else []


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
    if has_permission("sales.Receipt.create"):
        address = url_for("records.new", plugin="sales", collection="receipts", account=account.id)
        actions.append(Action(label=gettext("New receipt"), href=address, icon="cash-coin"))
    return Panel(title=gettext("Receivables"), facts=tuple(facts), actions=tuple(actions))


def _opportunity(deal: Opportunity) -> Panel:
    """Its quotes, the newest first, and another one."""
    visible, may_read = host().records.visible, host().records.may_read
    asked = (
        sa.select(Quote)
        .where(Quote.opportunity_id == deal.id, Quote.superseded.is_(False), visible(Quote))
        .order_by(Quote.id.desc())
        .limit(MOST)
    )
    sees = may_read(Quote, "total")
    labels = {choice.value: choice.label for choice in STATUSES}
    facts = tuple(
        Fact(
            label=quote.number or quote.subject or gettext("Quote"),
            value=f"{labels[quote.status]} · {display.money(quote.total, quote.currency)}"
            if sees
            else labels[quote.status],
            href=host().record_url("sales.Quote", quote.id),
        )
        for quote in host().session.scalars(asked)
    )
    actions: tuple[Action, ...] = ()
    if has_permission("sales.Quote.create"):
        address = url_for(
            "records.new", plugin="sales", collection="quotes", opportunity=deal.id,
            account=deal.account_id,
        )  # fmt: skip
        actions = (Action(label=gettext("New quote"), href=address, icon="file-earmark-text"),)
    note = "" if facts else gettext("Nothing is quoted yet.")
    return Panel(title=gettext("Quotes"), facts=facts, note=note, actions=actions)


def _quote(quote: Quote) -> Panel:
    """The paper in both languages."""
    names = {"zh": gettext("PDF in Chinese"), "en": gettext("PDF in English")}
    actions = tuple(
        Action(
            label=label,
            href=url_for("sales.quote_pdf", record_id=quote.id, language=language),
            icon="file-earmark-pdf",
        )
        for language, label in names.items()
    )
    if quote.status == "sent" and host().records.may(quote, "update"):
        address = f"{host().record_url('sales.Quote', quote.id)}/access#outside"
        link = Action(label=gettext("Link for the customer"), href=address, icon="link-45deg")
        actions = (*actions, link)
    return Panel(title=gettext("Paper"), facts=(), actions=actions)


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


def _sees_money() -> bool:
    may_read = host().records.may_read
    return all(may_read(Receivable, name) for name in ("amount", "open", "paid", "open_company"))
