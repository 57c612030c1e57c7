"""Promotions on quotes and orders: found anew, reversed, claimed, given back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.pricing.models import Claim, Coupon, Promotion
from plugins.sales.models import Order, OrderLine, Quote
from plugins.sales.services.orders import lines_of
from tests.plugins.pricing.kit import (
    account,
    line,
    order,
    product,
    promotion,
    reasons,
    rule,
)

pytestmark = pytest.mark.usefixtures("acme")


def change(record: Any, **values: Any) -> None:
    host().records.update(record, values)


def confirm(of: Order) -> None:
    host().records.transition(of, "confirm")


def gifts(of: Order) -> list[tuple[str, Decimal, Decimal]]:
    found = [each for each in lines_of(of.id) if each.gift]
    return [(each.description or "", each.quantity, each.net) for each in found]


class TestLines:
    def test_it_is_taken_off_what_the_rules_say_and_reversed_with_the_quantity(self) -> None:
        goods = product()
        rule(product_id=goods.id, from_quantity=10, percent=10)
        promotion("Five more", goods, percent=5, least_quantity=12)
        made = order()
        first = line(made, goods, 12)
        assert (first.price, first.taken_off, made.amount) == (900, 540, 10_260_00)
        for quantity, amount in ((11, 9_900_00), (12, 10_260_00), (1, 1_000_00), (24, 20_520_00)):
            change(first, quantity=Decimal(quantity))
            assert made.amount == amount, quantity
        change(first, price=Decimal(800))
        assert (first.taken_off, made.amount) == (0, 19_200_00)
        change(first, price=None)
        assert made.amount == 20_520_00

    def test_a_discount_by_hand_comes_after_it(self) -> None:
        goods = product()
        promotion(percent=10)
        made = order()
        line(made, goods, 1, discount=Decimal(10))
        assert made.amount == 810_00

    def test_gifts_are_lines_of_their_own_and_go_as_they_came(self) -> None:
        goods, cable = product(), product("Cable", 15_00)
        promotion("Cable with it", goods, kind="gift", buy_quantity=2, gift_quantity=1,
                  gift_product_id=cable.id)  # fmt: skip
        made = order()
        first = line(made, goods, 5)
        assert gifts(made) == [("Cable", 2, 0)] and made.amount == 5_000_00
        change(first, quantity=Decimal(2))
        assert gifts(made) == [("Cable", 1, 0)]
        [given] = [each for each in lines_of(made.id) if each.gift]
        with pytest.raises(Rejected, match="promotion"):
            change(given, quantity=Decimal(9))
        second = line(made, goods, 2)
        assert gifts(made) == [("Cable", 2, 0)]
        host().records.delete(second)
        assert gifts(made) == [("Cable", 1, 0)]
        host().records.delete(first)
        assert gifts(made) == [] and made.amount == 0

    def test_thresholds_look_at_all_lines_and_a_bundle_at_its_parts(self) -> None:
        one, two = product("One", 100_00), product("Two", 50_00)
        promotion("From 300", kind="amount", amount=30_00, least_amount=300_00)
        promotion("Both", one, two, kind="bundle", amount=120_00, position=-1, group="b")
        made = order()
        line(made, one, 1)
        assert made.amount == 100_00
        line(made, two, 1)
        assert made.amount == 120_00
        third = line(made, one, 2)
        assert made.amount == 350_00 - 30_00 - 30_00
        assert sum(each.taken_off for each in lines_of(made.id)) == 60
        host().records.delete(third)
        assert made.amount == 120_00

    def test_prices_do_not_drift_however_often_they_are_found(self) -> None:
        goods = product()
        promotion("A", percent="3.33")
        promotion("B", kind="amount", amount=1_01)
        made = order(region="x")
        for quantity in (3, 7, 1):
            line(made, goods, quantity)
        first = made.amount
        for region in ("East", "West", "East"):
            change(made, region=region)
            assert made.amount == first

    def test_an_optional_line_counts_once_it_is_chosen(self) -> None:
        goods = product()
        promotion(percent=10, least_quantity=2)
        quote = host().records.create(Quote, {"account_id": account().id})
        line(quote, goods, 1)
        second = line(quote, goods, 1, optional=True)
        assert quote.amount == 1_000_00
        change(second, chosen=True)
        assert quote.amount == 1_800_00

    def test_what_was_offered_holds_though_the_promotion_is_stopped(self) -> None:
        goods, cable = product(), product("Cable", 15_00)
        first = promotion(percent=10)
        promotion("Cable", goods, kind="gift", buy_quantity=1, gift_quantity=1,
                  gift_product_id=cable.id)  # fmt: skip
        quote = host().records.create(Quote, {"account_id": account().id})
        line(quote, goods, 2)
        host().records.transition(quote, "send")
        host().records.transition(first, "stop")
        made: Order = host().records.transition(quote, "accept")["open"]
        assert (made.amount, gifts(made)) == (1_800_00, [("Cable", 2, 0)])
        change(made, region="East")
        assert (made.amount, gifts(made)) == (1_800_00, [("Cable", 2, 0)])
        confirm(made)
        assert (first.spent, first.claims) == (200_00, 1)


class TestClaims:
    def test_budget_and_caps_are_taken_on_confirmation_and_given_back(self) -> None:
        goods = product()
        spring = promotion(percent=10, budget=250_00)
        made = [order() for _number in range(3)]
        for each in made:
            line(each, goods, 1)
        confirm(made[0])
        confirm(made[1])
        assert (spring.spent, spring.claims) == (200_00, 2)
        with pytest.raises(Rejected, match="Spring"), host().session.begin_nested():
            confirm(made[2])
        change(made[2], region="x")
        assert (made[2].amount, reasons(lines_of(made[2].id)[0])) == (1_000_00, ["list", "budget"])
        host().records.transition(made[0], "cancel")
        assert (spring.spent, spring.claims) == (100_00, 1)
        change(made[2], region="y")
        confirm(made[2])
        assert (spring.spent, made[2].amount) == (200_00, 900_00)
        held = host().session.query(Claim).filter(Claim.released_on.is_(None)).count()
        assert held == 2
        host().records.transition(made[1], "cancel")
        host().records.transition(made[0], "reopen")
        assert (spring.spent, spring.claims) == (200_00, 2)

    def test_amended_orders_claim_what_they_come_to(self) -> None:
        goods = product()
        spring = promotion(percent=10, least_quantity=2)
        made = order()
        first = line(made, goods, 4)
        confirm(made)
        assert spring.spent == 400_00
        change(first, quantity=Decimal(3))
        assert (spring.spent, made.amount) == (300_00, 2_700_00)
        change(first, quantity=Decimal(1))
        assert (spring.spent, spring.claims, made.amount) == (0, 0, 1_000_00)

    def test_a_cap_of_orders_and_one_of_each_account(self) -> None:
        goods, buyer = product(), account("Often")
        once = promotion("Once", percent=10, account_cap=1)
        for number, each in enumerate((buyer.id, buyer.id, account("Other").id)):
            made = order(account_id=each)
            line(made, goods, 1)
            confirm(made)
            assert made.amount == (1_000_00 if number == 1 else 900_00)
        assert once.claims == 2
        host().records.transition(once, "stop")
        promotion("Two", percent=20, claim_cap=2)
        amounts = []
        for number in range(3):
            made = order(account_id=account(f"C{number}").id)
            line(made, goods, 1)
            confirm(made)
            amounts.append(made.amount)
        assert amounts == [800_00, 800_00, 1_000_00]

    def test_a_coupon_opens_a_promotion_once(self) -> None:
        goods = product()
        promotion("Fair", percent=20, coupon_needed=True, codes=("fair-26",))
        made = order(coupons="FAIR-26")
        first = line(made, goods, 1)
        assert made.amount == 800_00
        change(made, coupons=None)
        assert (made.amount, reasons(first)[-1]) == (1_000_00, "coupon")
        change(made, coupons="fair-26 ")
        confirm(made)
        coupon = host().session.query(Coupon).one()
        assert coupon.uses == 1
        other = order(coupons="fair-26", account_id=account("Z").id)
        assert reasons(line(other, goods, 1))[-1] == "coupon_used"
        host().records.transition(made, "cancel")
        assert coupon.uses == 0
        with pytest.raises(Rejected, match="NOPE"):
            change(other, coupons="nope")

    def test_what_orders_have_had_is_not_deleted(self) -> None:
        spring = promotion(percent=10)
        made = order()
        line(made, product(), 1)
        confirm(made)
        with pytest.raises(Rejected, match="stop"):
            host().records.delete(spring)


class TestEntry:
    def test_only_running_promotions_in_their_time_apply(self) -> None:
        goods = product()
        promotion("Draft", percent=10, start=False)
        promotion("Later", percent=10, valid_from=dt.date(2100, 1, 1))
        promotion("East", percent=10, region="East")
        made = order()
        assert reasons(line(made, goods, 1)) == ["list", "early", "region"]
        assert made.amount == 1_000_00

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"percent": None}, "percent"), ({"kind": "amount"}, "amount"),
            ({"kind": "gift", "buy_quantity": 2}, "gift_quantity"),
            ({"budget": -1}, "budget"),
            ({"least_quantity": 5, "most_quantity": 4}, "most_quantity"),
            ({"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}, "valid_to"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(self, values: dict[str, Any], field: str) -> None:
        given = {"percent": 10, "kind": "percent", **values}
        with pytest.raises(Rejected) as refused:
            promotion(**{name: each for name, each in given.items() if each is not None})
        assert refused.value.field == field

    def test_a_start_needs_what_it_is_about(self) -> None:
        for values, said in (
            ({"kind": "bundle", "amount": 1}, "bundle"),
            ({"percent": 1, "coupon_needed": True}, "coupon"),
        ):
            with pytest.raises(Rejected, match=said):
                promotion(said, **values)

    def test_codes_are_unlike_whatever_their_case(self) -> None:
        made = promotion(percent=10, coupon_needed=True, codes=("A1",))
        for code, said in (("a1", "already"), ("a,b", "commas")):
            with pytest.raises(Rejected, match=said):
                host().records.create(Coupon, {"promotion_id": made.id, "code": code})


def test_without_pricing_nothing_redeems_coupons(inst: Any) -> None:
    from core.extensions import db
    from core.hosting import enablement

    enablement.disable("pricing")
    goods = product()
    with pytest.raises(Rejected, match="coupons"):
        order(coupons="x")
    made = order()
    assert line(made, goods, 2).net == 2_000 and made.amount == 2_000_00
    assert host().session.query(OrderLine).filter(OrderLine.gift).count() == 0
    assert host().session.query(Promotion).count() == 0
    db.session.rollback()


def test_figures_say_what_was_given_away() -> None:
    goods = product()
    rule(product_id=goods.id, from_quantity=2, percent=10)
    promotion(percent=10)
    made = order()
    line(made, goods, 2)
    line(made, goods, 1, price=Decimal(700))
    assert (made.list_amount, made.amount) == (3_000_00, 1_620_00 + 700_00)

    def figure(key: str) -> Any:
        return host().measures.value(key)

    assert not figure("sales.list_value")
    confirm(made)
    assert figure("sales.list_value") == 3_000_00
    assert figure("sales.discount_given") == 680_00
    assert round(figure("sales.price_realisation"), 4) == Decimal("0.7733")
    assert (figure("pricing.promotion_cost"), figure("pricing.promotion_orders")) == (180_00, 1)
    [point] = host().measures.table("pricing.promotion_cost", by=("promotion",))
    assert point.labels == ("Spring",)
    host().records.transition(made, "cancel")
    assert not figure("pricing.promotion_cost") and not figure("sales.list_value")
