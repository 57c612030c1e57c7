"""Lines of quotes and orders, as sales asks for their prices. Every time from the list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plugins.pricing.services import book, customers, floors, resolving
from plugins.pricing.services.fitting import Customer, Step

if TYPE_CHECKING:
    from plugins.sales.api import PricedDocument, PricedLine

HUNDRED = Decimal(100)


def price(documents: Sequence[PricedDocument]) -> None:
    """Set price, check and trace of every line; a constant number of statements."""
    found = book.read({line.product for each in documents for line in each.lines})
    known = customers.known(
        {each.account for each in documents if each.account},
        {terms.audience.condition for terms in found.terms},
    )
    for document in documents:
        customer = customers.seen_as(
            known.get(document.account or 0), region=document.region, channel=document.channel
        )
        for line in document.lines:
            line.off, line.trace = Decimal(0), []
            _find(found, document, line, customer)
        for line in document.lines:
            _check(found, document, line)


def _find(found: book.Book, document: PricedDocument, line: PricedLine, customer: Customer) -> None:
    """The price of one, unless it stays as it is."""
    asked = resolving.Asked(line.product, line.quantity, document.on, document.currency)
    if line.fixed:
        line.list_price = line.list_price or found.listed_at(
            line.product, document.on, document.currency
        )
        step = Step(what="price", why="stays", did=True, price=resolving.plain(line.price))
        line.trace.append(step.kept())
        return
    priced = resolving.price_of(found, asked, customer)
    line.list_price = priced.list_price
    if priced.price is not None:
        line.price = priced.price
    line.trace += [step.kept() for step in priced.steps]


def _check(found: book.Book, document: PricedDocument, line: PricedLine) -> None:
    """Hold the net price of one against its floor, after everything."""
    net = line.price * line.quantity - line.off
    for discount in line.discounts:
        net = net * (HUNDRED - discount) / HUNDRED
    each = net / line.quantity if line.quantity else net
    verdict = floors.judge(found, line.product, each, document.on, document.currency)
    line.check = verdict.action
    if verdict.step is not None:
        line.trace.append(verdict.step.kept())


def steps_of(line: Any) -> list[dict[str, Any]]:
    """What a line keeps of how it was priced."""
    kept: list[dict[str, Any]] = line.trace or []
    return kept
