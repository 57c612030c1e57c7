"""Whole plans, read in a few statements: strategies with their objectives and steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import has_permission
from plugins.plans.access import OBJECTIVE, READ
from plugins.plans.models import Objective, Step, Strategy
from plugins.plans.services import objectives, people, steps

MOST = 1000


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective with the steps that the actor may see; ``hidden`` of it they may not."""

    objective: Objective
    standing: objectives.Standing
    steps: Sequence[Step]
    hidden: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A strategy with its objectives. ``late`` are steps that are held up → by how many days,
    ``names`` those of everybody in it."""

    strategy: Strategy
    branches: Sequence[Branch]
    late: Mapping[int, int]
    names: Mapping[int, str]


def of(strategy: Strategy) -> Tree:
    """A strategy on one page. A few statements, and two for the figures of each objective."""
    found = objectives_of(strategy.id)
    ids = [each.id for each in found]
    parts, mine = objectives.parts_of(ids), steps_of(ids)
    branches = [
        Branch(
            each, objectives.standing(each, parts[each.id]), mine[each.id],
            len(parts[each.id]) - len(mine[each.id]),
        )
        for each in found
    ]  # fmt: skip
    shown = [step for branch in branches for step in branch.steps]
    names = people.names_of(
        [strategy.owner_id, *(each.owner_id for each in found), *(s.owner_id for s in shown)]
    )
    return Tree(strategy, branches, steps.threatened([step.id for step in shown]), names)


def objectives_of(strategy_id: int) -> Sequence[Objective]:
    """The objectives of a strategy that the actor may see."""
    if not has_permission(OBJECTIVE):
        return []
    asked = sa.select(Objective).where(
        Objective.strategy_id == strategy_id, host().records.visible(Objective)
    )
    return host().session.scalars(asked.order_by(Objective.end, Objective.id).limit(50)).all()


def steps_of(ids: Sequence[int]) -> Mapping[int, list[Step]]:
    """The steps of objectives that the actor may see. One statement."""
    made: dict[int, list[Step]] = defaultdict(list)
    if not ids or not has_permission(READ):
        return made
    asked = sa.select(Step).where(Step.objective_id.in_(ids), host().records.visible(Step))
    for each in host().session.scalars(asked.order_by(Step.due, Step.id).limit(MOST)):
        made[each.objective_id or 0].append(each)
    return made
