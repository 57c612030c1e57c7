"""Periods one after the other: caps, draws, versions, joiners, teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal as Dec

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.incentives.models import Component
from plugins.incentives.rules.matrix import Cell
from plugins.incentives.rules.tiers import Step
from plugins.incentives.services import posting
from plugins.incentives.services.computing import outcomes
from plugins.incentives.services.shapes import (
    Base,
    Facts,
    Outcome,
    Period,
    Person,
    Result,
    Rule,
    Second,
    Terms,
)
from tests.plugins.incentives.kit import acting, on, plan, sums, takes_part, version, won

TIERS = (Step(Dec(0), Dec("0.05")), Step(Dec(100_000), Dec("0.07")), Step(Dec(200_000), Dec("0.1")))
YEAR = dt.date(2025, 1, 1)
MONTHS = [
    Period(dt.date(2025, m, 1), dt.date(2025, m + 1, 1) - dt.timedelta(days=1))
    for m in range(1, 7)
]  # fmt: skip


def rule(kind: str = "marginal", **given: object) -> Rule:
    values = {"id": 1, "name": "Sales", "measure": "x.sold", "kind": kind, "steps": TIERS, **given}
    return Rule(**values)  # type: ignore[arg-type]


def terms(*rules: Rule, **given: object) -> Terms:
    values = {"id": 1, "start": YEAR, "end": None, "rules": rules or (rule(),), **given}
    return Terms(**values)  # type: ignore[arg-type]


def paid(
    figures: Sequence[int],
    *versions: Terms,
    person: Person | None = None,
    shares: Mapping[int, Dec] | None = None,
    whole: int | None = None,
    stays: Sequence[Person] = (),
    second: Sequence[tuple[int, int | None]] = (),
    each: Sequence[Sequence[tuple[int, Dec]]] = (),
) -> list[Outcome]:
    """What months with such figures come to."""
    known = {period.start.month: Dec(n) for period, n in zip(MONTHS, figures, strict=False)}

    def base(rule: Rule, person: Person, period: Period) -> Base:
        own = known[period.start.month]
        return Base(own if whole is None else Dec(whole), own)

    facts = Facts(
        base=base,
        quota=lambda rule, person, period: rule.quota,
        share=lambda terms, person, period: (shares or {}).get(period.start.month, Dec(1)),
        second=lambda rule, person, period: Second(
            Dec(second[period.start.month - 1][0]),
            None if (quota := second[period.start.month - 1][1]) is None else Dec(quota),
        ),
        each=lambda rule, person, period: each[period.start.month - 1],
    )
    who = person or Person(user_id=1, start=YEAR)
    return outcomes(stays or [who], versions or (terms(),), MONTHS[: len(figures)], facts)


def amounts(made: Sequence[Outcome]) -> list[Dec]:
    return [each.amount for each in made]


def test_a_month_of_tiers() -> None:
    made = paid([220_000])[0]
    assert [(line.base, line.rate, line.step) for line in made.lines] == [
        (100_000, Dec("0.05"), 0), (100_000, Dec("0.07"), 100_000), (20_000, Dec("0.1"), 200_000),
    ]  # fmt: skip
    assert made.amount == 14_000


def test_what_is_above_the_cap_is_forfeited_or_carried() -> None:
    capped = terms(cap=Dec(12_000))
    assert amounts(paid([220_000, 60_000], capped)) == [12_000, 3_000]
    made = paid([220_000, 60_000], terms(cap=Dec(12_000), carried=True))
    assert amounts(made) == [12_000, 5_000]
    assert [line.kind for line in made[0].lines] == ["earned"] * 3 + ["capped"]
    assert [line.kind for line in made[1].lines] == ["earned", "brought"]
    assert amounts(paid([200_000], capped)) == [12_000], "a return lowers the part above first"


def test_a_draw_is_recovered_across_versions() -> None:
    flat = [terms(rule("flat", rate=Dec(rate)), id=i, start=dt.date(2025, i, 1))
            for i, rate in ((1, "0.01"), (3, "0.02"))]  # fmt: skip
    who = Person(user_id=1, start=YEAR, draw=Dec(3_000))
    made = paid([180_000, 250_000, 260_000], *flat, person=who)
    assert amounts(made) == [3_000, 3_000, 3_500]
    assert [each.terms.id for each in made] == [1, 1, 2 + 1]
    assert [each.lines[-1].kind for each in made] == ["draw", "draw", "recovered"]
    sure = Person(user_id=1, start=YEAR, draw=Dec(3_000), recovered=False)
    assert amounts(paid([180_000, 250_000, 260_000], *flat, person=sure)) == [3_000, 3_000, 5_200]


def test_what_is_owed_is_owed_by_who_comes_back() -> None:
    rates = terms(rule("flat", rate=Dec("0.01")))
    first = Person(user_id=1, start=YEAR, end=dt.date(2025, 1, 31), draw=Dec(3_000))
    again = Person(user_id=1, start=dt.date(2025, 3, 1), draw=Dec(3_000))
    made = paid([180_000, 900_000, 520_000], rates, stays=[first, again])
    assert amounts(made) == [3_000, 4_000], "1,200 of January are taken from March"


def test_who_joins_in_the_middle_has_a_part_of_everything() -> None:
    """32 of 65 working days of the quarter: quota, tiers, cap and draw alike."""
    part = {1: Dec(32) / 65}
    made = paid([100_000], terms(cap=Dec(6_500)), shares=part)[0]
    assert [round(line.step or 0, 2) for line in made.lines[:3]] == [
        0,
        Dec("49230.77"),
        Dec("98461.54"),
    ]
    assert made.amount == 3_200
    curve = rule("curve", variable=Dec(50_000), quota=Dec("59076.92"),
                 steps=(Step(Dec("0.7"), Dec("0.5")), Step(Dec(1), Dec(1))))  # fmt: skip
    assert amounts(paid([59_077], terms(curve), shares=part)) == [Dec(50_000) * 32 / 65]


def test_only_periods_that_one_takes_part_in() -> None:
    who = Person(user_id=1, start=dt.date(2025, 2, 10), end=dt.date(2025, 3, 5))
    made = paid([1, 1, 1, 1], person=who)
    assert [each.period.start.month for each in made] == [2, 3]
    ends = terms(end=dt.date(2025, 1, 31))
    assert [each.period.start.month for each in paid([1, 1], ends)] == [1]


def test_a_team_s_pay_is_shared_as_it_was_credited() -> None:
    pool = terms(rule(credit="team"))
    assert amounts(paid([132_000], pool, whole=220_000)) == [8_400]
    assert amounts(paid([88_000], pool, whole=220_000)) == [5_600]
    assert amounts(paid([0], pool, whole=0)) == [0]
    credit_first = [amounts(paid([own]))[0] for own in (132_000, 88_000)]
    assert credit_first == [7_240, 4_400]


def test_rules_by_a_quota_need_one() -> None:
    bands = (Step(Dec(0), Dec(1)), Step(Dec(1), Dec("1.5")), Step(Dec("1.2"), Dec(2)))
    fast = rule("accelerator", variable=Dec(50_000), steps=bands, quota=Dec(500_000))
    made = paid([650_000], terms(fast))[0]
    assert [line.amount for line in made.lines] == [50_000, 15_000, 10_000]
    for kind in ("accelerator", "curve"):
        assert amounts(paid([650_000], terms(rule(kind, variable=Dec(50_000), steps=bands)))) == [0]


def test_a_year_is_rated_as_one_and_paid_month_by_month() -> None:
    """150,000 in January, 70,000 in February: the tiers of 220,000, and no more."""
    year = terms(rule(basis="year"))
    made = paid([150_000, 70_000, -40_000], year)
    assert amounts(made) == [8_500, 5_500, -3_400]
    assert [(line.base, line.rate) for line in made[1].lines] == [
        (50_000, Dec("0.07")), (20_000, Dec("0.1")),
    ]  # fmt: skip
    slabs = terms(rule("slab", basis="year"))
    made = paid([190_000, 30_000], slabs)
    assert amounts(made) == [13_300, 8_700]
    assert [(line.base, line.rate) for line in made[1].lines] == [
        (-190_000, Dec("0.07")), (220_000, Dec("0.1")),
    ]  # fmt: skip


def test_a_year_goes_on_under_other_rules() -> None:
    first = terms(rule(basis="year"), end=dt.date(2025, 1, 31))
    then = terms(rule(basis="year", id=2), id=2, start=dt.date(2025, 2, 1))
    assert amounts(paid([150_000, 70_000], first, then)) == [8_500, 5_500]
    anew = terms(rule(basis="version", id=2), id=2, start=dt.date(2025, 2, 1))
    assert amounts(paid([150_000, 70_000], first, anew)) == [8_500, 3_500]


def test_what_is_rated_as_one_is_rounded_as_one() -> None:
    """33.35 in each of three months: 5 % are 5.00 together, not three times 1.67."""
    flat = terms(rule("flat", rate=Dec("0.05"), basis="version"))
    made = paid([Dec("33.35")] * 3, flat)  # type: ignore[list-item]
    assert [posting.minor(each.lines, 2) for each in made] == [[167], [167], [166]]


def test_each_deal_is_rated_and_capped_by_itself() -> None:
    deals = [[(7, Dec(150_000)), (8, Dec(20_000)), (9, Dec(-10_000))]]
    made = paid([160_000], terms(rule(basis="each", most_each=Dec(8_000))), each=deals)[0]
    by_deal = {id_: sum(line.amount for line in made.lines if line.each_id == id_)
               for id_ in (7, 8, 9)}  # fmt: skip
    assert by_deal == {7: 8_000, 8: 1_000, 9: -500}
    assert [line.kind for line in made.lines if line.each_id == 7][-1] == "capped"


def test_nothing_is_paid_while_a_condition_is_not_met() -> None:
    visits = rule("flat", rate=Dec("0.05"), second="x.visits", least=Dec(10))
    made = paid([1_000, 1_000], terms(visits), second=[(9, None), (10, None)])
    assert amounts(made) == [0, 50]
    assert [(line.kind, line.amount, line.note) for line in made[0].lines] == [
        ("earned", 50, ""), ("withheld", -50, "9 < 10"),
    ]  # fmt: skip
    by_quota = rule("flat", rate=Dec("0.05"), second="x.visits", least=Dec("0.8"),
                    least_by_quota=True)  # fmt: skip
    made = paid([1_000] * 3, terms(by_quota), second=[(79, 100), (80, 100), (80, None)])
    assert amounts(made) == [0, 50, 0]
    assert [each.lines[-1].note for each in (made[0], made[2])] == ["79 % < 80 %", "– < 80 %"]


def test_a_table_of_two_attainments() -> None:
    grid = tuple(
        Cell(Dec(a), Dec(b), Dec(pays))
        for a, b, pays in (("0.7", "0", "0.2"), ("0.7", "0.9", "0.5"), ("1", "0", "0.6"),
                           ("1", "0.9", "1.2"))
    )  # fmt: skip
    table = rule("matrix", cells=grid, variable=Dec(10_000), quota=Dec(1_000), second="x.visits")
    made = paid([699, 700, 1_000, 2_000], terms(table),
                second=[(100, 100), (89, 100), (95, 100), (95, None)])  # fmt: skip
    assert amounts(made) == [0, 2_000, 12_000, 0]
    assert made[2].lines[0].note == "100 % / 95 %"


def test_a_formula_says_what_the_parts_cannot() -> None:
    said = rule("formula", formula="max(base - 500, 0) * 0.1 if attainment >= 0.5 else second",
                quota=Dec(1_000), second="x.visits")  # fmt: skip
    made = paid([400, 700], terms(said), second=[(3, None), (3, None)])
    assert amounts(made) == [3, 20]
    assert made[1].lines[0].note == said.formula


def test_quotas_grow_for_who_is_new() -> None:
    new = Person(user_id=1, start=dt.date(2025, 2, 1), ramp=(Dec("0.25"), Dec("0.5")))
    flat = (Step(Dec(0), Dec(0)), Step(Dec(1), Dec(1)))
    curve = rule("curve", variable=Dec(1_000), quota=Dec(400), steps=flat)
    assert amounts(paid([0, 100, 100, 100], terms(curve), person=new)) == [1_000, 500, 250]
    tiers = paid([0, 220_000, 220_000, 220_000], person=new)
    assert [round(each.amount) for each in tiers] == [20_000, 18_000, 14_000]


@given(st.lists(st.integers(-300_000, 300_000), min_size=1, max_size=6), st.booleans())
def test_a_year_pays_what_its_sum_pays(figures: list[int], is_slab: bool) -> None:
    kind = "slab" if is_slab else "marginal"
    made = paid(figures, terms(rule(kind, basis="year")))
    once = paid([sum(figures)], terms(rule(kind)))
    assert sum(amounts(made)) == once[0].amount


@given(st.lists(st.integers(-900_000, 900_000), min_size=1, max_size=6),
       st.integers(0, 20_000), st.booleans())  # fmt: skip
def test_what_is_carried_is_paid_or_still_above(
    figures: list[int], most: int, carried: bool
) -> None:
    made = paid(figures, terms(cap=Dec(most), carried=carried))
    assert all(each.amount <= most for each in made)
    earned = sum(line.amount for each in made for line in each.lines if line.kind == "earned")
    gone = -sum(line.amount for each in made for line in each.lines if line.kind == "capped")
    back = sum(line.amount for each in made for line in each.lines if line.kind == "brought")
    assert sum(amounts(made)) == earned - gone + back
    if carried:
        still = -sum(line.amount for line in made[-1].lines if line.kind == "capped")
        assert gone - back == still, "what is above waits for the next period, no more"


@given(st.lists(st.tuples(st.integers(-99_999, 99_999), st.integers(0, 9)), max_size=12))
def test_what_is_withheld_comes_to_nothing_to_the_cent(some: list[tuple[int, int]]) -> None:
    deals = [[(id_, Dec(cents) / 100) for cents, id_ in some]]
    gate = rule("flat", rate=Dec("0.0333"), basis="each", second="x.visits", least=Dec(1))
    made = paid([0], terms(gate), each=deals, second=[(0, None)])[0]
    assert sum(posting.minor(made.lines, 2)) == 0


@pytest.mark.parametrize(
    ("earned", "kind", "paid"),
    [
        (("7000.005", "6000.005"), "capped", 12_000),
        (("1800.004", "0.004"), "draw", 3_000),
        (("4000.005", "0.005"), "recovered", 3_500),
    ],
)
def test_a_cap_and_a_draw_hold_to_the_cent(earned: tuple[str, str], kind: str, paid: int) -> None:
    lines = [
        Result(kind="earned", base=Dec(each), rate=Dec(1), rule_id=i)
        for i, each in enumerate(earned, 1)
    ]
    more = paid - sum((line.base for line in lines), Dec(0))
    made = posting.minor([*lines, Result(kind=kind, base=more, rate=Dec(1))], 2)
    assert sum(made) == paid * 100


@pytest.mark.usefixtures("acme")
def test_who_joins_on_days_off_is_paid_by_calendar_days() -> None:
    of = plan()
    version(of)
    takes_part(of, start="2025-05-31")
    won(1_000, "2025-05-31")
    with on("2025-06-10"):
        posting.calculate(of)
    assert sums() == {"05": 5_000}


@pytest.mark.usefixtures("acme")
def test_pay_is_worked_out_from_all_figures_or_not_at_all() -> None:
    of, broken = plan(), plan("Broken")
    version(of)
    takes_part(of)
    version(broken, rule="flat", part={"rate": Dec(1)})
    takes_part(broken)
    takes_part(of, "cai")
    for name in ("ann", "cai"):
        won(1_000, "2025-03-05", name)
    with on("2025-04-10"):
        posting.calculate(of)
        with acting("boss"):
            assert posting.calculate(of).entries == 0, "whoever starts it"
        posting.calculate(broken)
        gone = host().session.scalars(sa.select(Component).where(Component.rule == "flat")).one()
        gone.measure = "gone.figure"
        host().session.flush()
        with pytest.raises(Rejected, match="not available"):
            posting.calculate(broken)
    assert (sums("ann"), sums("cai")) == ({"03": 1_000}, {"03": 5_000})
