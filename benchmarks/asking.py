"""A question over REST and in SQL by hand, in turns; and rows by the thousand to ask about."""

from __future__ import annotations

import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import psycopg
import sqlalchemy as sa

from core.extensions import db
from tests.harness import Installation

ROUNDS = 9

Question = Callable[[], Any]


def put(model: Any, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows past the application; how many there were."""
    some, count = iter(rows), 0
    while chunk := list(itertools.islice(some, 4000)):
        db.session.execute(sa.insert(model), chunk)
        count += len(chunk)
    return count


def over_rest(made: Installation, company: str, name: str) -> Callable[[str], Question]:
    """Makes a question of an address, asked in a person's name."""
    client, bearer = made.app.test_client(), made.token(company, name)

    def ask(path: str) -> Question:
        def asked() -> Any:
            answer = client.get(path, headers=bearer)
            assert answer.status_code == 200, answer.text[:500]
            return answer.json

        return asked

    return ask


def by_hand(server: psycopg.Connection[Any]) -> Callable[..., Question]:
    """Makes a question of a statement and what it is given; the rows are written as JSON."""

    def ask(text: str, *given: Any) -> Question:
        run: Callable[..., Any] = server.execute
        return lambda: json.dumps(run(text, given).fetchall(), default=str)

    return ask


def beside(ours: Callable[[], Any], bare: Callable[[], Any]) -> dict[str, float]:
    """Both in turns: milliseconds of each, and the ratio of bare to ours (1: as quick)."""
    ours(), bare()
    spent: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        for name, ask in (("ours", ours), ("bare", bare)):
            start = time.perf_counter()
            ask()
            spent[name].append((time.perf_counter() - start) * 1000)
    found = {name: statistics.median(some) for name, some in spent.items()}
    ratios = [bare / ours for ours, bare in zip(spent["ours"], spent["bare"], strict=True)]
    return {"ms": round(found["ours"], 1), "bare ms": round(found["bare"], 1),
            "ratio": round(statistics.median(ratios), 2)}  # fmt: skip
