"""What the most frequent changes ask of the database: it does not grow back unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import make_map
from core.extensions import db
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from tests.harness import Installation
from tests.plugins.crm.kit import stage, user

REST = "/api/v1/crm/opportunities"
ONE = {"postgresql": 6, "sqlite": 11}
"""Who asks, what is referred to, an id; the record with index and trail; names for the answer; what
follows it. The other database takes each table by itself."""
MANY = {"postgresql": 5, "sqlite": 10}
MOVE = {"postgresql": 9, "sqlite": 12}
"""Who asks, the record, what is referred to; the change; its stay in the stage, which ends; who
follows it; names for the answer; trail, history and notifications."""
BATCH = {"postgresql": 12, "sqlite": 16}
"""Of five hundred rows of a file."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked for inside."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    db.session().settle()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
        db.session().settle()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def ids(crm: Installation) -> dict[str, int]:
    """What new records refer to."""
    with crm.working("web"):
        named = Account.name == "Counted Mill"
        account = host().session.scalar(sa.select(Account.id).where(named))
        if account is None:
            account = host().records.create(Account, {"name": "Counted Mill"}).id
        return {
            "account": account, "owner": user("ann"),
            "first": stage("Prospecting"), "second": stage("Qualification"),
        }  # fmt: skip


class Program:
    """Asks as Ada, who is told of nothing, so that Ann is."""

    def __init__(self, made: Installation) -> None:
        self.app, self._client = made.app, made.app.test_client()
        self._headers = made.token("web", "ada")

    def post(self, path: str, body: Any) -> tuple[Any, list[str]]:
        """The answer, and the statements that it took."""
        with self.app.app_context(), statements() as seen:
            answer = self._client.post(f"{REST}{path}", json=body, headers=self._headers)
        assert answer.status_code < 300, answer.text
        return answer.json, seen


@pytest.fixture
def program(crm: Installation) -> Program:
    return Program(crm)


def new(ids: dict[str, int], number: int) -> dict[str, Any]:
    return {
        "name": f"Deal {number}", "account": ids["account"], "owner": ids["owner"],
        "stage": ids["first"], "amount": "12.50", "expected_close": "2026-03-05",
    }  # fmt: skip


def dialect(program: Program) -> str:
    with program.app.app_context():
        return str(db.engine.dialect.name)


def test_to_create_one(program: Program, ids: dict[str, int]) -> None:
    program.post("", new(ids, 1))
    _made, seen = program.post("", new(ids, 2))
    assert len(seen) <= ONE[dialect(program)], seen


def test_to_create_many(program: Program, ids: dict[str, int]) -> None:
    program.post("", new(ids, 1))
    for count in (20, 200):
        made, seen = program.post("/bulk", {"create": [new(ids, i) for i in range(count)]})
        assert len(made["create"]) == count
        assert len(seen) <= MANY[dialect(program)], seen


def test_to_move_one_on(program: Program, ids: dict[str, int]) -> None:
    found = []
    for number in range(2):
        made, _seen = program.post("", new(ids, number))
        path = f"/{made['id']}/transitions/move"
        found.append(program.post(path, {"stage": ids["second"]})[1])
    assert len(found[-1]) <= MOVE[dialect(program)], found[-1]


def test_to_import_rows(crm: Installation, ids: dict[str, int], tmp_path: Path) -> None:
    counts = []
    for rows in (500, 1500):
        file = tmp_path / f"{rows}.csv"
        lines = [f"{rows}-{i},Deal {i},Counted Mill,Ann,Prospecting,{i}.50" for i in range(rows)]
        file.write_text("\n".join(["External ID,Name,Account,Owner,Stage,Amount", *lines]))
        with crm.working("web", "ada"), statements() as seen:
            report = run_import(Order(model=Opportunity, path=file, map=make_map({})))
            assert report.created == rows, report.row_errors[:3]
            counts.append(len(seen))
            name = db.engine.dialect.name
            db.session.rollback()
    assert (counts[1] - counts[0]) / 2 <= BATCH[name], counts
