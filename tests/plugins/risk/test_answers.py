"""Responses with their facts, and actions that are steps of the plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import today
from plugin_api.errors import Invalid, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.risk.models import Action, Control, Cover, Risk
from plugins.risk.services import controls, escalation
from plugins.risk.services.kept import forget
from tests.plugins.risk.kit import (
    acting,
    action,
    control,
    in_money,
    proven,
    response,
    risk,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")

DAY = dt.timedelta(days=1)


def move(record: Any, name: str, **values: Any) -> None:
    host().records.transition(record, name, values)


def change(record: Any, **values: Any) -> None:
    host().records.update(record, values)


# -- responses --------------------------------------------------------------------------------

FACTS: dict[str, dict[str, Any]] = {
    "avoid": {"given_up": "The tender"},
    "transfer": {"counterparty": "An insurer"},
    "accept": {"approver": "boss", "expires_on": 30},
    "mitigate": {"due": 30},
}


def facts(strategy: str) -> dict[str, Any]:
    """What a way needs."""
    given = dict(FACTS[strategy])
    if "approver" in given:
        given["approver"] = user(given["approver"])
    for name in ("expires_on", "due"):
        if name in given:
            given[name] = today() + given[name] * DAY
    return given


@pytest.mark.parametrize(
    ("strategy", "field"), [(key, name) for key, names in FACTS.items() for name in names]
)
def test_each_way_needs_its_facts(strategy: str, field: str) -> None:
    of, given = risk(), facts(strategy)
    with pytest.raises(Rejected) as refused:
        response(of, strategy, **{**given, field: None})
    assert refused.value.field == field
    made = response(of, strategy, **given)
    with pytest.raises(Rejected) as refused:
        change(made, **{field: None})
    assert refused.value.field == field
    host().session.refresh(made)
    other = response(of, "transfer", counterparty="A bank")
    if strategy != "transfer":
        with pytest.raises(Rejected):
            change(other, strategy=strategy)
        host().session.refresh(other)
    with pytest.raises(Rejected):
        host().records.update_many([(made, {field: None}), (other, {"counterparty": None})])


def test_accepting_is_up_to_the_approver() -> None:
    of = risk(inherent_likelihood=5, inherent_impact=5)
    with pytest.raises(Rejected, match="other than the owner"):
        response(of, "accept", **{**facts("accept"), "approver": user("ann")})
    with pytest.raises(Rejected, match="to come"):
        response(of, "accept", **{**facts("accept"), "expires_on": today()})
    made = response(of, "accept", **{**facts("accept"), "approver": user("eve")})
    with acting("ann"):
        for name in ("start", "approve"):
            with pytest.raises(Rejected, match="approver"):
                move(made, name)
    with acting("eve"):
        assert host().records.get(Risk, of.id) is of, "who is asked sees what about"
        move(made, "approve")
    assert (made.state, made.approved_on) == ("running", today())
    with pytest.raises(Rejected, match="decided"):
        change(made, expires_on=today() + 900 * DAY)


def test_an_acceptance_ends_with_its_last_day(told: Any) -> None:
    of = risk()
    made = response(of, "accept", **facts("accept"))
    move(made, "approve")
    with pytest.raises(Rejected, match="by itself"):
        move(made, "expire")
    assert escalation.expire() == 0
    made.expires_on = today() - DAY
    assert escalation.run()["expired"] == 1
    assert made.state == "expired" and escalation.run()["expired"] == 0
    assert {name for name, _text in told()} == {"Ann", "Boss"}
    move(made, "plan_again")
    with pytest.raises(Rejected, match="to come"):
        move(made, "approve")


def test_an_acceptance_ends_whoever_comes_to_own_the_risk() -> None:
    of = risk()
    made = response(of, "accept", **facts("accept"))
    move(made, "approve")
    change(of, owner_id=user("boss"))
    forget()
    made.expires_on = today() - DAY
    assert escalation.run()["expired"] == 1
    assert made.state == "expired"


def test_mitigating_needs_means() -> None:
    of = risk()
    made = response(of, "mitigate", **facts("mitigate"))
    with pytest.raises(Rejected, match="control or an action"):
        move(made, "start")
    action(of, today() + DAY, response_id=made.id)
    move(made, "start")
    move(made, "finish", outcome="They order again")
    assert made.state == "done"


def test_an_action_belongs_to_the_risk_of_its_response() -> None:
    made = response(risk(), "mitigate", **facts("mitigate"))
    with pytest.raises(Invalid) as refused:
        action(risk(name="Other"), today(), response_id=made.id)
    assert "response" in refused.value.errors


# -- actions and plans ------------------------------------------------------------------------


def step(of: Action) -> Any:
    model: Any = model_of("plans.Step")
    asked = sa.select(model).where(model.about_model == "risk.Action", model.about_id == of.id)
    return host().session.scalars(asked).one()


def test_an_action_is_a_step_of_the_plans_and_both_go_together() -> None:
    due = today() + 7 * DAY
    with acting("ann"):
        made = action(risk(), due)
    there = step(made)
    assert (there.name, there.due, there.owner_id) == (made.name, due, user("ann"))
    change(made, due=due + DAY, name="Meet their director")
    assert (there.due, there.name) == (due + DAY, "Meet their director")
    move(made, "done")
    assert there.state == "done"
    move(made, "reopen")
    assert there.state == "todo"
    with acting("ann"):
        move(there, "done")
    assert (made.state, made.done_on) == ("done", today())
    move(there, "reopen")
    assert made.state == "todo"
    given = {
        "name": "Call first",
        "due": due,
        "owner_id": user("ann"),
        "about_model": "risk.Action",
    }
    other = host().records.create(model_of("plans.Step"), {**given, "about_id": made.id})
    move(other, "done")
    assert made.state == "todo", "a part of it is done"
    move(made, "drop")
    assert there.state == "cancelled"


# -- one control for several risks --------------------------------------------------------------


def test_a_control_serves_several_risks_and_none_loses_it_while_it_rests_on_it(
    told: Callable[[], list[tuple[str, str]]],
) -> None:
    levels = {"inherent_likelihood": 4, "inherent_impact": 5}
    ours = risk(**levels, **in_money("inherent", 30, 200_000))
    other = risk(owner="bo", name="Late deliveries", **levels)
    only = control(ours, cost=100_01)
    better = {"residual_likelihood": 2, "residual_impact": 4}
    with pytest.raises(Rejected, match="needs a control"):
        host().records.update(other, better)
    host().session.refresh(other)
    cover = host().records.create(Cover, {"control_id": only.id, "risk_id": other.id})
    for values, words in (({"risk_id": ours.id}, "made for this risk"), ({}, "")):
        given = {"control_id": only.id, "risk_id": other.id, **values}
        with pytest.raises(Refused, match=words or None):
            host().records.create(Cover, given)
    host().records.update(other, better)
    host().records.update(ours, {**better, **in_money("residual", 10, 150_000)})
    assert controls.benefit(ours, [only]) == (60_000_00, 15_000_00, 50_01)
    host().records.update(other, in_money("residual", 10, 1000) | in_money("inherent", 20, 2000))
    assert controls.benefit(other, [only]) == (400_00, 100_00, 50_00), "the parts are the whole"
    with pytest.raises(Rejected, match="rests on it"):
        host().records.delete(cover)
    for change in ({"state": "retired"},):
        with pytest.raises(Rejected, match="rests on it"):
            host().records.update(only, change)
        host().session.refresh(only)
    with acting("bo"):
        assert host().records.get(Control, only.id).name == only.name, "what it rests on is seen"
        with pytest.raises(Refused):
            host().records.update(only, {"name": "Mine"})
    proven(only, today(), "ineffective")
    assert sorted(name for name, _text in told()) == ["Ann", "Bo"]
    empty = {f"residual_{part}": None for part in ("likelihood", "impact", "probability", "loss")}
    host().records.update(ours, empty)
    with pytest.raises(Rejected, match="rests on it"):
        host().records.update(only, {"state": "retired"})
    host().session.refresh(only)
    plain = risk(name="Nothing known yet")
    lent = control(plain)
    host().records.create(Cover, {"control_id": lent.id, "risk_id": other.id})
    with pytest.raises(Rejected, match="serves other risks"):
        host().records.delete(plain)
    host().records.update(only, {"state": "retired"})
    assert only.state == "retired", "the other risk has one more"


def test_an_action_of_a_further_risk_names_the_control_that_is_lent_to_it() -> None:
    ours, other = risk(), risk(name="Late deliveries")
    lent = control(ours)
    with pytest.raises(Rejected, match="does not serve this risk") as refused:
        action(other, today(), control_id=lent.id)
    assert refused.value.field == "control"
    cover = host().records.create(Cover, {"control_id": lent.id, "risk_id": other.id})
    made = action(other, today(), control_id=lent.id)
    assert (made.risk_id, made.control_id) == (other.id, lent.id)
    own = action(ours, today(), control_id=lent.id)
    with pytest.raises(Rejected, match="does not serve this risk"):
        change(own, risk_id=risk(name="A third").id)
    host().session.refresh(own)
    host().records.delete(cover)
    change(made, name="Meet them again")
    assert made.control_id == lent.id, "what was done stays with what it was done for"
