"""Periods one after the other: caps, draws, versions, joiners, teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal as Dec

import pytest
import sqlalchemy as sa

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.incentives.models import Component
from plugins.incentives.rules.tiers import Step
from plugins.incentives.services import posting
from plugins.incentives.services.computing import (
    Base,
    Facts,
    Outcome,
    Period,
    Person,
    Rule,
    Terms,
    outcomes,
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
