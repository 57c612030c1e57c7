"""What goes with a record that is deleted: what was said about it, its files, its followers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from core.access.models import Share
from core.collab.models import Comment, Follower, Notification, OpenLink
from core.data.fields import own_fields
from core.files import storage
from core.files.models import Attachment
from core.host import services
from plugin_api.models import CompanyModel

Ids = Any
"""Ids, or a select of ids."""


def forget(model: type[CompanyModel], ids: Sequence[int]) -> None:
    """Delete that of records of a model, and that of the parts which the database deletes with
    them.

    Contents of files go once the transaction is committed.
    """
    session = services().session
    wholes = list(_with_parts(model, list(ids)))
    here = sa.or_(*_conditions(Attachment, wholes))
    storage.doubt(session.scalars(sa.select(Attachment.digest).where(here)).all())
    for about in (Attachment, Comment, Follower, Notification, OpenLink, Share):
        session.execute(
            sa.delete(about).where(sa.or_(*_conditions(about, wholes))),
            execution_options={"synchronize_session": False},
        )


def _conditions(model: Any, wholes: list[tuple[str, Ids]]) -> Iterator[sa.ColumnElement[bool]]:
    for key, ids in wholes:
        yield sa.and_(model.model == key, model.record_id.in_(ids))


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
                same = getattr(some, meta.attribute).in_(ids)
                yield from _with_parts(other, sa.select(some.id).where(same), (*above, key))
