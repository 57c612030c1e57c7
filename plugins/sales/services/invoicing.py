"""What is checked and completed when invoices and credit notes are written and posted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import Rejected
from plugin_api.money import convert, from_minor, to_minor
from plugins.sales.access import ENTER
from plugins.sales.models import Invoice, InvoiceLine, Order, OrderLine
from plugins.sales.services import billed, lines, looking, naming, orders, posting, receivables
from plugins.sales.services.amounts import STEP, up_to
from plugins.sales.settings import PAYMENT_DAYS

Changes = Mapping[str, tuple[Any, Any]]

OPEN = frozenset({"note", "external_id", "owner_id", "due_on", "payment_days", "settled"})
"""What may still be said of an invoice that is posted."""


def keep_for(records: Sequence[Any]) -> None:
    """Read what completing new invoices or lines needs."""
    if isinstance(records[0], Invoice):
        looking.customers(looking.ids_of(records, "account_id"))
        looking.keep(Order, looking.ids_of(records, "order_id"))
        return
    looking.keep(Invoice, looking.ids_of(records, "invoice_id"))
    looking.keep(OrderLine, looking.ids_of(records, "order_line_id"))
    looking.keep_goods(looking.ids_of(records, "product_id"))


def begin(invoice: Invoice) -> None:
    """Complete or refuse a new invoice. Raises Rejected, Forbidden."""
    orders.check_entering(invoice.status)
    order = looking.the(Order, invoice.order_id) if invoice.order_id else None
    if order is not None:
        if order.rate is None:
            raise Rejected("order", gettext("The order is not confirmed."))
        invoice.account_id = invoice.account_id or order.account_id
        invoice.channel_id = invoice.channel_id or order.channel_id
        invoice.region = invoice.region or order.region
        if invoice.currency != order.currency:
            raise Rejected("currency", gettext("The order is in another currency."))
        if invoice.payment_days is None:
            invoice.payment_days = order.payment_days
    if invoice.corrects_id is not None and invoice.kind != "credit_note":
        raise Rejected("corrects", gettext("Only a credit note takes an invoice back."))
    known = looking.customer(invoice.account_id)
    invoice.region = invoice.region or (known.region if known else None)
    if invoice.status == "posted":
        commit(invoice)
    naming.call(invoice, invoice.account_id)


def commit(invoice: Invoice) -> None:
    """Give an invoice that is posted its day, rate and number."""
    invoice.invoiced_on = invoice.invoiced_on or today()
    days = invoice.payment_days
    days = host().setting(PAYMENT_DAYS) if days is None else days
    try:
        invoice.due_on = invoice.due_on or invoice.invoiced_on + dt.timedelta(days=days)
    except OverflowError:
        raise Rejected("invoiced_on", gettext("This is too late.")) from None
    corrected = looking.the(Invoice, invoice.corrects_id) if invoice.corrects_id else None
    if corrected is not None and corrected.rate is not None:
        invoice.rate, invoice.rate_on = corrected.rate, corrected.rate_on
    else:
        invoice.rate = looking.rate(invoice.currency, invoice.invoiced_on)
        invoice.rate_on = invoice.invoiced_on
    if not invoice.number and not invoice.external_id:
        invoice.number = naming.next_number(invoice.kind, invoice.invoiced_on)


def change(invoice: Invoice, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    was = changes["status"][0] if "status" in changes else invoice.status
    touched = sorted(name for name in changes if name not in OPEN and not name.startswith("custom"))
    if was == "posted" and touched:
        raise Rejected(
            touched[0].removesuffix("_id"), gettext("It is posted. Write a credit note.")
        )
    naming.call(invoice, invoice.account_id)


def complete_line(line: InvoiceLine, changes: Changes | None = None) -> None:
    """Complete or refuse a line; ``changes`` is None for a new one. Raises Rejected."""
    invoice = looking.the(Invoice, line.invoice_id) if line.invoice_id else None
    if invoice is None or None in (line.quantity, line.discount, line.tax_rate):
        return
    if invoice.status == "posted" and (changes is not None or not has_permission(ENTER)):
        raise Rejected("", gettext("It is posted. Write a credit note."))
    if not line.quantity:
        raise Rejected("quantity", gettext("A quantity is not zero."))
    of = looking.the(OrderLine, line.order_line_id) if line.order_line_id else None
    if of is not None:
        if of.order_id != invoice.order_id:
            raise Rejected("order_line", gettext("This is a line of another order."))
        _copy(line, of, changes)
    lines.fill(line, invoice.currency, invoice.invoiced_on or today(), by_hand=False)
    lines.reckon(line)


def check_delete(record: Invoice | InvoiceLine) -> None:
    """Refuse to delete what is posted. Raises Rejected."""
    invoice = record if isinstance(record, Invoice) else looking.the(Invoice, record.invoice_id)
    if invoice is not None and invoice.status == "posted":
        raise Rejected("", gettext("It is posted. Write a credit note."))


def check_post(invoice: Invoice, values: Mapping[str, Any]) -> None:
    """Refuse what is empty, or more than there is to invoice or to credit."""
    if invoice.order_id:
        posting.lock(Order, [invoice.order_id])
    if invoice.corrects_id:
        posting.lock(Invoice, [invoice.corrects_id])
        _check_credit(invoice)
    found = billed.lines_of(invoice.id)
    if not found:
        raise Rejected("", gettext("It has no lines."))
    if invoice.order_id and invoice.kind == "invoice":
        taken: dict[int, Decimal] = defaultdict(Decimal)
        for line in found:
            if line.order_line_id:
                taken[line.order_line_id] += line.quantity
        done = billed.billed([invoice.order_id])
        for of in orders.lines_of(invoice.order_id):
            if taken[of.id] and done[of.id] + taken[of.id] > of.quantity - of.cancelled:
                raise Rejected(
                    "quantity",
                    gettext("“%(line)s”: that is more than was ordered.", line=of.description),
                )


def post(invoice: Invoice, values: dict[str, Any]) -> None:
    """Give it its day, rate and number."""
    if values.get("invoiced_on"):
        invoice.invoiced_on = values["invoiced_on"]
    values.clear()
    commit(invoice)


def follow(invoice_ids: Collection[int], without: Collection[int] = ()) -> None:
    """Add up invoices whose lines have changed, and post those that count. ``without`` are
    lines that are about to be deleted. A constant number of statements."""
    session = host().session
    session.flush()
    sums = (
        sa.select(
            InvoiceLine.invoice_id, sa.func.sum(InvoiceLine.net), sa.func.sum(InvoiceLine.tax)
        )
        .where(InvoiceLine.invoice_id.in_(invoice_ids), InvoiceLine.id.not_in(without))
        .group_by(InvoiceLine.invoice_id)
    )
    found = {row[0]: row[1:] for row in session.execute(sums)}
    looking.keep(Invoice, invoice_ids)
    posted, of_orders = [], set()
    for id_ in invoice_ids:
        invoice = looking.the(Invoice, id_)
        if invoice is None:
            continue
        net, tax = found.get(id_, (Decimal(0), 0))
        invoice.amount, invoice.tax = to_minor(net, invoice.currency), int(tax)
        invoice.total = invoice.amount + invoice.tax
        if invoice.status == "posted":
            invoice.total_company = _converted(invoice)
            posted.append(id_)
            if invoice.order_id:
                of_orders.add(invoice.order_id)
    session.flush()
    if of_orders:
        billed.count(of_orders)
    if posted:
        posting.post_invoices(posted)
        if of_orders:
            receivables.follow_orders(of_orders)
        receivables.follow_invoices(posted)


def _converted(invoice: Invoice) -> int:
    own = current_company().currency
    if invoice.currency == own or invoice.rate is None:
        return invoice.total
    return convert(invoice.total, invoice.currency, own, invoice.rate)


def draft_for(order: Order) -> Invoice:
    """A draft of an invoice of all that is not invoiced yet. Raises Rejected."""
    parts = []
    for line in orders.lines_of(order.id):
        left = line.quantity - line.cancelled - line.returned - line.invoiced
        if left > 0:
            parts.append({"order_line_id": line.id, "quantity": left, "position": line.position})
    if not parts:
        raise Rejected("", gettext("All of it is invoiced."))
    records = host().records
    made = records.create(
        Invoice,
        {"order_id": order.id, "currency": order.currency, "owner_id": order.owner_id},
    )
    records.create_many(InvoiceLine, [{"invoice_id": made.id, **part} for part in parts])
    return made


def draft_credit(invoice: Invoice, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of a credit note of all that is not credited yet."""
    credited = billed.credited(invoice.id)
    parts = []
    for line in billed.lines_of(invoice.id):
        quantity, net = credited.get(line.id, (Decimal(0), Decimal(0)))
        if line.net != net:
            parts.append(
                {
                    "corrects_id": line.id, "order_line_id": line.order_line_id,
                    "product_id": line.product_id, "description": line.description,
                    "quantity": (line.quantity - quantity) or line.quantity, "price": line.price,
                    "agreed": line.net - net, "tax_rate": line.tax_rate,
                    "position": line.position, "cost": line.cost,
                }
            )  # fmt: skip
    if not parts:
        raise Rejected("", gettext("All of it is credited."))
    records = host().records
    made = records.create(
        Invoice,
        {
            "kind": "credit_note", "corrects_id": invoice.id, "order_id": invoice.order_id,
            "account_id": invoice.account_id, "currency": invoice.currency,
            "owner_id": invoice.owner_id, "channel_id": invoice.channel_id,
            "region": invoice.region,
        },
    )  # fmt: skip
    records.create_many(InvoiceLine, [{"invoice_id": made.id, **part} for part in parts])
    return {"open": made}


def _copy(line: InvoiceLine, of: OrderLine, changes: Changes | None) -> None:
    """Take over what the order says. Parts of a line add up to it, whatever is rounded."""
    line.product_id = line.product_id or of.product_id
    line.description = line.description or of.description
    if changes is None and not line.tax_rate:
        line.tax_rate = of.tax_rate
    line.cost = of.cost if line.cost is None else line.cost
    again = changes is not None and "quantity" in changes and not changes.keys() & {
        "agreed", "price", "discount"
    }  # fmt: skip
    if (changes is None and line.price is None and line.agreed is None) or again:
        line.price = of.price
        done, unit = of.invoiced, from_minor(1, of.currency)
        step = STEP if of.net % unit else unit
        whole = up_to(of.net, done + line.quantity, of.quantity, step)
        line.agreed = whole - up_to(of.net, done, of.quantity, step)


def _check_credit(invoice: Invoice) -> None:
    corrected = looking.the(Invoice, invoice.corrects_id or 0)
    if corrected is None or corrected.status != "posted":
        raise Rejected("corrects", gettext("The invoice is not posted."))
    credited = billed.credited(corrected.id)
    added: dict[int, Decimal] = defaultdict(Decimal)
    for line in billed.lines_of(invoice.id):
        if line.corrects_id:
            added[line.corrects_id] += line.net
    for line in billed.lines_of(corrected.id):
        before = credited.get(line.id, (Decimal(0), Decimal(0)))[1]
        if abs(before + added[line.id]) > abs(line.net):
            raise Rejected(
                "agreed",
                gettext("“%(line)s”: that is more than was invoiced.", line=line.description),
            )
