"""People who may see a record, for those who want to name one of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from core.collab import notify
from core.collab.text import Named
from core.data import query
from core.data.titles import by_title
from core.host import services
from core.identity.models import User
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
    """People who may see the record and whom what was typed finds, by name."""
    asked = {"active": "true", "sort": "name", "limit": str(LOOKED_AT), "fields": "name,team"}
    rows = query.run(query.parse_query(User, {**asked, "q": typed.strip()})).rows
    able = set(notify.able(record, [row["id"] for row in rows]))
    return [
        Proposal(row["id"], row["name"], row["team"].label if row["team"] else "")
        for row in rows
        if row["id"] in able
    ][:limit]


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
    asked = sa.select(User.name).where(User.id.in_(ids)).order_by(by_title(User))
    return list(services().session.scalars(asked))
