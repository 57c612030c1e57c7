"""Quotes and orders take their prices by rules (``price_lines``), and keep them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.pricing.models import Rule
from plugins.sales.models import Channel, OrderLine, Quote
from plugins.sales.services.orders import lines_of
from tests.plugins.pricing.kit import (
    DAY,
    account,
    floor,
    line,
    order,
    price,
    price_list,
    product,
    reasons,
    rule,
    terms,
)
from tests.plugins.sales.kit import acting

pytestmark = pytest.mark.usefixtures("acme")


@pytest.fixture
def goods() -> Iterator[Product]:
    """A product with a break at 10."""
    made = product(cost=600_00)
    rule(product_id=made.id, from_quantity=10, percent=10)
    yield made


class TestPrices:
    def test_a_line_costs_what_the_rules_say_and_says_why(self, goods: Product) -> None:
        made = order()
        first = line(made, goods, 12)
        assert (first.list_price, first.price, first.net, made.amount) == (
            1000, 900, 10_800, 10_800_00,
        )  # fmt: skip
        [_listed, by_rule] = first.trace
        found = host().session.query(Rule).one()
        assert (by_rule["key"], by_rule["version"]) == (f"pricing.Rule:{found.id}", found.version)
        assert not first.by_hand

    def test_it_is_found_anew_whenever_the_line_changes(self, goods: Product) -> None:
        made = order()
        first = line(made, goods, 12)
        for quantity, each in ((9, 1000), (10, 900), (1, 1000)):
            host().records.update(first, {"quantity": Decimal(quantity)})
            assert first.price == each and made.amount == quantity * each * 100
        other = product("Other", 7_77)
        host().records.update(first, {"product_id": other.id})
        assert (first.price, first.description, made.amount) == (Decimal("7.77"), "Other", 7_77)

    def test_a_price_by_hand_stays_until_it_is_taken_away(self, goods: Product) -> None:
        made = order()
        first = line(made, goods, 12, price=Decimal(850))
        assert first.by_hand and reasons(first)[0] == "stays" and first.list_price == 1000
        host().records.update(first, {"quantity": Decimal(5)})
        assert first.price == 850
        host().records.update(first, {"price": None})
        assert (first.price, first.by_hand) == (1000, False)

    def test_it_follows_account_channel_region_and_day(self, goods: Product) -> None:
        partners, shop = price_list("Partners"), price_list("Shop")
        price(goods, 800_00, price_list_id=partners.id)
        price(goods, 700_00, price_list_id=shop.id)
        terms(partners, grade="A")
        terms(shop, priority=5, channel="Shop")
        made = order()
        first = line(made, goods, 1)
        host().records.update(made, {"account_id": account("A", grade="A").id})
        assert (first.price, made.amount) == (800, 800_00)
        channel = host().records.create(Channel, {"name": "Shop"})
        host().records.update(made, {"channel_id": channel.id})
        assert (first.price, made.amount) == (700, 700_00)

    def test_what_is_confirmed_stays_when_lists_change(self, goods: Product) -> None:
        made = order()
        first, second = line(made, goods, 12), line(made, goods, 1)
        host().records.transition(made, "confirm")
        host().records.update(host().session.query(Rule).one(), {"percent": Decimal(50)})
        host().records.update(goods, {"list_price": 2_000_00})
        host().records.update(second, {"quantity": Decimal(2)})
        assert (first.price, second.price) == (900, 2000)

    def test_an_order_of_a_quote_costs_what_was_offered(self, goods: Product) -> None:
        quote = host().records.create(Quote, {"account_id": account().id})
        line(quote, goods, 12)
        host().records.transition(quote, "send")
        host().records.update(host().session.query(Rule).one(), {"percent": Decimal(50)})
        made = host().records.transition(quote, "accept")["open"]
        [first] = lines_of(made.id)
        assert (first.price, first.by_hand, made.amount) == (900, False, 10_800_00)
        assert reasons(first) == ["list", "by_off"]
        later = line(made, goods, 1)
        assert (first.price, later.price) == (900, 1000)

    def test_many_lines_are_priced_in_few_statements(self, goods: Product) -> None:
        made = order()
        rows = [
            {"order_id": made.id, "product_id": goods.id, "quantity": Decimal(number + 1)}
            for number in range(20)
        ]
        host().records.create_many(OrderLine, rows)
        assert made.amount == sum(
            (number * (900_00 if number >= 10 else 1_000_00)) for number in range(1, 21)
        )


class TestFloors:
    @pytest.mark.parametrize("kind", ["order", "quote"])
    def test_a_release_is_needed_below_the_floor(self, goods: Product, kind: str) -> None:
        floor(product_id=goods.id, price=950_00, action="release")
        with acting("rita"):
            mine = {"account_id": account("R").id}
            made: Any = order(**mine) if kind == "order" else host().records.create(Quote, mine)
            first = line(made, goods, 12)
            assert (first.price_check, made.price_check) == ("release", "release")
            with pytest.raises(Rejected, match="floor"):
                host().records.transition(made, "confirm" if kind == "order" else "send")
            host().records.update(first, {"quantity": Decimal(2)})
            assert (first.price_check, made.price_check) == (None, None)
            host().records.transition(made, "confirm" if kind == "order" else "send")

    def test_what_is_refused_is_refused_to_everybody(self, goods: Product) -> None:
        floor(product_id=goods.id, price=950_00, action="refuse")
        with acting("ada"):
            made = order()
            line(made, goods, 12)
            with pytest.raises(Rejected, match="floor"):
                host().records.transition(made, "confirm")

    def test_a_discount_by_hand_counts_too(self, goods: Product) -> None:
        floor(product_id=goods.id, margin=Decimal(30), action="warn")
        made = order()
        first = line(made, goods, 1, discount=Decimal(10))
        assert first.price_check is None
        host().records.update(first, {"discount": Decimal(20)})
        assert first.price_check == "warn"


def test_lists_of_the_company_are_no_discount_of_the_person(goods: Product) -> None:
    """The limit is for what is given away by hand."""
    from core.data.settings import store

    store("sales.most_discount", 5)
    with acting("rita"):
        made = order()
        line(made, goods, 12)
        host().records.transition(made, "confirm")
        other = order(account_id=account("Z").id)
        line(other, goods, 1, discount=Decimal(6))
        with pytest.raises(Rejected, match="6"):
            host().records.transition(other, "confirm")


def test_an_agreed_amount_is_held_against_the_floor_too(goods: Product) -> None:
    floor(product_id=goods.id, price=950_00, action="refuse")
    made = order()
    first = line(made, goods, 2, agreed=Decimal(1_800))
    assert (first.price_check, made.amount, first.agreed) == ("refuse", 1_800_00, 1_800)
    host().records.update(first, {"agreed": Decimal(1_900)})
    assert (first.price_check, made.amount) == (None, 1_900_00)


def test_lines_from_before_stay_when_another_is_amended(goods: Product) -> None:
    """Whose price was found when no rules were asked."""
    made = order()
    first, second = line(made, goods, 12), line(made, goods, 1)
    first.price, first.trace, first.net, first.amount = Decimal(777), [], Decimal(9324), 9324_00
    host().session.flush()
    host().records.transition(made, "confirm")
    host().records.update(second, {"quantity": Decimal(10)})
    third = line(made, goods, 20)
    assert (first.price, second.price, third.price) == (777, 900, 900)
    assert reasons(first) == ["stays"]


def test_what_was_handled_elsewhere_is_not_priced(goods: Product) -> None:
    made = order(status="confirmed", ordered_on=DAY, external_id="old")
    first = line(made, goods, 12)
    assert (first.price, first.trace, made.amount) == (1000, [], 12_000_00)
