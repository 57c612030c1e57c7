"""Skills of people against what their roles need, and where the gaps are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of
from plugin_api.models.base import TITLE_KEY
from plugins.training.access import MATRIX, RATINGS
from plugins.training.models import Rating, Requirement, Skill
from plugins.training.services.people import reached

BY_NAME: Any = getattr(Skill, TITLE_KEY)
PEOPLE = 40
"""Rows of a page."""
SKILLS = 12
"""Columns of a page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How far somebody is; ``level`` is None where nobody has rated, ``needed`` where the role
    does not ask for it; ``own`` where only the person says so."""

    level: int | None
    needed: int | None
    own: bool = False

    @property
    def tone(self) -> str:
        """How it looks: nothing where nothing is needed."""
        if self.needed is None:
            return ""
        gap = self.needed - (self.level or 0)
        return "good" if gap <= 0 else "warn" if gap == 1 else "bad"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown."""

    team_id: int | None = None
    role_id: int | None = None
    area: str = ""
    named: str = ""
    page: int = 1
    first: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the matrix; ``more`` says that skills follow beside it."""

    skills: Sequence[tuple[int, str]]
    rows: Sequence[tuple[int, str, str, tuple[Cell, ...]]]
    total: int
    more: bool


def sheet(asked: Asked) -> Sheet:
    """People down, skills across: five statements, whatever there is."""
    skills, more = _skills(asked)
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    where = _people(user, asked)
    total = host().session.scalar(sa.select(sa.func.count()).select_from(user).where(*where)) or 0
    asked_people = (
        sa.select(user.id, user.name, user.role_id, role.name)
        .outerjoin(role, role.id == user.role_id)
        .where(*where)
        .order_by(user.title_key, user.id)
        .limit(PEOPLE)
        .offset((asked.page - 1) * PEOPLE)
    )
    people = host().session.execute(asked_people).all()
    ids = [skill_id for skill_id, _name in skills]
    needed = _needed(ids)
    held = _held([row[0] for row in people], ids)
    rows = [
        (
            row[0],
            row[1],
            row[3] or "",
            tuple(_cell(row[0], row[2], id_, needed, held) for id_ in ids),
        )
        for row in people
    ]
    return Sheet(skills, rows, total, more)


def _cell(
    user_id: int, role_id: int | None, skill_id: int,
    needed: Mapping[tuple[int, int], int], held: Mapping[tuple[int, int], tuple[int, str]],
) -> Cell:  # fmt: skip
    level, source = held.get((user_id, skill_id), (None, ""))
    return Cell(level, needed.get((role_id or 0, skill_id)), source == "self")


def _skills(asked: Asked) -> tuple[list[tuple[int, str]], bool]:
    where = [Skill.active, *([Skill.area == asked.area] if asked.area else [])]
    found = sa.select(Skill.id, Skill.name).where(*where).order_by(Skill.area, BY_NAME)
    rows = host().session.execute(found.offset(asked.first).limit(SKILLS + 1)).all()
    return [(row[0], row[1]) for row in rows[:SKILLS]], len(rows) > SKILLS


def _people(user: Any, asked: Asked) -> list[Any]:
    where = [user.active, reached(MATRIX, user), reached(RATINGS, user)]
    if asked.team_id:
        where.append(user.team_id == asked.team_id)
    if asked.role_id:
        where.append(user.role_id == asked.role_id)
    if asked.named:
        where.append(user.name.contains(asked.named, autoescape=True))
    return where


def _needed(skill_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    rows = host().session.execute(
        sa.select(Requirement.role_id, Requirement.skill_id, Requirement.level).where(
            Requirement.skill_id.in_(skill_ids)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _held(user_ids: Sequence[int], skill_ids: Sequence[int]) -> dict[Any, tuple[int, str]]:
    rows = host().session.execute(
        sa.select(Rating.user_id, Rating.skill_id, Rating.level, Rating.source).where(
            Rating.user_id.in_(user_ids), Rating.skill_id.in_(skill_ids), Rating.current
        )
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


@dataclass(frozen=True, slots=True)
class Gap:
    """Of the people of a group who need a skill, how many are short of it, and by how many levels
    on average (over all of them)."""

    people: int
    short: int
    levels: int

    @property
    def tone(self) -> str:
        """Good where nobody, bad where every second or more is short."""
        return "good" if not self.short else "bad" if self.short * 2 >= self.people else "warn"


@dataclass(frozen=True, slots=True)
class Gaps:
    """Groups (roles or teams) down, skills across."""

    skills: Sequence[tuple[int, str]]
    rows: Sequence[tuple[int, str, tuple[Gap | None, ...]]]
    more: bool


def gaps(asked: Asked, by: str) -> Gaps:
    """Where people are short of what their roles need: three statements for any number of people.
    ``by`` is ``team`` or ``role``."""
    skills, more = _skills(asked)
    user: Any = model_of("core.User")
    group: Any = model_of("core.Team" if by == "team" else "core.Role")
    of = user.team_id if by == "team" else user.role_id
    short = Requirement.level - sa.func.coalesce(Rating.level, 0)
    rows = host().session.execute(
        sa.select(
            of, Requirement.skill_id, sa.func.count(user.id),
            sa.func.sum(sa.case((short > 0, 1), else_=0)),
            sa.func.sum(sa.case((short > 0, short), else_=0)),
        )
        .select_from(user)
        .join(Requirement, Requirement.role_id == user.role_id)
        .outerjoin(
            Rating,
            sa.and_(
                Rating.user_id == user.id, Rating.skill_id == Requirement.skill_id, Rating.current
            ),
        )
        .where(*_people(user, asked), Requirement.skill_id.in_([row[0] for row in skills]))
        .group_by(of, Requirement.skill_id)
    )  # fmt: skip
    found = {(row[0], row[1]): Gap(int(row[2]), int(row[3]), int(row[4])) for row in rows}
    names = host().session.execute(sa.select(group.id, group.name).order_by(group.title_key)).all()
    shown = {key[0] for key in found}
    return Gaps(
        skills,
        [
            (row[0], row[1], tuple(found.get((row[0], skill_id)) for skill_id, _name in skills))
            for row in names
            if row[0] in shown
        ],
        more,
    )


@dataclass(frozen=True, slots=True)
class Lack:
    """A skill that somebody's role needs, and how far they are."""

    skill_id: int
    name: str
    level: int | None
    needed: int


def lacks(user_id: int) -> list[Lack]:
    """Where a person is short of what the role needs, the widest gap first. One statement."""
    user: Any = model_of("core.User")
    rows = host().session.execute(
        sa.select(Skill.id, Skill.name, Rating.level, Requirement.level)
        .select_from(user)
        .join(Requirement, Requirement.role_id == user.role_id)
        .join(Skill, Skill.id == Requirement.skill_id)
        .outerjoin(
            Rating,
            sa.and_(Rating.user_id == user.id, Rating.skill_id == Skill.id, Rating.current),
        )
        .where(
            user.id == user_id, Skill.active,
            sa.func.coalesce(Rating.level, 0) < Requirement.level,
        )
        .order_by(sa.func.coalesce(Rating.level, 0) - Requirement.level, BY_NAME)
    )  # fmt: skip
    return [Lack(*row) for row in rows]
