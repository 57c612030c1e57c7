"""Turns of schedules, by the company's clock, once each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.hosting import enablement
from core.jobs.models import JobRun
from core.jobs.schedule import Planner, last_turn, make, next_turn
from plugin_api.context import clock_at, now
from plugin_api.jobs import Daily, Every
from tests.jobs.kit import SLUG, Shed


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "instant", "zone", "slot", "following"),
    [
        (Every(15), "2026-03-05T10:07", "UTC", "2026-03-05T10:00Z", "2026-03-05T10:15"),
        (Every(15), "2026-03-05T10:15", "UTC", "2026-03-05T10:15Z", "2026-03-05T10:30"),
        (Daily("02:30"), "2026-03-04T18:29", "Asia/Shanghai", "2026-03-04", "2026-03-04T18:30"),
        (Daily("02:30"), "2026-03-04T18:30", "Asia/Shanghai", "2026-03-05", "2026-03-05T18:30"),
        # The clock is put forward from 2 to 3 at 01:00 UTC: 02:30 is not on it.
        (Daily("02:30"), "2026-03-29T00:59", "Europe/Berlin", "2026-03-28", "2026-03-29T01:30"),
        (Daily("02:30"), "2026-03-29T01:30", "Europe/Berlin", "2026-03-29", "2026-03-30T00:30"),
        # The clock is put back from 3 to 2 at 01:00 UTC: 02:30 is on it twice.
        (Daily("02:30"), "2026-10-25T00:30", "Europe/Berlin", "2026-10-25", "2026-10-26T01:30"),
        (Daily("02:30"), "2026-10-25T01:45", "Europe/Berlin", "2026-10-25", "2026-10-26T01:30"),
    ],
)
def test_turns(schedule: Every | Daily, instant: str, zone: str, slot: str, following: str) -> None:
    assert last_turn(schedule, at(instant), zone).slot == slot
    assert next_turn(schedule, at(instant), zone) == at(following)


@pytest.mark.parametrize("text", ["2:30", "24:00", "12:60", "noon", ""])
def test_a_time_of_day_is_hours_and_minutes(text: str) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        Daily(text)


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_again_and_again_is_at_least_daily(minutes: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        Every(minutes)


def plan(shed: Shed, planner: Planner | None = None) -> int:
    with shed.installation.app.app_context():
        return (planner or Planner()).plan()


def slots(shed: Shed, job: str, slug: str = SLUG) -> list[str | None]:
    with shed.installation.working(slug):
        asked = sa.select(JobRun.slot).where(JobRun.job == job).order_by(JobRun.id)
        return list(db.session.scalars(asked))


def test_each_company_gets_one_run_a_turn(shed: Shed) -> None:
    tomorrow = (now() + timedelta(days=1)).replace(hour=20, minute=1)
    first, second = Planner(), Planner()
    with clock_at(tomorrow):
        plan(shed, first)
        plan(shed, second)
        plan(shed, first)
        for slug in (SLUG, "other"):
            assert len(slots(shed, "shed.nightly", slug)) == 1
            assert len(slots(shed, "shed.often", slug)) == 1
            assert len(slots(shed, "core.tidy_up", slug)) == 1
        shed.work()
    with clock_at(tomorrow + timedelta(minutes=15)):
        plan(shed, first)
        assert len(slots(shed, "shed.nightly")) == 1
        assert len(slots(shed, "shed.often")) == 2
        shed.work()
    assert shed.items().count("item 0") == 3


def test_two_who_plan_at_once_make_one_run(shed: Shed) -> None:
    """The unique key decides, not who has looked first."""
    with shed.installation.working(SLUG):
        assert make("shed.often", "2026-03-05T10:00Z") == 1
    with shed.installation.working(SLUG):
        assert make("shed.often", "2026-03-05T10:00Z") == 0
    assert slots(shed, "shed.often") == ["2026-03-05T10:00Z"]


def test_a_turn_is_left_out_while_the_last_one_is_not_finished(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        assert make("shed.often", "2026-03-05T10:00Z") == 1
        assert make("shed.often", "2026-03-05T10:15Z") == 0
    shed.work()
    with shed.installation.working(SLUG):
        assert make("shed.often", "2026-03-05T10:30Z") == 1


def test_a_plugin_that_is_off_has_no_turns(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        enablement.disable("shed")
    try:
        with clock_at(now() + timedelta(days=1)):
            plan(shed)
        assert slots(shed, "shed.often") == []
        assert len(slots(shed, "shed.often", "other")) == 1
    finally:
        with shed.installation.working(SLUG):
            enablement.enable("shed")


def test_turns_before_a_plugin_was_on_are_not_made_up_for(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        enablement.disable("shed")
        enablement.enable("shed")
    plan(shed)
    assert slots(shed, "shed.nightly") == []
    with clock_at(now() + timedelta(days=3)):
        plan(shed)
        assert len(slots(shed, "shed.nightly")) == 1, "once, not for each day missed"
