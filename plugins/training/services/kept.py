"""What is read once a transaction, however many records are written in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugin_api.keeping import Keeping
from plugins.training.models import Course, Skill

_keeping = Keeping("training")
kept, put, forget = _keeping.kept, _keeping.put, _keeping.forget


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What enrolling needs to know of a course."""

    name: str
    active: bool
    open: bool
    cost: int | None


def skills() -> Mapping[int, str]:
    """What skills are called, by id."""
    asked = sa.select(Skill.id, Skill.name)
    return kept("skills", lambda: {row[0]: row[1] for row in host().session.execute(asked)})


def courses() -> Mapping[int, CourseFacts]:
    """The company's courses by id."""
    asked = sa.select(Course.id, Course.name, Course.active, Course.open, Course.cost)
    return kept(
        "courses", lambda: {row[0]: CourseFacts(*row[1:]) for row in host().session.execute(asked)}
    )
