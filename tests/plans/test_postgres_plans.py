"""How PostgreSQL finds what the most frequent pages ask: by an index that begins with the company,
not by reading what belongs to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.models import model_of
from tests.harness import Installation, install

OWN, OTHERS = 200, 5_000
"""Rows of the company that is asked, and of the one beside it."""
BIG = ("crm.Opportunity", "crm.Account", "activities.Activity", "core.SearchToken",
       "core.AuditEntry")  # fmt: skip
REST = "/api/v1/crm/opportunities"
_SCAN = re.compile(r"Seq Scan on (\w+)")


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """Two companies, of which the other one has nearly all rows."""
    made = install(tmp_path_factory.mktemp("plans"), database_url=new_postgres_url())
    for slug, rows in (("acme", OWN), ("other", OTHERS)):
        made.company(slug, "catalog", "crm", "targets", "activities", language="en", country="CN")
        made.person(slug, "ada", "admin")
        made.person(slug, "rita")
        headers = made.token(slug, "ada")
        owner = made.user_id(slug, "rita")
        client = made.app.test_client()

        def post(path: str, **sent: Any) -> Any:
            answer = client.post(f"/api/v1{path}", json=sent, headers=headers)  # noqa: B023
            assert answer.status_code == 201, answer.text
            return answer.json

        account = post("/crm/accounts", name=f"{slug} Ltd", owner=owner)
        post("/crm/opportunities", name="Deal", account=account["id"], owner=owner,
             amount="10.00", expected_close="2026-03-05")  # fmt: skip
        kinds = client.get("/api/v1/activities/kinds?limit=1", headers=headers).json["items"]
        post("/activities/activities", subject="Call", kind=kinds[0]["id"], due="2026-03-05",
             about_model="crm.Account", about_id=account["id"])  # fmt: skip
        with made.app.app_context(), services().engine.begin() as connection:
            for key in BIG:
                _multiply(connection, key, slug, rows)
    with made.app.app_context(), services().engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("analyze")
    yield made
    with made.app.app_context():
        services().engine.dispose()


def _multiply(connection: sa.Connection, key: str, slug: str, times: int) -> None:
    """Copies of a company's rows of a table, each with a number in its name or token."""
    table: Any = model_of(key).__table__
    names = [f'"{column.name}"' for column in table.c if column.name != "id"]
    own = sa.text("company_id = (select id from core_company where slug = :slug)")
    texts = {f'"{name}"': f"{name} || n" for name in ("name", "title_key", "token")}
    told = {**texts, '"amount"': "amount + n * 100"}
    values = ", ".join(told.get(name, name) for name in names)
    connection.execute(
        sa.text(
            f"insert into {table.name} ({', '.join(names)}) select {values} from"
            f" (select * from {table.name} where {own} limit 2) as one,"
            f" generate_series(1, {times}) as n on conflict do nothing"
        ),
        {"slug": slug},
    )


def scans(made: Installation, ask: Callable[[], Any]) -> list[str]:
    """Statements inside that read a big table from end to end, with what they read."""
    found, big = [], {model_of(key).__tablename__ for key in BIG}
    for statement, text in plans(made, ask):
        if read := big & set(_SCAN.findall(text)):
            found.append(f"{sorted(read)}: {statement}\n{text}")
    return found


def plans(made: Installation, ask: Callable[[], Any]) -> list[tuple[str, str]]:
    """What is read inside, and how PostgreSQL would."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, given: Any, *more: Any) -> None:
        seen.append((statement, given))

    with made.app.app_context():
        engine = services().engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        answer = ask()
        assert answer.status_code == 200, answer.text[:500]
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    found = []
    with engine.connect() as connection:
        for statement, given in seen:
            if statement.lstrip().lower().startswith(("select", "with")):
                plan = connection.exec_driver_sql(f"explain {statement}", given)
                found.append((statement, "\n".join(row[0] for row in plan)))
    assert seen
    return found


@pytest.mark.parametrize(
    "path",
    [
        f"{REST}?owner=OWNER&sort=-amount&limit=80",
        f"{REST}?sort=-amount",
        f"{REST}?outcome=open&sort=-amount&limit=80&fields=name,amount,stage",
        f"{REST}?q=Deal7",
        "/api/v1/crm/accounts?sort=name",
        "/api/v1/crm/accounts/deleted?since=2026-01-01T00:00:00Z",
        "/api/v1/measures/crm.open_amount?by=stage,month",
        "/api/v1/activities/activities?state=open&sort=due",
    ],
)
def test_rest_reads_by_an_index(filled: Installation, path: str) -> None:
    headers = filled.token("acme", "rita")
    client = filled.app.test_client()
    asked = path.replace("OWNER", str(filled.user_id("acme", "rita")))
    assert client.get(asked, headers=headers).status_code == 200
    assert scans(filled, lambda: client.get(asked, headers=headers)) == []


def test_a_page_behind_a_figure_does_not_sort_out_all_that_is_behind_it(
    filled: Installation,
) -> None:
    # Of an admin, whom no rule narrows: rules have sets of their own.
    headers, client = filled.token("acme", "ada"), filled.app.test_client()
    path = f"{REST}?behind=crm.open_amount&sort=-amount&limit=80"

    def ask() -> Any:
        return client.get(path, headers=headers)

    assert len(ask().json["items"]) == 80
    assert scans(filled, ask) == []
    [plan] = [plan for statement, plan in plans(filled, ask) if "limit" in statement.lower()
              and "from crm_opportunity" in statement.lower()]  # fmt: skip
    assert not {"Unique", "HashAggregate"} & set(re.findall(r"[A-Z]\w+", plan)), plan


@pytest.mark.parametrize(
    "path",
    [
        "/crm/opportunities",
        "/crm/opportunities?view=board",
        "/crm/accounts",
        "/crm/accounts/FIRST",
        "/activities/activities",
        "/search?q=Deal7",
        "/",
    ],
)
def test_pages_read_by_an_index(filled: Installation, path: str) -> None:
    client = filled.client("acme", "rita")
    if "FIRST" in path:
        headers = filled.token("acme", "rita")
        items = client.get("/api/v1/crm/accounts?limit=1&sort=id", headers=headers).json["items"]
        path = path.replace("FIRST", str(items[0]["id"]))
    assert client.get(path).status_code == 200
    assert scans(filled, lambda: client.get(path)) == []


def test_what_reads_a_table_from_end_to_end_is_found(filled: Installation) -> None:
    def ask() -> Any:
        with filled.app.app_context(), services().engine.connect() as connection:
            connection.execute(sa.text("select id from crm_opportunity where name = 'x'"))
        return SimpleNamespace(status_code=200)

    [found] = scans(filled, ask)
    assert found.startswith("['crm_opportunity']")
