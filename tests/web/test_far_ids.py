"""Numbers that no id can be, in addresses and forms, are records that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.host import services
from plugin_api.context import current_company
from tests.harness import Installation, install

LEDGER = Path(__file__).parents[1] / "api/plugins/ledger"
FAR = "99999999999999999999"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    found = install(tmp_path_factory.mktemp("far"), plugins=[LEDGER])
    found.company("acme", "ledger", currency="CNY")
    found.person("acme", "ada", "admin")
    yield found
    with found.app.app_context():
        services().engine.dispose()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (FAR, 404), (f"{FAR}/transitions/win", 404), (f"new?customer={FAR}", 200),
        (f"lookup?customer={FAR}", 422), (f"?id={FAR}", 200), (f"?customer={FAR}", 200),
        ("?q=%00", 200), ("?cursor=x", 200), ("?limit=x", 200),
    ],
)  # fmt: skip
def test_addresses(made: Installation, path: str, status: int) -> None:
    address = f"/ledger/sales{path}" if path.startswith("?") else f"/ledger/sales/{path}"
    assert made.client("acme", "ada").get(address).status_code == status


@pytest.mark.parametrize("picked", [FAR, "x", "-1"])
def test_a_forged_pick_is_refused_beside_its_field(made: Installation, picked: str) -> None:
    form = {"name": "S", "customer": "A", "customer__id": picked, "customer__label": "A"}
    with made.working("acme"):
        form["_company"] = str(current_company().id)
    reply = made.client("acme", "ada").post("/ledger/sales/new", data=form)
    assert reply.status_code == 422
    assert "customer-error" in reply.get_data(as_text=True)
