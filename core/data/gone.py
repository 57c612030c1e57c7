"""Which records of a model were deleted, for copies that are kept elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.access.rules import reached_before
from core.data.audit import AuditEntry
from core.data.fields import every_field
from core.data.saving import allow
from core.host import services
from core.identity.models import User
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel

_DELETE: sa.ColumnElement[str] = sa.literal_column("'delete'", sa.String())
"""No parameter, so that the index of deletions serves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """That a record was deleted, when, and by whom: None is the system. ``entry`` is the number of
    the deletion."""

    entry: int
    record_id: int
    at: dt.datetime
    user_id: int | None
    user: str


def gone(
    model: type[CompanyModel], since: dt.datetime, after: tuple[dt.datetime, int], most: int
) -> list[Gone]:
    """Records that were deleted since an instant, the first first: those that the actor might read
    by whom they belonged to. ``after`` is where a page goes on: instant and number of a deletion.

    One statement, by an index. Raises Forbidden without the permission to read the model.
    """
    permission = f"{model.model_key()}.read"
    allow(model, permission)
    here = AuditEntry
    names = {meta.attribute: name for name, meta in every_field(model).items()}

    def held(attribute: str) -> sa.ColumnElement[Any]:
        value: sa.ColumnElement[Any] = here.changes[(names[attribute], 0)].as_integer()
        return value

    asked = (
        sa.select(here.id, here.record_id, here.created_at, here.user_id, User.name)
        .outerjoin(User, User.id == here.user_id)
        .where(
            here.model == model.model_key(),
            here.action == _DELETE,
            here.created_at >= since,
            sa.tuple_(here.created_at, here.id) > sa.tuple_(*after),
            reached_before(model, permission, current_actor(), held),
        )
        .order_by(here.created_at, here.id)
        .limit(most)
    )
    return [
        Gone(entry=row[0], record_id=row[1], at=row[2], user_id=row[3], user=row[4] or "")
        for row in services().session.execute(asked)
    ]
