"""Days, circles, coverage and effects: plain functions with worked examples and properties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.plans.services import days, gantt, graph
from plugins.plans.services.coverage import Part, cover
from plugins.plans.services.effect import compare, spans
from plugins.plans.services.graph import Bar, Edge
from plugins.plans.services.reports import timing

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
D = Decimal


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


def date(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def test_carried_to_the_same_place_of_a_later_period() -> None:
    assert days.carried("week", date(3, 5), date(3, 9)) == (date(3, 12), 1)
    assert days.carried("week", date(3, 5), date(3, 8)) == (date(3, 5), 0), "Sunday is its week"
    assert days.carried("week", date(3, 5), date(3, 25)) == (date(3, 26), 3)
    assert days.carried("month", date(1, 31), date(2, 2)) == (date(2, 28), 1)
    assert days.carried("month", date(11, 15, 2025), date(2, 2)) == (date(2, 15), 3)
    assert days.next_one("week", date(3, 5), date(3, 4)) == date(3, 12), "before its end too"
    assert days.next_one("month", date(1, 31), date(3, 9)) == date(3, 31)


@given(st.sampled_from(("week", "month")), DAYS, DAYS)
def test_carrying_ends_in_the_period_of_today(kind: str, due: dt.date, today: dt.date) -> None:
    found, periods = days.carried(kind, due, today)
    first, last = days.period_of(kind, today)
    assert found >= due
    assert (periods == 0) == (due >= first)
    if periods:
        assert first <= found <= last
        assert days.carried(kind, found, today) == (found, 0), "and is not carried again"


def test_series_keep_their_day_of_the_month() -> None:
    first = date(1, 31)
    found = [first]
    while len(found) < 4:
        found.append(days.next_due("month", first, found[-1], weekday) or first)
    assert found == [date(1, 31), date(2, 28), date(3, 31), date(4, 30)]
    assert days.next_due("day", date(3, 6), date(3, 6), weekday) == date(3, 9)
    assert days.next_due("fortnight", date(3, 2), date(3, 20), weekday) == date(3, 30)
    assert days.next_due("quarter", date(1, 15), date(1, 15), weekday) == date(4, 15)


@given(st.sampled_from(("day", "week", "fortnight", "month", "quarter")), DAYS, DAYS)
def test_the_next_of_a_series_is_later(repeat: str, first: dt.date, after: dt.date) -> None:
    found = days.next_due(repeat, first, after, weekday)
    assert found is not None and found > min(first, after)
    assert found > after or repeat != "day"
    if after >= first:
        assert found > after


def test_working_days_over() -> None:
    friday = date(3, 6)
    told = [days.work_days_over(friday, friday + dt.timedelta(days=i), weekday) for i in range(6)]
    assert told == [0, 0, 0, 0, 1, 2]


def test_a_circle_is_named() -> None:
    assert graph.circle([Edge(2, 1), Edge(3, 2)], 1, 3) == [1, 3, 2, 1]
    assert graph.circle([], 1, 1) == [1, 1]
    assert graph.circle([Edge(2, 1), Edge(3, 1)], 3, 2) == []


EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 3)), max_size=14)
LENGTHS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 9), st.booleans()), min_size=8, max_size=8
)


def _plan(
    wanted: list[tuple[int, int, int]], lengths: list[tuple[int, int, bool]]
) -> tuple[dict[int, Bar], list[Edge]]:
    edges: list[Edge] = []
    for step, before, lag in wanted:
        found = graph.circle(edges, step, before)
        if not found:
            edges.append(Edge(step, before, lag))
            continue
        assert found[0] == found[-1] == step and found[1] == before
        known = {(edge.step, edge.before) for edge in edges}
        assert all(pair in known for pair in pairwise(found[1:]))
    bars = {}
    for id_, (start, length, open_) in enumerate(lengths):
        first = date(3, 1) + dt.timedelta(days=start)
        bars[id_] = Bar(id_, first, first + dt.timedelta(days=length), open_)
    return bars, edges


@given(EDGES, LENGTHS)
def test_what_waits_begins_after_what_it_waits_for(
    wanted: list[tuple[int, int, int]], lengths: list[tuple[int, int, bool]]
) -> None:
    bars, edges = _plan(wanted, lengths)
    made = graph.moved(bars, edges, date(3, 10))
    assert made.keys() == bars.keys()
    for id_, bar in made.items():
        assert bar.start >= bars[id_].start
        assert bar.end - bar.start >= bars[id_].end - bars[id_].start
        if not bar.open:
            assert bar == bars[id_], "what is done stays"
    for edge in edges:
        if made[edge.step].open:
            assert made[edge.step].start >= graph.after(made[edge.before].end, edge.lag)
    late = graph.threatened(bars, edges, date(3, 10))
    assert all(made[id_].start - bars[id_].start == dt.timedelta(days=n) for id_, n in late.items())


def test_a_slip_goes_on_to_what_waits() -> None:
    bars = {1: Bar(1, date(3, 2), date(3, 6)), 2: Bar(2, date(3, 9), date(3, 10)),
            3: Bar(3, date(3, 11), date(3, 13))}  # fmt: skip
    edges = [Edge(2, 1), Edge(3, 2)]
    assert graph.threatened(bars, edges, date(3, 6)) == {}
    assert graph.threatened(bars, edges, date(3, 12)) == {2: 4, 3: 4}


def test_coverage() -> None:
    parts = [Part("todo", D(30_000)), Part("done", D(15_000), D(12_000)), Part("cancelled", D(9))]
    found = cover(D(100_000), D(40_000), D(52_000), parts)
    assert (found.gap, found.expected, found.share) == (60_000, 45_000, D("0.75"))
    assert (found.realised, found.promised, found.left) == (12_000, 15_000, 48_000)
    assert found.open_share == D("0.625") and found.covered == "under"
    assert cover(D(100), D(40), D(40), []).covered == "none"
    assert cover(D(100), D(40), D(40), [Part("doing", D(60))]).covered == "covered"
    assert cover(D(100), D(120), D(120), []).covered == "closed"
    assert cover(None, D(1), D(1), []).share is None
    assert cover(None, D(1), D(1), []).covered == "unknown"


def test_before_and_after() -> None:
    assert spans(date(6, 1), date(6, 30), "before") == (
        (date(5, 2), date(5, 31)), (date(6, 1), date(6, 30)),
    )  # fmt: skip
    assert spans(date(6, 1), date(6, 30), "year")[0] == (date(6, 1, 2025), date(6, 30, 2025))
    found = compare(D(1_000_000), D(1_200_000), (22, 20), D("0.25"))
    assert found.change == D("0.2") and found.per_day == D("0.32")
    assert found.met is True and found.expected_figure == 1_250_000
    assert compare(D(1_000_000), D(1_200_000), None, D("0.25")).met is False
    assert compare(D(100), D(80), None, D("-0.1")).met is True, "fewer returns were wanted"
    assert compare(D(0), D(80), None, D("0.1")).change is None, "from nothing there is no share"


@pytest.mark.parametrize(
    ("day", "said"), [(date(3, 6), "early"), (date(3, 9), "in_time"), (date(3, 10), "late")]
)
def test_early_in_time_late(day: dt.date, said: str) -> None:
    assert timing(day, date(3, 8), date(3, 9)) == said


def test_a_drawing_has_a_bar_and_an_arrow_for_each() -> None:
    bars = [Bar(1, date(3, 2), date(3, 6)), Bar(2, date(3, 9), date(3, 10))]
    chart = gantt.draw(bars, [Edge(2, 1), Edge(2, 9)], date(3, 4), "month")
    assert len(chart.shapes) == 2 and len(chart.arrows) == 1
    assert chart.shapes[1].width == 5 * gantt.PIXELS["month"]
    assert chart.shapes[1].x < chart.today < chart.shapes[2].x
    assert (
        gantt.draw([Bar(1, date(1, 1), date(1, 1, 2100))], [], date(3, 4), "week").width
        <= (gantt.MOST_DAYS + 1) * gantt.PIXELS["week"]
    )
