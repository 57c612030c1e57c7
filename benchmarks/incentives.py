"""What pay of 200 people by three tiers costs, on the 541,909 lines of a real shop as ledger:
calculating all of it, beside the plain sum by person and month in SQL by hand.

Makes an installation of its own in a temporary folder, on SQLite and, with ``--postgres``, on
a PostgreSQL of its own. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from asking import put
from databases import Measured, on_each, settle
from sales import _day, _entry, _shop

from core.extensions import db
from core.identity.models import User
from plugin_api.context import now
from plugin_api.host import host
from plugins.incentives.models import Component, Entry, Participant, Plan, Statement, Step, Version
from plugins.incentives.services import posting
from plugins.sales.models import LedgerEntry
from tests.harness import Installation, install

PEOPLE, LINES, ROUNDS, MOST = 200, 541_909, 5, 20
START = date(2010, 12, 1)
TIERS = ((0, "1"), (5_000, "2"), (20_000, "3"))
MONTH = {"sqlite": "strftime('%Y-%m', day)", "postgresql": "date_trunc('month', day)"}
PLAIN = """
select user_id, {month}, sum(exact_company) from sales_ledger_entry
where company_id = 1 and kind = 'invoiced' and not overlay group by 1, 2
"""


def fill(made: Installation, lines: int) -> int:
    """People, the shop's lines as ledger, and the plan; the plan's number."""
    with made.working("acme"):
        stamp = {"version": 1, "created_at": now(), "updated_at": now(), "custom": {}}
        put(User, (
            {"name": f"P{i}", "email": f"p{i}@x.example", "title_key": f"p{i}", "active": True,
             **stamp}
            for i in range(PEOPLE)
        ))  # fmt: skip
        ids = list(db.session.scalars(sa.select(User.id).where(User.name.like("P%"))))
        put(LedgerEntry, (
            _entry("invoiced", "credited" if row["InvoiceNo"].startswith("C") else "invoiced",
                   _day(row), round(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) * 100),
                   i, user_id=ids[int(row["InvoiceNo"].lstrip("AC")) % PEOPLE],
                   quantity=Decimal(row["Quantity"]), region=row["Country"])
            for i, row in enumerate(_shop(lines), 1)
        ))  # fmt: skip
        records = host().records
        plan = records.create(Plan, {"name": "Tiers", "period": "month"})
        version = records.create(Version, {"plan_id": plan.id, "valid_from": START,
                                           "valid_to": date(2011, 12, 31)})  # fmt: skip
        part = records.create(Component, {
            "plan_version_id": version.id, "name": "Sales", "measure": "sales.invoiced_net",
            "rule": "marginal",
        })  # fmt: skip
        records.create_many(Step, [
            {"component_id": part.id, "start": Decimal(at), "rate": Decimal(rate)}
            for at, rate in TIERS
        ])  # fmt: skip
        records.transition(version, "publish")
        records.create_many(Participant, [
            {"plan_id": plan.id, "user_id": id_, "starts_on": START} for id_ in ids
        ])  # fmt: skip
        db.session.commit()
        number = plan.id
    settle(made)
    return number


def timed(work: Callable[..., Any], *given: Any) -> float:
    """Seconds that something takes, with all rows of its answer."""
    start = time.perf_counter()
    answer = work(*given)
    if answer is not None:
        answer.all()
    return time.perf_counter() - start


def counted(work: Callable[[], Any]) -> int:
    """Statements that something sends."""
    sent: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    work()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def measure(folder: Path, lines: int, url: str) -> Measured:
    """All of it, once entered from nothing and rolled back, several times; then entered, and
    calculated again."""
    made = install(folder, database_url=url)
    made.company("acme", "sales", "incentives", country="GB", currency="GBP", language="en")
    number = fill(made, lines)

    def calculate() -> None:
        posting.calculate(db.session.scalars(sa.select(Plan).where(Plan.id == number)).one())

    plain: list[float] = []
    ours: list[float] = []
    with made.working("acme"):
        text = sa.text(PLAIN.format(month=MONTH[db.engine.dialect.name]))
        for _round in range(ROUNDS):
            with db.engine.connect() as bare:
                plain.append(timed(bare.execute, text))
            ours.append(timed(calculate))
            db.session.rollback()
        statements = counted(calculate)
        db.session.commit()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        again = timed(calculate)
        count = db.session.execute(
            sa.select(sa.func.count(Entry.id), sa.func.sum(Entry.amount))
        ).one()
        stated = db.session.scalar(sa.select(sa.func.sum(Statement.amount)))
    assert stated == count[1]
    plainly, full = statistics.median(plain), statistics.median(ours)
    return {
        "lines": lines, "people": PEOPLE, "entries": count[0], "paid": f"{count[1] / 100:,.2f}",
        "plain_ms": round(plainly * 1000), "full_ms": round(full * 1000),
        "again_ms": round(again * 1000), "ratio": round(full / plainly, 2),
        "statements": statements, "peak_mb": round(peak / 1024),
    }  # fmt: skip


def beyond(found: Measured) -> list[str]:
    """What takes longer than it may."""
    slow = found["ratio"] > MOST
    return [f"{found['ratio']} times the plain sum, more than {MOST}"] if slow else []


if __name__ == "__main__":
    raise SystemExit(on_each(__doc__, measure, beyond, LINES))
