"""What targets of 2,000 people, 12 months and 5 measures cost: attainment of all, and closing.

Makes an installation of its own in a temporary folder, on SQLite and, with ``--postgres``, on
a PostgreSQL of its own. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import itertools
import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from databases import company_of_sellers, on_each, settle

from core.extensions import db
from core.identity.models import Team, User
from core.jobs.work import work_off
from plugin_api.context import now
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.targets.services import reading
from plugins.targets.services.periods import months_of, period_of
from tests.harness import Installation

MEASURES = ("won_amount", "won_count", "closed_count", "created", "lost_count")
PEOPLE, MOST_STATEMENTS, MOST_SECONDS = 2_000, 3, 60
YEAR = period_of("year", date(2025, 6, 1))


def fill(made: Installation, records: int) -> int:
    """Teams of twenty, their people, won opportunities, and targets; how many of these."""
    dice = random.Random(7)
    with made.working("acme"):
        stamp = {"version": 1, "created_at": now(), "updated_at": now(), "custom": {}}
        teams = [{"name": f"Team {i}", "title_key": f"team {i}", **stamp} for i in range(100)]
        db.session.execute(sa.insert(Team), teams)
        ids = list(db.session.scalars(sa.select(Team.id)))
        people = [
            {"name": f"P{i}", "email": f"p{i}@x.example", "team_id": ids[i % 100], "active": True,
             "title_key": f"p{i}", **stamp}
            for i in range(PEOPLE)
        ]  # fmt: skip
        some = iter(people)
        user: Any = User
        while chunk := list(itertools.islice(some, 500)):
            db.session.execute(sa.insert(user), chunk)
        owners = list(db.session.scalars(sa.select(User.id)))[-PEOPLE:]
        stage: Any = model_of("crm.Stage")
        first = db.session.scalars(sa.select(stage).order_by(stage.id)).first()
        assert first is not None
        won: Any = model_of("crm.Opportunity")
        deals = (
            {"name": f"Deal {i}", "owner_id": dice.choice(owners), "amount": dice.randrange(10**7),
             "outcome": "won", "closed_on": YEAR.start + timedelta(days=dice.randrange(365)),
             "pipeline_id": first.pipeline_id, "stage_id": first.id}
            for i in range(records)
        )  # fmt: skip
        while chunk := list(itertools.islice(deals, 1000)):
            db.session.execute(sa.insert(won), chunk)
        cycle: Any = model_of("targets.TargetCycle")
        made_cycle = host().records.create(
            cycle, {"name": "2025", "start": YEAR.start, "end": YEAR.end, "grain": "month"}
        )
        target: Any = model_of("targets.Target")
        goals = (
            {"name": f"{owner} {month.label}", "measure": f"crm.{key}", "level": "user",
             "user_id": owner, "owner_id": owner, "period": "month", "start": month.start,
             "end": month.end, "cycle_id": made_cycle.id,
             "amount": 10**6 if key == "won_amount" else None,
             "quantity": None if key == "won_amount" else 3,
             "slot": f"{key}|user:{owner}|{month.start}|{month.end}"}
            for owner in owners for key in MEASURES for month in months_of(YEAR)
        )  # fmt: skip
        count = 0
        while chunk := list(itertools.islice(goals, 1000)):
            db.session.execute(sa.insert(target), chunk)
            count += len(chunk)
        db.session.commit()
    settle(made)
    return count


def attainment(made: Installation) -> tuple[int, float]:
    """Statements and processor seconds for a month's attainment of everybody on one measure,
    besides what every page reads: settings, calendar, teams."""
    statements: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().lower().startswith(("select", "with")):
            statements.append(statement)

    month = months_of(YEAR)[5]
    with made.working("acme"):
        stick = reading.yardstick("crm.won_amount")
        assert stick is not None
        teams = reading.all_teams()
        reading.clock().days(month.start, month.end)
        sa.event.listen(db.engine, "before_cursor_execute", note)
        start = time.process_time()
        reading.attainment(stick, month, teams, reading.all_people())
        spent = time.process_time() - start
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(statements), spent


def close(made: Installation) -> float:
    """Processor seconds of closing the year by the job."""
    with made.working("acme"):
        cycle: Any = model_of("targets.TargetCycle")
        held = db.session.scalars(sa.select(cycle)).one()
        host().records.transition(held, "close", {"closed_to": YEAR.end})
    start = time.process_time()
    work_off(made.app)
    spent = time.process_time() - start
    with made.working("acme"):
        snapshot: Any = model_of("targets.Snapshot")
        kept = db.session.scalar(sa.select(sa.func.count()).select_from(snapshot))
        assert kept == PEOPLE * 12 * len(MEASURES), kept
    return spent


def measure(folder: Path, records: int, url: str) -> dict[str, Any]:
    """One database."""
    made = company_of_sellers(folder, url, {})
    count = fill(made, records)
    statements, seconds = attainment(made)
    return {
        "targets": count,
        "attainment of all, statements": statements,
        "attainment of all, ms": round(seconds * 1000),
        "closing the year, s": round(close(made), 1),
    }


def beyond(found: dict[str, Any]) -> list[str]:
    """What is over its limit."""
    over = []
    if found["attainment of all, statements"] > MOST_STATEMENTS:
        over.append(f"{found['attainment of all, statements']} statements for the attainment")
    if found["closing the year, s"] > MOST_SECONDS:
        over.append(f"closing took {found['closing the year, s']} s")
    return over


def main() -> int:
    """Print what was measured; fail beyond the limit."""
    return on_each(__doc__, measure, beyond)


if __name__ == "__main__":
    raise SystemExit(main())
