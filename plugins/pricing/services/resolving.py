"""The price of one product for a customer. A book in, a price and its reasons out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from plugin_api.money import from_minor
from plugins.pricing.services.book import Book, Goods, Offered
from plugins.pricing.services.fitting import Customer, Reason, Step, why_not
from plugins.pricing.services.rounding import rounded

HUNDRED = Decimal(100)
FAR = 10_000
"""Further away from a product than any category that it lies in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a price is asked for."""

    product: int
    quantity: Decimal
    on: dt.date
    currency: str


@dataclass(slots=True)
class Found:
    """``price`` and ``list_price`` are of one, in major units; None: there is none."""

    price: Decimal | None = None
    list_price: Decimal | None = None
    steps: list[Step] = field(default_factory=list)


def price_of(book: Book, asked: Asked, customer: Customer) -> Found:
    """Ask the lists whose terms fit, the highest priority first, and the standard list last; the
    first that has a price gives it. Raises Rejected where a rate is needed and none is stored."""
    search = _Search(book, asked)
    found = search.found
    for terms in sorted(book.terms, key=_rank):
        key = f"pricing.Terms:{terms.id}"
        reason = why_not(terms.audience, customer, asked.on, asked.currency)
        if reason is None and found.price is not None:
            reason = "taken", {}
        if reason is None and not book.lists[terms.list_id].active:
            reason = "list_off", {"list": book.lists[terms.list_id].name}
        if reason is not None:
            found.steps.append(_skipped("terms", key, terms, reason))
            continue
        args = {"list": book.lists[terms.list_id].name}
        found.steps.append(_applied("terms", "fits", key, terms, args=args))
        found.price = search.on_list(terms.list_id)
    if found.price is None:
        found.price = search.on_list(book.standard)
    if found.price is None:
        found.price = found.list_price
    return found


def _rank(terms: Offered) -> tuple[int, int, int, int]:
    """The highest priority first; of equal ones the narrower, then the one that began later, then
    the older: never by chance."""
    begun = terms.audience.valid_from or dt.date.min
    return -terms.priority, -terms.audience.narrowness, -begun.toordinal(), terms.id


class _Search:
    """Goes through the lists for one product, and notes what it meets."""

    def __init__(self, book: Book, asked: Asked) -> None:
        self._book, self._asked = book, asked
        self._goods = goods = book.goods[asked.product]
        listed = book.listed_at(asked.product, asked.on, asked.currency)
        first = Step(
            what="list_price", why="no_list" if listed is None else "list",
            did=listed is not None, key=f"catalog.Product:{goods.id}", name=goods.name,
            price=plain(listed),
        )  # fmt: skip
        self.found = Found(list_price=listed, steps=[first])

    def on_list(self, list_id: int | None, seen: frozenset[int] = frozenset()) -> Decimal | None:
        """The price on a list, or on those that it falls back on; ``seen`` are those below it."""
        book, asked, steps = self._book, self._asked, self.found.steps
        for rule, why in self._tried(list_id):
            key, price, reason = f"pricing.Rule:{rule.id}", None, why
            if reason is None:
                price, reason = self._reckoned(rule, list_id, seen)
            if price is not None:
                steps.append(
                    _applied("rule", f"by_{rule.kind}", key, rule, price, args=_args(rule))
                )
                return price
            assert reason is not None
            steps.append(_skipped("rule", key, rule, reason))
        if list_id is None or list_id == book.standard:
            return None
        here = book.lists[list_id]
        fixed = book.fixed_at(asked.product, list_id, asked.on, asked.currency)
        if fixed is not None:
            price = from_minor(fixed.price, asked.currency)
            step = Step(what="price", why="on_list", did=True, key=f"catalog.Price:{fixed.id}",
                        version=fixed.version, name=here.name, price=plain(price))  # fmt: skip
            steps.append(step)
            return price
        if self._goes_on(here.parent_id, list_id, seen):
            return self.on_list(here.parent_id, seen | {list_id})
        steps.append(Step(what="price", why="none_on_list", did=False, name=here.name))
        return None

    def _goes_on(self, above: int | None, list_id: int, seen: frozenset[int]) -> bool:
        """Whether the list above is asked; that is noted."""
        lists = self._book.lists
        if above is None or above in seen or above == list_id or not lists[above].active:
            return False
        args = {"list": lists[list_id].name, "above": lists[above].name}
        key = f"catalog.PriceList:{above}"
        self.found.steps.append(_applied("list", "falls_back", key, lists[above], args=args))
        return True

    def _tried(self, list_id: int | None) -> Iterator[tuple[Any, Reason | None]]:
        """The rules of a list that speak of the product, the nearest to it first; of equally near
        ones the highest quantity, then the one that began last, then the older."""
        book, asked = self._book, self._asked
        fixed = book.fixed_at(asked.product, list_id, asked.on, asked.currency)
        ranked = []
        for rule in book.rules.get(list_id, ()):
            far = distance(rule, self._goods)
            if far is not None:
                begun = (rule.valid_from or dt.date.min).toordinal()
                ranked.append(((far, -rule.from_quantity, -begun, rule.id), rule))
        for (far, *_rest), rule in sorted(ranked, key=lambda each: each[0]):
            reason = _why_not(rule, asked)
            if reason is None and far and fixed is not None and list_id != book.standard:
                # On a list of its own, what is said of the product alone holds against what is
                # said of many.
                reason = "has_price", {}
            yield rule, reason

    def _reckoned(
        self, rule: Any, list_id: int | None, seen: frozenset[int]
    ) -> tuple[Decimal | None, Reason | None]:
        """What a rule makes of what it is taken from, or why it cannot."""
        asked = self._asked
        if rule.kind == "fixed":
            return rounded(
                from_minor(rule.amount, rule.currency), rule.rounding, asked.currency
            ), None
        if rule.kind == "plus":
            cost = self._book.cost_at(asked.product, asked.on, asked.currency)
            if cost is None:
                return None, ("no_cost", {})
            whole = cost * (HUNDRED + rule.percent) / HUNDRED
            return rounded(whole, rule.rounding, asked.currency), None
        base = self.found.list_price
        if rule.base == "parent" and list_id is not None:
            above = self._book.lists[list_id].parent_id
            if self._goes_on(above, list_id, seen):
                price = self.on_list(above, seen | {list_id})
                base = base if price is None else price
        if base is None:
            return None, ("no_list", {})
        if rule.kind == "off":
            left = base * (HUNDRED - min(rule.percent, HUNDRED)) / HUNDRED
        else:
            left = max(base - from_minor(rule.amount, rule.currency), Decimal(0))
        return rounded(left, rule.rounding, asked.currency), None


def distance(rule: Any, goods: Goods) -> int | None:
    """0 for what speaks of the product, more for its categories; None: it speaks of others."""
    if rule.product_id is not None:
        return 0 if rule.product_id == goods.id else None
    if rule.category_id is None:
        return FAR
    return goods.groups.index(rule.category_id) + 1 if rule.category_id in goods.groups else None


def _why_not(rule: Any, asked: Asked) -> Reason | None:
    if rule.valid_from and asked.on < rule.valid_from:
        return "early", {"day": rule.valid_from.isoformat()}
    if rule.valid_to and asked.on > rule.valid_to:
        return "late", {"day": rule.valid_to.isoformat()}
    if rule.kind in ("fixed", "less") and rule.currency != asked.currency:
        return "currency", {"wanted": rule.currency, "found": asked.currency}
    if asked.quantity < rule.from_quantity:
        return "quantity", {"wanted": plain(rule.from_quantity), "found": plain(asked.quantity)}
    return None


def _args(rule: Any) -> dict[str, str]:
    found = {"rounding": rule.rounding if rule.rounding != "cent" else ""}
    if rule.percent is not None and rule.kind in ("off", "plus"):
        found["percent"] = plain(rule.percent)
    if rule.amount is not None and rule.kind in ("fixed", "less"):
        found["amount"] = plain(from_minor(rule.amount, rule.currency))
    return {name: value for name, value in found.items() if value}


def _applied(
    what: str, why: str, key: str, row: Any, price: Decimal | None = None, *,
    args: Mapping[str, str] | None = None,
) -> Step:  # fmt: skip
    return Step(what=what, why=why, did=True, key=key, version=row.version, name=row.name,
                price=plain(price), args=args or {})  # fmt: skip


def _skipped(what: str, key: str, row: Any, reason: Reason) -> Step:
    return Step(what=what, why=reason[0], did=False, key=key, version=row.version, name=row.name,
                args=reason[1])  # fmt: skip


def plain(number: Decimal | None) -> str:
    """A number in digits, without zeros at its end; empty for none."""
    if number is None:
        return ""
    found = f"{number:f}"
    return found.rstrip("0").rstrip(".") if "." in found else found
