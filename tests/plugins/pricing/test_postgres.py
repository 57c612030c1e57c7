"""The same on PostgreSQL, and orders that claim the last of a promotion at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.host import services
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.pricing.models import Promotion
from plugins.sales.models import Order
from tests.harness import Installation
from tests.plugins.pricing.conftest import settled
from tests.plugins.pricing.kit import account, line, order, product, promotion
from tests.plugins.pricing.test_promotions import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("pricing-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def confirming(inst: Installation, gate: Barrier, order_id: int) -> str:
    """What comes of confirming an order while others do."""
    with inst.working("web"):
        found = host().session.get(Order, order_id)
        assert found is not None
        gate.wait(20)
        try:
            host().records.transition(found, "confirm")
        except Rejected as refused:
            host().session.rollback()
            return str(refused.message)
    return "confirmed"


@pytest.mark.parametrize("limits", [{"budget": 250_00}, {"claim_cap": 2}, {"account_cap": 2}])
def test_a_promotion_is_never_overspent(inst: Installation, limits: dict[str, int]) -> None:
    [name] = limits
    with inst.working("web"):
        goods = product(f"G {name}")
        made = promotion(f"P {name}", goods, percent=10, **limits)
        buyer = account(f"B {name}").id
        orders = [order(account_id=buyer) for _number in range(5)]
        for each in orders:
            line(each, goods, 1)
            assert each.amount == 900_00
        made_id, ids = made.id, [each.id for each in orders]
    gate = Barrier(5)
    with ThreadPoolExecutor(5) as all_:
        done = [all_.submit(confirming, inst, gate, id_) for id_ in ids]
        found = Counter(each.result(60) for each in done)
    assert found.pop("confirmed") == 2
    assert all(f"P {name}" in said for said in found) and found.total() == 3
    with inst.working("web"):
        held = host().session.get(Promotion, made_id)
        assert held is not None and (held.spent, held.claims) == (200_00, 2)
