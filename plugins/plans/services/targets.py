"""The target of an objective, where the company uses targets: read by its model alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, has_permission
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugins.plans.models import Objective

TARGET = "targets.Target"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a target says: minor units of money, or a number."""

    id: int
    name: str
    measure: str
    amount: int | None
    quantity: Decimal | None
    dimension: str | None = None
    member: str | None = None


def are_used() -> bool:
    """Whether the company has targets."""
    return host().is_enabled("targets")


def of(objective: Objective) -> Goal | None:
    """The target that an objective names, if it is there and targets are used."""
    if not are_used() or objective.target_id is None:
        return None
    model: Any = model_of(TARGET)
    return _one(model.id == objective.target_id)


def named(number: int) -> Goal:
    """The target that the actor names. Raises Rejected."""
    if not are_used():
        raise Rejected("target_id", gettext("The company does not use targets now."))
    model: Any = model_of(TARGET)
    found = None
    if has_permission(f"{TARGET}.read"):
        found = _one(model.id == number, host().records.visible(model))
    if found is None:
        raise Rejected("target_id", gettext("There is no such target, or you may not see it."))
    return found


def fitting(objective: Objective) -> Goal | None:
    """The target of the same measure, person or team, and period, that the actor may see."""
    if not are_used() or objective.measure is None or not has_permission(f"{TARGET}.read"):
        return None
    model: Any = model_of(TARGET)
    level = {"owner": "user"}.get(objective.whose, objective.whose)
    which = [
        model.measure == objective.measure,
        model.level == level,
        model.start == objective.start,
        model.end == objective.end,
        model.dimension.is_(None),
        host().records.visible(model),
    ]
    if level == "user":
        which.append(model.user_id == objective.owner_id)
    elif level == "team":
        which.append(model.team_id == objective.team_id)
    return _one(*which)


def _one(*which: sa.ColumnElement[bool]) -> Goal | None:
    model: Any = model_of(TARGET)
    asked = sa.select(
        model.id, model.name, model.measure, model.amount, model.quantity, model.dimension,
        model.member_key,
    )  # fmt: skip
    row = host().session.execute(asked.where(*which).order_by(model.id).limit(1)).first()
    return None if row is None else Goal(*row)


def news(objective: Objective) -> Mapping[str, Any]:
    """What an objective is to hold of its target and does not, whoever looks."""
    with acting_as(current_company(), SYSTEM):
        found = of(objective)
    if found is None or found.measure != objective.measure:
        return {}
    said = {
        "target": found.name[:300], "goal_amount": found.amount, "goal_quantity": found.quantity,
    }  # fmt: skip
    return {name: value for name, value in said.items() if getattr(objective, name) != value}


def narrowing(objective: Objective) -> Mapping[str, Any] | None:
    """Filters of the figure of a target on one product, account or the like; None where it is on
    such and cannot be asked now."""
    if not objective.narrowed:
        return {}
    with acting_as(current_company(), SYSTEM):
        found = of(objective)
    if found is None or found.dimension is None:
        return None
    return {found.dimension: found.member}


def take(objective: Objective, goal: Goal) -> None:
    """Put what a target says on an objective."""
    objective.target_id, objective.target = goal.id, goal.name[:300]
    objective.goal_amount, objective.goal_quantity = goal.amount, goal.quantity
    objective.narrowed = goal.dimension is not None
