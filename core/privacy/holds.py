"""Keeping a record about a person, for a lawsuit for instance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from core.data import audit
from core.host import services
from core.hosting import derive
from core.privacy.models import Hold
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel

LONGEST = 500


def of(record: CompanyModel) -> Hold | None:
    """The hold on a record, if there is one."""
    asked = sa.select(Hold).where(Hold.model == record.model_key(), Hold.record_id == record.id)
    return services().session.scalar(asked)


def keep(record: CompanyModel, reason: str) -> None:
    """Put a record on hold, or give the reason anew. Whether the actor may is for the edge to ask.

    Raises Rejected without a reason.
    """
    said = reason.strip()
    if not said:
        raise Rejected("reason", gettext("Say why it must be kept."))
    if len(said) > LONGEST:
        raise Rejected("reason", gettext("At most %(length)s characters.", length=LONGEST))
    held = of(record)
    old = held.reason if held else None
    if held is None:
        held = Hold(model=record.model_key(), record_id=record.id)
        services().session.add(held)
    held.reason = said
    services().session.flush()
    audit.write("hold", [(record, {"reason": (old, said)})])


def lift(record: CompanyModel) -> None:
    """Let a record go again."""
    held = of(record)
    if held is not None:
        services().session.delete(held)
        services().session.flush()
        audit.write("lift_hold", [(record, {"reason": (held.reason, None)})])


def reasons(record: CompanyModel) -> list[str]:
    """Why a record may not go: the hold on it."""
    held = of(record)
    return [str(gettext("It is on hold: %(reason)s", reason=held.reason))] if held else []


def refuse_deletion(records: Sequence[CompanyModel]) -> None:
    """Raise Rejected when one of some records of a model is on hold. One statement."""
    model = type(records[0])
    if not any(info.personal for info in derive.fields_of(model).values()):
        return
    ids = [record.id for record in records]
    asked = sa.select(Hold).where(Hold.model == model.model_key(), Hold.record_id.in_(ids))
    held = services().session.scalars(asked.limit(1)).first()
    if held is not None:
        raise Rejected("", gettext("It is on hold: %(reason)s", reason=held.reason))


def none_on(model: Any) -> sa.ColumnElement[bool]:
    """A condition: the record of ``model`` is not on hold."""
    held = sa.select(Hold.id).where(Hold.model == model.model_key(), Hold.record_id == model.id)
    return ~held.exists()
