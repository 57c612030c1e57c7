"""Controls: what they are worth, what tests found, and when they may go."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugins.risk.models import Control, ControlTest, Risk
from plugins.risk.services import assessing, holding, scoring
from plugins.risk.services.acting import by_rule
from plugins.risk.services.register import check_days


def complete(control: Control, changes: Collection[str] = ()) -> None:
    """Refuse a control that makes no sense, or that cannot change like this. Raises Rejected."""
    check_days(control, "test_on")
    if (control.cost or 0) < 0:
        raise Rejected("cost", gettext("It cannot be below zero."))
    if "risk_id" in changes:
        raise Rejected("risk", gettext("A control stays with its risk: add another there."))
    if "state" in changes and control.state != "operating":
        _check_gone(control, "state", planned=control.state == "planned")


def check_delete(control: Control) -> None:
    """Raise Rejected while an assessment rests on it."""
    _check_gone(control, "")


def _check_gone(control: Control, field: str, *, planned: bool = False) -> None:
    holding.hold(control.risk_id)
    risk = risk_of(control)
    if risk is None:
        return
    if planned:
        # A residual assessment may rest on what is planned.
        inherent = assessing.level_of(risk, "inherent")
        if not scoring.lower(assessing.level_of(risk, "current"), inherent):
            return
    why = assessing.needs_control(risk, control.id)
    if why:
        raise Rejected(field, why)


def risk_of(control: Control) -> Risk | None:
    """The risk that a control belongs to."""
    with host().session.no_autoflush:
        return host().session.scalars(sa.select(Risk).where(Risk.id == control.risk_id)).first()


def benefit(risk: Risk, controls: Sequence[Control]) -> tuple[int, int, int] | None:
    """Expected loss before and after the controls, and what they cost in a year; None where
    one of both losses is not assessed. After: residual, else current, which only the controls
    that operate have made what it is."""
    before = risk.inherent_expected
    after = risk.residual_expected
    if after is None:
        after = risk.current_expected
        controls = [each for each in controls if each.state == "operating"]
    if before is None or after is None:
        return None
    return before, after, sum(each.cost or 0 for each in controls)


# -- tests -----------------------------------------------------------------------------------


def complete_test(test: ControlTest) -> None:
    """Complete a test. Raises Rejected."""
    check_days(test, "on")
    if test.on > today():
        raise Rejected("on", gettext("This is in the future."))
    if test.by_id is None:
        test.by_id = current_actor().user_id
    if test.result != "effective" and not (test.finding or "").strip():
        raise Rejected("finding", gettext("Say what was found."))


def take_in(tests: Sequence[ControlTest]) -> None:
    """Have controls say what their newest tests found, and tell owners of risks of those that
    failed. A statement for all controls."""
    wanted = {each.control_id for each in tests}
    asked = sa.select(Control).where(Control.id.in_(wanted))
    controls = {each.id: each for each in host().session.scalars(asked)}
    for test in sorted(tests, key=lambda each: (each.on, each.id)):
        control = controls[test.control_id]
        if control.tested_on is not None and control.tested_on > test.on:
            continue
        control.effectiveness, control.tested_on = test.result, test.on
        if control.test_on is not None and control.test_on <= test.on:
            control.test_on = None
        if test.result == "ineffective":
            _tell(control)
    host().session.flush()


def _tell(control: Control) -> None:
    risk = risk_of(control)
    people = [id_ for id_ in {control.owner_id, risk.owner_id if risk else None} if id_]
    with by_rule():
        if risk is not None and people:
            text = gettext("The control “%(name)s” did not pass its test.", name=control.name)
            host().remind(risk, people, text)
