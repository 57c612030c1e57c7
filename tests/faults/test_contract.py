"""REST keeps what its OpenAPI document says, for every role, whatever is sent.

Each operation is asked once in a run, by one role after the other; with
``XIAOGUAN_TEST_EXAMPLES`` set to a number, every role asks every operation so often.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.config import with_driver
from core.custom.models import KINDS
from core.extensions import db
from core.host import services
from core.identity.models import RoleField
from core.identity.service import find_user, role_named
from plugin_api.models import model_of
from tests.faults.contract import BOTH, EXAMPLES, Caller
from tests.harness import Installation, install
from tests.tenancy.roles import make_roles

SLUG = "acme"
WHOLE, WRITERS = "whole", ("admin", "manager")
SELLING = (
    "sales", "activities", "pools", "assignment", "approvals", "duplicates", "segments", "pricing",
    "service", "contracts", "swot", "risk", "rewards",
)  # fmt: skip
"""Plugins of which what is written is asked, in a company of their own."""
ROLES = ("admin", "manager", "rep", "analyst", "finance", "auditor")


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    yield from _furnished(tmp_path_factory.mktemp("contract"))


@pytest.fixture(scope="module")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    _, access = make_roles(new_postgres_url)
    yield from _furnished(
        tmp_path_factory.mktemp("contract"),
        database_url=with_driver(access.app_url),
        owner_database_url=with_driver(access.owner_url),
    )


def _furnished(folder: Path, **settings: str) -> Iterator[Installation]:
    """A company that uses everything, and some of everything in it."""
    inst = install(folder, **settings)
    inst.company(SLUG, "catalog", "crm", "targets", currency="CNY", country="CN", language="en")
    for role in ROLES:
        inst.person(SLUG, role, role)
    _fields(inst)
    _records(inst)
    yield inst
    with inst.app.app_context():
        services().engine.dispose()


def _fields(inst: Installation) -> None:
    """Fields of the company's own, of every kind, and one that finance may not read."""
    with inst.working(SLUG):
        field: Any = model_of("core.CustomField")
        option: Any = model_of("core.CustomOption")
        for kind in (each.value for each in KINDS):
            more = {"target": "crm.Account"} if kind == "reference" else {}
            made = services().records.create(
                field, {"model": "crm.Opportunity", "kind": kind, "label": f"Own {kind}", **more}
            )
            if kind == "choice":
                for label in ("One", "Two"):
                    services().records.create(option, {"field": made.id, "label": label})
        db.session.add(
            RoleField(
                role_id=role_named("finance").id,
                model="crm.Account",
                field="phone",
                narrowed="hidden",
            )
        )


def _records(inst: Installation) -> None:
    """Records of the rep's, with a comment, a file, a share and a saved view."""
    headers = inst.token(SLUG, "rep")
    client = inst.app.test_client()

    def send(path: str, **body: Any) -> Any:
        answer = client.post(f"/api/v1{path}", json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json

    account = send("/crm/accounts", name="Qinghe", phone="+86 10 8888 6666")["id"]
    send("/crm/contacts", name="Li", account=account)
    send("/crm/leads", name="Lea")
    send("/crm/opportunities", name="Deal", account=account, amount="10")
    send(f"/crm/accounts/{account}/comments", text="@Manager look")
    form = {"file": (io.BytesIO("é,中\n".encode()), "a.csv")}
    answer = client.post(f"/api/v1/crm/accounts/{account}/attachments", data=form, headers=headers)
    assert answer.status_code == 201, answer.text
    with inst.working(SLUG, "admin"):
        for model, name in (("catalog.Product", "Drill"), ("core.Team", "South")):
            services().records.create(model_of(model), {"name": name})  # type: ignore[type-var]
    from core.access.sharing import share  # it needs the models of an application

    with inst.working(SLUG, "rep"):
        shared = services().records.get(model_of("crm.Account"), account, "update")
        analyst = find_user(f"analyst@{SLUG}.example").id
        share(shared, user_id=analyst)


@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_rest_answers_as_it_says(request: pytest.FixtureRequest, database: str, place: int) -> None:
    inst: Installation = request.getfixturevalue(f"on_{database}")
    caller = Caller(inst.app, inst.token(SLUG, ROLES[place]))
    operations = list(caller.operations())
    assert len(operations) > 100
    # PostgreSQL differs below the interface only: there, half of them will do.
    step = len(ROLES) * (2 if database == "postgres" else 1)
    asked = operations if EXAMPLES > 1 else operations[place::step]
    said = [text for operation in asked for text in caller.wrong(operation)]
    assert not said, "\n\n".join(said[:20])


@pytest.fixture(scope="module")
def whole(on_sqlite: Installation) -> Installation:
    """A company that uses every plugin, and has some of what they keep."""
    on_sqlite.company(
        WHOLE, "catalog", "crm", "targets", *SELLING, currency="CNY", country="CN", language="en"
    )
    for role in WRITERS:
        on_sqlite.person(WHOLE, role, role)
    client, headers = on_sqlite.app.test_client(), on_sqlite.token(WHOLE, "admin")

    def send(path: str, **body: Any) -> int:
        answer = client.post(f"/api/v1{path}", json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return int(answer.json["id"])

    account, product = send("/crm/accounts", name="Qinghe"), send("/catalog/products", name="Drill")
    for whole_, part, of in (
        ("orders", "order-lines", "order"),
        ("quotes", "quote-lines", "quote"),
    ):
        made = send(f"/sales/{whole_}", account=account)
        send(f"/sales/{part}", **{of: made}, product=product, price="10")
    send("/sales/receipts", account=account, amount="10")
    send("/service/cases", name="It stops", account=account)
    send("/risk/controls", name="Visits", risk=send("/risk/risks", name="They leave"))
    kind = client.get("/api/v1/activities/kinds?limit=1", headers=headers).json["items"][0]["id"]
    send("/activities/activities", subject="Call", kind=kind)
    send("/contracts/contracts", name="Frame", account=account, starts_on="2026-01-01")
    return on_sqlite


def test_what_plugins_write_answers_as_it_says(whole: Installation) -> None:
    """New records, changes and moves of every other plugin, with what fits or what does not, by one
    role after the other. All go by the document of the first: to make another takes as long as to
    ask fifty times."""
    caller = Caller(whole.app, whole.token(WHOLE, WRITERS[0]))
    headers = [{**caller.headers, **whole.token(WHOLE, role)} for role in WRITERS]
    asked = [operation for operation in caller.operations() if _writes(operation)]
    if EXAMPLES == 1:
        # A change has the fields of a new record: of these a third will do.
        changes = [operation for operation in asked if operation.method == "patch"]
        left = {operation.path for operation in changes} - {each.path for each in changes[::3]}
        asked = [each for each in asked if each.method != "patch" or each.path not in left]
    assert len(asked) > 120
    asked.sort(key=lambda operation: (operation.path.count("/"), operation.method != "post"))
    said = []
    for number, operation in enumerate(asked):
        caller.headers = headers[number // 2 % len(headers)]
        said += caller.wrong(operation, BOTH if EXAMPLES > 1 else BOTH[number % 2 :][:1])
    assert not said, "\n\n".join(said[:20])


def _writes(operation: Any) -> bool:
    _, _, _, plugin, *rest = operation.path.split("/")
    if plugin not in SELLING:
        return False
    new = operation.method == "post" and (len(rest) == 1 or "transitions" in rest)
    return new or (operation.method == "patch" and rest[1:] == ["{id}"])
