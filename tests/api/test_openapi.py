"""The OpenAPI document: complete, true, and only of what the caller has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest

from tests.api.kit import Api

TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
    "boolean": bool, "null": type(None),
}  # fmt: skip


@pytest.fixture
def document(ada: Api) -> Any:
    return ada.get("/openapi.json")


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from parts(each)


def resolved(document: Any, reference: str) -> Any:
    found = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def operations(document: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in ("get", "post", "patch", "delete"):
            if method in item:
                yield path, method, item[method]


def fits(document: Any, schema: Any, value: Any) -> bool:
    """Whether a value fits a schema, as far as these documents need it."""
    if "$ref" in schema:
        return fits(document, resolved(document, schema["$ref"]), value)
    if "anyOf" in schema:
        return any(fits(document, each, value) for each in schema["anyOf"])
    kinds = schema.get("type", list(TYPES))
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not any(isinstance(value, TYPES[kind]) for kind in kinds):
        return False
    if isinstance(value, bool) and "boolean" not in kinds:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, list):
        return all(fits(document, schema.get("items", {}), each) for each in value)
    if not isinstance(value, dict):
        return True
    properties = schema.get("properties", {})
    return set(schema.get("required", ())) <= value.keys() and all(
        fits(document, properties[name], each)
        for name, each in value.items()
        if name in properties or not schema.get("additionalProperties", True)
    )


def test_it_is_sound(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    ids = [operation["operationId"] for *_, operation in operations(document)]
    assert len(ids) == len(set(ids)) > 10
    for part in parts(document):
        if "$ref" in part:
            assert resolved(document, part["$ref"])
    for path, _, operation in operations(document):
        shared = document["paths"][path].get("parameters", [])
        named = [(p["name"], p["in"]) for p in [*shared, *operation.get("parameters", [])]]
        assert len(named) == len(set(named))
        assert {n for n, where in named if where == "path"} == {
            part[1:-1] for part in path.split("/") if part.startswith("{")
        }
        assert any(status.startswith("2") for status in operation["responses"])


def test_every_address_of_a_collection_is_there(document: Any) -> None:
    found = {path: set(item) - {"parameters"} for path, item in document["paths"].items()}
    root = "/api/v1/ledger/sales"
    assert found[root] == {"get", "post"}
    assert found[f"{root}/{{id}}"] == {"get", "patch", "delete"}
    assert found[f"{root}/bulk"] == {"post"}
    for name in ("win", "lose", "reopen"):
        assert found[f"{root}/{{id}}/transitions/{name}"] == {"post"}
    assert "/api/v1/core/users" in found
    assert "/api/v1/measures/{key}/records" in found


def test_every_operation_is_routed(app: Any, document: Any) -> None:
    adapter = app.url_map.bind("localhost")
    for path, method, _ in operations(document):
        plain = re.sub(r"\{\w+\}", "1", path.replace("{key}", "ledger.x"))
        adapter.match(plain, method.upper())


def test_fields_are_described_as_the_model_describes_them(document: Any) -> None:
    schemas = document["components"]["schemas"]
    sale, new = schemas["ledger.Sale"], schemas["ledger.Sale.New"]
    assert new["required"] == ["name"]
    assert new["properties"]["name"]["maxLength"] == 200
    assert "outcome" not in new["properties"]
    assert sale["properties"]["outcome"]["readOnly"] is True
    assert sale["properties"]["outcome"]["enum"] == ["open", "won", "lost"]
    assert sale["properties"]["closed_on"]["type"] == ["string", "null"]
    assert sale["properties"]["called_at"]["format"] == "date-time"
    assert sale["properties"]["amount"]["type"] == ["string", "null"]
    chance = new["properties"]["chance"]
    assert (chance["minimum"], chance["maximum"]) == (0, 100)
    assert schemas["ledger.Customer"]["properties"]["email"]["format"] == "email"
    assert "version" in schemas["ledger.Sale.Change"]["properties"]
    win = document["paths"]["/api/v1/ledger/sales/{id}/transitions/win"]["post"]
    inputs = win["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert set(inputs) == {"version", "closed_on"}


def test_filters_are_parameters(document: Any) -> None:
    names = {p["name"] for p in document["paths"]["/api/v1/ledger/sales"]["get"]["parameters"]}
    assert {
        "q", "sort", "limit", "cursor", "count", "fields", "amount__gte", "name__contains",
        "customer", "customer__in", "customer__isnull", "closed_on__lt", "outcome", "outcome__in",
        "id__in", "updated_at__gte",
    } <= names  # fmt: skip


def sample(schema: Any) -> str:
    """A value that fits the schema of a parameter."""
    formats = {"date": "2026-01-31", "date-time": "2026-01-31T00:00:00Z"}
    values = {"string": "a", "integer": "1", "boolean": "true"}
    for listed in ("enum", "examples"):
        if listed in schema:
            return str(schema[listed][0])
    if "pattern" in schema:
        return "EUR" if "A-Z" in schema["pattern"] else "1"
    return formats.get(schema.get("format", "")) or values[schema["type"]]


def test_every_documented_filter_is_taken(ada: Api, document: Any) -> None:
    parameters = document["paths"]["/api/v1/ledger/sales"]["get"]["parameters"]
    schemas = {each["name"]: each["schema"] for each in parameters}
    for name in schemas.keys() - {"cursor", "sort", "fields"}:
        value = sample(schemas[name.removesuffix("__in")])
        ada.get(f"/ledger/sales?{name}={quote(value)}")


def test_answers_fit_their_schemas(ada: Api, document: Any, world: Any) -> None:
    acme = ada.make("/ledger/customers", name="Acme")["id"]
    full = ada.make(
        "/ledger/sales", name="A", customer=acme, user=world.users["rita"], amount="1",
        currency="CNY", quantity="1", chance="1", days=1, closed_on="2026-01-31",
    )  # fmt: skip
    bare = ada.make("/ledger/sales", name="B")
    schema = {"$ref": "#/components/schemas/ledger.Sale"}
    assert fits(document, schema, full) and fits(document, schema, bare)
    assert set(full) <= set(document["components"]["schemas"]["ledger.Sale"]["properties"])
    assert not fits(document, schema, full | {"version": "1"})
    problem = ada.post("/ledger/sales", {}, 422)
    assert fits(document, {"$ref": "#/components/schemas/Problem"}, problem)
    listed = document["paths"]["/api/v1/ledger/sales"]["get"]["responses"]["200"]
    body = ada.get("/ledger/sales?count=true")
    assert fits(document, listed["content"]["application/json"]["schema"], body)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/", ""), ("/measures", ""), ("/measures/{key}", "?by=month,user&from=2026-01-01"),
        ("/measures/{key}/records", ""), ("/reports", ""),
    ],
)  # fmt: skip
def test_figures_and_the_index_are_what_is_said(
    ada: Api, document: Any, path: str, asked: str
) -> None:
    said = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
    schema = said["content"]["application/json"]["schema"]
    ada.make("/ledger/sales", name="A")
    keys = [each["key"] for each in ada.get("/measures")["items"]] if "{key}" in path else [""]
    for key in keys:
        found = ada.get(path.replace("{key}", key) + asked)
        assert fits(document, schema, found), (key, found)
        if "$ref" in schema:
            known = resolved(document, schema["$ref"])["properties"]
            assert found.keys() == known.keys()
    for example in schema.get("examples", []):
        assert fits(document, schema, example), example
    assert "examples" in schema or path == "/reports", path


def test_it_shows_what_the_caller_may_do_and_nothing_else(as_: Any) -> None:
    seen = as_("ana").get("/openapi.json")
    assert set(seen["paths"]["/api/v1/ledger/sales"]) == {"get"}
    assert "/api/v1/ledger/sales/bulk" not in seen["paths"]
    assert not any("transitions" in path for path in seen["paths"])
    assert "ledger.Customer" not in seen["components"]["schemas"]
    rita = as_("rita").get("/openapi.json")
    assert "/api/v1/ledger/sales/{id}/transitions/lose" in rita["paths"]
    assert "/api/v1/ledger/sales/{id}/transitions/reopen" not in rita["paths"]


def test_it_is_made_once_for_the_same_caller(ada: Api, as_: Any, monkeypatch: Any) -> None:
    first = ada.get("/openapi.json")

    def never(*args: Any) -> Any:
        raise AssertionError("made again")

    monkeypatch.setattr("core.api.openapi.document", never)
    assert ada.get("/openapi.json") == first
    as_("ana").get("/openapi.json", 500)


def test_it_speaks_the_reader_s_language(ada: Api) -> None:
    english = ada.get("/openapi.json", Accept_Language="en")
    chinese = ada.get("/openapi.json", Accept_Language="zh")
    name = "core.User"
    titles = [each["components"]["schemas"][name]["title"] for each in (english, chinese)]
    assert titles[0] == "Person" != titles[1]


def test_examples_are_what_may_be_sent(ada: Api, document: Any) -> None:
    """Each fits the schema that it stands in, by a validator of others."""
    schemas, seen = document["components"]["schemas"], 0
    for part in parts(document):
        for example in part.get("examples", ()) if "type" in part else ():
            whole = {**part, "components": {"schemas": schemas}}
            jsonschema_rs.Draft202012Validator(whole).validate(example)
            seen += 1
    assert seen > 10
    example = schemas["ledger.Customer.New"]["examples"][0]
    ada.make("/ledger/customers", **example)
