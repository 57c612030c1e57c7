"""A field that one may not read is nowhere: every way of reading, from the registries."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from core.extensions import db
from core.host import services
from core.identity.models import RoleField
from core.identity.service import role_named
from plugin_api.models import model_of
from tests.security.kit import ACME, World
from tests.security.test_routes import filled, methods_of, rules

PLANTED = ("7654321", "7,654,321", "7 654 321", "7.654.321", "765432123")
"""A cost of 7,654,321.23 as somebody could write it."""
SECRET = "Zebrafink"
"""What an administrator hides from reps: text of a field that is searched."""


@pytest.fixture(scope="module")
def planted(world: World) -> dict[str, Any]:
    """A product with a cost, of which there is a history; an account with a hidden code."""
    product = world.make(ACME, "ada", "catalog.Product", name="Drill", cost=700, currency="USD")
    with world.inst.working(ACME, "ada"):
        model: Any = model_of("catalog.Product")
        record = services().records.get(model, product)
        services().records.update(record, {"cost": 765432123})
    account = world.make(
        ACME, "rick", "crm.Account", name="Acme", external_id=f"{SECRET}1", phone="13912345678"
    )
    with world.inst.working(ACME, "ada"):
        for field, narrowed in (("external_id", "hidden"), ("phone", "read")):
            services().records.create(
                RoleField,
                {"role": role_named("rep").id, "model": "crm.Account", "field": field,
                 "narrowed": narrowed},
            )  # fmt: skip
        model = model_of("crm.Account")
        services().records.update(
            services().records.get(model, account), {"external_id": f"{SECRET}2"}
        )
    return {"product": product, "account": account}


def pages(world: World, planted: dict[str, Any]) -> Iterator[str]:
    """Every page that can be asked for about the two collections and of the company."""
    places = (
        ("catalog", "products", planted["product"], ("cost",)),
        ("crm", "accounts", planted["account"], ("external_id",)),
    )
    for rule in rules(world):
        if "GET" not in methods_of(rule) or rule.endpoint in ("web.logout", "assets.serve"):
            continue
        for plugin, collection, record, (field,) in places:
            path = filled(
                world, rule, plugin=plugin, collection=collection, record_id=record, name=field,
                user_id=1, role_id=1, run_id=1, tile_id=1, model=f"{plugin}.X",
            )  # fmt: skip
            yield path
            if "record_id" in rule.arguments or "collection" not in rule.arguments:
                continue
            for asked in asks(rule, field, record):
                yield f"{path}?{asked}"


def asks(rule: Rule, field: str, record: int) -> Iterator[str]:
    yield from (
        f"columns=name,{field}",
        f"fields=name,{field}",
        f"sort=-{field}",
        f"group={field}",
        f"copy={record}",
        f"view=kanban&columns={field}",
        f"view=calendar&columns={field}",
        f"view=chart&by={field}&figure={field}__sum",
        f"view=pivot&rows={field}&figure={field}__max",
        f"q={SECRET}",
        f"format=csv&fields=name,{field}",
        "format=csv",
    )


def told(text: str) -> list[str]:
    return [secret for secret in (*PLANTED, f"{SECRET}1", f"{SECRET}2") if secret in text]


def test_no_page_shows_it(world: World, planted: dict[str, Any]) -> None:
    client, got = world.client(ACME, "rick"), {}
    for path in dict.fromkeys(pages(world, planted)):
        with client.get(path) as answer:
            text = answer.get_data().decode("utf-8", "ignore")
        found = told(text)
        if found:
            got[path] = found
    assert got == {}


def test_the_planted_values_are_seen_by_who_may(world: World, planted: dict[str, Any]) -> None:
    """The walk above would find them."""
    client, seen = world.client(ACME, "ada"), set()
    for path in dict.fromkeys(pages(world, planted)):
        with client.get(path) as answer:
            if told(answer.get_data().decode("utf-8", "ignore")):
                seen.add(path.split("?")[0])
    assert {
        "/catalog/products", f"/catalog/products/{planted['product']}", "/crm/accounts",
        f"/crm/accounts/{planted['account']}", "/catalog/products/export", "/core/audit",
    } <= seen  # fmt: skip


@pytest.mark.parametrize(
    ("path", "field"), [("/catalog/products", "cost"), ("/crm/accounts", "external_id")]
)
def test_rest_knows_no_such_field(
    world: World, planted: dict[str, Any], path: str, field: str
) -> None:
    def ask(query: str) -> Any:
        return world.rest(ACME, "rick", "GET", f"{path}{query}")

    whole = ask("")
    assert whole.status_code == 200
    assert field not in whole.get_json()["items"][0]
    assert told(whole.get_data(as_text=True)) == []
    assert ask(f"?q={SECRET}").get_json()["items"] == []
    operators = ("", "__ne", "__in", "__isnull", "__gte", "__contains", "__startswith")
    for query in (
        f"?sort={field}", f"?fields={field}", f"?sort=-{field},id",
        *(f"?{field}{operator}=1" for operator in operators),
        f'?where={{"any":[{{"{field}":"1"}},{{"id":"1"}}]}}',
    ):  # fmt: skip
        answer = ask(query)
        assert answer.status_code == 422, query
        assert f"There is no field “{field}”" in answer.get_data(as_text=True), query


def test_the_contract_of_the_caller_leaves_it_out(world: World) -> None:
    def properties(name: str) -> set[str]:
        parts = world.rest(ACME, name, "GET", "/openapi.json").get_json()["components"]["schemas"]
        return set(parts["catalog.Product"]["properties"])

    assert "cost" in properties("ada")
    assert "cost" not in properties("rick")


def test_it_cannot_be_set(world: World, planted: dict[str, Any]) -> None:
    account = f"/crm/accounts/{planted['account']}"
    version = world.rest(ACME, "rick", "GET", account).get_json()["version"]
    for field, why in (("external_id", "no such field"), ("phone", "cannot be set")):
        body = {field: "1", "version": version}
        answer = world.rest(ACME, "rick", "PATCH", account, body)
        assert answer.status_code == 422
        assert why in answer.get_data(as_text=True)
    form = {"name": "Acme", "external_id": "1", "phone": "1", "version": str(version)}
    world.post(ACME, "rick", account, **form)
    with world.inst.working(ACME):
        held: Any = db.session.get_one(model_of("crm.Account"), (
            world.company_id(ACME), planted["account"]
        ))  # fmt: skip
        assert (held.external_id, held.phone) == (f"{SECRET}2", "13912345678")
    for path in (f"{account}/cell/external_id", f"{account}/cell/phone"):
        assert world.client(ACME, "rick").get(path).status_code == 404
    answer = world.post(
        ACME, "rick", "/crm/accounts/bulk", action="edit", field="external_id",
        ids=str(planted["account"]), external_id="9",
    )  # fmt: skip
    assert answer.status_code == 404


def test_what_is_read_only_is_shown(world: World, planted: dict[str, Any]) -> None:
    account = f"/crm/accounts/{planted['account']}"
    assert world.rest(ACME, "rick", "GET", account).get_json()["phone"] == "13912345678"


def test_a_lost_race_does_not_show_it(world: World, planted: dict[str, Any]) -> None:
    account = f"/crm/accounts/{planted['account']}"
    answer = world.rest(ACME, "rick", "PATCH", account, {"name": "New", "version": 0})
    assert answer.status_code == 409
    assert "external_id" not in answer.get_json()["current"]
    page = world.post(ACME, "rick", account, name="New", version="0")
    assert page.status_code == 409
    assert told(page.get_data(as_text=True)) == []


def test_no_workbook_holds_it(world: World, planted: dict[str, Any]) -> None:
    """A packed file is opened to be sure."""
    with world.client(ACME, "rick").get("/crm/accounts/export?format=xlsx") as answer:
        assert answer.status_code == 200
        held = answer.get_data()
    with zipfile.ZipFile(io.BytesIO(held)) as book:
        text = b"".join(book.read(name) for name in book.namelist()).decode()
    assert "external_id" not in text
    assert "phone" in text
    assert told(text) == []


def test_an_import_does_not_take_it(world: World, planted: dict[str, Any]) -> None:
    from core.data.importing.matching import importable

    with world.inst.working(ACME, "rick"):
        known = importable(model_of("crm.Account"))  # type: ignore[arg-type]
        assert {"external_id", "phone"} & known.keys() == set()
    with world.inst.working(ACME, "ada"):
        known = importable(model_of("crm.Account"))  # type: ignore[arg-type]
        assert {"external_id", "phone"} <= known.keys()


def test_figures_need_it_too(world: World) -> None:
    with world.inst.working(ACME, "ada"):
        services().records.create(
            RoleField,
            {"role": role_named("analyst").id, "model": "crm.Opportunity", "field": "amount",
             "narrowed": "hidden"},
        )  # fmt: skip
    world.inst.person(ACME, "ann", "analyst")
    keys = {each["key"] for each in world.rest(ACME, "ann", "GET", "/measures").get_json()["items"]}
    assert "crm.won_count" in keys
    assert keys & {"crm.won_amount", "crm.average_deal", "crm.open_weighted"} == set()
    assert world.rest(ACME, "ann", "GET", "/measures/crm.won_amount").status_code == 404
    for path in ("/", "/home/cards/crm.pipeline", "/home/cards/crm.closing"):
        assert world.client(ACME, "ann").get(path).status_code == 200
    assert world.client(ACME, "ann").get("/crm/review").status_code in (403, 404)


def test_a_view_of_somebody_else_is_shown_without_it(world: World, planted: dict[str, Any]) -> None:
    from core.views import saved

    with world.inst.working(ACME, "ada"):
        view = saved.save(
            model_of("crm.Account"),  # type: ignore[arg-type]
            "Coded", f"external_id__contains={SECRET}&name=Acme&sort=external_id", "company",
        ).id  # fmt: skip
    world.make(ACME, "rick", "crm.Account", name="Other")
    page = world.client(ACME, "rick").get(
        f"/crm/accounts?saved={view}&external_id__contains={SECRET}&name=Acme&sort=external_id"
    )
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "There is no field “external_id”" in text
    assert re.findall(r'<a href="/crm/accounts/\d+">(\w+)<', text) == ["Acme"]

    # A picture keeps of it what may be read, like a list.
    for view_of in ("view=chart&by=external_id", "view=pivot&rows=external_id&cols=external_id"):
        page = world.client(ACME, "rick").get(f"/crm/accounts?saved={view}&{view_of}&name=Acme")
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "There is no field “external_id”" in text
        assert re.findall(r'href="(/crm/accounts\?[^"]*name=Acme[^"]*)"', text)
