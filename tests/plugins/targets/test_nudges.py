"""What is still to go stands beside an order: its owner's target, and its account's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugin_api.context import current_company, today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.targets.models import Target
from plugins.targets.services import nudges
from plugins.targets.services.periods import period_of
from tests.harness import Installation, install


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Ann is to book 10,000 this quarter, 5,000 of it with Nord."""
    found = install(tmp_path_factory.mktemp("nudges"))
    found.company("acme", "sales", "targets", currency="CNY", country="CN", language="en")
    ann = found.person("acme", "ann")
    with found.working("acme"):
        quarter = period_of("quarter", today(), current_company().fiscal_year_start)
        account = host().records.create(model_of("crm.Account"), {"name": "Nord", "owner": ann})  # type: ignore[type-var]
        of = {
            "measure": "sales.booked_net", "level": "user", "user": ann, "period": "quarter",
            "start": quarter.start, "end": quarter.end,
        }  # fmt: skip
        host().records.create(Target, {**of, "amount": 10_000_00})
        nord = {"dimension": "account", "member": "Nord", "amount": 5_000_00}
        host().records.create(Target, {**of, **nord})
        order = host().records.create(
            model_of("sales.Order"),
            {"account": account.id, "owner": ann},  # type: ignore[type-var]
        )
        host().records.create(
            model_of("sales.OrderLine"),  # type: ignore[type-var]
            {"order": order.id, "description": "Pump", "quantity": 1, "price": 7_600},
        )
        host().records.transition(order, "confirm")
    return found


def test_the_order_says_what_is_to_go(made: Installation) -> None:
    ann = made.client("acme", "ann")
    page = ann.get("/sales/orders/1").text
    assert "¥2,400.00 to go" in page
    assert "Ann · Nord" in page and "reached" in page
    account = ann.get("/crm/accounts/1").text
    assert "Ann · Nord" in account
    assert "¥2,400.00 to go" not in account


def test_no_plugin_is_named(made: Installation) -> None:
    with made.working("acme"):
        about = {measure.key for measure in nudges.measures_about("sales.Order")}
        assert {"sales.booked_net", "sales.order_value", "sales.invoiced_net"} <= about
        assert nudges.measures_about("crm.Account") == [
            each for each in host().measures.all() if getattr(each, "model", "") == "crm.Account"
        ]
