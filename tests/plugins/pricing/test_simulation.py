"""Prices and promotions run over past orders, and what a promotion brought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from core.extensions import db
from plugin_api.context import today
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.pricing.models import Claim
from plugins.pricing.services import lift, simulating
from plugins.sales.models import Order
from tests.plugins.pricing.kit import account, category, line, order, product, promotion
from tests.plugins.sales.kit import acting, on

pytestmark = pytest.mark.usefixtures("acme")
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


@pytest.fixture
def sold() -> dict[str, int]:
    """Two orders of March: ten meters for a partner, two cables and a meter for another."""
    group = category("Meters")
    meter = product("Meter", 1_000_00, cost=600_00, category_id=group.id)
    cable = product("Cable", 50_00, cost=20_00)
    partner, other = account("Partner", type="partner").id, account("Other").id
    with on(dt.date(2026, 3, 10)):
        for buyer, rows in ((partner, [(meter, 10)]), (other, [(cable, 2), (meter, 1)])):
            made = order(account_id=buyer)
            for goods, quantity in rows:
                line(made, goods, quantity)
            host().records.transition(made, "confirm")
    return {"meter": meter.id, "cable": cable.id, "partner": partner, "other": other,
            "group": group.id}  # fmt: skip


class TestSimulation:
    def test_a_price_change(self, sold: dict[str, int]) -> None:
        found = simulating.of_change(FIRST, LAST, Decimal(-5), None, sold["group"])
        whole = found.whole
        assert (whole.orders, whole.touched) == (2, 2)
        assert (whole.before, whole.after, whole.change) == (11_100_00, 10_550_00, -550_00)
        assert (whole.margin_before, whole.margin_after) == (4_460_00, 3_910_00)
        assert whole.more_needed == Decimal("14.1")
        assert [(id_, sums.change) for id_, sums in found.products] == [(sold["meter"], -550_00)]
        assert [(id_, sums.change) for id_, sums in found.accounts] == [
            (sold["partner"], -500_00), (sold["other"], -50_00),
        ]  # fmt: skip
        assert (
            simulating.of_change(FIRST, LAST, Decimal(3), sold["cable"], None).whole.change == 300
        )

    def test_a_promotion_that_is_being_prepared(self, sold: dict[str, int]) -> None:
        made = promotion("Later", percent=10, least_quantity=5, condition="type=partner",
                         valid_from=dt.date(2100, 1, 1), budget=1, start=False)  # fmt: skip
        found = simulating.of_promotion(FIRST, LAST, made.id)
        assert (found.whole.touched, found.whole.change) == (1, -1_000_00)
        assert found.skipped == {"condition": 1}
        assert host().session.query(Claim).count() == 0 and made.spent == 0

    def test_gifts_cost_what_they_cost(self, sold: dict[str, int]) -> None:
        made = promotion("Gift", kind="gift", buy_quantity=5, gift_quantity=1, start=False,
                         gift_product_id=sold["cable"])  # fmt: skip
        whole = simulating.of_promotion(FIRST, LAST, made.id).whole
        assert (whole.change, whole.given) == (0, 40_00)
        assert whole.margin_before is not None
        assert whole.margin_after == whole.margin_before - 40_00

    def test_it_changes_nothing(self, sold: dict[str, int]) -> None:
        db.session.flush()
        before = [(each.amount, each.version) for each in host().session.query(Order).all()]
        simulating.of_change(FIRST, LAST, Decimal(-50), None, None)
        assert not db.session.dirty and not db.session.new
        assert before == [(e.amount, e.version) for e in host().session.query(Order).all()]

    def test_everybody_sees_what_they_may_see(self, sold: dict[str, int]) -> None:
        with acting("rita"):
            assert simulating.of_change(FIRST, LAST, Decimal(-5), None, None).whole.orders == 0

    def test_a_period_has_a_beginning(self, sold: dict[str, int]) -> None:
        with pytest.raises(Rejected):
            simulating.of_change(LAST, FIRST, Decimal(1), None, None)


def test_what_a_promotion_brought_is_held_against_other_times() -> None:
    goods, buyer = product(), account("Buyer").id
    start = today() - dt.timedelta(days=40)
    made = promotion("Gone", goods, percent=10, valid_from=start,
                     valid_to=start + dt.timedelta(days=9))  # fmt: skip
    for days, quantity in ((-5, 1), (2, 3), (12, 1), (-364 + 3, 2)):
        with on(start + dt.timedelta(days=days)):
            sale = order(account_id=buyer)
            line(sale, goods, quantity)
            host().records.transition(sale, "confirm")
    found = lift.of(made)
    assert found is not None
    assert [(s.name, s.orders, s.net, s.whole) for s in found.spans] == [
        ("before", 1, 1_000_00, True), ("during", 1, 2_700_00, True),
        ("after", 1, 1_000_00, True), ("year", 1, 2_000_00, True),
    ]  # fmt: skip
    assert (found.cost, found.claims) == (300_00, 1)
    later = promotion("Later", percent=1, valid_from=dt.date(2100, 1, 1))
    assert lift.of(later) is None and lift.of(promotion("Ever", percent=1)) is None
