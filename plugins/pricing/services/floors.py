"""Whether a net price is below what the company sells for. Numbers in, a verdict out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from plugin_api.money import from_minor
from plugins.pricing.services.book import Book, rate
from plugins.pricing.services.fitting import Step
from plugins.pricing.services.resolving import distance, plain

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``action`` is empty when nothing stands against the price."""

    action: str
    step: Step | None = None


def judge(book: Book, product: int, net: Decimal, on: dt.date, currency: str) -> Verdict:
    """What happens at a net price of one, in major units, after all rules and promotions."""
    floor = _nearest(book, product)
    if floor is None:
        return Verdict("")
    key = f"pricing.Floor:{floor.id}"

    def said(why: str, below: bool, **args: str) -> Verdict:
        step = Step(what="floor", why=why, did=True, key=key, version=floor.version,
                    name=floor.name, args={**args, "action": floor.action})  # fmt: skip
        return Verdict(floor.action if below else "", step)

    if floor.price is not None:
        lowest = from_minor(floor.price, floor.currency) * rate(floor.currency, currency, on)
        if net < lowest:
            return said("below_price", True, lowest=plain(lowest))
    if floor.margin is not None:
        cost = book.cost_at(product, on, currency)
        margin = None if cost is None or not net else (net - cost) * HUNDRED / net
        if cost is not None and (margin is None or margin < floor.margin):
            # Not how large it is: what things cost is not for everybody to know.
            return said("below_margin", True)
    return said("above", False)


def lowest(book: Book, product: int, on: dt.date, currency: str) -> Decimal | None:
    """The lowest net price of one that keeps to the floor; None: there is none."""
    floor = _nearest(book, product)
    if floor is None:
        return None
    found = []
    if floor.price is not None:
        found.append(from_minor(floor.price, floor.currency) * rate(floor.currency, currency, on))
    cost = book.cost_at(product, on, currency)
    if floor.margin is not None and floor.margin < HUNDRED and cost is not None:
        found.append(cost * HUNDRED / (HUNDRED - floor.margin))
    return max(found).quantize(Decimal("0.0001"), ROUND_HALF_UP) if found else None


def _nearest(book: Book, product: int) -> Any:
    goods = book.goods[product]
    ranked = [(far, each) for each in book.floors if (far := distance(each, goods)) is not None]
    return min(ranked, key=lambda each: (each[0], each[1].id), default=(0, None))[1]
