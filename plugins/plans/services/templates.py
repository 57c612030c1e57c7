"""Planning an objective and its steps by a template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host, teams
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.figures import PLACES
from plugin_api.money import to_minor
from plugin_api.periods import check_day
from plugins.plans.access import CREATE
from plugins.plans.models import Dependency, Objective, Step, Template, TemplateStep
from plugins.plans.services import days, figures, people


def usable() -> Sequence[Template]:
    """Templates that are not put aside."""
    asked = sa.select(Template).where(Template.archived.is_(False))
    return host().session.scalars(asked.order_by(Template.name, Template.id)).all()


def steps_of(ids: Sequence[int]) -> Mapping[int, list[TemplateStep]]:
    """The steps of templates in their order. One statement."""
    asked = sa.select(TemplateStep).where(TemplateStep.template_id.in_(ids))
    made: dict[int, list[TemplateStep]] = {id_: [] for id_ in ids}
    order = (TemplateStep.start_day, TemplateStep.due_day, TemplateStep.id)
    for each in host().session.scalars(asked.order_by(*order)):
        made[each.template_id].append(each)
    return made


def check(step: TemplateStep) -> None:
    """Raise Rejected for what makes no sense."""
    if step.due_day < step.start_day:
        raise Rejected("due_day", gettext("It ends before it starts."))
    if step.who == "role" and step.role_id is None:
        raise Rejected("role", gettext("Say which role."))
    if step.after_id is not None and step.after_id == step.id:
        raise Rejected("after", gettext("Nothing waits for itself."))


def dated(step: TemplateStep, first: dt.date) -> days.Span:
    """The days of a step when the plan begins on ``first``. Raises Rejected."""
    worked = host().calendar.is_work_day if step.work_days else None
    try:
        found = tuple(days.nth_day(first, day, worked) for day in (step.start_day, step.due_day))
    except OverflowError:
        raise Rejected("first", gettext("This is too early or too late.")) from None
    return found[0], found[1]


def apply(
    template: Template, values: Mapping[str, Any], first: dt.date, owner_id: int
) -> tuple[Objective, list[Step]]:
    """Make an objective of ``values`` with the steps of a template. Raises Refused.

    A step that says which part of the gap it brings gets that part of it in figures.
    """
    found = steps_of([template.id])[template.id]
    if not found:
        raise Rejected("template", gettext("This template has no steps yet."))
    check_day("first", first)
    spans = {step.id: dated(step, first) for step in found}
    last = max(end for _start, end in spans.values())
    given = {"start": first, "end": max(last, first), **values, "owner_id": owner_id}
    objective = host().records.create(Objective, given)
    owners = _owners(found, owner_id)
    with figures.as_owner(owner_id):
        unit = figures.unit_of(objective.measure)
    rows = [
        {
            "name": step.name, "objective_id": objective.id, "owner_id": owners[step.id],
            "start": spans[step.id][0], "due": spans[step.id][1], "milestone": step.milestone,
            "risk": step.risk, "budget": step.budget, "resources": step.resources,
            "repeat": step.repeat, "details": step.details,
            **_brings(step.share, objective.gap, unit),
        }
        for step in found
    ]  # fmt: skip
    made = host().records.create_many(Step, rows)
    by_template = {step.id: each.id for step, each in zip(found, made, strict=True)}
    waiting = [
        {"step_id": by_template[step.id], "before_id": by_template[step.after_id]}
        for step in found
        if step.after_id in by_template
    ]
    if waiting:
        host().records.create_many(Dependency, waiting)
    return objective, made


def _brings(share: Decimal | None, gap: Decimal | None, unit: str) -> dict[str, Any]:
    if share is None or gap is None or gap <= 0:
        return {}
    part = gap * share / 100
    if unit == "money":
        return {"expected_amount": to_minor(part, current_company().currency)}
    return {"expected_quantity": part.quantize(PLACES)}


def _owners(steps: Sequence[TemplateStep], owner_id: int) -> Mapping[int, int]:
    """Who does each step: the owner, their manager, or whoever has a role, of the owner's team
    first. The owner where there is nobody else, or where the actor plans for nobody else."""
    made = {step.id: owner_id for step in steps}
    actor = current_actor()
    alone = not actor.is_system and actor.grants.get(CREATE) == "own"
    if alone or all(step.who == "owner" for step in steps):
        return made
    leaders, everybody = teams.managers(), people.everybody()
    team = everybody[owner_id].team_id if owner_id in everybody else None
    holders = people.with_roles([step.role_id for step in steps])
    for step in steps:
        if step.who == "manager":
            made[step.id] = leaders.get(owner_id, owner_id)
        elif step.who == "role":
            held = [everybody[id_] for id_ in holders.get(step.role_id or 0, ())
                    if id_ in everybody]  # fmt: skip
            held.sort(key=lambda each: (each.id != owner_id, each.team_id != team, each.id))
            made[step.id] = held[0].id if held else owner_id
    return made
