"""What documents say of each event, as the ledger has it. Plain rows in, facts out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from plugin_api.money import precision
from plugins.sales.services.amounts import up_to
from plugins.sales.services.pairing import Fact, Position, Value
from plugins.sales.services.shares import FINEST, Share, complete, divide

UNIT = Decimal(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """How amounts of a document's line become entries."""

    position: Position
    shares: Sequence[Share]
    rate: Decimal
    rate_on: dt.date
    own: str
    """The company's currency."""
    step: Decimal = UNIT
    """The finest part of a minor unit that the line is divided in."""

    def values(self, quantity: Decimal, exact: Decimal, cost: Decimal | None) -> list[Value]:
        """The value of so much, for each share; ``exact`` and ``cost`` in minor units of the
        document's currency."""
        amounts = divide(exact, self.shares, self.step)
        converted = divide(self.converted(exact, self.step), self.shares, self.step)
        quantities = divide(quantity, self.shares)
        costs: list[Decimal | None] = [None] * len(self.shares)
        if cost is not None:
            costs = [*divide(self.converted(cost, UNIT), self.shares, UNIT)]
        return [Value(*each) for each in zip(quantities, amounts, converted, costs, strict=True)]

    def facts(
        self, day: dt.date, now: Sequence[Value], before: Sequence[Value], sign: int = 1, **at: Any
    ) -> Iterator[Fact]:
        """A fact for each share: what was added between the two."""
        where = replace(self.position, **at)
        for share, after, earlier in zip(self.shares, now, before, strict=True):
            value = after + -earlier
            if value:
                position = replace(where, user_id=share.user_id, overlay=share.overlay)
                signed = value if sign > 0 else -value
                yield Fact(position, day, signed, self.rate, self.rate_on)

    def converted(self, minor: Decimal, step: Decimal) -> Decimal:
        """Minor units of the company's currency."""
        currency = self.position.currency
        if currency == self.own:
            return minor
        value = (minor * self.rate).scaleb(precision(self.own) - precision(currency))
        return round_to(value, step)


def minor(major: Decimal, currency: str) -> Decimal:
    """Minor units of an amount, with what is finer than them, to four places."""
    return round_to(major.scaleb(precision(currency)), FINEST)


def step_of(exact: Decimal) -> Decimal:
    """Whole minor units are divided into whole ones."""
    return UNIT if not exact % 1 else FINEST


def of_order_line(order: Any, line: Any, moves: Sequence[Any], shares: Sequence[Share],
                  own: str) -> Iterator[Fact]:  # fmt: skip
    """What a line of an order says: booked, cancelled, and what ``moves`` (its lines of posted
    deliveries and returns, in order) brought to the customer and back."""
    exact = minor(line.net, order.currency)
    cost = None
    if line.cost is not None:
        cost = round_to(minor(line.cost * line.quantity, order.currency), UNIT)
    position = _position(order, line.product_id, "order_line", line.id, line.id)
    terms = Terms(position, shares, order.rate, order.rate_on, own, step_of(exact))

    def at(part: Decimal) -> list[Value]:
        some = None if cost is None else up_to(cost, part, line.quantity, UNIT)
        return terms.values(part, up_to(exact, part, line.quantity, terms.step), some)

    nothing = at(Decimal(0))
    booked = line.booked_on or order.ordered_on
    yield from terms.facts(booked, at(line.quantity), nothing)
    out, back = Decimal(0), Decimal(0)
    for move in moves:
        here = {"source": "delivery_line", "source_id": move.id, "delivery_id": move.delivery_id,
                "document": move.document}  # fmt: skip
        if move.kind == "delivery":
            yield from terms.facts(
                move.day, at(out + move.quantity), at(out), kind="delivered", event="delivered",
                **here,
            )  # fmt: skip
            out += move.quantity
            continue
        for kind in ("booked", "delivered"):
            yield from terms.facts(
                move.day, at(back + move.quantity), at(back), -1, kind=kind, event="returned",
                **here,
            )  # fmt: skip
        back += move.quantity
    if line.cancelled:
        yield from terms.facts(
            order.closed_on, at(back + line.cancelled), at(back), -1, event="cancelled"
        )


def of_invoice_lines(
    lines: Sequence[Any], shares: Mapping[int, Sequence[Share]], own: str
) -> Iterator[Fact]:
    """What lines of invoices and credit notes say; ``shares`` by invoice. Those that correct a
    line follow it, each what it adds to what was credited before."""
    before: dict[int, tuple[Decimal, Decimal, Decimal | None]] = {}
    for line in lines:
        credit = line.kind == "credit_note"
        root = line.corrects_id if credit and line.corrects_id else line.id
        exact = minor(line.net, line.currency)
        cost = None
        if line.cost is not None:
            cost = round_to(minor(line.cost * line.quantity, line.currency), UNIT)
        position = replace(
            _position(line, line.product_id, "invoice_line", line.id, root),
            kind="invoiced",
            event="credited" if credit else "invoiced",
            invoice_id=line.invoice_id,
        )
        terms = Terms(
            position, shares[line.invoice_id], line.rate, line.rate_on, own, step_of(exact)
        )
        none = (Decimal(0), Decimal(0), None if cost is None else Decimal(0))
        held = before.get(root, none) if credit else none
        added = None if cost is None else (held[2] or Decimal(0)) + cost
        total = (held[0] + line.quantity, held[1] + exact, added)
        if credit:
            before[root] = total
        start = held if cost is not None else (*held[:2], None)
        yield from terms.facts(
            line.day, terms.values(*total), terms.values(*start), -1 if credit else 1
        )


def of_receipts(
    receipts: Sequence[Any],
    parts: Mapping[int, Sequence[Any]],
    shares: Mapping[int, Sequence[Share]],
    own: str,
) -> Iterator[Fact]:
    """What receipts and refunds say. ``parts`` are, by receipt, the sums that were allocated to an
    order or invoice; ``shares`` are by order. What is not allocated is the owner's."""
    whole = {receipt.id: receipt for receipt in receipts}
    refunded: dict[int, Decimal] = {}
    for receipt in receipts:
        known = whole.get(receipt.refunds_id, receipt)
        position = Position(
            kind="collected", event="collected", source="receipt", source_id=receipt.id,
            root_id=known.id, user_id=None, overlay=False, document=receipt.document,
            order_id=None, delivery_id=None, invoice_id=None, account_id=receipt.account_id,
            product_id=None, channel_id=None, region=receipt.region, currency=receipt.currency,
            receipt_id=receipt.id,
        )  # fmt: skip
        amount = Decimal(receipt.amount)
        if receipt.kind == "refund":
            # From the end: what is paid back last is what was allocated last.
            left = Decimal(known.amount) - refunded.get(known.id, Decimal(0))
            refunded[known.id] = Decimal(known.amount) - left + amount
            yield from _money(
                replace(position, event="refunded"), receipt, (left, left - amount),
                complete((), known.owner_id), own,
            )  # fmt: skip
            continue
        done = Decimal(0)
        for part in parts.get(receipt.id, ()):
            where = replace(
                position, order_id=part.order_id, invoice_id=part.invoice_id,
                channel_id=part.channel_id, region=part.region or receipt.region,
            )  # fmt: skip
            whose = shares.get(part.order_id) or complete((), part.owner_id)
            yield from _money(where, receipt, (done, done + part.amount), whose, own)
            done += part.amount
        rest = complete((), receipt.owner_id)
        yield from _money(position, receipt, (done, amount), rest, own)


def _money(
    position: Position, receipt: Any, sums: tuple[Decimal, Decimal], shares: Sequence[Share],
    own: str,
) -> Iterator[Fact]:  # fmt: skip
    """Facts of the money of a receipt from one sum of it to another. Parts add up to it in the
    company's currency, too."""
    terms = Terms(position, shares, receipt.rate, receipt.rate_on, own)
    start, end = sums
    exact = divide(end - start, shares, UNIT)
    company = divide(terms.converted(end, UNIT) - terms.converted(start, UNIT), shares, UNIT)
    again = receipt.received_on if receipt.entered else None
    for share, one, other in zip(shares, exact, company, strict=True):
        value = Value(Decimal(0), one, other)
        if value:
            whose = replace(position, user_id=share.user_id, overlay=share.overlay)
            yield Fact(whose, receipt.received_on, value, terms.rate, terms.rate_on, again)


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of ``step``, halves away from zero."""
    return (value / step).quantize(UNIT, ROUND_HALF_UP) * step


def _position(document: Any, product_id: int | None, source: str, id_: int, root: int) -> Position:
    return Position(
        kind="booked", event="booked", source=source, source_id=id_, root_id=root, user_id=None,
        overlay=False, document=document.document, order_id=document.order_id, delivery_id=None,
        invoice_id=None, account_id=document.account_id, product_id=product_id,
        channel_id=document.channel_id, region=document.region, currency=document.currency,
    )  # fmt: skip
