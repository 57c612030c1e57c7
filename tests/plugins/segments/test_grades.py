"""Grading accounts, overrides with their end, policies, and effort against value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at
from plugin_api.errors import Forbidden, Invalid, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.activities.models import Activity
from plugins.activities.services.kinds import by_code
from plugins.crm.models import Account
from plugins.segments.models import GradeChange, Policy, Standing
from plugins.segments.services import effort, figures, overrides
from plugins.segments.services import grading as runs
from tests.plugins.segments.kit import (
    account,
    acting,
    at,
    changes,
    grade,
    grading,
    override,
    standing,
    won,
)

pytestmark = pytest.mark.usefixtures("acme")

WORKED = [50_000, 20_000, 12_000, 8_000, 4_000, 2_500, 1_500, 1_000, 600, 400]


def mills(amounts: list[int] = WORKED, owner: str | None = "ann") -> list[Account]:
    found = []
    for i, amount in enumerate(amounts):
        found.append(account(f"Mill {i}", owner))
        if amount:
            won(found[-1], amount)
    return found


def versions() -> list[int]:
    asked = (sa.select(sa.func.sum(model.version)) for model in (Account, Standing))
    return [host().session.scalar(each) for each in asked]


# -- the worked example -----------------------------------------------------------------------


def test_accounts_come_to_the_grades_of_the_worked_example() -> None:
    found = mills([*WORKED, 0])
    with clock_at(at(9, 1)):
        assert runs.run(grading()) == 11
        assert "".join(grade(each) or "-" for each in found) == "AAABBBCCCCD"
        assert changes(found[0]) == [(None, "A", "graded")]
        assert standing(found[3]).value == Decimal("8000")
        # Again: nothing is written, nothing is noted.
        before = host().session.scalar(sa.select(sa.func.count(GradeChange.id)))
        held = versions()
        assert runs.run(runs.active()[0]) == 0
        host().session.flush()
        assert host().session.scalar(sa.select(sa.func.count(GradeChange.id))) == before
        assert versions() == held


def test_only_the_days_of_the_period_count_and_losses_of_rank_show() -> None:
    first, second = mills([100, 50])
    third = account("Third")
    with clock_at(at(6, 2)):
        made = grading(days=30)
        runs.run(made)
        assert (grade(first), grade(second), grade(third)) == ("A", "A", "D")
    won(third, 900, dt.date(2026, 6, 25))
    with clock_at(at(6, 30)):
        runs.run(made)
        assert (grade(third), grade(first), grade(second)) == ("A", "B", "C")
    with clock_at(at(7, 10)):
        runs.run(made)
        assert (grade(third), grade(first), grade(second)) == ("A", "D", "D")
        assert [each[1] for each in changes(first)] == ["A", "B", "D"]
        assert host().measures.value("segments.fallen", dt.date(2026, 7, 1)) == 2
        assert host().measures.value("segments.key_accounts") == 1


def test_a_grade_near_its_limit_does_not_flip() -> None:
    # 79.5 lies before the second: A. With more at the first it is 81: still A, within 2 points.
    first, second, _third = mills([795, 105, 100])
    with clock_at(at(9, 1)):
        made = grading(slack=Decimal(2))
        runs.run(made)
        assert grade(second) == "A"
        won(first, 79)
        runs.run(made)
        assert grade(second) == "A" and len(changes(second)) == 1
        won(first, 60)
        runs.run(made)
        assert grade(second) == "B"


def test_the_condition_and_the_order_of_gradings_decide_who_is_graded() -> None:
    east, west = account("East", region="East"), account("West", region="West")
    won(east, 10), won(west, 90)
    with clock_at(at(9, 1)):
        runs.run(grading(name="East", condition="region=East", position=1))
        assert (grade(east), grade(west)) == ("A", None)
        runs.run(grading(name="All", position=2))
        assert (grade(east), grade(west)) == ("A", "A")
        assert standing(east).grading_id != standing(west).grading_id
        # Who leaves a grading keeps the grade, and has no standing any more.
        host().records.update(east, {"region": "South"})
        runs.run(runs.active()[0])
        left = sa.select(Standing.id).where(Standing.account_id == east.id)
        assert host().session.scalar(left) is None and grade(east) == "A"


def test_without_a_figure_the_grade_may_stay() -> None:
    new = account("New", grade="B")
    with clock_at(at(9, 1)):
        runs.run(grading(without="keep"))
        assert grade(new) == "B" and changes(new) == []


def test_a_plan_says_what_a_run_would_do() -> None:
    found = mills([60, 40])
    host().records.update(found[0], {"grade": "C"})
    with clock_at(at(9, 1)):
        plan = runs.plan(grading())
        assert plan.matrix() == {("C", "A"): 1, (None, "A"): 1}
        first = plan.changes[0]
        assert (first.rank, first.before, first.value) == (1, Decimal(0), Decimal(60))
        assert plan.changes[1].before == Decimal(60)
        assert grade(found[0]) == "C"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measure": "crm.win_rate"}, "measure"),
        ({"measure": "activities.done"}, "measure"),
        ({"a_share": Decimal(95), "b_share": Decimal(80)}, "b_share"),
        ({"c_share": Decimal(90)}, "c_share"),
        ({"condition": "colour=red"}, "condition"),
    ],
)
def test_a_grading_that_cannot_work_is_refused(values: dict[str, object], field: str) -> None:
    with pytest.raises((Rejected, Invalid)) as refused:
        grading(**values)
    assert field in refused.value.errors


# -- by hand and by an override ---------------------------------------------------------------


def test_a_graded_account_is_not_graded_by_hand() -> None:
    [mill] = mills([100])
    free = account("Free", "ann")
    with clock_at(at(9, 1)):
        runs.run(grading(condition="name=Mill 0"))
    with acting("ann"):
        with pytest.raises(Rejected, match="“By revenue” grades this account by its figures"):
            host().records.update(mill, {"grade": "C"})
        host().records.update(free, {"grade": "C"})
    assert changes(free) == [(None, "C", "hand")]


def test_an_override_is_approved_by_another_holds_and_ends() -> None:
    found = mills()
    weak = found[9]
    with clock_at(at(9, 1)):
        made = grading()
        runs.run(made)
        asked = override(weak, "A", dt.date(2026, 9, 30))
        assert (asked.state, grade(weak)) == ("asked", "C")
        with acting("ann"), pytest.raises(Forbidden):
            host().records.transition(asked, "approve")
        with acting("boss"):
            host().records.transition(asked, "approve", {"answer": "Until the pilot ends"})
        assert (asked.state, grade(weak)) == ("approved", "A")
        assert standing(weak).override_id == asked.id and standing(weak).computed == "C"
    with clock_at(at(9, 30)):
        assert overrides.expire() == 0
        runs.run(made)
        assert grade(weak) == "A"
    with clock_at(at(10, 1)):
        assert overrides.expire() == 1
        assert (asked.state, grade(weak)) == ("ended", "C")
        assert runs.run(made) == 0
    assert changes(weak) == [
        (None, "C", "graded"), ("C", "A", "override"), ("A", "C", "ended"),
    ]  # fmt: skip
    note = sa.select(GradeChange).where(GradeChange.kind == "override")
    assert host().session.scalars(note).one().reason == "A pilot"


def test_nobody_approves_what_they_have_asked_for() -> None:
    mill = account(owner="ann")
    with clock_at(at(9, 1)):
        asked = override(mill, "A", dt.date(2026, 9, 30), who="boss")
        with acting("boss"), pytest.raises(Rejected, match="Somebody else decides"):
            assert not overrides.may_decide(asked), "and no button is offered"
            host().records.transition(asked, "approve")
        with acting("ada"):
            host().records.transition(asked, "refuse", {"answer": "No pilot is agreed"})
        assert (asked.state, grade(mill)) == ("refused", None)


def test_a_later_override_takes_the_place_of_the_first() -> None:
    mill = account(owner="ann", grade="D")
    with clock_at(at(9, 1)):
        first = override(mill, "B", dt.date(2026, 9, 30))
        second = override(mill, "A", dt.date(2026, 12, 31))
        for each in (first, second):
            with acting("boss"):
                host().records.transition(each, "approve")
        assert (first.state, second.state, grade(mill)) == ("ended", "approved", "A")
        with acting("boss"):
            host().records.transition(second, "end", {"answer": "It is over"})
        assert grade(mill) == "B"


@pytest.mark.parametrize(
    ("until", "why"),
    [(dt.date(2026, 8, 31), "This day is past"), (dt.date(2027, 12, 1), "A year at most")],
)
def test_an_override_holds_from_now_on_for_a_year_at_most(until: dt.date, why: str) -> None:
    with clock_at(at(9, 1)), pytest.raises(Rejected, match=why):
        override(account(owner="ann"), "A", until)


def test_a_request_that_nobody_decides_lapses_and_no_person_has_it_end() -> None:
    mill = account(owner="ann")
    with clock_at(at(9, 1)):
        asked = override(mill, "A", dt.date(2026, 9, 2))
        with acting("ada"), pytest.raises(Forbidden, match="This happens by itself"):
            host().records.transition(asked, "lapse")
    with clock_at(at(9, 3)):
        with acting("boss"), pytest.raises(Rejected, match="This day is past"):
            host().records.transition(asked, "approve")
        overrides.expire()
    assert asked.state == "refused"


def test_a_rep_asks_for_their_own_accounts_alone() -> None:
    with clock_at(at(9, 1)), pytest.raises(Invalid, match="another look"):
        override(account(owner="cai"), "A", dt.date(2026, 9, 30))


# -- policies and effort ----------------------------------------------------------------------


def test_a_policy_keeps_a_follow_up_rule() -> None:
    rule = model_of("activities.ContactRule")
    made = host().records.create(Policy, {"grade": "A", "name": "Key", "contact_days": 30})

    def held() -> list[tuple[str, int, bool]]:
        asked = sa.select(rule.condition, rule.every_days, rule.active).order_by(rule.condition)
        return [tuple(row) for row in host().session.execute(asked)]

    assert held() == [("grade=A", 30, True)]
    host().records.update(made, {"contact_days": 14})
    assert held() == [("grade=A", 14, True)]
    host().records.update(made, {"grade": "B"})
    assert held() == [("grade=A", 14, False), ("grade=B", 14, True)]
    host().records.delete(made)
    assert [each[2] for each in held()] == [False, False]


def call(record: Account, moment: dt.datetime) -> None:
    with clock_at(moment):
        host().records.create(
            Activity,
            {
                "kind": by_code("call").id, "subject": "Ask them", "state": "done",
                "owner_id": record.owner_id, "about_model": "crm.Account", "about_id": record.id,
            },
        )  # fmt: skip


def test_effort_against_value_names_what_is_out_of_line() -> None:
    big, small = mills([9_000, 1_000])
    for each, grade_ in ((big, "A"), (small, "C")):
        host().records.update(each, {"grade": grade_})
    call(big, at(8, 1))
    for day in (1, 2, 3):
        call(small, at(8, day))
    call(small, at(1, 1, 2025))
    with clock_at(at(9, 1)):
        spent = effort.read("crm.won_amount", 365, "contacts")
        rows = {row.grade: row for row in effort.by_grade(spent)}
        assert (rows["A"].effort, rows["C"].effort) == (1, 3)
        assert rows["A"].value_share == Decimal("0.9") and rows["C"].effort_share == Decimal("0.75")
        assert (rows["A"].verdict, rows["C"].verdict) == ("under", "over")
        assert effort.misplaced(list(rows.values())) == Decimal("0.65")
        assert [each.name for each in effort.most_over(spent, 5)] == ["Mill 1"]
        assert [each.name for each in effort.most_under(spent, 5)] == ["Mill 0"]
        with acting("cai"):
            assert effort.read("crm.won_amount", 365, "visits") == []


def test_figures_are_in_units_that_people_read() -> None:
    [mill] = mills([12])
    with clock_at(at(9, 1)):
        assert figures.by_account("crm.won_amount", 365) == {mill.id: Decimal("12.0000")}
        assert figures.by_account("crm.won_count", 365) == {mill.id: Decimal(1)}
