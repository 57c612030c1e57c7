"""Which price of which list a customer gets, and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from plugin_api.errors import NotFound, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.catalog.models import Product
from plugins.pricing.services import book
from plugins.pricing.services.explaining import explain
from tests.harness import Installation
from tests.plugins.pricing.kit import (
    DAY,
    account,
    asked,
    category,
    floor,
    price,
    price_list,
    product,
    rule,
    terms,
    whys,
)

pytestmark = pytest.mark.usefixtures("acme")


class TestRules:
    def test_without_any_the_list_price_holds(self) -> None:
        found = asked(product())
        assert (found.price, found.list_price, whys(found)) == (Decimal(1000), 1000, ["list"])

    def test_the_highest_quantity_that_is_reached_counts(self) -> None:
        goods = product()
        rule(product_id=goods.id, from_quantity=10, amount=900_00)
        rule(product_id=goods.id, from_quantity=50, amount=800_00)
        assert [asked(goods, each).price for each in (9, 10, 49, "50", 200)] == [
            1000, 900, 900, 800, 800,
        ]  # fmt: skip
        assert whys(asked(goods, 10), False) == ["quantity"]

    def test_the_product_counts_before_its_category_and_that_before_everything(self) -> None:
        outer = category("All instruments")
        inner = category("Meters", parent_id=outer.id)
        goods = product(category_id=inner.id)
        rule(percent=1)
        assert asked(goods).price == 990
        rule(percent=2, category_id=outer.id)
        assert asked(goods).price == 980
        rule(percent=3, category_id=inner.id)
        assert asked(goods).price == 970
        rule(percent=4, product_id=goods.id)
        assert asked(goods).price == 960
        assert asked(product("Other")).price == 990

    def test_days_are_kept_and_the_rule_that_began_last_counts(self) -> None:
        goods = product()
        rule(product_id=goods.id, amount=900_00, valid_from=dt.date(2026, 1, 1))
        rule(product_id=goods.id, amount=700_00, valid_from=DAY, valid_to=DAY)
        days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), DAY, DAY + dt.timedelta(days=1)]
        assert [asked(goods, on=day).price for day in days] == [1000, 900, 700, 900]
        assert whys(asked(goods, on=days[0]), False) == ["early", "early"]
        assert "late" in whys(asked(goods, on=days[3]), False)

    def test_formulas(self) -> None:
        goods = product(cost=600_00)
        made = rule(product_id=goods.id, percent="12.5", rounding=".99")
        assert asked(goods).price == Decimal("874.99")
        host().records.update(made, {"kind": "less", "amount": 33_30, "rounding": "cent"})
        assert asked(goods).price == Decimal("966.70")
        host().records.update(made, {"kind": "plus", "percent": Decimal("33.333")})
        assert asked(goods).price == Decimal("800.00")
        assert whys(asked(goods), True)[-1] == "by_plus"

    def test_without_a_cost_there_is_no_price_of_it(self) -> None:
        goods = product()
        rule(product_id=goods.id, kind="plus", percent="20")
        found = asked(goods)
        assert (found.price, whys(found)) == (1000, ["list", "no_cost"])

    def test_amounts_are_of_their_currency(self) -> None:
        rates = model_of("core.ExchangeRate")
        host().records.create(
            rates, {"currency": "EUR", "day": dt.date(2026, 1, 1), "rate": Decimal(8)}
        )
        goods = product()
        rule(product_id=goods.id, amount=110_00, currency="EUR")
        assert asked(goods).price == 1000
        assert asked(goods, currency="EUR").price == 110
        rule(product_id=goods.id, percent=10)
        assert asked(goods, 5, currency="EUR").price == 110

    def test_what_cannot_be_is_refused(self) -> None:
        goods, group = product(), category("Meters")
        for values, field in (
            ({"kind": "fixed"}, "amount"),
            ({"kind": "off", "percent": None}, "percent"),
            ({"percent": 101}, "percent"),
            ({"amount": -1}, "amount"),
            ({"amount": 1, "product_id": goods.id, "category_id": group.id}, "category"),
            ({"amount": 1, "valid_from": DAY, "valid_to": dt.date(2026, 1, 1)}, "valid_to"),
        ):
            with pytest.raises(Rejected) as refused:
                rule(**{name: value for name, value in values.items() if value is not None})
            assert refused.value.field == field, values


class TestLists:
    def test_the_highest_priority_that_fits_gives_the_price(self) -> None:
        goods = product()
        partners, key = price_list("Partners"), price_list("Key")
        price(goods, 900_00, price_list_id=partners.id)
        price(goods, 800_00, price_list_id=key.id)
        terms(partners, priority=10, condition="type=partner")
        terms(key, priority=20, grade="A, B")
        partner = account("P", type="partner", grade="C")
        both = account("B", type="partner", grade="B")
        assert [asked(goods, account_id=each.id).price for each in (partner, both)] == [900, 800]
        assert asked(goods).price == 1000
        assert whys(asked(goods, account_id=both.id), False) == ["taken"]
        assert whys(asked(goods), False) == ["grade", "condition"]

    def test_equal_priorities_are_decided_by_how_narrow_they_are(self) -> None:
        goods = product()
        wide, narrow = price_list("Wide"), price_list("Narrow")
        price(goods, 900_00, price_list_id=wide.id)
        price(goods, 800_00, price_list_id=narrow.id)
        own = account("Own", region="East")
        terms(wide, region="East")
        assert asked(goods, account_id=own.id).price == 900
        terms(narrow, condition=f"id={own.id}")
        assert asked(goods, account_id=own.id).price == 800

    def test_region_and_channel_of_what_is_asked_hold(self) -> None:
        goods = product()
        web = price_list("Web")
        price(goods, 900_00, price_list_id=web.id)
        terms(web, channel="Web shop", region="North，South")
        given = {"channel": "web shop", "region": "south"}
        assert asked(goods, **given).price == 900
        assert asked(goods, channel="Web shop", region="West").price == 1000

    def test_a_list_falls_back_and_takes_its_formula_from_there(self) -> None:
        goods, other = product(), product("Other", 500_00)
        partners = price_list("Partners")
        key = price_list("Key", parent_id=partners.id)
        terms(key)
        price(goods, 900_00, price_list_id=partners.id)
        assert asked(goods).price == 900
        rule(price_list_id=key.id, percent=10, base="parent", from_quantity=5)
        assert [asked(goods, 5).price, asked(other, 5).price] == [810, 450]
        assert "falls_back" in whys(asked(goods, 5), True)

    def test_a_price_of_the_product_holds_against_a_formula_for_many(self) -> None:
        goods = product()
        partners = price_list("Partners")
        terms(partners)
        price(goods, 950_00, price_list_id=partners.id)
        rule(price_list_id=partners.id, percent=20)
        found = asked(goods)
        assert (found.price, whys(found, False)) == (950, ["has_price"])
        assert asked(product("Other")).price == 800

    def test_a_list_that_is_off_and_terms_that_are_over_are_skipped(self) -> None:
        goods = product()
        for name, given in (("Off", {}), ("Late", {"valid_to": dt.date(2026, 1, 1)})):
            made = price_list(name)
            price(goods, 1_00, price_list_id=made.id)
            terms(made, **given)
            if name == "Off":
                host().records.update(made, {"active": False})
        found = asked(goods)
        assert (found.price, sorted(whys(found, False))) == (1000, ["late", "list_off"])

    def test_a_list_never_falls_back_on_itself(self) -> None:
        first = price_list("First")
        second = price_list("Second", parent_id=first.id)
        with pytest.raises(Rejected, match="itself"):
            host().records.update(first, {"parent_id": second.id})

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"condition": "nothing"}, "condition"), ({"condition": "colour=red"}, "condition"),
            ({"valid_from": DAY, "valid_to": dt.date(2026, 1, 1)}, "valid_to"),
        ],
    )  # fmt: skip
    def test_terms_that_nobody_could_fulfil_are_refused(
        self, given: dict[str, object], field: str
    ) -> None:
        with pytest.raises(Rejected) as refused:
            terms(price_list(), **given)
        assert refused.value.field == field


class TestFloors:
    def test_the_nearest_floor_says_what_happens_below_it(self) -> None:
        group = category("Meters")
        goods = product(cost=800_00, category_id=group.id)
        made = rule(product_id=goods.id, amount=900_00)
        assert asked(goods).action == ""
        floor(margin=Decimal(15), action="warn")
        assert asked(goods).action == "warn"
        floor(category_id=group.id, margin=Decimal(11), action="release")
        assert asked(goods).action == ""
        floor(product_id=goods.id, price=900_01, action="refuse")
        assert (asked(goods).action, whys(asked(goods))[-1]) == ("refuse", "below_price")
        host().records.update(made, {"amount": 900_01})
        assert asked(goods).action == ""

    def test_there_is_one_of_a_product(self) -> None:
        floor(price=1)
        with pytest.raises(Rejected, match="already"):
            floor(price=2)


def test_bad_questions() -> None:
    goods = product()
    with pytest.raises(Rejected):
        asked(goods, 0)
    with pytest.raises(NotFound):
        explain(10**12)


def test_statements_do_not_grow_with_rules() -> None:
    goods = [product(str(number)) for number in range(20)]
    engine, told = db.engine, list[str]()

    def statements(made: list[Product]) -> int:
        told.clear()
        found = book.read([each.id for each in made])
        assert len(found.goods) == len(made)
        return len(told)

    def count(_connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        told.append(statement)

    db.session.flush()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        few = statements(goods[:1])
        for number in range(20):
            rule(product_id=goods[number].id, from_quantity=number, amount=1_00 + number)
            terms(price_list(f"L{number}"), name=f"T{number}", grade="A")
        db.session.flush()
        assert statements(goods) == few
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)


def test_it_works_without_accounts_and_orders(inst: Installation) -> None:
    with inst.working("alone"):
        goods = product()
        made = price_list("Web")
        price(goods, 900_00, price_list_id=made.id)
        terms(made, channel="Web")
        assert asked(goods, channel="web").price == 900
        with pytest.raises(Rejected, match="accounts"):
            terms(made, name="x", condition="grade=A")
        db.session.rollback()
