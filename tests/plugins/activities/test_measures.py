"""Figures of activities, with the records behind them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.context import clock_at
from plugin_api.host import host
from tests.plugins.activities.conftest import Make
from tests.plugins.crm.kit import acting, user

pytestmark = pytest.mark.usefixtures("acme")
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


def at(day: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, 4, tzinfo=dt.UTC)


def figure(key: str, **filters: Any) -> Decimal | None:
    return host().measures.value(f"activities.{key}", FIRST, LAST, filters)


@pytest.fixture
def month(make: Make) -> None:
    """Of March 2026: five due, four done, three in time, one call that reached nobody."""
    with clock_at(at(1)):
        make(due=at(2).date(), state="done", done_at=at(2))
        make(kind="visit", due=at(3).date(), state="done", done_at=at(3), outcome="positive")
        make(due=at(4).date(), state="done", done_at=at(4), outcome="unreached")
        make(due=at(5).date(), state="done", done_at=at(9), owner=user("bo"))
        make(due=at(6).date())
        make(due=at(7).date(), state="cancelled")
        make(kind="task", state="done", done_at=at(10), due=dt.date(2026, 2, 27))
    host().session.flush()


@pytest.mark.usefixtures("month")
class TestFigures:
    @pytest.mark.parametrize(
        ("key", "value"), [("done", 5), ("contacts", 3), ("visits", 1), ("due", 5), ("on_time", 3)]
    )
    def test_of_a_month(self, key: str, value: int) -> None:
        assert figure(key) == value

    def test_the_share_done_in_time_counts_what_is_not_done(self) -> None:
        assert figure("on_time_share") == Decimal(3) / Decimal(5)

    def test_by_person_and_kind(self) -> None:
        points = host().measures.table("activities.done", FIRST, LAST, by=("user", "kind"))
        assert {(p.labels, p.value) for p in points} == {
            (("Ann", "Call"), 2), (("Ann", "Task"), 1), (("Ann", "Visit"), 1), (("Bo", "Call"), 1),
        }  # fmt: skip

    def test_a_rep_s_figure_is_of_the_rep_s_own(self) -> None:
        with acting("bo"):
            assert figure("done") == 1

    def test_the_records_behind_it(self) -> None:
        evidence = host().measures.records("activities.on_time", FIRST, LAST)
        assert evidence.model == "activities.Activity"
        assert len(evidence.ids) == 3
