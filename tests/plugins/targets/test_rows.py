"""Rows of the attainment page from plain numbers."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import WorkCalendar
from plugins.targets.services.attainment import (
    Board,
    Clock,
    Figure,
    Goal,
    Person,
    Team,
    chain,
    rows,
    subtree,
)
from plugins.targets.services.leafing import MOST, leaf
from plugins.targets.services.periods import Period, months_of, period_of
from plugins.targets.services.proration import calendar_days

WEEKDAYS = WorkCalendar(frozenset({1, 2, 3, 4, 5}), "", {}).work_days
JUNE = Period("month", date(2025, 6, 1), date(2025, 6, 30))
TODAY = date(2025, 6, 13)
TEAMS = [Team(1, "North", None), Team(2, "Harbour", 1), Team(3, "South", None)]
PEOPLE = [
    Person(11, "Ann", 1, True),
    Person(12, "Bo", 2, True),
    Person(13, "Cai", 3, True),
    Person(14, "Dee", None, True),
    Person(15, "Eli", 3, False),
]


def goal(level, id_, value, period=JUNE, **kw):
    return Goal(id=hash((level, id_, period.start)), who=(level, id_), period=period,
                value=Decimal(value), **kw)  # fmt: skip


def board(goals=(), figures=None, *, period=JUNE, additive=True, nothing=None, as_of=TODAY, **kw):
    by_who = {}
    for each in goals:
        by_who.setdefault(each.who, []).append(each)
    return Board(
        company="Acme", teams=kw.get("teams", TEAMS), people=kw.get("people", PEOPLE),
        goals=by_who, figures=figures or {}, nothing=nothing or Figure(Decimal(0)),
        period=period, additive=additive, unassigned="Nobody",
        clock=Clock(days=WEEKDAYS, as_of=as_of, proration_days=kw.get("proration", WEEKDAYS)),
    )  # fmt: skip


def by_name(made):
    return {row.name: row for row in made}


def figures(**amounts):
    ids = {"ann": 11, "bo": 12, "cai": 13, "dee": 14, "eli": 15, "nobody": None}
    return {ids[name]: Figure(Decimal(value)) for name, value in amounts.items()}


def test_the_tree_is_shown_depth_first_and_everyone_in_a_team_is_there():
    made = rows(board(), with_company=True)
    assert [(row.name, row.depth) for row in made] == [
        ("Acme", 0), ("North", 1), ("Ann", 2), ("Harbour", 2), ("Bo", 3), ("South", 1), ("Cai", 2),
    ]  # fmt: skip
    assert {row.pacing.actual for row in made} == {0}
    assert {row.pacing.attainment for row in made} == {None}


def test_actuals_add_up_to_the_company_with_leavers_and_what_nobody_is_credited_with():
    given_figures = figures(ann=1, bo=10, cai=100, dee=1000, eli=10_000, nobody=100_000)
    made = by_name(rows(board(figures=given_figures), with_company=True))
    assert made["North"].pacing.actual == 11
    assert made["South"].pacing.actual == 10_100
    assert made["Nobody"].pacing.actual == 100_000
    assert made["Acme"].pacing.actual == 111_111


def test_a_team_without_a_target_sums_its_peoples():
    made = by_name(
        rows(
            board([goal("user", 11, 100), goal("user", 12, 200)], figures(ann=50, bo=100)),
            with_company=True,
        )
    )
    assert (made["North"].source, made["North"].pacing.quota) == ("sum", 300)
    assert made["North"].pacing.attainment == Decimal("0.5")
    assert made["North"].unallocated is None
    assert made["South"].source == "none"
    assert made["Acme"].pacing.quota == 300


def test_what_a_team_has_not_handed_down_is_shown():
    goals = [goal("team", 1, 1000), goal("user", 11, 600), goal("user", 12, 300)]
    made = by_name(rows(board(goals), with_company=True))
    assert (made["North"].source, made["North"].unallocated) == ("own", 100)
    assert made["Harbour"].pacing.quota == 300


def test_without_the_company_the_visible_teams_are_the_top():
    made = rows(board(teams=TEAMS[1:2], people=PEOPLE[1:2]), with_company=False)
    assert [(row.name, row.depth) for row in made] == [("Harbour", 0), ("Bo", 1)]


def test_pace_of_june_2025_in_a_row():
    made = by_name(rows(board([goal("user", 11, 210_000)], figures(ann=84_000)), with_company=True))
    assert made["Ann"].pacing.pace == Decimal("0.84")
    assert made["Ann"].pacing.expected == 100_000


def test_a_joiner_has_a_smaller_target_and_fewer_days():
    quarter = period_of("quarter", date(2025, 6, 1))
    joined = goal("user", 11, 120_000_00, quarter, active_from=date(2025, 5, 16))
    made = by_name(rows(board([joined], period=quarter), with_company=True))
    pacing = made["Ann"].pacing
    assert round(pacing.quota) == 59_076_92
    assert (pacing.elapsed, pacing.total) == (21, 32)
    calendar = by_name(
        rows(board([joined], period=quarter, proration=calendar_days), with_company=True)
    )
    assert round(calendar["Ann"].pacing.quota) == 60_659_34


def test_a_year_is_made_of_quarters_and_expects_what_they_expect():
    year = period_of("year", TODAY)
    quarters = [period_of("quarter", date(2025, month, 1)) for month in (1, 4, 7, 10)]
    goals = [goal("user", 11, n * 100, quarters[n - 1]) for n in (1, 2, 3, 4)]
    made = by_name(rows(board(goals, period=year, as_of=date(2025, 3, 31)), with_company=True))
    assert made["Ann"].pacing.quota == 1000
    assert made["Ann"].pacing.expected == 100
    assert len(made["Ann"].goal_ids) == 4
    gap = by_name(rows(board(goals[1:], period=year), with_company=True))
    assert gap["Ann"].source == "none"


def test_the_longest_regular_goals_make_up_a_period():
    year = period_of("year", TODAY)
    months = [goal("user", 11, 1, month) for month in months_of(year)]
    quarter = goal("user", 11, 9, period_of("quarter", date(2025, 1, 1)))
    odd = goal("user", 11, 5, Period("custom", date(2025, 1, 1), date(2025, 8, 15)))
    assert sum(each.value for each in chain([*months, quarter, odd], year)) == 18
    whole = goal("user", 11, 50, year)
    assert chain([*months, whole], year) == [whole]


def test_ratios_are_divided_after_they_are_summed():
    won = {
        11: Figure(Decimal(1), Decimal(2)),
        12: Figure(Decimal(8), Decimal(10)),
        13: Figure(Decimal(0), Decimal(0)),
    }
    made = by_name(
        rows(
            board(
                [goal("team", 1, "0.5"), goal("user", 12, 1)],
                won, additive=False, nothing=Figure(Decimal(0), Decimal(0)),
            ),
            with_company=True,
        )
    )  # fmt: skip
    assert made["North"].pacing.actual == Decimal("0.75")
    assert made["North"].pacing.attainment == Decimal("1.5")
    assert made["Cai"].pacing.actual is None
    assert made["Harbour"].source == "none"


def test_a_subtree_is_a_team_and_all_below():
    assert subtree(TEAMS, 1) == {1, 2}
    assert subtree(TEAMS, 3) == {3}


@given(
    amounts=st.lists(st.integers(-(10**9), 10**9), min_size=5, max_size=5),
    nobody=st.integers(0, 10**9),
    parents=st.lists(st.integers(0, 4), min_size=6, max_size=6),
    homes=st.lists(st.integers(0, 6), min_size=5, max_size=5),
)
def test_whatever_the_tree_the_company_is_the_sum_of_everything(amounts, nobody, parents, homes):
    # A parent always comes earlier, so the teams are a forest.
    teams = [Team(n + 1, f"t{n}", min(parents[n], n) or None) for n in range(6)]
    people = [Person(n, f"p{n}", homes[n] or None, n % 2 == 0) for n in range(5)]
    facts = {n: Figure(Decimal(amount)) for n, amount in enumerate(amounts)}
    facts[None] = Figure(Decimal(nobody))
    made = rows(board(figures=facts, teams=teams, people=people), with_company=True)
    assert made[0].pacing.actual == sum(amounts) + nobody
    assert {row.id for row in made if row.level == "user"} - {None} == set(range(5))


@given(
    values=st.lists(st.integers(1, 10**9), min_size=12, max_size=12),
    day=st.integers(0, 364),
)
def test_a_year_of_months_expects_no_more_than_its_quota(values, day):
    year = period_of("year", TODAY)
    goals = [goal("user", 11, v, m) for v, m in zip(values, months_of(year), strict=True)]
    as_of = year.start + timedelta(days=day)
    ann = by_name(rows(board(goals, period=year, as_of=as_of), with_company=True))["Ann"]
    assert 0 <= (ann.pacing.expected or 0) <= ann.pacing.quota == sum(values)


def test_a_long_ladder_comes_in_pages_that_say_where_they_are() -> None:
    crowd = [Person(100 + n, f"P{n:03}", 2, True) for n in range(2 * MOST)]
    made = rows(board(people=crowd), with_company=True)
    names = [row.name for row in made]
    first = leaf(made, 0)
    assert (first.above, first.before, first.after) == ([], None, MOST)
    second = leaf(made, MOST)
    assert [row.name for row in second.above] == ["Acme", "North", "Harbour"]
    assert (second.start, second.end, second.before) == (MOST, 2 * MOST, 0)
    last = leaf(made, 10**9)
    assert (last.after, last.end, last.total) == (None, len(made), len(made))
    shown = [row.name for each in (first, second, last) for row in each.rows]
    assert shown == names
    assert leaf([], 5).rows == []
