"""What goes with a record that is deleted: what was said about it, its files, its followers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from core.access.models import Share
from core.collab.models import Comment, Follower, Notification
from core.data.fields import own_fields
from core.files import storage
from core.files.models import Attachment
from core.host import services
from plugin_api.models import CompanyModel

Ids = Any
"""One id, or a select of ids."""


def forget(record: CompanyModel) -> None:
    """Delete it, and that of the parts which the database deletes with the record.

    Contents of files go once the transaction is committed.
    """
    session = services().session
    wholes = list(_with_parts(type(record), record.id))
    here = sa.or_(*_conditions(Attachment, wholes))
    storage.doubt(session.scalars(sa.select(Attachment.digest).where(here)).all())
    for model in (Attachment, Comment, Follower, Notification, Share):
        session.execute(
            sa.delete(model).where(sa.or_(*_conditions(model, wholes))),
            execution_options={"synchronize_session": False},
        )


def _conditions(model: Any, wholes: list[tuple[str, Ids]]) -> Iterator[sa.ColumnElement[bool]]:
    for key, ids in wholes:
        same = model.record_id == ids if isinstance(ids, int) else model.record_id.in_(ids)
        yield sa.and_(model.model == key, same)


def _with_parts(
    model: type[CompanyModel], ids: Ids, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Ids]]:
    key = model.model_key()
    yield key, ids
    for other in services().registry.models.values():
        if key in above or not issubclass(other, CompanyModel) or not other.__collection__:
            continue
        for meta in own_fields(other).values():
            if meta.target == key and meta.on_delete == "cascade" and other is not model:
                some: Any = other
                column = getattr(some, meta.attribute)
                same = column == ids if isinstance(ids, int) else column.in_(ids)
                yield from _with_parts(other, sa.select(some.id).where(same), (*above, key))
