"""Who decides a step for the person who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugins.approvals.models import Step


@dataclass(frozen=True, slots=True)
class Asked:
    """A step of which others decide."""

    number: int
    position: int
    name: str
    mode: str
    remind_hours: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Team:
    parent_id: int | None
    manager_id: int | None


def steps_for(rule_id: int, figure: Decimal | None, asker_id: int) -> list[Asked]:
    """The steps of a rule that somebody else has to agree to, in order; none when the person may
    decide all of them alone. Raises Rejected for a step without anybody."""
    asked = sa.select(Step).where(Step.rule_id == rule_id).order_by(Step.position, Step.id)
    found = []
    for number, step in enumerate(host().session.scalars(asked), 1):
        if step.at_least is not None and (figure is None or figure < step.at_least):
            continue
        people = _people(step, asker_id)
        if asker_id in people:
            continue  # By their own authority.
        if not people:
            raise Rejected(
                "",
                gettext(
                    "Nobody can agree to the step “%(step)s”. An administrator has to name one.",
                    step=step.name,
                ),
            )
        found.append(
            Asked(number, step.position, step.name, step.mode, step.remind_hours, tuple(people))
        )
    return found


def names() -> Mapping[int, str]:
    """Everybody's name."""
    person: Any = model_of("core.User")
    return {row.id: row.name for row in host().session.execute(sa.select(person.id, person.name))}


def _people(step: Step, asker_id: int) -> list[int]:
    if step.who == "role":
        return _active(model_of("core.User").role_id == step.role_id)  # type: ignore[attr-defined]
    if step.who == "person":
        return _active(model_of("core.User").id == step.person_id)  # type: ignore[attr-defined]
    above = _managers(asker_id)
    wanted = 0 if step.who == "manager" else 1
    # Whom nobody leads decides alone; so does whoever stands where the step would end.
    leader = above[wanted] if wanted < len(above) else (above[-1] if above else None)
    if leader is None:
        return [asker_id] if _leads(asker_id) else []
    return [leader]


def _managers(asker_id: int) -> list[int]:
    """Who leads the person, from the team up; nobody twice, never the person."""
    person: Any = model_of("core.User")
    teams = _teams()
    team_id = host().session.scalar(sa.select(person.team_id).where(person.id == asker_id))
    working = set(_active(sa.true()))
    found: list[int] = []
    seen: set[int] = set()
    while team_id is not None and team_id in teams and team_id not in seen:
        seen.add(team_id)
        leader = teams[team_id].manager_id
        if leader in working and leader != asker_id and leader not in found:
            found.append(leader)
        team_id = teams[team_id].parent_id
    return found


def _leads(user_id: int) -> bool:
    return any(team.manager_id == user_id for team in _teams().values())


def _teams() -> Mapping[int, _Team]:
    team: Any = model_of("core.Team")
    asked = sa.select(team.id, team.parent_id, team.manager_id)
    return {row.id: _Team(row.parent_id, row.manager_id) for row in host().session.execute(asked)}


def _active(which: sa.ColumnElement[bool]) -> list[int]:
    person: Any = model_of("core.User")
    asked = sa.select(person.id).where(person.active, person.role_id.is_not(None), which)
    return list(host().session.scalars(asked.order_by(person.id)))


def is_active(user_id: int) -> bool:
    """Whether somebody works here and may do anything."""
    person: Any = model_of("core.User")
    return bool(_active(person.id == user_id))
