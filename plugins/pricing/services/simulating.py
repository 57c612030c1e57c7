"""A price change or a promotion, run over orders of the past. Nothing is written.

It says what would have come in had customers bought the same. Whether they buy more, nobody knows
beforehand: so it says too how much more they would have to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from plugin_api.context import current_company
from plugin_api.money import round_half_up, to_minor
from plugins.pricing.services import book, customers, offers, promoting
from plugins.pricing.services.past import Bought, Sold, major, orders

HUNDRED = Decimal(100)


@dataclass(slots=True)
class Sums:
    """Before and after, in minor units; ``cost`` is of what was sold, ``given`` of gifts besides,
    both None where the cost of something is not known."""

    orders: int = 0
    touched: int = 0
    before: int = 0
    after: int = 0
    cost: int | None = 0
    given: int | None = 0

    @property
    def change(self) -> int:
        """What comes in more, or less."""
        return self.after - self.before

    @property
    def margin_before(self) -> int | None:
        """What was left once the cost was paid."""
        return None if self.cost is None else self.before - self.cost

    @property
    def margin_after(self) -> int | None:
        """What would be left."""
        if self.cost is None or self.given is None:
            return None
        return self.after - self.cost - self.given

    @property
    def more_needed(self) -> Decimal | None:
        """By how many percent more would have to be sold for the same margin; None: by none, or
        it cannot be told."""
        before, after = self.margin_before, self.margin_after
        if before is None or after is None or after >= before or after <= 0:
            return None
        return (Decimal(before - after) * HUNDRED / after).quantize(Decimal("0.1"))


@dataclass(slots=True)
class Simulated:
    """The whole, and by product and account, the largest change first."""

    whole: Sums = field(default_factory=Sums)
    products: list[tuple[int, Sums]] = field(default_factory=list)
    accounts: list[tuple[int | None, Sums]] = field(default_factory=list)
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Why the promotion did not apply → to how many orders."""


K = TypeVar("K")
Effect = Callable[[Bought], tuple[Mapping[int, int], int | None]]
"""Line → what it comes to afterwards; and what gifts cost besides (None: not known)."""


def of_change(
    start: dt.date, end: dt.date, percent: Decimal, product: int | None, category: int | None
) -> Simulated:
    """Prices of a product, a category or everything, so many percent higher or lower."""
    past = orders(start, end)
    found = book.read({line.product for each in past for line in each.lines})

    def effect(bought: Bought) -> tuple[Mapping[int, int], int | None]:
        return {
            line.id: round_half_up(line.net * (HUNDRED + percent) / HUNDRED)
            for line in bought.lines
            if _is_about(found, line, product, category)
        }, 0

    return _run(past, effect)


def of_promotion(start: dt.date, end: dt.date, promotion: int) -> Simulated:
    """A promotion, whatever its state, days, limits and coupons, on what was paid then."""
    past = orders(start, end)
    read = offers.read((), (), (), [promotion])
    read.running = [each for each in read.running if each.row.id == promotion]
    found = book.read({line.product for each in past for line in each.lines} | read.products())
    known = customers.known({each.account for each in past if each.account}, read.conditions())
    currency, skipped = current_company().currency, dict[str, int]()

    def effect(bought: Bought) -> tuple[Mapping[int, int], int | None]:
        customer = customers.seen_as(
            known.get(bought.account or 0), region=bought.region, channel=bought.channel
        )
        codes = list(read.coupons)
        standing = offers.standing(
            read, customer, bought.on, currency, codes=codes, limits=False, opened=True
        )
        items = [
            promoting.Item(line.id, line.product, found.goods[line.product].groups, line.quantity,
                           major(line.net) / line.quantity)
            for line in bought.lines
        ]  # fmt: skip
        prices = {item.product: item.price for item in items}
        outcome = promoting.apply(standing, items, currency, prices)
        for reason in {s.why for steps in outcome.steps.values() for s in steps if not s.did}:
            if not outcome.cost:
                skipped[reason] = skipped.get(reason, 0) + 1
        changed = {line.id: line.net - outcome.off[line.id] for line in bought.lines}
        return {
            line.id: changed[line.id] for line in bought.lines if outcome.off[line.id]
        }, _cost_of(found, outcome.gifts, bought.on)

    made = _run(past, effect)
    made.skipped = skipped
    return made


def _cost_of(found: book.Book, gifts: Sequence[promoting.Given], on: dt.date) -> int | None:
    currency, total = current_company().currency, 0
    for gift in gifts:
        cost = found.cost_at(gift.product, on, currency) if gift.product in found.goods else None
        if cost is None:
            return None
        total += to_minor(cost * gift.quantity, currency)
    return total


def _is_about(found: book.Book, line: Sold, product: int | None, category: int | None) -> bool:
    if product is not None:
        return line.product == product
    return category is None or category in found.goods[line.product].groups


def _run(past: Iterable[Bought], effect: Effect) -> Simulated:
    made = Simulated()
    products: dict[int, Sums] = {}
    accounts: dict[int | None, Sums] = {}
    for bought in past:
        after, given = effect(bought)
        of_account = accounts.setdefault(bought.account, Sums())
        touched = bool(after) or given != 0
        for sums in (made.whole, of_account):
            sums.orders += 1
            sums.touched += touched
            sums.given = None if given is None or sums.given is None else sums.given + given
        for line in bought.lines:
            found = products.setdefault(line.product, Sums())
            found.orders += 1
            found.touched += line.id in after
            for sums in (made.whole, of_account, found):
                sums.before += line.net
                sums.after += after.get(line.id, line.net)
                known = sums.cost is not None and line.cost is not None
                sums.cost = sums.cost + line.cost if known else None  # type: ignore[operator]
    made.products = _ranked(products)
    made.accounts = _ranked(accounts)
    return made


def _ranked(found: Mapping[K, Sums]) -> list[tuple[K, Sums]]:
    touched = [(key, sums) for key, sums in found.items() if sums.touched]
    return sorted(touched, key=lambda each: (each[1].change, -each[1].before))
