"""Handing a target down: a form that proposes parts, shows what is left over, and writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, ngettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, require
from plugins.targets import display
from plugins.targets.models.targets import STATES
from plugins.targets.routes.asked import PERIOD_LABELS, Asked, asked_period
from plugins.targets.services import planning, reading
from plugins.targets.services.attainment import Person, Team, Who
from plugins.targets.services.parts import Child, Over, Whole
from plugins.targets.services.planning import Method
from plugins.targets.services.reading import Yardstick
from plugins.targets.services.split import Split
from plugins.targets.services.visibility import visible_people, visible_teams

CREATE = "targets.Target.create"

OVER_LABELS: Mapping[Over, Any] = {
    "people": _("People"),
    "teams": _("Teams"),
    "months": _("Months"),
    "quarters": _("Quarters"),
    "cycle": _("Periods of the cycle"),
}
METHOD_LABELS: Mapping[Method, Any] = {
    "even": _("Evenly"),
    "history": _("As in the past"),
    "season": _("By season: mean shares of earlier years"),
    "headcount": _("By headcount"),
    "days": _("By working days"),
    "current": _("As it is now"),
    "sum": _("From below: the total is the sum"),
}
RELEASE = "release"
"""Keys of parts that were set by hand and may be changed."""


@dataclass(kw_only=True, slots=True)
class Plan:
    """The form as asked for: what is split, among whom, and the parts."""

    asked: Asked
    sticks: list[Yardstick]
    stick: Yardstick | None
    teams: list[Team]
    people: list[Person]
    parents: dict[str, str]
    parent: str
    over: Over
    method: Method
    total_text: str
    total: int | None = None
    children: list[Child] | None = None
    split: Split | None = None
    error: str = ""
    released: frozenset[str] = frozenset()

    @property
    def measures(self) -> dict[str, Any]:
        return {stick.measure.key: stick.measure.label for stick in self.sticks}

    @property
    def args(self) -> dict[str, str]:
        """What was asked for, to be asked again."""
        return self.asked.args | {
            "measure": self.stick.measure.key if self.stick else "",
            "parent": self.parent,
            "over": self.over,
            "by": self.method,
            "total": self.total_text,
        }

    @property
    def who(self) -> Who:
        level, _dash, id_ = self.parent.partition("-")
        return (level, int(id_) if id_ else None)  # type: ignore[return-value]


def split() -> str:
    """Propose parts of a total."""
    plan = _plan(request.args)
    if plan.children is not None and plan.total is not None:
        try:
            plan.split = planning.propose(plan.total, plan.children, plan.method)
        except ValueError:
            plan.error = gettext("There is no history to go by: split evenly instead.")
            if not plan.children:
                plan.error = gettext("There is nobody to split among.")
    return _page(plan)


def save() -> str | Response | tuple[str, int]:
    """Write the parts as they were edited."""
    check_company()
    plan = _plan(request.form)
    if plan.stick is None or plan.children is None or plan.total is None:
        return _page(plan), 422
    parts = [
        child.current if child.fixed else _steps(request.form.get(child.key, ""), plan.stick)
        for child in plan.children
    ]
    plan.split = Split(plan.total, tuple(part or 0 for part in parts))
    if None in parts:
        plan.error = gettext("A part is not a number of 0 or more.")
    elif plan.split.remainder and "accept_remainder" not in request.form:
        plan.error = gettext("The parts do not add up to the total.")
    if plan.error:
        return _page(plan), 422
    children = [_as_read(child) for child in plan.children]
    try:
        whole = Whole(plan.stick, plan.who, plan.asked.period)
        by_hand = _by_hand(plan, plan.split.parts)
        written = planning.save(whole, plan.total, children, plan.split.parts, by_hand)
    except Refused as refusal:
        host().session.rollback()
        plan.error = str(refusal.message)
        return _page(plan), refusal.status
    host().session.commit()
    flash(ngettext("%(num)d target saved.", "%(num)d targets saved.", written))
    shown: dict[str, Any] = plan.asked.args | {"measure": plan.stick.measure.key}
    return redirect(url_for("targets.attainment", **shown))


def _plan(args: Mapping[str, str]) -> Plan:
    require(CREATE)
    asked = asked_period(args)
    found = [reading.yardstick(measure.key) for measure in reading.by_importance()]
    sticks = [stick for stick in found if stick is not None and stick.additive]
    key = args.get("measure") or next((stick.measure.key for stick in sticks), "")
    stick = next((stick for stick in sticks if stick.measure.key == key), None)
    plan = Plan(
        asked=asked, sticks=sticks, stick=stick, teams=[], people=[], parents={}, parent="",
        over=_one_of(args.get("over"), get_args(Over)),
        method=_one_of(args.get("by"), get_args(Method)),
        total_text=args.get("total", "").strip(),
        released=frozenset(request.values.getlist(RELEASE)),
    )  # fmt: skip
    scope = None if stick is None else stick.scope(CREATE)
    if stick is None or scope is None:
        return plan
    actor = current_actor()
    plan.teams = visible_teams(scope, actor, reading.all_teams())
    plan.people = visible_people(scope, actor, reading.all_people())
    plan.parents = {f"team-{team.id}": team.name for team in plan.teams}
    if scope == "company":
        plan.parents = {"company": current_company().name} | plan.parents
    plan.parents |= {f"user-{p.id}": p.name for p in plan.people if p.active}
    plan.parent = args.get("parent") or next(iter(plan.parents), "")
    if plan.parent not in plan.parents:
        raise NotFound(gettext("There is nobody of that kind here."))
    if plan.who[0] == "user" and plan.over not in planning.IN_TIME:
        plan.over = "months"
    _read_total(plan, stick, asked)
    return plan


def _read_total(plan: Plan, stick: Yardstick, asked: Asked) -> None:
    if asked.error:
        return
    whole = Whole(stick, plan.who, asked.period)
    if plan.total_text:
        plan.total = _steps(plan.total_text, stick)
        if plan.total is None:
            plan.error = gettext("The total is not a number of 0 or more.")
    else:
        plan.total = planning.own_total(whole)
        if plan.total is not None:
            plan.total_text = str(planning.from_steps(plan.total, stick.unit))
    if plan.total is None and plan.method != "sum":
        return
    found = planning.children(whole, plan.over, plan.teams, plan.people)
    plan.children = [replace(each, released=each.key in plan.released) for each in found]
    if plan.method == "sum" and request.method == "GET":
        plan.total = sum(child.current or 0 for child in plan.children)
        plan.total_text = str(planning.from_steps(plan.total, stick.unit))


def _one_of(value: str | None, values: tuple[Any, ...]) -> Any:
    return value if value in values else values[0]


def _steps(text: str, stick: Yardstick) -> int | None:
    """Smallest steps of a number as typed, thousands' commas or not; None if it is none."""
    try:
        value = Decimal(text.replace(",", "") or "0")
    except InvalidOperation:
        return None
    return planning.to_steps(value, stick.unit) if value.is_finite() and value >= 0 else None


def _by_hand(plan: Plan, parts: Sequence[int]) -> set[str]:
    """Keys of parts that are not those which the method gives: somebody has typed them."""
    assert plan.children is not None and plan.total is not None
    try:
        proposed = planning.propose(plan.total, plan.children, plan.method).parts
    except ValueError:
        proposed = tuple(-1 for _child in plan.children)
    typed = zip(plan.children, parts, proposed, strict=True)
    return {child.key for child, part, given in typed if part != given}


def _as_read(child: Child) -> Child:
    """The child with the version that the form was made from, so that a stale one is refused."""
    seen = request.form.get(f"version-{child.key}", 0, type=int)
    return replace(child, version=seen)


def _page(plan: Plan) -> str:
    return render_template(
        "targets/split.html",
        display=display,
        from_steps=planning.from_steps,
        method_labels=METHOD_LABELS,
        over_labels=OVER_LABELS,
        period_labels=PERIOD_LABELS,
        plan=plan,
        states={state.value: state for state in STATES},
    )
