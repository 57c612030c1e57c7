"""Closing a period freezes a snapshot of every target; what comes later is told as a difference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.identity.models import Team, User
from core.jobs.work import work_off
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.targets.models import Closing, Snapshot, Target, TargetCycle, TeamStay
from plugins.targets.services import actuals, closing, reading
from plugins.targets.services.periods import Period
from tests.harness import Installation, install

Q1, Q2 = (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return sellers(tmp_path_factory.mktemp("closing"))


def sellers(folder: Path, database_url: str = "") -> Installation:
    """North, that Boss leads, sold 40,000 by Ann and 10,000 by Bo in the first quarter of 2026."""
    found = install(folder, database_url=database_url)
    found.company("acme", "crm", "targets", currency="CNY", country="CN", language="en")
    with found.working("acme"):
        team = Team(name="North")
        db.session.add(team)
        db.session.flush()
        north = team.id
    ids = {
        name: found.person("acme", name, "manager" if name == "boss" else "rep", north)
        for name in ("boss", "ann", "bo")
    }
    with found.working("acme"):
        db.session.get_one(Team, north).manager_id = ids["boss"]
        host().records.create(
            TargetCycle,
            {"name": "2026", "start": date(2026, 1, 1), "end": date(2026, 12, 31)},
        )
        goals: list[tuple[Any, int, Any]] = [
            ({"level": "user", "user": ids["ann"]}, 50_000_00, Q1),
            ({"level": "user", "user": ids["bo"]}, 20_000_00, Q1),
            ({"level": "team", "team": north}, 80_000_00, Q1),
            ({"level": "company"}, 80_000_00, Q1),
            ({"level": "user", "user": ids["ann"]}, 55_000_00, Q2),
        ]
        for who, amount, (start, end) in goals:
            host().records.create(
                Target,
                {
                    "measure": "crm.won_amount", "period": "quarter", "start": start, "end": end,
                    "amount": amount, **who,
                },
            )  # fmt: skip
        half = {"part_time": Decimal(50), "active_from": date(2026, 3, 2)}
        bo = db.session.scalars(sa.select(Target).where(Target.user_id == ids["bo"])).one()
        host().records.update(bo, half)
        for name, amount in (("ann", 40_000_00), ("bo", 10_000_00)):
            win(ids[name], amount, date(2026, 2, 10))
    return found


def win(owner: int, amount: int, day: date) -> None:
    host().records.create(
        Opportunity,
        {"name": "Won", "owner": owner, "amount": amount, "outcome": "won", "closed_on": day},
    )


def move(made: Installation, who: str | None, name: str, **values: Any) -> None:
    with made.working("acme", who):
        cycle = db.session.scalars(sa.select(TargetCycle)).one()
        host().records.transition(cycle, name, values)


def snapshots(made: Installation) -> list[tuple[Any, ...]]:
    with made.working("acme"):
        asked = sa.select(
            Snapshot.name, Snapshot.quota, Snapshot.actual, Snapshot.attainment, Snapshot.was
        ).order_by(Snapshot.id)
        return [tuple(row) for row in db.session.execute(asked)]


def states(made: Installation) -> dict[str, str]:
    with made.working("acme"):
        return dict(db.session.execute(sa.select(Target.name, Target.state)).all())  # type: ignore[arg-type]


def test_the_first_quarter_is_closed_reopened_and_closed_again(made: Installation) -> None:
    with pytest.raises(Refused):
        move(made, "boss", "close", closed_to=Q1[1])
    with pytest.raises(Rejected, match="Its periods end on: 2026-03-31, 2026-06-30"):
        move(made, None, "close", closed_to=date(2026, 3, 30))
    with pytest.raises(Rejected, match="not over yet"):
        move(made, None, "close")
    move(made, None, "close", closed_to=Q1[1])
    # Of Bo's 20,000 half a post, from 2 March: 22 of 61 working days with the holidays.
    held = {name: rest for name, *rest in snapshots(made)}
    assert held["Ann · 2026 Q1"] == [50_000, 40_000, 80, "draft"]
    assert held["North · 2026 Q1"] == [80_000, 50_000, Decimal("62.5"), "draft"]
    assert held["Acme · 2026 Q1"][1] == 50_000
    with made.working("acme"):
        days = host().calendar.work_days
        due = Decimal(10_000) * days(date(2026, 3, 2), Q1[1]) / days(*Q1)
    assert held["Bo · 2026 Q1"][0] == round(due, 4)
    found = states(made)
    assert {found["Ann · 2026 Q1"], found["Acme · 2026 Q1"]} == {"closed"}
    assert found["Ann · 2026 Q2"] == "draft"

    ann = made.user_id("acme", "ann")
    for values in ({"amount": 1_00}, {"active_from": date(2026, 2, 1)}):
        with made.working("acme"), pytest.raises(Rejected, match="reopen its period first"):
            target = db.session.scalars(
                sa.select(Target).where(Target.user_id == ann, Target.start == Q1[0])
            ).one()
            host().records.update(target, values)
    with made.working("acme"), pytest.raises(Rejected, match="2026” are closed"):
        late = {"measure": "crm.won_amount", "level": "user", "user": made.user_id("acme", "boss")}
        days = {"period": "quarter", "start": Q1[0], "end": Q1[1], "amount": 1}
        host().records.create(Target, {**late, **days})

    with made.working("acme"):
        win(ann, 5_000_00, date(2026, 3, 30))
    assert {name: rest for name, *rest in snapshots(made)} == held
    with made.working("acme"):
        only = db.session.scalars(sa.select(Closing)).one()
        by_name = {each.name: each for each in closing.differences(only)}
    assert by_name["Ann · 2026 Q1"].difference == 5_000
    assert by_name["North · 2026 Q1"].difference == 5_000
    assert by_name["Bo · 2026 Q1"].difference == 0

    with pytest.raises(Refused):
        move(made, "boss", "reopen", reopen_reason="Late")
    with pytest.raises(Refused):
        move(made, None, "reopen")
    move(made, None, "reopen", reopen_reason="An order came late")
    assert set(states(made).values()) == {"draft"}
    move(made, None, "close", closed_to=Q1[1])
    both = [rest for name, *rest in snapshots(made) if name == "Ann · 2026 Q1"]
    assert both == [[50_000, 40_000, 80, "draft"], [50_000, 45_000, 90, "draft"]]
    with made.working("acme"):
        asked = sa.select(Closing.state, Closing.reason).order_by(Closing.id)
        assert [tuple(row) for row in db.session.execute(asked)] == [
            ("reopened", "An order came late"), ("closed", None),
        ]  # fmt: skip


def test_many_are_closed_by_a_job_all_or_none(
    made: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 0)
    move(made, None, "close", closed_to=Q2[1])
    assert states(made)["Ann · 2026 Q2"] == "draft"
    before = len(snapshots(made))

    def kill(*_args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(closing, "_set_states", kill)
        with pytest.raises(SystemExit), made.working("acme"):
            cycle = db.session.scalars(sa.select(TargetCycle)).one()
            closing.finish(cycle, {"closed_to": Q2[1]})
    assert (states(made)["Ann · 2026 Q2"], len(snapshots(made))) == ("draft", before)

    work_off(made.app)
    assert (states(made)["Ann · 2026 Q2"], len(snapshots(made))) == ("closed", before + 1)
    with made.working("acme"):
        cycle = db.session.scalars(sa.select(TargetCycle)).one()
        assert (cycle.closed_to, cycle.state) == (Q2[1], "open")


def test_the_pages_tell_what_came_after_the_closing(made: Installation) -> None:
    """Ann has won 5,000 more for the first quarter since."""
    ann = made.user_id("acme", "ann")
    with made.working("acme"):
        win(ann, 1_000_00, date(2026, 3, 31))
        first = db.session.scalars(
            sa.select(Target).where(Target.user_id == ann, Target.start == Q1[0])
        ).one()
        target_id = first.id
        closing_id = db.session.scalars(
            sa.select(Closing.id).where(Closing.end == Q1[1], Closing.state == "closed")
        ).one()
    page = made.client("acme", "ann").get(f"/targets/targets/{target_id}").text
    assert "¥45,000.00" in page and "¥1,000.00" in page
    boss = made.client("acme", "boss")
    listed = boss.get(f"/targets/snapshots?closing={closing_id}").text
    assert "By now" in listed and "¥46,000.00" in listed
    assert made.client("acme", "ann").get("/targets/snapshots").status_code == 403


def test_who_changes_teams_takes_a_part_along(made: Installation) -> None:
    """Bo leaves North for South on 16 May: the days before count for North, target and figures."""
    bo = made.user_id("acme", "bo")
    span = (date(2025, 4, 1), date(2025, 6, 30))
    with made.working("acme"):
        south = Team(name="South")
        db.session.add(south)
        db.session.flush()
        person = db.session.get_one(User, bo)
        north = person.team_id
        host().records.create(
            Target,
            {
                "measure": "crm.won_amount", "level": "user", "user": bo, "period": "quarter",
                "start": span[0], "end": span[1], "amount": 120_000_00,
            },
        )  # fmt: skip
        win(bo, 30_000_00, date(2025, 5, 15))
        win(bo, 40_000_00, date(2025, 5, 16))
        host().records.update(person, {"team": south.id})
    with made.working("acme"):
        stay = db.session.scalars(sa.select(TeamStay)).one()
        assert (stay.user_id, stay.team_id) == (bo, north)
        host().records.update(stay, {"until": date(2025, 5, 15)})
        stick = reading.yardstick("crm.won_amount")
        assert stick is not None
        period = Period("quarter", *span)
        found = reading.attainment(stick, period, reading.all_teams(), reading.all_people())
        rows = {row.name: row for row in found}
        days = host().calendar.work_days
        share = Decimal(days(span[0], date(2025, 5, 15))) / days(*span)
    assert rows["North"].pacing.actual == 30_000_00
    assert rows["South"].pacing.actual == 40_000_00
    assert rows["Acme"].pacing.actual == 70_000_00
    assert rows["Acme"].pacing.quota == 120_000_00
    assert round(rows["North"].pacing.quota or 0, 4) == round(120_000_00 * share, 4)
    assert rows["Bo, until 2025-05-15"].id == rows["Bo"].id == bo
    # A closing of that quarter says the same of the teams.
    with made.working("acme"):
        for team in (north, south_id(made)):
            host().records.create(
                Target,
                {
                    "measure": "crm.won_amount", "level": "team", "team": team, "period": "quarter",
                    "start": span[0], "end": span[1], "amount": 60_000_00,
                },
            )  # fmt: skip
        targets = db.session.scalars(sa.select(Target.id).where(Target.start == span[0])).all()
        outcomes = actuals.outcomes(actuals.rows_of(targets), reading.all_teams())
        came_to = sorted(str(each.actual) for each in outcomes.values())
    assert came_to == ["30000.00", "40000.00", "70000.00"]


def south_id(made: Installation) -> int:
    return db.session.scalars(sa.select(Team.id).where(Team.name == "South")).one()
