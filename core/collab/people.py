"""People who may see a record, for those who want to name one of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.collab import notify
from core.collab.text import Named
from core.data.query.matching import contains
from core.host import services
from core.identity.models import Team, User
from core.search.matching import found
from plugin_api.models import CompanyModel

LOOKED_AT = 40
"""People whose right to see the record is looked at for one list of proposals."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody to choose from a list."""

    id: int
    name: str
    team: str


def proposals(record: CompanyModel, typed: str, limit: int = 8) -> list[Proposal]:
    """People who may see the record and whose name fits what was typed, by name."""
    asked = (
        sa.select(User.id, User.name, Team.name)
        .outerjoin(Team, Team.id == User.team_id)
        .where(User.active)
        .order_by(User.name, User.id)
        .limit(LOOKED_AT)
    )
    if typed.strip():
        name: Any = User.name
        asked = asked.where(sa.or_(contains(name, typed.strip()), *found(User, typed)))
    rows = services().session.execute(asked).all()
    able = set(notify.able(record, [row[0] for row in rows]))
    return [Proposal(row[0], row[1], row[2] or "") for row in rows if row[0] in able][:limit]


def called_in(text: str) -> list[Named]:
    """Active people whose name stands in a text after an ``@``. At most one statement."""
    if "@" not in text:
        return []
    # The text is what is searched and the name what is looked for: the other way round.
    here = sa.func.lower(sa.literal(text))
    wanted = "%@" + sa.func.lower(User.name) + "%"
    asked = sa.select(User.id, User.name).where(User.active, here.like(wanted))
    return [Named(*row) for row in services().session.execute(asked)]


def names_of(ids: Collection[int]) -> list[str]:
    """What people are called, by name."""
    if not ids:
        return []
    asked = sa.select(User.name).where(User.id.in_(ids)).order_by(User.name)
    return list(services().session.scalars(asked))
