"""Every operation of REST, read from the map of addresses and the registries, on every
collection: without a token, for a plugin that is off, for records of another company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.host import services
from core.identity import attempts
from plugin_api.models import CompanyModel, model_of
from tests.security.kit import ACME, OTHER, World

ROOT = "/api/v1"

PLACED = frozenset(
    {
        "plugin", "collection", "record_id", "comment_id", "file_id", "import_id", "name", "run_id",
        "share_id", "view_id",
    }
)  # fmt: skip
"""Parts of addresses that the tests here know how to fill."""

FREE = frozenset(
    {
        "api.figures.index", "api.figures.records", "api.figures.table", "api.jobs.cancel",
        "api.jobs.file", "api.jobs.index", "api.jobs.retry", "api.jobs.show", "api.jobs.start",
        "api.openapi.description", "api.openapi.index", "api.reports.index", "api.reports.show",
    }
)  # fmt: skip
"""About no collection: what there is for the caller. Jobs of others: tests/rest/test_jobs.py."""


def collections(world: World) -> list[tuple[str, str]]:
    with world.app.app_context():
        return sorted(
            (model.plugin_id(), model.__collection__)
            for model in services().registry.models.values()
            if model.__collection__ and issubclass(model, CompanyModel)
        )


def rest_calls(world: World, only: str = "", record_id: int = 1) -> Iterator[tuple[str, str]]:
    """Every operation on every collection (or one), and on every measure: method and path."""
    with world.app.app_context():
        moves = {
            f"/{model_of(key).plugin_id()}/{model_of(key).__collection__}": [
                t.name for t in workflow.transitions
            ]
            for key, workflow in services().registry.workflows.items()
        }
        measures = sorted(services().registry.measures)
        reports = sorted(services().registry.reports)
    for plugin, collection in collections(world):
        place = f"/{plugin}/{collection}"
        for rule in world.app.url_map.iter_rules():
            if str(rule).startswith(ROOT) and only in ("", place) and "plugin" in rule.arguments:
                for name in moves.get(place, ()) if "name" in rule.arguments else ("",):
                    path = str(rule).removeprefix(ROOT).replace("<plugin>/<collection>", place[1:])
                    path = path.replace("<int:record_id>", str(record_id)).replace("<name>", name)
                    for part in ("comment_id", "file_id", "import_id", "share_id", "view_id"):
                        path = path.replace(f"<int:{part}>", "1")
                    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                        yield method, path
    if not only:
        for key in measures:
            yield from (("GET", f"/measures/{key}"), ("GET", f"/measures/{key}/records"))
        yield from (("GET", f"/reports/{key}") for key in reports)
        yield from (("GET", "/jobs"), ("POST", "/jobs"), ("GET", "/jobs/1"))
        yield from (("POST", "/jobs/1/cancel"), ("POST", "/jobs/1/retry"), ("GET", "/jobs/1/file"))


def test_every_route_of_rest_is_tried(world: World) -> None:
    """One about a collection is tried by itself; any other is decided on here."""
    rules = [r for r in world.app.url_map.iter_rules() if str(r).startswith("/api/")]
    free = {r.endpoint for r in rules if not {"plugin", "collection"} <= r.arguments}
    assert free == FREE
    assert {name for r in rules for name in r.arguments if r.endpoint not in FREE} <= PLACED


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer xg_nothing"}, {"Authorization": "Basic eDp4"},
     {"Authorization": "Bearer " + "x" * 10_000}, {"Authorization": "Bearer \u00e9"}],
)  # fmt: skip
def test_rest_needs_a_token(
    world: World, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session's cookie is none: a page of another site could send it along. A token that is
    none is tried on each endpoint, though not for each collection."""
    patient = {**attempts.LIMITS, "token": attempts.Limit(10**6, timedelta(hours=1))}
    monkeypatch.setattr(attempts, "LIMITS", patient)
    calls = list(rest_calls(world))
    if headers:
        calls = [each for each in calls if each[1].startswith(("/crm/accounts", "/jobs", "/core/"))]
    for client in (world.app.test_client(), world.client(ACME, "ada")):
        for method, path in calls:
            answer = client.open(f"/api/v1{path}", method=method, headers=headers)
            assert answer.status_code == 401, (method, path)


def test_rest_has_nothing_of_a_plugin_that_is_off(world: World) -> None:
    world.bare()
    got = {}
    for method, path in rest_calls(world):
        if not path.startswith(("/core/", "/jobs")):
            body = {"version": 1} if method != "GET" else None
            status = world.rest("bare", "ada", method, path, body).status_code
            if status != 404:
                got[f"{method} {path}"] = status
    assert got == {}


def test_rest_has_nothing_of_another_company(world: World) -> None:
    """A record of every collection that the other company has filled, and lists of all."""
    with world.inst.working(OTHER):
        held: dict[str, list[int]] = {}
        for model in services().registry.models.values():
            if model.__collection__ and issubclass(model, CompanyModel):
                some: Any = model
                path = f"/{model.plugin_id()}/{model.__collection__}"
                held[path] = list(services().session.scalars(sa.select(some.id)))
    with world.inst.working(ACME):
        mine = {
            f"/{m.plugin_id()}/{m.__collection__}": set(services().session.scalars(sa.select(m.id)))
            for m in services().registry.models.values()
            if m.__collection__ and issubclass(m, CompanyModel)
        }
    assert sum(map(len, held.values())) > 20
    got = {}
    for path, ids in held.items():
        seen: Any = world.rest(ACME, "ada", "GET", f"{path}?limit=1000&count=true").json
        assert {row["id"] for row in seen["items"]} <= mine[path]
        assert seen["total"] == len(mine[path])
        for id_ in [each for each in ids if each not in mine[path]][:1]:
            for method, call in rest_calls(world, path, id_):
                if f"{path}/{id_}" in call:
                    body = {"version": 1, "text": "x"} if method != "GET" else None
                    status = world.rest(ACME, "ada", method, call, body).status_code
                    if status != 404:
                        got[f"{method} {call}"] = status
    assert got == {}


def test_the_same_values_in_two_companies_do_not_meet(world: World) -> None:
    """What must be unique is so inside a company: no refusal tells what another one has."""
    for slug in (OTHER, ACME):
        for path, values in (
            ("/crm/accounts", {"name": "Same", "external_id": "SAME-1"}),
            ("/core/users", {"name": "Same", "email": "same@both.example", "external_id": "S"}),
            ("/core/teams", {"name": "Same", "external_id": "S"}),
            ("/core/roles", {"name": "Same", "code": "same"}),
        ):
            made = world.rest(slug, "ada", "POST", path, values)
            assert made.status_code == 201, made.text
            assert world.rest(slug, "ada", "POST", path, values).status_code == 422 or (
                path == "/crm/accounts"
            )


@pytest.mark.parametrize("who", ["ada", "max"])
def test_what_is_missing_is_named(world: World, who: str) -> None:
    """Hooks count on what must be there; who sends nothing, or null, is told so all the same."""
    known = world.rest(ACME, who, "GET", "/openapi.json").json or {}
    sent = 0
    for path, operations in known["paths"].items():
        place = path.removeprefix(ROOT)
        if place.count("/") != 2 or "{" in place or "post" not in operations:
            continue
        asked = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
        named = known["components"]["schemas"].get(asked.get("$ref", "").rpartition("/")[2], asked)
        fields = named.get("properties", {})
        for body in ({}, dict.fromkeys(fields), *({name: None} for name in fields)):
            answer = world.rest(ACME, who, "POST", place, body)
            assert answer.status_code in (201, 403, 404, 422), (place, body, answer.text)
            sent += 1
    assert sent > 300
