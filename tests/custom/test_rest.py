"""Custom fields over REST: read, asked for, sorted, written and described, for one company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from core.extensions import db
from core.host import services
from tests.api.kit import Api, World, make_app, make_instance, settle, working

FIELDS = "/core/custom_fields"
MODEL = {"model": "ledger.Customer"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World]]:
    app = make_app(make_instance(tmp_path_factory.mktemp("ledger")))
    world = settle(app)
    yield app, world
    with app.app_context():
        db.session.remove()
        services().engine.dispose()


def _as(ledger: tuple[Flask, World], name: str) -> Api:
    app, world = ledger
    return Api(app, world.tokens[name])


def test_what_an_administrator_adds_is_there_at_once(ledger: tuple[Flask, World]) -> None:
    ada, olga, max_ = (_as(ledger, name) for name in ("ada", "olga", "max"))
    before = ada.get("/openapi.json")["components"]["schemas"]["ledger.Customer"]["properties"]
    assert "x_tier" not in before
    made = ada.post(FIELDS, {**MODEL, "kind": "choice", "label": "Tier"}, 201)
    ada.post("/core/custom_options", {"field": made["id"], "label": "Gold"}, 201)
    ada.post("/core/custom_options", {"field": made["id"], "label": "Lead"}, 201)
    ada.post(FIELDS, {**MODEL, "kind": "decimal", "label": "Rate", "help": "In hours"}, 201)
    olga.post(FIELDS, {**MODEL, "kind": "date", "label": "Tier"}, 201)

    one = max_.post("/ledger/customers", {"name": "A", "x_tier": "gold", "x_rate": "0.10"}, 201)
    max_.post("/ledger/customers", {"name": "B", "x_tier": "lead", "x_rate": 12.5}, 201)
    assert (one["x_tier"], one["x_rate"]) == ("gold", "0.10")
    page = max_.get("/ledger/customers?x_rate__gte=0.1&sort=-x_rate&fields=name,x_rate")
    assert [(row["name"], row["x_rate"]) for row in page["items"]] == [
        ("B", "12.50"),
        ("A", "0.10"),
    ]
    assert "x_tier" not in page["items"][0]
    path = f"/ledger/customers/{one['id']}"
    changed = max_.checked(
        max_.call("PATCH", path, {"version": one["version"], "x_tier": None}), 200
    )
    assert changed["x_tier"] is None
    refused = max_.checked(
        max_.call("PATCH", path, {"version": changed["version"], "x_tier": "silver"}), 422
    )
    assert "x_tier" in refused["errors"]

    told = ada.get("/openapi.json")["components"]["schemas"]
    tier = told["ledger.Customer"]["properties"]["x_tier"]
    assert (tier["title"], tier["enum"]) == ("Tier", ["gold", "lead", None])
    assert told["ledger.Customer.New"]["properties"]["x_rate"]["description"] == "In hours"
    theirs = olga.get("/openapi.json")["components"]["schemas"]["ledger.Customer"]["properties"]
    assert theirs["x_tier"]["format"] == "date"
    assert "x_rate" not in theirs


def test_several_choices_are_a_list_of_texts(ledger: tuple[Flask, World]) -> None:
    ada, max_ = (_as(ledger, name) for name in ("ada", "max"))
    made = ada.post(FIELDS, {**MODEL, "kind": "choices", "label": "Needs"}, 201)
    for label in ("Pumps", "Pipes"):
        ada.post("/core/custom_options", {"field": made["id"], "label": label}, 201)
    path = "/ledger/customers"
    one = max_.post(path, {"name": "Several", "x_needs": ["pipes", "pumps"]}, 201)
    assert one["x_needs"] == ["pumps", "pipes"]
    other = max_.post(path, {"name": "None", "x_needs": []}, 201)
    assert other["x_needs"] is None
    assert max_.get(f"{path}/{one['id']}")["x_needs"] == ["pumps", "pipes"]
    page = max_.get(f"{path}?x_needs__all=pumps,pipes")
    assert [row["x_needs"] for row in page["items"]] == [["pumps", "pipes"]]
    for sent in ("pumps", ["nails"], [3]):
        refused = max_.post(path, {"name": "Wrong", "x_needs": sent}, 422)
        assert list(refused["errors"]) == ["x_needs"]
    told = ada.get("/openapi.json")
    needs = told["components"]["schemas"]["ledger.Customer.New"]["properties"]["x_needs"]
    assert needs["type"] == ["array", "null"]
    assert needs["items"] == {"type": "string", "enum": ["pumps", "pipes"]}
    asked = {each["name"] for each in told["paths"]["/api/v1/ledger/customers"]["get"]["parameters"]
             if "name" in each}  # fmt: skip
    assert {f"x_needs{each}" for each in ("", "__in", "__all", "__none", "__isnull")} <= asked


def test_others_may_not_define(ledger: tuple[Flask, World]) -> None:
    for name in ("max", "rita", "ana"):
        _as(ledger, name).post(FIELDS, {**MODEL, "kind": "text", "label": "No"}, 403)
    with working(ledger[0]):
        assert services().registry.permissions["core.CustomField.update"]
