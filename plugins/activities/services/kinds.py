"""The kinds that a company has, read once a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugins.activities.models import Kind
from plugins.activities.services.kept import kept


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind as pages need it."""

    id: int
    name: str
    code: str
    icon: str
    is_contact: bool
    is_visit: bool
    archived: bool


def all_kinds() -> Mapping[int, Sort]:
    """Every kind by its number, in order."""
    found: Mapping[int, Sort] = kept("kinds", _read)
    return found


def _read() -> Mapping[int, Sort]:
    asked = sa.select(
        Kind.id, Kind.name, Kind.code, Kind.icon, Kind.is_contact, Kind.is_visit, Kind.archived
    ).order_by(Kind.position, Kind.id)
    return {
        row.id: Sort(
            row.id, row.name, row.code or "", row.icon, row.is_contact, row.is_visit, row.archived
        )
        for row in host().session.execute(asked)
    }


def usable() -> list[Sort]:
    """Those that are offered."""
    return [kind for kind in all_kinds().values() if not kind.archived]


def by_code(code: str) -> Sort | None:
    """The kind of a code, such as ``call``; the first one where there is none of it."""
    found = usable()
    return next((kind for kind in found if kind.code == code), found[0] if found else None)
