"""What promotions make of a basket: worked examples, and what holds for any basket."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.pricing.services.promoting import Item, Offer, Outcome, Part, apply

EMPTY: dict[str, Any] = {
    "version": 1, "percent": None, "amount": None, "buy_quantity": None, "gift_quantity": None,
    "gift_product_id": None, "most_times": None, "counts": "all", "least_amount": None,
    "least_quantity": None, "most_quantity": None, "position": 0, "base": "running", "group": None,
}  # fmt: skip


def offer(id_: int, kind: str, *parts: Part, left: int | None = None, **columns: Any) -> Offer:
    for name in ("percent", "buy_quantity", "gift_quantity", "least_quantity", "most_quantity"):
        if name in columns:
            columns[name] = Decimal(columns[name])
    row = SimpleNamespace(**{**EMPTY, "id": id_, "name": f"P{id_}", "kind": kind, **columns})
    return Offer(row, parts, left=left)


def item(key: int, price: Any, quantity: Any = 1, product: int | None = None) -> Item:
    return Item(key, product or key, (), Decimal(quantity), Decimal(price))


def run(offers: list[Offer], items: list[Item], **prices: str) -> Outcome:
    worth = {each.product: each.price for each in items}
    return apply(offers, items, "CNY", worth)


def left(offers: list[Offer], price: Any = 1000) -> Decimal:
    """What is left of one line."""
    found = run(offers, [item(1, price)])
    return Decimal(price) - Decimal(found.off[1]) / 100


class TestStacking:
    """R32: the order and the base are declared."""

    def test_percent_then_amount(self) -> None:
        ten = offer(1, "percent", percent=10, position=1)
        hundred = offer(2, "amount", amount=100_00, position=2)
        assert left([ten, hundred]) == 800
        assert left([hundred, ten]) == 800

    def test_amount_then_percent(self) -> None:
        ten = offer(1, "percent", percent=10, position=2)
        hundred = offer(2, "amount", amount=100_00, position=1)
        assert left([ten, hundred]) == 810

    def test_one_after_the_other_or_added_up(self) -> None:
        twenty, ten = offer(1, "percent", percent=20), offer(2, "percent", percent=10)
        assert left([twenty, ten]) == 720
        added = offer(2, "percent", percent=10, base="list")
        assert left([twenty, added]) == 700

    def test_of_a_group_the_first_applies(self) -> None:
        offers = [offer(1, "percent", percent=20, group="Spring"),
                  offer(2, "percent", percent=30, group="spring "),
                  offer(3, "percent", percent=10)]  # fmt: skip
        assert left(offers) == 720
        whys = [step.why for step in run(offers, [item(1, 1000)]).steps[1]]
        assert whys == ["taken_off", "group", "taken_off"]

    def test_a_group_is_free_for_the_next_where_the_first_does_not_apply(self) -> None:
        offers = [offer(1, "percent", percent=20, group="g", least_quantity=2),
                  offer(2, "percent", percent=30, group="g")]  # fmt: skip
        assert left(offers) == 700

    def test_equal_positions_are_taken_by_age(self) -> None:
        ten, hundred = offer(1, "percent", percent=10), offer(2, "amount", amount=100_00)
        assert left([hundred, ten]) == left([ten, hundred]) == 800

    def test_nothing_goes_below_zero(self) -> None:
        offers = [offer(n, "percent", percent=60, base="list") for n in range(3)]
        assert left([*offers, offer(9, "amount", amount=5_000_00)]) == 0


class TestKinds:
    def test_an_amount_is_shared_to_the_cent(self) -> None:
        items = [item(1, 10), item(2, 10), item(3, 10)]
        found = run([offer(1, "amount", amount=10_00)], items)
        assert sorted(found.off.values()) == [3_33, 3_33, 3_34]

    def test_buy_three_get_one(self) -> None:
        gift = offer(1, "gift", buy_quantity=3, gift_quantity=1)
        for bought, free in ((2, 0), (3, 1), (5, 1), (6, 2)):
            found = run([gift], [item(1, 100, bought)])
            assert sum(each.quantity for each in found.gifts) == free
        assert run([gift], [item(1, 100, 6)]).cost == {1: 200_00}
        capped = offer(1, "gift", buy_quantity=3, gift_quantity=1, most_times=1)
        assert run([capped], [item(1, 100, 60)]).gifts[0].quantity == 1

    def test_lines_of_a_product_count_together_for_a_gift(self) -> None:
        gift = offer(1, "gift", buy_quantity=3, gift_quantity=1)
        found = run([gift], [item(1, 100, 2, 7), item(2, 100, 1, 7), item(3, 50, 2, 8)])
        assert [(each.product, each.quantity) for each in found.gifts] == [(7, 1)]

    def test_a_bundle_has_its_price_as_often_as_it_is_whole(self) -> None:
        bundle = offer(1, "bundle", Part(1, None, Decimal(2)), Part(2, None, Decimal(1)),
                       amount=200_00)  # fmt: skip
        items = [item(1, 100, 5), item(2, 50, 2), item(3, 10, 9)]
        found = run([bundle], items)
        assert sum(found.off.values()) == 2 * (250_00 - 200_00)
        assert found.off[3] == 0
        assert not any(run([bundle], items[:1]).off.values())

    @pytest.mark.parametrize(
        ("columns", "price", "quantity", "why"),
        [
            ({"least_quantity": 10}, 100, 9, "quantity"),
            ({"most_quantity": 10}, 100, 11, "too_many"),
            ({"least_amount": 1_000_01}, 100, 10, "amount"), ({"left": 99_99}, 100, 10, "budget"),
        ],
    )  # fmt: skip
    def test_limits(self, columns: dict[str, Any], price: int, quantity: int, why: str) -> None:
        found = run([offer(1, "percent", percent=10, **columns)], [item(1, price, quantity)])
        assert (found.off[1], [step.why for step in found.steps[1]]) == (0, [why])

    def test_a_budget_pays_for_all_of_it_or_nothing(self) -> None:
        assert left([offer(1, "percent", percent=10, left=100_00)]) == 900
        assert left([offer(1, "percent", percent=10, left=99_99)]) == 1000

    def test_each_line_may_count_by_itself(self) -> None:
        found = run([offer(1, "percent", percent=10, counts="line", least_quantity=5)],
                    [item(1, 100, 5), item(2, 100, 4)])  # fmt: skip
        assert found.off == {1: 50_00, 2: 0}


PRICES = st.decimals("0.01", "9999.99", places=2)
QUANTITIES = st.decimals("0.5", "40", places=1)
ITEMS = st.lists(st.tuples(st.integers(1, 4), PRICES, QUANTITIES), min_size=1, max_size=6)
OFFERS = st.lists(
    st.one_of(
        st.builds(lambda p, n, b, g, c: {"kind": "percent", "percent": p, "position": n, "base": b,
                                         "group": g, "counts": c},
                  st.decimals("0.1", "100", places=1), st.integers(0, 2),
                  st.sampled_from(["list", "running"]), st.sampled_from([None, "g"]),
                  st.sampled_from(["all", "line"])),
        st.builds(lambda a, n: {"kind": "amount", "amount": a, "position": n},
                  st.integers(1, 100_000), st.integers(0, 2)),
        st.builds(lambda q, n, r: {"kind": "gift", "buy_quantity": q, "gift_quantity": 1,
                                   "position": n, "left": r},
                  st.integers(1, 9), st.integers(0, 2), st.sampled_from([None, 10_000])),
        st.builds(lambda a, q: {"kind": "bundle", "amount": a, "parts": q},
                  st.integers(1, 50_000), st.integers(1, 3)),
    ),
    max_size=5,
)  # fmt: skip


@given(ITEMS, OFFERS, st.randoms(use_true_random=False))
def test_the_total_never_depends_on_the_order_of_lines(
    rows: list[tuple[int, Decimal, Decimal]], columns: list[dict[str, Any]], chance: Any
) -> None:
    offers = []
    for number, given_ in enumerate(columns, 1):
        values = dict(given_)
        wanted = values.pop("parts", None)
        parts = (Part(1, None, Decimal(wanted)), Part(2, None, Decimal(1))) if wanted else ()
        offers.append(offer(number, values.pop("kind"), *parts, **values))
    items = [item(key, price, quantity, product)
             for key, (product, price, quantity) in enumerate(rows, 1)]  # fmt: skip
    worth = {each: Decimal(50) for each in range(1, 5)}
    first = apply(offers, items, "CNY", worth)
    mixed, shuffled = list(items), list(offers)
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    renumbered = [replace(each, key=99 - place) for place, each in enumerate(mixed)]
    second = apply(shuffled, renumbered, "CNY", worth)
    assert sum(first.off.values()) == sum(second.off.values())
    assert first.cost == second.cost
    assert sorted((g.product, g.quantity) for g in first.gifts) == sorted(
        (g.product, g.quantity) for g in second.gifts
    )
    assert sorted(first.off.values()) == sorted(second.off.values())
    for each in items:
        whole = (each.price * each.quantity * 100).quantize(Decimal(1), "ROUND_HALF_UP")
        assert 0 <= first.off[each.key] <= whole
    again = apply(offers, items, "CNY", worth)
    assert (again.off, again.gifts, again.cost) == (first.off, first.gifts, first.cost)
