"""Lines of quotes and orders, as sales asks for their prices. Every time from the list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from plugin_api.money import from_minor, to_minor
from plugins.pricing.services import (
    book,
    claiming,
    customers,
    floors,
    offers,
    promoting,
    resolving,
)
from plugins.pricing.services.fitting import Customer, Step

if TYPE_CHECKING:
    from plugins.sales.api import Gift, PricedDocument, PricedLine

HUNDRED = Decimal(100)


def price(documents: Sequence[PricedDocument]) -> None:
    """Set price, what promotions take off, check and trace of every line, and what is given
    besides; a constant number of statements."""
    codes = {code for each in documents for code in offers.codes_of(each.coupons)}
    accounts = {each.account for each in documents if each.account}
    numbers = {each.number for each in documents if each.confirmed and each.number}
    stood = {id_ for each in documents for id_ in _promised(each)}
    promotions = offers.read(codes, accounts, numbers, stood)
    products = {line.product for each in documents for line in each.lines}
    found = book.read(products | promotions.products())
    conditions = {terms.audience.condition for terms in found.terms} | promotions.conditions()
    known = customers.known(accounts, conditions)
    for document in documents:
        customer = customers.seen_as(
            known.get(document.account or 0), region=document.region, channel=document.channel
        )
        for line in document.lines:
            line.off, line.trace = Decimal(0), []
            _find(found, document, line, customer)
        _promote(found, promotions, document, customer)
        for line in document.lines:
            _check(found, document, line)


def _promised(document: PricedDocument) -> Iterator[int]:
    """Promotions that lines have which stay as they were agreed: they hold, even stopped since."""
    for line in document.lines:
        if line.fixed and not line.by_hand:
            for step in line.trace:
                if step["what"] == "promotion" and step.get("did"):
                    yield int(step["key"].rpartition(":")[2])


def _promote(
    found: book.Book, promotions: offers.Offers, document: PricedDocument, customer: Customer
) -> None:
    """Apply promotions to the lines that count and whose price nobody has given by hand."""
    items = [
        promoting.Item(
            line.id, line.product, found.goods[line.product].groups, line.quantity, line.price
        )
        for line in document.lines
        if line.counts and not line.by_hand
    ]
    codes = offers.codes_of(document.coupons)
    standing = offers.standing(
        promotions,
        customer,
        document.on,
        document.currency,
        codes=codes,
        document=document.number,
    )
    prices = _worth(found, document, customer, promotions.products(), items)
    outcome = promoting.apply(standing, items, document.currency, prices)
    for line in document.lines:
        line.off = from_minor(outcome.off.get(line.id, 0), document.currency)
        line.trace += [step.kept() for step in outcome.steps.get(line.id, ())]
    by_id = {offer.row.id: offer for offer in standing}
    for given in outcome.gifts:
        each = prices.get(given.product, Decimal(0))
        amount = resolving.plain(from_minor(
            to_minor(each * given.quantity, document.currency), document.currency
        ))  # fmt: skip
        step = promoting.step_of(by_id[given.offer], "given", True, amount)
        document.gifts.append(_gift(given, each, step))
    if document.confirmed and document.number:
        amounts = {
            id_: offers.worth(cost, document.currency, document.on)
            for id_, cost in outcome.cost.items()
        }
        claiming.settle(document.number, document.account, amounts, document.on, document.coupons)


def _gift(given: promoting.Given, price: Decimal, step: Step) -> Gift:
    from plugins.sales.api import Gift

    return Gift(given.product, given.quantity, price, [step.kept()])


def _worth(
    found: book.Book, document: PricedDocument, customer: Customer, gifts: Collection[int],
    items: Collection[promoting.Item],
) -> dict[int, Decimal]:  # fmt: skip
    """What one of a product costs that may be given: as if one were bought."""
    made: dict[int, Decimal] = {}
    for item in items:
        made[item.product] = min(item.price, made.get(item.product, item.price))
    for product in gifts:
        if product in found.goods:
            asked = resolving.Asked(product, Decimal(1), document.on, document.currency)
            made[product] = resolving.price_of(found, asked, customer).price or Decimal(0)
    return made


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
    net = line.price * line.quantity - line.off if line.agreed is None else line.agreed
    for discount in line.discounts if line.agreed is None else ():
        net = net * (HUNDRED - discount) / HUNDRED
    each = net / line.quantity if line.quantity else net
    verdict = floors.judge(found, line.product, each, document.on, document.currency)
    line.check = verdict.action
    if verdict.step is not None:
        line.trace.append(verdict.step.kept())
