"""Which rule applies to which record when it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api.context import Actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.sales.models import (
    Allocation,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    Order,
    OrderCredit,
    OrderLine,
)
from plugins.sales.services import (
    collecting,
    delivering,
    flow,
    invoicing,
    looking,
    orders,
    pricing,
    quotes,
    receivables,
)

Changes = Mapping[str, tuple[Any, Any]]

_WHOLE = {
    OrderLine: "order_id", OrderCredit: "order_id", DeliveryLine: "delivery_id",
    InvoiceLine: "invoice_id", Allocation: "receipt_id",
}  # fmt: skip


def starting_values(model: str, actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    values: dict[str, Any] = {"owner": actor.user_id, "currency": current_company().currency}
    if model == "sales.Order":
        values["ordered_on"] = today()
    if model == "sales.Receipt":
        values["received_on"] = today()
    return {name: value for name, value in values.items() if value is not None}


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Read what completing them needs."""
    if isinstance(records[0], Order | OrderLine | OrderCredit):
        orders.keep_for(records)
    elif isinstance(records[0], Delivery | DeliveryLine):
        delivering.keep_for(records)
    elif isinstance(records[0], Invoice | InvoiceLine):
        invoicing.keep_for(records)
    elif isinstance(records[0], collecting.MODELS):
        collecting.before_create_many(records)
    elif isinstance(records[0], quotes.MODELS):
        quotes.before_create_many(records)


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Order):
        orders.begin(record)
    elif isinstance(record, OrderLine):
        orders.complete_line(record)
    elif isinstance(record, OrderCredit):
        orders.check_credit(record)
    elif isinstance(record, Delivery):
        delivering.begin(record)
    elif isinstance(record, DeliveryLine):
        delivering.check_part(record)
    elif isinstance(record, Invoice):
        invoicing.begin(record)
    elif isinstance(record, InvoiceLine):
        invoicing.complete_line(record)
    elif isinstance(record, collecting.MODELS):
        collecting.before_create(record)
    elif isinstance(record, quotes.MODELS):
        quotes.before_create(record)


def after_create_many(records: Sequence[Any]) -> None:
    """Follow up on new records together."""
    if isinstance(records[0], OrderLine | OrderCredit):
        orders.follow({record.order_id for record in records})
        if isinstance(records[0], OrderCredit):
            collecting.credit_moves(records)
    elif isinstance(records[0], collecting.MODELS):
        collecting.after_create_many(records)
    elif isinstance(records[0], quotes.MODELS):
        quotes.after_create_many(records)
    elif isinstance(records[0], DeliveryLine):
        looking.keep(Delivery, looking.ids_of(records, "delivery_id"))
        found = [looking.the(Delivery, record.delivery_id) for record in records]
        posted = {each.order_id for each in found if each and each.status == "posted"}
        if posted:
            delivering.follow(posted)
    elif isinstance(records[0], InvoiceLine):
        invoicing.follow({record.invoice_id for record in records})


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    whole = _WHOLE.get(type(record))
    if whole is not None and whole in changes:
        raise Rejected(
            whole.removesuffix("_id"), gettext("It stays where it is. Make a new one there.")
        )
    if isinstance(record, Order):
        orders.change(record, changes)
    elif isinstance(record, OrderLine):
        orders.complete_line(record, changes)
    elif isinstance(record, OrderCredit):
        orders.check_credit(record)
    elif isinstance(record, Delivery):
        delivering.change(record, changes)
    elif isinstance(record, DeliveryLine):
        delivering.check_part(record, changes)
    elif isinstance(record, Invoice):
        invoicing.change(record, changes)
    elif isinstance(record, InvoiceLine):
        invoicing.complete_line(record, changes)
    elif isinstance(record, collecting.MODELS):
        collecting.before_update(record, changes)
    elif isinstance(record, quotes.MODELS):
        quotes.before_update(record, changes)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, Order):
        _after_order(record, changes)
    elif isinstance(record, OrderLine | OrderCredit):
        orders.follow([record.order_id])
        if isinstance(record, OrderCredit):
            collecting.credit_moves([record])
    elif isinstance(record, Delivery):
        if "status" in changes:
            delivering.follow([record.order_id])
    elif isinstance(record, Invoice):
        _after_invoice(record, changes)
    elif isinstance(record, InvoiceLine):
        invoicing.follow([record.invoice_id])
    elif isinstance(record, collecting.MODELS):
        collecting.after_update(record, changes)
    elif isinstance(record, quotes.MODELS):
        quotes.after_update(record, changes)


def _after_order(order: Order, changes: Changes) -> None:
    if "discount" in changes:
        orders.reckon_again(order)
    elif changes.keys() & pricing.DEPENDS and order.status == "draft":
        orders.follow([order.id])
    if "status" in changes:
        flow.follow(order, changes["status"][0])
    if changes.keys() & {"status", "ordered_on", "owner_id", "account_id", "number"}:
        receivables.follow_orders([order.id])


def _after_invoice(invoice: Invoice, changes: Changes) -> None:
    if "status" in changes:
        invoicing.follow([invoice.id])
    elif changes.keys() & {"due_on", "owner_id", "settled"}:
        receivables.follow_invoices([invoice.id])


def before_delete(record: CompanyModel) -> None:
    """Refuse a deletion, or add up what is left."""
    if isinstance(record, Order):
        orders.check_delete(record)
    elif isinstance(record, OrderLine):
        orders.check_delete_line(record)
        orders.follow([record.order_id], without=[record.id])
    elif isinstance(record, OrderCredit):
        orders.check_delete_credit(record)
    elif isinstance(record, collecting.MODELS):
        collecting.before_delete(record)
    elif isinstance(record, quotes.MODELS):
        quotes.before_delete(record)
    elif isinstance(record, Delivery | DeliveryLine):
        delivering.check_delete(record)
    elif isinstance(record, Invoice | InvoiceLine):
        invoicing.check_delete(record)
        if isinstance(record, InvoiceLine):
            invoicing.follow([record.invoice_id], without=[record.id])
