"""Products, categories and what they cost when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.extensions import db
from plugin_api.context import current_company, today
from plugin_api.errors import Invalid, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.catalog import demo
from plugins.catalog.api import Category, Product, list_price
from plugins.catalog.models import Price, PriceList, Unit
from plugins.catalog.services import starting
from plugins.catalog.services.trees import closes_circle
from tests.harness import Installation

pytestmark = pytest.mark.usefixtures("acme")
DAY = date(2025, 6, 13)


def create(model: Any, **values: Any) -> Any:
    return host().records.create(model, values)


def felt(**values: Any) -> Product:
    made: Product = create(Product, name="Felt", list_price=10_00, **values)
    return made


class TestProducts:
    def test_a_name_is_enough(self) -> None:
        made = create(Product, name="Felt")
        assert (made.currency, made.active, made.list_price) == ("CNY", True, None)

    def test_name_code_and_number_elsewhere_are_each_once(self) -> None:
        felt(code="F", external_id="1")
        for values in ({"name": "Felt"}, {"code": "F"}, {"external_id": "1"}):
            with pytest.raises(Rejected, match="already exists"):
                create(Product, **{"name": "Other", **values})

    @pytest.mark.parametrize("field", ["list_price", "cost"])
    def test_a_price_is_not_negative(self, field: str) -> None:
        with pytest.raises(Rejected, match="not negative"):
            create(Product, name="Felt", **{field: -1})


class TestCategories:
    def test_none_is_part_of_itself(self) -> None:
        top = create(Category, name="Top")
        middle = create(Category, name="Middle", parent=top.id)
        low = create(Category, name="Low", parent=middle.id)
        for parent in (top, middle, low):
            with pytest.raises(Rejected, match="part of itself"):
                host().records.update(top, {"parent": parent.id})
        host().records.update(low, {"parent": top.id})

    def test_names_differ_where_they_stand_side_by_side(self) -> None:
        one, other = create(Category, name="One"), create(Category, name="Other")
        create(Category, name="Felt", parent=one.id)
        made = create(Category, name="Felt", parent=other.id)
        with pytest.raises(Rejected, match="of this name already"):
            host().records.update(made, {"parent": one.id})
        with pytest.raises(Rejected, match="of this name already"):
            create(Category, name="One")

    @given(st.lists(st.integers(0, 10), min_size=1, max_size=10), st.integers(0, 9))
    def test_the_walk_up_ends_even_in_a_circle(self, parents: list[int], start: int) -> None:
        tree = {number: parent or None for number, parent in enumerate(parents, 1)}
        assert closes_circle(99, start or None, tree.get) is False


class TestPrices:
    def test_the_list_price_holds_where_no_list_says_otherwise(self) -> None:
        assert list_price(felt().id, DAY, "CNY") == 10_00

    def test_of_several_the_one_that_began_last_holds(self) -> None:
        product = felt().id
        create(Price, product=product, price=7_00)
        create(Price, product=product, price=8_00, valid_from=date(2025, 1, 1))
        create(
            Price,
            product=product,
            price=9_00,
            valid_from=date(2025, 6, 1),
            valid_to=date(2025, 6, 13),
        )
        days = {
            date(2024, 12, 31): 7_00, date(2025, 1, 1): 8_00, date(2025, 5, 31): 8_00,
            date(2025, 6, 1): 9_00, DAY: 9_00, date(2025, 6, 14): 8_00,
        }  # fmt: skip
        assert {day: list_price(product, day, "CNY") for day in days} == days

    def test_a_list_of_its_own(self) -> None:
        product, partners = felt().id, create(PriceList, name="Partners").id
        create(Price, product=product, price=5_00, price_list=partners)
        assert list_price(product, DAY, "CNY") == 10_00
        assert list_price(product, DAY, "CNY", partners) == 5_00

    def test_another_currency(self) -> None:
        product = felt().id
        with pytest.raises(Rejected, match="no exchange rate"):
            list_price(product, DAY, "EUR")
        rate = {"currency": "EUR", "day": date(2025, 1, 1), "rate": Decimal(8)}
        create(model_of("core.ExchangeRate"), **rate)
        assert list_price(product, DAY, "EUR") == 1_25
        create(Price, product=product, price=1_30, currency="EUR")
        assert list_price(product, DAY, "EUR") == 1_30

    def test_what_has_no_price_has_none(self) -> None:
        assert list_price(create(Product, name="Free").id, DAY, "CNY") is None
        assert list_price(999, DAY, "CNY") is None

    def test_mistakes(self) -> None:
        product = felt().id
        create(Price, product=product, price=1, valid_from=DAY)
        with pytest.raises(Rejected, match="from this day already"):
            create(Price, product=product, price=2, valid_from=DAY)
        with pytest.raises(Rejected, match="before the first"):
            create(
                Price,
                product=product,
                price=2,
                valid_from=date(2025, 7, 2),
                valid_to=date(2025, 7, 1),
            )
        with pytest.raises(Rejected, match="not negative"):
            create(Price, product=product, price=-1)
        with pytest.raises(Invalid):
            create(Price, product=product)

    def test_it_goes_by_the_name_of_its_product(self) -> None:
        product = felt()
        made = create(Price, product=product.id, price=1, valid_from=DAY)
        host().records.update(product, {"name": "Fine felt"})
        assert made.name == "Fine felt · 2025-06-13"


class TestPriceLists:
    def test_there_is_one_standard_list(self) -> None:
        new = create(PriceList, name="New", is_default=True)
        assert host().session.query(PriceList).filter_by(is_default=True).one() is new
        with pytest.raises(Rejected, match="another list"):
            host().records.update(new, {"is_default": False})
        with pytest.raises(Rejected, match="stays active"):
            host().records.update(new, {"active": False})


class TestStart:
    def test_units_and_a_list_in_the_companys_language(self, acme: Installation) -> None:
        assert host().session.query(Unit.name).order_by("id").first() == ("Piece",)
        db.session.rollback()
        with acme.app.app_context(), acme.working("qinghe"):
            assert host().session.query(PriceList).one().name == "标准价格"
            assert host().session.query(Unit.name).order_by("id").first() == ("件",)

    def test_starting_again_adds_nothing(self) -> None:
        before = host().session.query(Unit).count()
        starting.fill(current_company())
        assert host().session.query(Unit).count() == before
        assert host().session.query(PriceList).count() == 1

    def test_load_demo_fills_an_empty_catalogue(self) -> None:
        demo.load(current_company(), 1)
        count = host().session.query(Product).count()
        assert count == 19
        assert host().session.query(Price).count() == 3 * count
        product = host().session.query(Product).filter_by(code="F200").one()
        assert list_price(product.id, today(), "CNY") == product.list_price
        last_year = today().replace(year=today().year - 1, month=6, day=1)
        assert (list_price(product.id, last_year, "CNY") or 0) < (product.list_price or 0)
        demo.load(current_company(), 1)
        assert host().session.query(Product).count() == count
