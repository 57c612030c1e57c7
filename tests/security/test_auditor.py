"""The auditor reads everything and changes nothing; files leave only with a permission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.models import RoleGrant
from core.identity.seeds import ROLES
from core.identity.service import actor_for, find_user, role_named
from plugin_api.context import current_company
from plugin_api.models import CompanyModel
from tests.security.kit import ACME, World
from tests.security.test_routes import call, filled, methods_of, rules

OWN = frozenset(
    {
        "activities.choose", "addresses.ask", "addresses.confirm", "addresses.forget",
        "addresses.go_back", "analysis.changed_view", "analysis.save_view",
        "collections.change", "collections.choose", "collections.chosen", "collections.on_many",
        "collections.change_view", "collections.changed_view", "collections.save_view",
        "collections.name_view", "dashboards.copy", "dashboards.create", "dashboards.put",
        "factor.new_codes", "factor.switch_off", "factor.switch_on", "following.follow",
        "home.arrange", "home.rearrange",
        "importing.export_in_background", "links.enter", "links.forgot", "links.forgotten",
        "links.send", "look_as.stop", "notifications.read", "own_sso.find",
        "passkeys.log_in", "passkeys.make",
        "people.new_token", "people.revoke",
        "profile.password", "profile.save", "proof.prove", "proof.again", "records.seen",
        "search.theme", "proof.go_on", "security.end_sessions", "security.password",
        "tokens.make", "web.language", "web.login", "web.login_code", "web.logout", "web.switch",
    }
)  # fmt: skip
"""What somebody sets for themselves: how pages look, what they follow, files they ask for."""


@pytest.fixture(scope="module")
def audited(world: World) -> Mapping[str, int]:
    """An auditor, and a record of every kind that may be written."""
    world.inst.person(ACME, "otto", "auditor")
    return {
        "crm/accounts": world.make(ACME, "rick", "crm.Account", name="Acme"),
        "crm/leads": world.make(ACME, "rick", "crm.Lead", name="Lea"),
        "catalog/products": world.make(ACME, "ada", "catalog.Product", name="Drill"),
        "core/teams": world.make(ACME, "ada", "core.Team", name="South"),
        "core/users": world.user(ACME, "rick").id,
        "core/absences": world.make(
            ACME, "rick", "core.Absence", deputy=world.user(ACME, "rita").id,
            user=world.user(ACME, "rick").id, first_day=_day("2031-01-02"),
            last_day=_day("2031-01-03"),
        ),
    }  # fmt: skip


def _day(text: str) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(text)


def test_the_auditor_reads_every_collection_and_the_trail(
    world: World, audited: Mapping[str, int]
) -> None:
    with world.inst.working(ACME):
        actor = actor_for(find_user(f"otto@{ACME}.example"))
        on = enabled_set(current_company())
        read = {
            key
            for key, model in services().registry.models.items()
            if model.__collection__ and model.plugin_id() in on and issubclass(model, CompanyModel)
        }
    held = {key for key in read if actor.grants.get(f"{key}.read") == "company"}
    assert read - held == set()
    assert actor.grants.get("core.audit") == "company"
    assert actor.grants.get("catalog.Product.read_cost") == "company"


def test_the_auditor_holds_nothing_that_changes_something(world: World) -> None:
    with world.inst.working(ACME):
        actor = actor_for(find_user(f"otto@{ACME}.example"))
        changes = ("create", "update", "delete", "import")
        assert [key for key in actor.grants if key.rpartition(".")[2] in changes] == []
        assert not {"core.settings", "core.plugins", "core.logins"} & actor.grants.keys()


def test_no_route_lets_the_auditor_write(world: World, audited: Mapping[str, int]) -> None:
    client, got = world.client(ACME, "otto"), {}
    for rule in rules(world):
        if "POST" not in methods_of(rule) or rule.endpoint in OWN:
            continue
        for place, record in audited.items():
            plugin, collection = place.split("/")
            path = filled(
                world, rule, plugin=plugin, collection=collection, record_id=record, name="name",
                user_id=audited["core/users"], role_id=1, plugin_id="crm",
            )  # fmt: skip
            status = call(world, client, "POST", path)
            if status not in (403, 404, 405, 410):
                got[rule.endpoint] = status
    assert got == {}


def test_the_auditor_does_nothing_with_many(world: World, audited: Mapping[str, int]) -> None:
    for action in ("delete", "assign", "edit"):
        answer = world.post(
            ACME, "otto", "/crm/accounts/bulk", action=action, ids=str(audited["crm/accounts"]),
            field="name", name="X", confirmed="1",
        )  # fmt: skip
        assert answer.status_code in (403, 404, 422), action
    found = world.rest(ACME, "otto", "GET", f"/crm/accounts/{audited['crm/accounts']}")
    assert found.get_json()["name"] == "Acme"


def test_rest_lets_the_auditor_write_nothing(world: World, audited: Mapping[str, int]) -> None:
    contract = world.rest(ACME, "otto", "GET", "/openapi.json").get_json()
    written = {
        f"{method} {path}"
        for path, operations in contract["paths"].items()
        for method in operations
        if method in ("post", "patch", "put", "delete")
    }
    # Their own views and exports, and runs of theirs.
    assert {each for each in written if not each.endswith("/export") and "/jobs/" not in each} <= {
        each for each in written if "/views" in each
    }
    for place, record in audited.items():
        for method, path, body in (
            ("POST", f"/{place}", {}),
            ("PATCH", f"/{place}/{record}", {"name": "X", "version": 1}),
            ("DELETE", f"/{place}/{record}", {"version": 1}),
            ("POST", f"/{place}/bulk", {"create": [{}]}),
            ("POST", f"/{place}/{record}/comments", {"text": "X"}),
        ):
            answer = world.rest(ACME, "otto", method, path, body)
            assert answer.status_code in (403, 404), f"{method} {path}"


def test_every_company_starts_with_the_roles(world: World) -> None:
    assert set(ROLES) == {"admin", "manager", "rep", "analyst", "finance", "auditor"}
    for names in ROLES.values():
        assert names["en"]
        assert names["zh"]
    with world.inst.working(ACME):
        for code in ROLES:
            role_named(code)


def test_no_file_of_records_without_its_permission(
    world: World, audited: Mapping[str, int]
) -> None:
    """Every collection: the list's file, the one in the background, the link to it."""
    world.inst.person(ACME, "nina", "rep")
    role = world.role(ACME, "reader", {
        f"{key}.read": "company" for key in world_models(world)
    })  # fmt: skip
    with world.inst.working(ACME):
        find_user(f"nina@{ACME}.example").role_id = role
    client, got = world.client(ACME, "nina"), {}
    for key, place in world_models(world).items():
        for form in ("csv", "xlsx"):
            with client.get(f"/{place}/export?format={form}") as answer:
                if answer.status_code != 403:
                    got[f"{key} {form}"] = answer.status_code
        status = call(world, client, "POST", f"/{place}/export")
        if status != 403:
            got[f"{key} background"] = status
        if "/export?" in client.get(f"/{place}").get_data(as_text=True):
            got[f"{key} link"] = 200
    assert got == {}


def world_models(world: World) -> dict[str, str]:
    with world.inst.working(ACME):
        on = enabled_set(current_company())
        return {
            key: f"{model.plugin_id()}/{model.__collection__}"
            for key, model in services().registry.models.items()
            if model.__collection__ and model.plugin_id() in on and issubclass(model, CompanyModel)
        }


def test_the_grants_are_there(world: World) -> None:
    with world.inst.working(ACME):
        assert services().session.query(RoleGrant).count() > 100
