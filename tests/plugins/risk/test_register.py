"""The register: assessing, controls, appetite, reminders, and who may what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.context import today
from plugin_api.errors import Forbidden, Invalid, NotFound, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.risk.models import Appetite, Control, Incident, Risk, Score
from plugins.risk.services import assessing, controls, escalation, overview
from plugins.risk.settings import SCALE
from tests.plugins.risk.kit import (
    acting,
    control,
    in_money,
    proven,
    response,
    risk,
    scores,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")

DAY = dt.timedelta(days=1)


def move(record: Any, name: str, **values: Any) -> None:
    host().records.transition(record, name, values)


def change(record: Any, **values: Any) -> None:
    host().records.update(record, values)


# -- assessing --------------------------------------------------------------------------------


def test_the_worked_example_from_inherent_to_residual() -> None:
    made = risk(
        inherent_likelihood=4, inherent_impact=5, **in_money("inherent", 30, 200_000),
    )  # fmt: skip
    assert (made.state, made.score, made.priority, made.band) == ("open", 20, 205, "extreme")
    assert made.expected_loss == 60_000_00
    visits = control(made, cost=12_000_00)
    change(
        made, residual_likelihood=2, residual_impact=4, **in_money("residual", 10, 150_000),
    )  # fmt: skip
    assert (made.residual_score, made.residual_expected) == (8, 15_000_00)
    assert made.score == 20, "it stands as it is until the controls work"
    before, after, cost = controls.benefit(made, [visits]) or (0, 0, 0)
    assert before - after - cost == 33_000_00
    plain = Risk(inherent_expected=60, current_expected=15)
    some = [Control(state="operating", cost=12), Control(state="planned", cost=5)]
    assert controls.benefit(plain, some) == (60, 15, 12), "what is planned has brought nothing yet"
    change(made, current_likelihood=3, current_impact=5)
    assert (made.score, made.expected_loss) == (15, None), "the current level counts"
    assert scores(made) == [
        ("inherent", 20, 60_000_00), ("residual", 8, 15_000_00), ("current", 15, None),
    ]  # fmt: skip


def test_a_residual_without_a_control_is_refused_with_the_reason() -> None:
    given = {"inherent_likelihood": 4, "inherent_impact": 5}
    residual = {"residual_likelihood": 2, "residual_impact": 4}
    with pytest.raises(Rejected, match="needs a control") as refused:
        risk(**given, **residual)
    assert refused.value.field == "residual_likelihood"
    made = risk(**given)
    with pytest.raises(Rejected, match="needs a control"):
        change(made, **residual)
    host().session.refresh(made)
    retired = control(made, state="retired")
    with pytest.raises(Rejected, match="needs a control"):
        change(made, **residual)
    host().session.refresh(made)
    change(retired, state="planned")
    change(made, **residual)
    assert made.residual_score == 8, "what is planned counts for what will be left"


def test_the_current_level_is_better_only_while_a_control_works() -> None:
    made = risk(inherent_likelihood=4, inherent_impact=4)
    better = {"current_likelihood": 2, "current_impact": 4}
    planned = control(made, state="planned")
    with pytest.raises(Rejected, match="only while a control operates"):
        change(made, **better)
    host().session.refresh(made)
    change(planned, state="operating")
    proven(planned, today(), "ineffective")
    with pytest.raises(Rejected, match="did not fail its last test"):
        change(made, **better)
    host().session.refresh(made)
    proven(planned, today(), "partly")
    change(made, **better)
    assert made.score == 8
    for name in ("retired", "planned"):
        with pytest.raises(Rejected, match="rests on it"):
            change(planned, state=name)
        host().session.refresh(planned)
    with pytest.raises(Rejected, match="rests on it"):
        host().records.delete(planned)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"inherent_likelihood": 3}, "inherent_impact", "both"),
        ({"inherent_impact": 3}, "inherent_likelihood", "both"),
        ({"inherent_likelihood": 6, "inherent_impact": 1}, "inherent_likelihood", "5"),
        ({"inherent_low": 5, "inherent_impact": 1}, "inherent_loss", "most likely"),
        ({**in_money("inherent", 10, 5), "inherent_low": 900}, "inherent_low", "More than"),
        ({**in_money("inherent", 10, 5), "inherent_high": 9}, "inherent_high", "Less than"),
        (in_money("inherent", 10, -5), "inherent_loss", "below zero"),
        (in_money("inherent", 101, 5), "inherent_probability", "100"),
        ({"current_likelihood": 1, "current_impact": 1}, "current_likelihood", "without controls"),
        ({"inherent_likelihood": 1, "inherent_impact": 2, "current_likelihood": 2,
          "current_impact": 2}, "current_likelihood", "worse"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(values: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises((Rejected, Invalid)) as refused:
        risk(**values)
    assert field in refused.value.errors
    assert words in refused.value.words


def test_a_step_follows_from_the_figure_where_nobody_says_it() -> None:
    made = risk(**in_money("inherent", 30, 200_000))
    assert (made.likelihood, made.impact) == (3, 4)
    for wrong in ("1, 2, three, 4", "1, 2, NaN, 4", "1, 2, 3, 1e99999999"):
        put(SCALE, wrong)
        with pytest.raises(Rejected, match="four rising amounts"):
            risk(**in_money("inherent", 30, 200_000))
    put(SCALE, "10, 20, 30, 40")
    assert risk(**in_money("inherent", 30, 200_000)).impact == 5
    assert risk(**in_money("inherent", 30, 1), inherent_impact=4).impact == 4, "as it is said"


def test_scores_are_kept_for_ever() -> None:
    made = risk(inherent_likelihood=2, inherent_impact=2, reason="First look")
    change(made, name="Another name")
    assert len(scores(made)) == 1, "nothing was assessed"
    change(made, inherent_impact=3, reason="It would be worse")
    kept = host().session.scalars(sa.select(Score).order_by(Score.id)).all()
    assert [(each.score, each.reason) for each in kept][-2:] == [
        (4, "First look"), (6, "It would be worse"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="kept"):
        host().records.delete(made)
    with pytest.raises((TypeError, Forbidden)), acting("ada"):
        host().records.update(kept[-1], {"score": 1})


def test_many_risks_at_once_take_no_statement_each(counted: Any) -> None:
    rows = [{"name": f"R{i}", "inherent_likelihood": 2, "inherent_impact": 2} for i in range(40)]
    with counted() as few:
        host().records.create_many(Risk, rows[:5])
        host().session.settle()
    with counted() as many:
        host().records.create_many(Risk, rows[5:])
        host().session.settle()
    assert len(many) <= len(few) + 2


# -- appetite and the map ---------------------------------------------------------------------


def test_the_appetite_redraws_the_line() -> None:
    over = risk(inherent_likelihood=4, inherent_impact=5, category="market")
    under = risk(**in_money("inherent", 10, 1000), category="market")
    assert (over.over_appetite, under.over_appetite) == (True, False)
    line = host().session.scalars(sa.select(Appetite).where(Appetite.category == "market")).one()
    change(line, score=25, loss=50_00)
    host().session.refresh(over)
    host().session.refresh(under)
    assert (over.over_appetite, under.over_appetite) == (False, True)
    made = risk(inherent_likelihood=5, inherent_impact=5, category="market")
    assert not made.over_appetite
    with pytest.raises(Rejected):
        change(line, loss=-1)


def test_the_map_leads_to_its_records(counted: Any) -> None:
    for impact in (5, 5, 1):
        risk(inherent_likelihood=4, inherent_impact=impact)
    risk(inherent_likelihood=4, inherent_impact=5, category="market")
    move(risk(inherent_likelihood=4, inherent_impact=5), "close", reason="Over")
    with counted() as sent:
        rows = overview.heat("")
    assert len(sent) <= 2
    cell = rows[1][4]
    assert (cell.count, cell.over, cell.band) == (3, True, "extreme")
    found = host().records.matching(Risk, {key: str(value) for key, value in cell.query.items()})
    assert host().session.scalar(sa.select(sa.func.count(Risk.id)).where(found)) == 3
    assert overview.heat("", "market")[1][4].count == 1
    assert overview.heat("inherent")[1][0].count == 1 and overview.heat("residual")[1][4].count == 0


# -- the way through the register -------------------------------------------------------------


def test_a_risk_is_reviewed_closed_and_reopened() -> None:
    made = risk(inherent_likelihood=2, inherent_impact=2)
    assert made.review_on == today() + 90 * DAY
    with pytest.raises(Rejected, match="to come"):
        move(made, "review", review_on=today())
    move(made, "review", review_on=today() + DAY)
    assert made.reviewed_on == today()
    with pytest.raises(Rejected, match="why"):
        move(made, "close", reason=" ")
    move(made, "close", reason="They left")
    assert made.closed_on == today()
    with pytest.raises(Rejected, match="Reopen"):
        change(made, inherent_impact=5)
    host().session.refresh(made)
    move(made, "reopen")
    assert (made.state, made.closed_on) == ("open", None)


def test_owners_are_reminded_once_and_managers_told_after_days(told: Any) -> None:
    made = risk(review_on=today() - 8 * DAY)
    assert {k: v for k, v in escalation.run().items() if v} == {"reminded": 1, "escalated": 1}
    assert sorted(name for name, _text in told()) == ["Ann", "Boss"]
    assert not any(escalation.run().values())
    change(made, review_on=today() + DAY)
    assert made.escalated_on is None


def test_who_does_not_answer_a_risk_over_the_appetite_is_told_of(told: Any) -> None:
    made = risk(
        inherent_likelihood=5, inherent_impact=5, identified_on=today() - 9 * DAY,
        category="customer",
    )  # fmt: skip
    answered = risk(
        inherent_likelihood=5, inherent_impact=5, identified_on=today() - 9 * DAY, name="Other"
    )
    response(answered, "transfer", counterparty="An insurer")
    assert escalation.escalate() == 1
    assert made.escalated_on == today() and "nobody answers" in told()[0][1]


def test_a_control_is_tested_and_its_owner_reminded(told: Any) -> None:
    of = risk()
    made = control(of, owner_id=user("bo"), test_on=today())
    assert escalation.tests() == 1
    with acting("bo"):
        assert host().records.get(Risk, of.id) is of, "whoever has a control sees the risk"
        done = proven(made, today(), "ineffective")
    assert done.by_id == user("bo")
    assert (made.effectiveness, made.tested_on, made.test_on) == ("ineffective", today(), None)
    assert any("did not pass" in text for _name, text in told())
    proven(made, today() - DAY, "effective")
    assert made.effectiveness == "ineffective", "the newest test counts"
    with pytest.raises(Rejected, match="future"):
        proven(made, today() + DAY, "effective")
    with pytest.raises(Rejected, match="what was found"):
        proven(made, today(), "partly", finding=None)
    with pytest.raises(Rejected, match="stays with its risk"):
        change(made, risk_id=risk(name="Other").id)


def test_incidents_count_and_near_misses_cost_nothing() -> None:
    of = risk()
    given = {"name": "Order lost", "on": today(), "risk_id": of.id, "loss": 500_00}
    host().records.create(Incident, given)
    host().records.create(Incident, {**given, "loss": None, "near_miss": True})
    assert overview.incidents() == (1, 500_00)
    assert host().measures.value("risk.incident_losses") == 500_00
    for wrong in ({"near_miss": True}, {"on": today() + DAY}, {"loss": -1}):
        with pytest.raises(Rejected):
            host().records.create(Incident, {**given, **wrong})


def test_measures_say_how_much_is_at_stake() -> None:
    risk(**in_money("inherent", 30, 200_000), category="customer")
    risk(**in_money("inherent", 10, 1000), category="market", review_on=today() - DAY)
    value = host().measures.value
    assert (value("risk.open"), value("risk.over_appetite")) == (2, 1)
    assert value("risk.reviews_overdue") == 1 and value("risk.over_share") == Decimal("0.5")
    table = host().measures.table("risk.expected_loss", by=("category",))
    assert {point.keys[0]: point.value for point in table} == {
        "customer": 60_000_00, "market": 100_00,
    }  # fmt: skip


def test_people_see_their_own_risks_and_managers_those_of_their_people() -> None:
    mine, other = risk("ann"), risk("bo", name="Of Bo")
    made = control(other, owner_id=None)
    with acting("ann"):
        assert host().records.get(Risk, mine.id) is mine
        with pytest.raises(NotFound):
            host().records.get(Risk, other.id)
        with pytest.raises(NotFound):
            host().records.get(Control, made.id)
    with acting("bo"):
        change(host().records.get(Control, made.id), name="Mine through the risk")
    with acting("boss"):
        assert host().records.get(Risk, other.id) is other
    with acting("eve"):
        assert host().records.get(Risk, other.id, "read") is other
        with pytest.raises((Forbidden, NotFound)):
            host().records.get(Risk, other.id, "update")


def test_a_risk_is_about_a_record_and_survives_it() -> None:
    account: Any = model_of("crm.Account")
    made = host().records.create(account, {"name": "Blue Mill"})
    about = risk(about_model="crm.Account", about_id=made.id)
    assert about.about == "Blue Mill"
    with pytest.raises(Rejected, match="no such record"):
        risk(about_model="crm.Account", about_id=made.id + 99)
    with pytest.raises(Rejected, match="which kind"):
        risk(about_id=made.id)
    host().records.delete(made)
    host().session.refresh(about)
    assert (about.about_model, about.about_id, about.about) == (None, None, "Blue Mill")


def test_levels_of_a_risk_are_told_apart() -> None:
    made = risk(inherent_likelihood=2, inherent_impact=2)
    assert assessing.filled_levels(made) == ["inherent"]
    assert assessing.changed_levels(("current_low", "name")) == ["current"]
