"""What a request costs within one process: statements, and on SQLite the rate beside the same work
with Flask and sqlite3 alone."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, jsonify, request
from sqlalchemy import event

from benchmarks.rig.load import fill
from core.extensions import db
from core.tenancy.engine import PRAGMAS
from plugin_api.host import host
from plugin_api.models import model_of
from tests.harness import Installation, install

Request = Mapping[str, Any]
TABLES = """
create table opportunity (
    id integer primary key, name text not null, company_id int not null, customer_id int not null,
    owner_id int not null, stage_id int not null, amount int not null, probability int not null,
    expected_close text not null);
create index a on opportunity (company_id, owner_id, amount desc, id desc);
create index b on opportunity (customer_id);
create index c on opportunity (stage_id);
"""
COLUMNS = ("name", "company", "customer", "owner", "stage", "amount", "probability",
           "expected_close")  # fmt: skip
INSERT = f"insert into opportunity values (null{', ?' * len(COLUMNS)})"


def ask(client: Any, asked: Request) -> None:
    """Ask once. Raises AssertionError for another answer than the one that is expected."""
    body, path = fill(asked.get("body", "")), fill(asked["path"])
    answer = client.open(path, method=asked["method"], headers=asked["headers"], data=body)
    assert answer.status_code == asked.get("status", 200), answer.text[:500]


def statements(app: Flask, asked: Request) -> int:
    """How many statements a request takes that was asked before."""
    client, seen = app.test_client(), 0

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        nonlocal seen
        seen += statement != "BEGIN"

    for _ in range(3):
        ask(client, asked)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask(client, asked)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def bare(file: Path) -> Flask:
    """Routes that do one statement each with sqlite3, with the same promises of the database."""
    app = Flask(__name__)
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    connection.executescript(TABLES)

    @app.post("/opportunities")
    def create() -> Response:
        sent = request.get_json()
        rows = [sent] if isinstance(sent, dict) else sent
        connection.execute("begin immediate")
        connection.executemany(INSERT, [tuple(row[name] for name in COLUMNS) for row in rows])
        connection.execute("commit")
        return jsonify(len(rows))

    @app.post("/opportunities/<int:key>")
    def move(key: int) -> Response:
        given = (request.get_json()["stage"], key)
        connection.execute("update opportunity set stage_id = ? where id = ?", given)
        return jsonify(True)

    return app


def on_sqlite(folder: Path, seconds: float, only: str) -> None:
    """Print both rates and their ratio."""
    made = install(folder)
    made.company("acme", "catalog", "crm", "targets", country="CN", currency="CNY")
    made.person("acme", "rita")
    made.person("acme", "ada", "admin")
    headers = made.token("acme", "ada") | {"Content-Type": "application/json"}
    floor, ours = bare(folder / "bare.db").test_client(), made.app.test_client()
    requests = _requests(made, headers)
    # What is changed is there, whichever lines are asked for.
    for client, asked in zip((floor, ours), requests["create 200"], strict=True):
        ask(client, asked)
    for name, (plain, mine) in requests.items():
        if only in f"sqlite {name}":
            theirs = _rate(partial(ask, floor, plain), seconds)
            rate = _rate(partial(ask, ours, mine), seconds)
            print(f"SQLite, {name:<16}{theirs:>9.1f}{rate:>9.1f}{rate / theirs:>7.2f}")


def _requests(made: Installation, headers: Mapping[str, str]) -> dict[str, tuple[Request, Request]]:
    account, stage = model_of("crm.Account"), model_of("crm.Stage")
    with made.working("acme"):
        customer = host().records.create(account, {"name": "Customer"}).id  # type: ignore[type-var]
        asked: Any = stage
        one, two = db.session.scalars(
            sa.select(asked.id).where(asked.outcome == "open").order_by(asked.position).limit(2)
        )
    owner = made.user_id("acme", "rita")
    day = "2026-03-05"
    plain = {"name": "Bench ${n}", "company": 1, "customer": customer, "owner": owner, "stage": one,
             "amount": 123450, "probability": 10, "expected_close": day}  # fmt: skip
    new = {"name": "Bench ${n}", "account": customer, "owner": owner, "stage": one,
           "amount": "1234.50", "expected_close": day}  # fmt: skip

    def both(path: str, body: Any, address: str, mine: Any, status: int = 200) -> Any:
        texts = [each if isinstance(each, str) else json.dumps(each) for each in (body, mine)]
        told = {"Content-Type": "application/json"}
        return (
            {"method": "POST", "path": path, "headers": told, "body": texts[0]},
            {"method": "POST", "path": f"/api/v1/crm/opportunities{address}", "headers": headers,
             "body": texts[1], "status": status},
        )  # fmt: skip

    moved = f'{{"stage": ${{pick:{one},{two}}}}}'
    return {
        "create one": both("/opportunities", plain, "", new, 201),
        "create 200": both("/opportunities", [plain] * 200, "/bulk", {"create": [new] * 200}),
        "stage change": both("/opportunities/${rand:1:200}", moved,
                             "/${rand:1:200}/transitions/move", moved),
    }  # fmt: skip


def _rate(act: Callable[[], None], seconds: float) -> float:
    for _ in range(3):
        act()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        act()
        count += 1
    return count / (time.perf_counter() - start)
