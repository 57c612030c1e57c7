"""Records of one request that are told apart by a field: walls, rights, fields of one company."""

from __future__ import annotations

from typing import Any

from core.host import services
from plugin_api.models import model_of
from tests.rest.kit import ACME, Served

ACCOUNTS = "/crm/accounts"
BULK = f"{ACCOUNTS}/bulk"
KEY = "external_id"


def test_what_one_may_not_see_or_change_is_not_changed(served: Served) -> None:
    rita, ravi, ids = served("rita"), served("ravi"), served.ids
    theirs = ravi.make(ACCOUNTS, name="Of Ravi", external_id="X1")
    olga = served("olga").make(ACCOUNTS, name="Of Olga", external_id="X2")
    rows = [{"name": "Mine", KEY: "X2"}, {"name": "Taken", KEY: "X1"}]
    told = rita.post(BULK, {"match": KEY, "create": rows}, 422)
    assert told["errors"].keys() == {"create.1.external_id"}, "as if there were no match"
    assert "Of Ravi" not in str(told)
    ravi.post(f"{ACCOUNTS}/{theirs['id']}/shares", {"user": ids["rita"]}, 201)
    told = rita.post(BULK, {"match": KEY, "create": rows}, 403)
    assert told["errors"].keys() == {"create.1"}, "it is seen, and not to be changed"
    assert rita.names(f"{ACCOUNTS}?external_id=X2") == []
    done = rita.post(BULK, {"match": KEY, "create": rows[:1]})["create"]
    assert done[0]["created"] is True and done[0]["id"] != olga["id"]
    assert ravi.get(f"{ACCOUNTS}/{theirs['id']}")["version"] == theirs["version"]
    served("olga").delete(f"{ACCOUNTS}/{olga['id']}", {"version": 1})


def test_a_field_of_the_company_s_own_tells_records_apart(served: Served) -> None:
    ada = served("ada")
    with served.inst.working(ACME):
        field: Any = model_of("core.CustomField")
        for label, more in (("Number", {"kind": "integer"}), ("Mark", {"kind": "text"})):
            services().records.create(
                field, {"model": "crm.Account", "label": label, "unique": True, **more}
            )
    rows = [{"name": f"Row {n}", "x_number": n} for n in range(3)]
    first = ada.post(BULK, {"match": "x_number", "create": rows})["create"]
    rows[1] = {"x_number": 1, "x_mark": "M"}
    second = ada.post(BULK, {"match": "x_number", "create": rows})["create"]
    assert [each["id"] for each in second] == [each["id"] for each in first]
    assert [each["version"] for each in second] == [1, 2, 1]
    document = ada.get("/openapi.json")
    sent = document["paths"][f"/api/v1{BULK}"]["post"]["requestBody"]["content"]
    match = sent["application/json"]["schema"]["properties"]["match"]
    assert {"external_id", "x_number", "x_mark"} <= set(match["enum"])
