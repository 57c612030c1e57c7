"""What the pages that people look at all day cost, in a company with 100,000 opportunities.

Statements, size and time of a list, a board, a chart and a record, beside the REST answer of
the same rows; and what a browser loads at first. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import gzip
import itertools
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from databases import company_of_sellers, on_each, settle
from flask.testing import FlaskClient

from core.data.titles import key_of
from core.extensions import db
from core.identity import service
from core.identity.models import User
from plugin_api.models import model_of
from tests.harness import Installation

ROUNDS = 15
LIST, BOARD = "/crm/opportunities?sort=-amount", "/crm/opportunities?view=kanban&outcome=open"
CHART, PIVOT = "/crm/opportunities?view=chart", "/crm/opportunities?view=pivot"
REST = "/api/v1/crm/opportunities?sort=-amount&limit=80&count=true"
MOST_STATEMENTS, MOST_BYTES, MOST_TIMES_REST = 6, 75_000, 3.0
MOST_FIRST_LOAD = 500_000
COLUMNS = 5


def fill(made: Installation, records: int) -> int:
    """Opportunities of a year and a half; the id of one of them."""
    dice = random.Random(7)
    opportunity: Any = model_of("crm.Opportunity")
    account: Any = model_of("crm.Account")
    stage: Any = model_of("crm.Stage")
    with made.working("acme"):
        owners = list(db.session.scalars(sa.select(User.id)))
        stages = db.session.scalars(sa.select(stage).order_by(stage.position)).all()
        pipeline = stages[0].pipeline_id
        stages = [each for each in stages if each.pipeline_id == pipeline]
        firms = [f"{dice.choice('华新中东')}{dice.choice('信达科海')}{i:05}" for i in range(2000)]
        db.session.execute(
            sa.insert(account),
            [{"name": name, "title_key": key_of(name), "owner_id": dice.choice(owners)}
             for name in firms],
        )  # fmt: skip
        accounts = list(db.session.scalars(sa.select(account.id)))

        def rows() -> Iterator[dict[str, Any]]:
            for i in range(records):
                at = dice.choice(stages)
                amount = dice.randrange(100_00, 100_000_00)
                name = f"Opportunity {i:06}"
                yield {
                    "name": name, "title_key": key_of(name), "pipeline_id": pipeline,
                    "stage_id": at.id, "outcome": at.outcome, "owner_id": dice.choice(owners),
                    "account_id": dice.choice(accounts), "amount": amount, "currency": "CNY",
                    "amount_company": amount, "external_id": f"{i:06}",
                    "created_on": date(2026, 1, 1) + timedelta(dice.randrange(300)),
                    "expected_close": date(2026, 1, 1) + timedelta(dice.randrange(500)),
                }  # fmt: skip

        some = rows()
        while chunk := list(itertools.islice(some, 1000)):
            db.session.execute(sa.insert(opportunity), chunk)
        found = db.session.scalar(sa.select(opportunity.id).limit(1))
    settle(made)
    assert found is not None
    return int(found)


@contextmanager
def statements(made: Installation) -> Iterator[list[str]]:
    """What the database is asked for inside."""
    seen: list[str] = []
    with made.app.app_context():
        engine = db.engine

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.lstrip()[:6].upper().startswith(("SELECT", "WITH ")):
            seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def look(made: Installation, ask: Callable[[], Any]) -> dict[str, Any]:
    """Statements, kilobytes and milliseconds (the median of several) of an answer."""
    ask()
    with statements(made) as seen:
        answer = ask()
    assert answer.status_code == 200, answer.text[:500]
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return {
        "statements": len(seen), "bytes": len(answer.data),
        "ms": round(statistics.median(times), 1), "best ms": round(min(times), 1),
    }  # fmt: skip


def first_load(client: FlaskClient) -> int:
    """Bytes that a browser loads to show the first page, packed as a proxy or server packs them."""
    page = client.get("/")
    found = {
        *re.findall(r'<script[^>]*\bsrc="([^"]+)"', page.text),
        *re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page.text),
        *re.findall(r'<link[^>]*href="([^"]+)"[^>]*rel="stylesheet"', page.text),
    }
    assert found
    return sum(len(gzip.compress(client.get(path).data)) for path in found) + len(
        gzip.compress(page.data)
    )


def measure(folder: Path, records: int, url: str) -> dict[str, Any]:
    """One database."""
    made = company_of_sellers(folder, url, {"ada": "admin"})
    record = fill(made, records)
    with made.working("acme"):
        secret = service.add_token(service.find_user("ada@acme.example"), "benchmark")
    client, bearer = made.client("acme", "ada"), {"Authorization": f"Bearer {secret}"}
    bare = made.app.test_client()
    found: dict[str, Any] = {
        "REST, 80 rows and count": look(made, lambda: bare.get(REST, headers=bearer))
    }
    pages = {"list": LIST, "board": BOARD, "chart": CHART, "pivot": PIVOT,
             "record": f"/crm/opportunities/{record}"}  # fmt: skip
    for name, path in pages.items():
        found[name] = look(made, lambda path=path: client.get(path))  # type: ignore[misc]
    found["first load, bytes"] = first_load(client)
    return found


def beyond(found: dict[str, Any]) -> list[str]:
    """What is over its limit."""
    listed, rest = found["list"], found["REST, 80 rows and count"]
    times = round(listed["best ms"] / rest["best ms"], 2)
    checks = {
        f"list: {listed['statements']} statements": listed["statements"] <= MOST_STATEMENTS,
        f"list: {listed['bytes']} bytes": listed["bytes"] < MOST_BYTES,
        f"list: {times} times the REST answer": times < MOST_TIMES_REST,
        f"board: {found['board']['statements']} statements": found["board"]["statements"]
        <= COLUMNS + MOST_STATEMENTS,
        f"first load: {found['first load, bytes']} bytes": found["first load, bytes"]
        < MOST_FIRST_LOAD,
    }
    return [text for text, holds in checks.items() if not holds]


def main() -> int:
    """Print what was measured; fail beyond the limits."""
    return on_each(__doc__, measure, beyond)


if __name__ == "__main__":
    raise SystemExit(main())
