"""Amounts typed into a form are in the currency of their record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.host import services
from plugin_api.context import current_company
from tests.harness import Installation, install

LEDGER = Path(__file__).parents[1] / "api/plugins/ledger"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    found = install(tmp_path_factory.mktemp("amounts"), plugins=[LEDGER])
    found.company("acme", "ledger", currency="CNY")
    found.person("acme", "ada", "admin")
    yield found
    with found.app.app_context():
        services().engine.dispose()


def stored(made: Installation, name: str) -> tuple[int, int, str]:
    """Id, minor units and currency of a sale."""
    with made.working("acme"):
        sale = services().registry.models["ledger.Sale"]
        found = sa.select(sale.id, sale.amount, sale.currency).where(sale.name == name)
        return tuple(db.session.execute(found).one())  # type: ignore[return-value]


def send(made: Installation, path: str, **form: str) -> None:
    with made.working("acme"):
        form["_company"] = str(current_company().id)
    reply = made.client("acme", "ada").post(f"/ledger/sales/{path}", data=form)
    assert reply.status_code == 303, reply.get_data(as_text=True)


def test_a_new_amount_is_in_the_currency_beside_it(made: Installation) -> None:
    send(made, "new", name="Yen", amount="1,000", currency="JPY", kind="new", urgent="false")
    assert stored(made, "Yen")[1:] == (1000, "JPY")


def test_a_changed_amount_stays_in_its_currency(made: Installation) -> None:
    send(made, "new", name="Dinar", amount="1.234", currency="KWD", kind="new", urgent="false")
    id_, minor, _currency = stored(made, "Dinar")
    assert minor == 1234
    before = '{"amount": "1.234", "currency": "KWD"}'
    send(made, str(id_), amount="2.5", currency="KWD", _before=before)
    assert stored(made, "Dinar")[1:] == (2500, "KWD")


def test_another_currency_does_not_change_the_amount_that_is_seen(made: Installation) -> None:
    send(made, "new", name="Moved", amount="1,000", currency="JPY", kind="new", urgent="false")
    id_ = stored(made, "Moved")[0]
    before = '{"amount": "1,000", "currency": "JPY"}'
    send(made, str(id_), amount="1,000", currency="CNY", _before=before)
    assert stored(made, "Moved")[1:] == (100000, "CNY")
