"""Controls: what they are worth, what tests found, and when they may go."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.money import allocate
from plugins.risk.models import Control, ControlTest, Cover, Risk
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
    for risk_id in served_by([control.id or 0]).get(control.id or 0, [control.risk_id]):
        _check_risk(risk_id, control, field, planned=planned)


def _check_risk(risk_id: int, control: Control, field: str, *, planned: bool = False) -> None:
    """Raise Rejected while an assessment of a risk rests on a control."""
    holding.hold(risk_id)
    risk = _risk(risk_id)
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


def served_by(ids: Collection[int]) -> dict[int, list[int]]:
    """Control → the risks that it serves, the one that it was made for included, in their order.
    One statement."""
    own = sa.select(Control.id, Control.risk_id).where(Control.id.in_(ids))
    more = sa.select(Cover.control_id, Cover.risk_id).where(Cover.control_id.in_(ids))
    found: dict[int, list[int]] = {}
    with host().session.no_autoflush:
        for control_id, risk_id in host().session.execute(sa.union(own, more)):
            found.setdefault(control_id, []).append(risk_id)
    return {control_id: sorted(some) for control_id, some in found.items()}


def check_cover(cover: Cover, changes: Collection[str] = ()) -> None:
    """Refuse a further risk that is the control's own, and one that is put elsewhere. Raises
    Rejected."""
    if changes:
        raise Rejected("risk", gettext("It stays as it is: add another one, or delete it."))
    control = _control(cover.control_id)
    if control is not None and control.risk_id == cover.risk_id:
        raise Rejected("risk", gettext("The control was made for this risk."))


def check_shared(risk: Risk) -> None:
    """Raise Rejected where a control that would go with a risk serves others too."""
    asked = (
        sa.select(Control.name)
        .join(Cover, Cover.control_id == Control.id)
        .where(Control.risk_id == risk.id)
        .limit(1)
    )
    name = host().session.scalar(asked)
    if name is not None:
        raise Rejected("", gettext("Its control “%(name)s” serves other risks too.", name=name))


def check_uncover(cover: Cover) -> None:
    """Raise Rejected while an assessment of the risk rests on the control."""
    control = _control(cover.control_id)
    if control is not None:
        _check_risk(cover.risk_id, control, "")


def _control(control_id: int) -> Control | None:
    with host().session.no_autoflush:
        asked = sa.select(Control).where(Control.id == control_id)
        return host().session.scalars(asked).first()


def _risk(risk_id: int) -> Risk | None:
    with host().session.no_autoflush:
        return host().session.scalars(sa.select(Risk).where(Risk.id == risk_id)).first()


def benefit(risk: Risk, controls: Sequence[Control]) -> tuple[int, int, int] | None:
    """Expected loss before and after the controls, and what they cost in a year; None where
    one of both losses is not assessed. After: residual, else current, which only the controls
    that operate have made what it is. Of a control that serves several risks each bears an equal
    part."""
    before = risk.inherent_expected
    after = risk.residual_expected
    if after is None:
        after = risk.current_expected
        controls = [each for each in controls if each.state == "operating"]
    if before is None or after is None:
        return None
    served = served_by([each.id for each in controls if each.id])
    return before, after, sum(_part(each, risk, served.get(each.id, [])) for each in controls)


def _part(control: Control, risk: Risk, served: Sequence[int]) -> int:
    """What of a control's cost a risk bears; the parts add up to it."""
    if risk.id not in served:
        return control.cost or 0
    return allocate(control.cost or 0, [1] * len(served))[served.index(risk.id)]


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
    text = gettext("The control “%(name)s” did not pass its test.", name=control.name)
    for risk_id in served_by([control.id]).get(control.id, []):
        risk = _risk(risk_id)
        owner_id = control.owner_id if risk_id == control.risk_id else None
        people = [id_ for id_ in {owner_id, risk.owner_id if risk else None} if id_]
        with by_rule():
            if risk is not None and people:
                host().remind(risk, people, text)
