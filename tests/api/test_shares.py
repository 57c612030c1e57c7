"""Sharing single records over REST: as on the page, for who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.identity.models import Team
from plugin_api.context import today
from tests.security.conftest import settled
from tests.security.kit import ACME, OTHER, World

ACCOUNTS = "/crm/accounts"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = settled(tmp_path_factory.mktemp("shares"))
    yield made
    with made.app.app_context():
        services().engine.dispose()


@pytest.fixture
def account(world: World) -> str:
    """The address of an account of Rick's."""
    return f"{ACCOUNTS}/{world.make(ACME, 'rick', 'crm.Account', name='Nord')}"


def call(world: World, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = world.rest(ACME, who, method, path, body)
    return answer.status_code, answer.get_json(silent=True)


def test_a_record_is_shared_listed_and_taken_back(world: World, account: str) -> None:
    rita = world.inst.user_id(ACME, "rita")
    assert call(world, "rita", "GET", account)[0] == 404
    with world.inst.working(ACME):
        until = (today() + timedelta(days=3)).isoformat()
    status, made = call(
        world, "rick", "POST", f"{account}/shares", {"user": rita, "level": "edit", "until": until}
    )
    assert status == 201
    assert made == {
        "id": made["id"], "user": {"id": rita, "label": "Rita"}, "team": None, "level": "edit",
        "until": until, "over": False, "by": "Rick",
    }  # fmt: skip
    assert call(world, "rita", "GET", account)[0] == 200
    assert call(world, "rita", "GET", f"{account}/shares") == (200, {"items": [made], "next": None})
    one = f"{account}/shares/{made['id']}"
    assert call(world, "rick", "GET", one) == (200, made)
    _status, again = call(world, "rick", "POST", f"{account}/shares", {"user": rita})
    assert (again["id"], again["level"], again["until"]) == (made["id"], "read", None)
    assert call(world, "rita", "DELETE", one)[0] == 403, "whom it is shared with"
    assert call(world, "rick", "DELETE", one)[0] == 204
    assert call(world, "rick", "DELETE", one)[0] == 404
    assert call(world, "rita", "GET", account)[0] == 404


def test_with_a_team(world: World, account: str) -> None:
    with world.inst.working(ACME):
        team = db.session.scalars(sa.select(Team.id).where(Team.name == "North")).one()
    status, made = call(world, "rick", "POST", f"{account}/shares", {"team": team})
    assert status == 201 and made["team"] == {"id": team, "label": "North"}
    assert made["user"] is None and made["level"] == "read"


def test_bad_input_is_said_by_field(world: World, account: str) -> None:
    rita, max_ = (world.inst.user_id(ACME, name) for name in ("rita", "max"))
    for body, field in (
        ({}, "user"), ({}, "team"), ({"user": rita, "team": max_}, "user"),
        ({"user": rita, "team": max_}, "team"), ({"user": 10**15}, "user"),
        ({"team": 10**15}, "team"), ({"team": 10**15, "user": None}, "team"),
        ({"user": "Rita"}, "user"), ({"user": True}, "user"),
        ({"user": -1}, "user"), ({"team": 10**30}, "team"),
        ({"user": rita, "level": "own"}, "level"),
        ({"user": rita, "level": 1}, "level"), ({"user": rita, "until": "soon"}, "until"),
        ({"user": rita, "until": "2020-01-01"}, "until"), ({"user": rita, "who": 1}, "who"),
    ):  # fmt: skip
        status, told = call(world, "rick", "POST", f"{account}/shares", body)
        assert status == 422 and field in told["errors"], (body, told)
        assert told["errors"].keys() <= {*body, "user", "team"}, (body, told)
    assert call(world, "rick", "GET", f"{account}/shares")[1]["items"] == []


def test_only_who_may_share_does(world: World, account: str) -> None:
    max_ = world.inst.user_id(ACME, "max")
    assert call(world, "rita", "POST", f"{account}/shares", {"user": max_})[0] == 404
    assert call(world, "rita", "GET", f"{account}/shares")[0] == 404
    world.inst.person(ACME, f"ann{max_}{account[-1]}", "analyst")
    name = f"ann{max_}{account[-1]}"
    assert call(world, name, "POST", f"{account}/shares", {"user": max_})[0] == 403
    stage = call(world, "rick", "GET", "/crm/stages?limit=1")[1]["items"][0]["id"]
    assert call(world, "rick", "GET", f"/crm/stages/{stage}/shares")[0] == 404
    other = world.make(OTHER, "rick", "crm.Account", name="Far")
    for method, body in (("GET", None), ("POST", {"user": max_})):
        assert call(world, "ada", method, f"{ACCOUNTS}/{other}/shares", body)[0] == 404


def test_the_contract_tells_of_it(world: World) -> None:
    def paths(who: str) -> Any:
        return world.rest(ACME, who, "GET", "/openapi.json").get_json()["paths"]

    mine, theirs = paths("rick"), paths("max")
    at = next(path for path in mine if path.endswith("/crm/accounts/{id}/shares"))
    assert set(mine[at]) == {"parameters", "get", "post"} and at in theirs
    assert not any(path.endswith("/crm/stages/{id}/shares") for path in mine)
