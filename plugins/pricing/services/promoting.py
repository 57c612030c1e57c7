"""What promotions make of a basket. Numbers in, numbers out, whatever the order of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from plugin_api.money import allocate, from_minor, round_half_up, to_minor
from plugins.pricing.services.fitting import Step
from plugins.pricing.services.resolving import plain

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Item:
    """A line: ``price`` of one in major units; ``groups`` are the product's categories."""

    key: int
    product: int
    groups: tuple[int, ...]
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What a promotion is about."""

    product: int | None
    category: int | None
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion. ``row`` has its columns; ``reason`` is why it does not count here, found
    before: for others, over, without its coupon. ``left`` is of its budget, in minor units of the
    document's currency; None: no limit."""

    row: Any
    parts: tuple[Part, ...] = ()
    reason: tuple[str, Mapping[str, str]] | None = None
    left: int | None = None
    coupon: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """So much of a product for nothing."""

    product: int
    quantity: Decimal
    offer: int


@dataclass(slots=True)
class Outcome:
    """``off``: line → minor units taken off it; ``steps``: line → what was looked at; ``cost``:
    promotion → minor units that it gives away, gifts among them."""

    off: dict[int, int] = field(default_factory=dict)
    steps: dict[int, list[Step]] = field(default_factory=dict)
    gifts: list[Given] = field(default_factory=list)
    cost: dict[int, int] = field(default_factory=dict)


def apply(
    offers: Iterable[Offer], items: Sequence[Item], currency: str, prices: Mapping[int, Decimal]
) -> Outcome:
    """Apply promotions in the order of their positions; of one position the older first.

    ``prices`` of one are those of products that may be given. Amounts are rounded half up once,
    for each promotion and line; what is taken off never exceeds what is left of a line.
    """
    basket = _Basket(items, currency, prices)
    groups: dict[str, str] = {}
    for offer in sorted(offers, key=lambda each: (each.row.position, each.row.id)):
        about = basket.about(offer)
        reason = offer.reason
        group = (offer.row.group or "").strip().lower()
        if reason is None and group in groups:
            reason = "group", {"other": groups[group]}
        off, gifts = dict[int, int](), list[Given]()
        if reason is None:
            chosen, reason = basket.chosen(offer, about)
            if reason is None:
                off, gifts = basket.effect(offer, chosen)
                reason = basket.why_nothing(offer, off, gifts)
        if reason is not None:
            basket.skip(offer, about, reason)
            continue
        basket.take(offer, off, gifts)
        if group:
            groups[group] = offer.row.name
    return basket.outcome


class _Basket:
    def __init__(self, items: Sequence[Item], currency: str, prices: Mapping[int, Decimal]) -> None:
        # Lines that are alike stand in any order: which of them gets a last cent does not matter.
        self._items = sorted(
            items, key=lambda each: (each.product, -each.price, -each.quantity, each.key)
        )
        self._currency, self._prices = currency, prices
        self._whole = {each.key: to_minor(each.price * each.quantity, currency) for each in items}
        self.outcome = Outcome({each.key: 0 for each in items}, {each.key: [] for each in items})

    def about(self, offer: Offer) -> list[Item]:
        """Lines that a promotion is about."""
        if not offer.parts:
            return list(self._items)
        products = {part.product for part in offer.parts}
        categories = {part.category for part in offer.parts if part.category is not None}
        return [
            each
            for each in self._items
            if each.product in products or categories.intersection(each.groups)
        ]

    def chosen(
        self, offer: Offer, about: list[Item]
    ) -> tuple[list[Item], tuple[str, Mapping[str, str]] | None]:
        """The lines that reach what is asked, or why none does."""
        row = offer.row
        if not about:
            return [], ("nothing", {})
        together = [about] if row.counts == "all" else [[each] for each in about]
        found: list[Item] = []
        why: tuple[str, Mapping[str, str]] | None = None
        for some in together:
            quantity = sum((each.quantity for each in some), Decimal(0))
            amount = sum(self._whole[each.key] for each in some)
            if row.least_quantity is not None and quantity < row.least_quantity:
                why = "quantity", {"wanted": plain(row.least_quantity), "found": plain(quantity)}
            elif row.most_quantity is not None and quantity > row.most_quantity:
                why = "too_many", {"wanted": plain(row.most_quantity), "found": plain(quantity)}
            elif row.least_amount is not None and amount < row.least_amount:
                why = (
                    "amount",
                    {
                        "wanted": plain(from_minor(row.least_amount, self._currency)),
                        "found": plain(from_minor(amount, self._currency)),
                    },
                )
            else:
                found += some
        return found, None if found else why

    def effect(self, offer: Offer, chosen: list[Item]) -> tuple[dict[int, int], list[Given]]:
        """What it takes off each line, and what it gives."""
        row = offer.row
        if row.kind == "gift":
            return {}, self._gifts(offer, chosen)
        if row.kind == "bundle":
            return self._bundles(offer, chosen), []
        if row.kind == "percent":
            return {
                each.key: min(
                    round_half_up(Decimal(self._base(offer, each)) * row.percent / HUNDRED),
                    self._left(each),
                )
                for each in chosen
            }, []
        lefts = [self._left(each) for each in chosen]
        total = min(row.amount, sum(lefts))
        return dict(zip([each.key for each in chosen], _shared(total, lefts), strict=True)), []

    def why_nothing(
        self, offer: Offer, off: Mapping[int, int], gifts: Sequence[Given]
    ) -> tuple[str, Mapping[str, str]] | None:
        """Why what it comes to is not given."""
        cost = self._cost(off, gifts)
        if not any(off.values()) and not gifts:
            return "no_gain", {}
        if offer.left is not None and cost > offer.left:
            left = from_minor(max(offer.left, 0), self._currency)
            return "budget", {
                "left": plain(left),
                "amount": plain(from_minor(cost, self._currency)),
            }
        return None

    def take(self, offer: Offer, off: Mapping[int, int], gifts: list[Given]) -> None:
        """It applies."""
        for key, minor in off.items():
            if minor:
                self.outcome.off[key] += minor
                amount = plain(from_minor(minor, self._currency))
                left = plain(from_minor(self._whole[key] - self.outcome.off[key], self._currency))
                self.outcome.steps[key].append(step_of(offer, "taken_off", True, amount, left))
        self.outcome.gifts += gifts
        self.outcome.cost[offer.row.id] = self._cost(off, gifts)

    def skip(
        self, offer: Offer, about: Iterable[Item], reason: tuple[str, Mapping[str, str]]
    ) -> None:
        """It does not, and the lines that it is about say why."""
        for each in about:
            self.outcome.steps[each.key].append(
                Step(
                    what="promotion", why=reason[0], did=False, args=reason[1],
                    key=f"pricing.Promotion:{offer.row.id}", name=offer.row.name,
                    version=offer.row.version,
                )
            )  # fmt: skip

    def _left(self, item: Item) -> int:
        return self._whole[item.key] - self.outcome.off[item.key]

    def _base(self, offer: Offer, item: Item) -> int:
        return self._whole[item.key] if offer.row.base == "list" else self._left(item)

    def _cost(self, off: Mapping[int, int], gifts: Iterable[Given]) -> int:
        worth = sum(
            to_minor(self._prices.get(each.product, Decimal(0)) * each.quantity, self._currency)
            for each in gifts
        )
        return sum(off.values()) + worth

    def _gifts(self, offer: Offer, chosen: list[Item]) -> list[Given]:
        row = offer.row
        bought: dict[int, Decimal] = {}
        for each in chosen:
            product = row.gift_product_id or each.product
            bought[product] = bought.get(product, Decimal(0)) + each.quantity
        made = []
        for product, quantity in sorted(bought.items()):
            times = int(quantity // row.buy_quantity)
            if row.most_times is not None:
                times = min(times, row.most_times)
            if times:
                made.append(Given(product, times * row.gift_quantity, row.id))
        return made

    def _bundles(self, offer: Offer, chosen: list[Item]) -> dict[int, int]:
        """Full bundles at their price: the dearest lines go into them first."""
        row = offer.row
        held = {
            part.product: [each for each in chosen if each.product == part.product]
            for part in offer.parts
        }
        times = min(
            (
                int(sum((each.quantity for each in held[part.product]), Decimal(0))
                    // part.quantity)
                for part in offer.parts
            ),
            default=0,
        )  # fmt: skip
        if row.most_times is not None:
            times = min(times, row.most_times)
        if not times:
            return {}
        worth: dict[int, int] = {}
        for part in offer.parts:
            wanted = part.quantity * times
            for each in held[part.product]:
                taken = min(wanted, each.quantity)
                wanted -= taken
                share = to_minor(each.price * taken, self._currency)
                worth[each.key] = min(share, self._left(each))
        total = sum(worth.values()) - row.amount * times
        if total <= 0:
            return {}
        return dict(zip(worth, _shared(total, list(worth.values())), strict=True))


def step_of(offer: Offer, why: str, did: bool, amount: str, price: str = "") -> Step:
    """What a line keeps of a promotion; ``amount`` is what it gives, in major units."""
    return Step(what="promotion", why=why, did=did, key=f"pricing.Promotion:{offer.row.id}",
                name=offer.row.name, version=offer.row.version,
                args={"amount": amount, "left": price})  # fmt: skip


def _shared(total: int, weights: list[int]) -> list[int]:
    """Shares of a total by what is left of each line, none above it."""
    return allocate(total, weights) if total and any(weights) else [0 for _each in weights]
