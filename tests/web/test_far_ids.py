"""Numbers that no id can be, in addresses and forms, are records that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.identity.models import ApiToken
from plugin_api.context import current_company, now
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


@pytest.mark.parametrize("digits", ["²", "٣", FAR, "-1", "x", ""])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/core/tokens", "days"), ("/notifications/read", "id"),
        ("/ledger/sales/conditions", "groups"), ("/ledger/sales/conditions", "g0"),
    ],
)  # fmt: skip
def test_a_number_that_is_none_in_a_form(
    made: Installation, path: str, field: str, digits: str
) -> None:
    """``²`` is a digit to Python, and no number."""
    form = {"name": "Sync", "f0": "name", field: digits}
    with made.working("acme"):
        form["_company"] = str(current_company().id)
    assert made.client("acme", "ada").post(path, data=form).status_code < 500


@pytest.mark.parametrize(
    ("days", "lives"), [("0", 30), ("1", 1), ("90", 90), ("9999", 365), ("²", 30)]
)
def test_a_token_lives_for_a_number_of_days(made: Installation, days: str, lives: int) -> None:
    with made.working("acme"):
        company = str(current_company().id)
    form = {"name": "Sync", "days": days, "_company": company}
    assert made.client("acme", "ada").post("/core/tokens", data=form).status_code == 200
    with made.working("acme"):
        ends = db.session.scalars(
            sa.select(ApiToken.expires_at).order_by(ApiToken.id.desc())
        ).first()
        assert ends is not None and round((ends - now()) / timedelta(days=1)) == lives
