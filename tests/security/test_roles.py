"""Nobody comes to more than they hold: by no permission short of the administrator's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.extensions import db
from core.identity.models import Role, Team, User
from core.identity.service import find_user, role_named
from tests.security.kit import ACME, World

STAFF = {
    "core.User.read": "company", "core.User.create": "company", "core.User.update": "company",
    "core.User.import": "company", "core.Team.read": "company", "core.Team.create": "company",
    "core.Team.update": "company", "core.Role.read": "company", "core.Role.create": "company",
    "core.Role.update": "company", "crm.Account.read": "team", "core.tokens": "own",
}  # fmt: skip
"""Whoever holds this looks after people, teams and roles, and is no administrator."""


@pytest.fixture(scope="module")
def staff(world: World) -> World:
    """The world with such a person, called hugo."""
    role = world.role(ACME, "staff", STAFF)
    world.inst.person(ACME, "hugo")
    with world.inst.working(ACME):
        find_user("hugo@acme.example").role_id = role
    return world


@pytest.fixture(autouse=True)
def unchanged(world: World, staff: World) -> Iterator[None]:
    """After every attempt all are what they were."""

    def state() -> Any:
        with world.inst.working(ACME):
            people = {u.name: (u.role_id, u.team_id) for u in db.session.query(User)}
            roles = {r.code: r.id for r in db.session.query(Role)}
            teams = {t.name: (t.parent_id, t.manager_id) for t in db.session.query(Team)}
            return {name: people[name] for name in ("Hugo", "Ada", "Rick")}, roles, teams

    before = state()
    yield
    assert state() == before


def version(world: World, path: str) -> int:
    return int(world.rest(ACME, "ada", "GET", path).json["version"])  # type: ignore[index]


def refused(world: World, method: str, path: str, **body: Any) -> None:
    """REST refuses the change."""
    if method == "PATCH":
        body["version"] = version(world, path)
    answer = world.rest(ACME, "hugo", method, path, body)
    assert answer.status_code in (403, 422), answer.text


def role_id(world: World, code: str) -> int:
    with world.inst.working(ACME):
        return role_named(code).id


def team_id(world: World) -> int:
    with world.inst.working(ACME):
        return db.session.query(Team).filter_by(name="North").one().id


@pytest.mark.parametrize("code", ["admin", "manager"])
def test_a_higher_role(world: World, code: str) -> None:
    me, role = world.user(ACME, "hugo").id, role_id(world, code)
    refused(world, "PATCH", f"/core/users/{me}", role=role)
    refused(world, "POST", "/core/users", name="Puppet", role=role)
    rows = [{"name": "Puppet", "role": role}]
    assert world.rest(ACME, "hugo", "POST", "/core/users/bulk", {"create": rows}).status_code == 422
    form = {"role": code, "name": "Hugo", "version": str(version(world, f"/core/users/{me}"))}
    assert world.post(ACME, "hugo", f"/core/users/{me}", **form).status_code == 422
    bulk = {"action": "edit", "field": "role", "role": code, "ids": str(me), "confirmed": "1"}
    assert world.post(ACME, "hugo", "/core/users/bulk", **bulk).status_code in (303, 404, 422)


def test_a_higher_role_by_import(world: World) -> None:
    import io

    file = (io.BytesIO(b"name,role\nPuppet,admin\n"), "people.csv")
    sent = world.post(ACME, "hugo", "/core/users/import", file=file)
    assert sent.status_code == 303
    world.post(ACME, "hugo", sent.headers["Location"], action="import", header="true",
               **{"column-1": "name", "column-2": "role"})  # fmt: skip
    with world.inst.working(ACME):
        assert db.session.query(User).filter_by(name="Puppet").count() == 0


def test_a_lower_role_for_an_admin(world: World) -> None:
    """Nor is whoever holds more put down or locked out."""
    admin = world.user(ACME, "ada").id
    refused(world, "PATCH", f"/core/users/{admin}", role=role_id(world, "rep"))
    refused(world, "PATCH", f"/core/users/{admin}", active=False)


@pytest.mark.parametrize(("code", "new"), [("staff", "admin"), ("admin", "boss"), ("rep", "admin")])
def test_the_code_of_the_administrator(world: World, code: str, new: str) -> None:
    refused(world, "PATCH", f"/core/roles/{role_id(world, code)}", code=new)


@pytest.mark.parametrize("permission", ["core.logins", "crm.Account.update", "crm.Account.read"])
def test_more_permissions_for_the_own_role(world: World, permission: str) -> None:
    path = f"/core/roles/{role_id(world, 'staff')}/permissions"
    answer = world.post(ACME, "hugo", path, **{permission: "company"})
    assert answer.status_code in (403, 422)
    with world.inst.working(ACME, "hugo"):
        from plugin_api.context import current_actor

        assert dict(current_actor().grants) == STAFF


def test_the_teams_of_others(world: World) -> None:
    """Whose records one sees goes by teams: nobody moves themselves among them, nor under
    themselves those whom they do not lead."""
    me, north = world.user(ACME, "hugo").id, team_id(world)
    refused(world, "PATCH", f"/core/users/{me}", team=north)
    refused(world, "PATCH", f"/core/teams/{north}", manager=me)
    refused(world, "POST", "/core/teams", name="Mine", manager=me)


def test_what_an_administrator_does_is_not_hindered(world: World) -> None:
    made = world.rest(
        ACME, "ada", "POST", "/core/users",
        {"name": "Second", "role": role_id(world, "manager"), "team": team_id(world)},
    )  # fmt: skip
    assert made.status_code == 201, made.text
    values = {"name": "Third", "role": "Administrator", "role__id": str(role_id(world, "admin")),
              "role__label": "Administrator"}  # fmt: skip
    on_a_page = world.post(ACME, "ada", "/core/users/new", **values)
    assert on_a_page.status_code == 303, on_a_page.text


@pytest.mark.parametrize("name", ["rick", "max", "hugo"])
@pytest.mark.parametrize(
    "path",
    [
        "/core/settings",
        "/core/plugins",
        "/core/plugins/crm",
        "/core/contributions",
        "/core/roles/1/permissions",
    ],
)
def test_pages_of_administrators(world: World, name: str, path: str) -> None:
    if name == "hugo" and "roles" in path:
        return
    assert world.client(ACME, name).get(path).status_code in (403, 404)
    assert world.post(ACME, name, path).status_code in (403, 404)


@pytest.mark.parametrize("name", ["rick", "max"])
@pytest.mark.parametrize("model", ["users", "teams", "roles"])
def test_people_who_sell_change_no_people(world: World, name: str, model: str) -> None:
    for method, path in (
        ("POST", f"/core/{model}"), ("PATCH", f"/core/{model}/1"), ("DELETE", f"/core/{model}/1"),
    ):  # fmt: skip
        sent: dict[str, Any] = {"version": 1} if method != "POST" else {"name": "X"}
        if model == "roles" and method == "POST":
            sent["code"] = "x"
        assert world.rest(ACME, name, method, path, sent).status_code in (403, 404)


def test_a_token_of_somebody_else(world: World) -> None:
    """Nobody revokes it, and nobody sees it."""
    world.post(ACME, "ada", "/core/tokens", name="of ada")
    from core.identity.models import ApiToken

    with world.inst.working(ACME):
        token = db.session.query(ApiToken).filter_by(name="of ada").one().id
    assert "of ada" not in world.client(ACME, "hugo").get("/core/tokens").text
    assert world.post(ACME, "hugo", f"/core/tokens/{token}/revoke").status_code == 404


FIXED = {
    "id": 1, "company_id": 1, "created_by": 1, "updated_by": 1, "login_id": 1,
    "created_at": "2020-01-01T00:00:00Z", "muted": [], "password_hash": "x", "custom": {"a": 1},
    "_sa_instance_state": 1,
    "__class__": "x",
}  # fmt: skip


@pytest.mark.parametrize("field", sorted(FIXED))
def test_what_is_no_field_is_not_set(world: World, field: str) -> None:
    made = world.rest(
        ACME, "ada", "POST", "/core/users", {"name": f"M {field}", field: FIXED[field]}
    )
    assert made.status_code == 422, made.text
    account = world.make(ACME, "rick", "crm.Account", name=f"Set {field}")
    path = f"/crm/accounts/{account}"
    body = {"version": 1, field: FIXED[field]}
    if field != "id" or account != 1:
        assert world.rest(ACME, "rick", "PATCH", path, body).status_code == 422
    world.post(ACME, "rick", path, version="1", **{field: str(FIXED[field]), "name": "Other"})
    now = world.rest(ACME, "rick", "GET", path).json
    assert now["id"] == account and now["name"] == "Other"  # type: ignore[index]


def test_read_only_fields_stay(world: World) -> None:
    made = world.make(ACME, "rick", "crm.Account", name="Stays")
    deal = world.make(ACME, "rick", "crm.Opportunity", account_id=made, amount=100)
    for field, value in (("outcome", "won"), ("weighted_amount", 1), ("stage_since", "2020-01-01")):
        body = {"version": 1, field: value}
        answer = world.rest(ACME, "rick", "PATCH", f"/crm/opportunities/{deal}", body)
        assert answer.status_code == 422, (field, answer.text)
        world.post(ACME, "rick", f"/crm/opportunities/{deal}", version="1", **{field: str(value)})
    now: Any = world.rest(ACME, "rick", "GET", f"/crm/opportunities/{deal}").json
    assert now["outcome"] == "open" and now["version"] == 1
