"""When it returns, in the lists of accounts and leads; how to reach them, in that of a pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor
from plugin_api.context import lazy_gettext as _
from plugin_api.masking import masked
from plugin_api.panels import Fact
from plugin_api.views import ExtraColumn, ViewExtension
from plugins.crm.api import Account, Lead
from plugins.pools import display
from plugins.pools.access import READ
from plugins.pools.models import Place, Pool
from plugins.pools.services import due, kinds


def returns(kind: str, ids: Sequence[int]) -> Mapping[int, Fact]:
    """When records return. Two statements, and one a rule."""
    column = kinds.column_of(kind)
    asked = sa.select(Place.id, column).where(column.in_(ids), host().records.visible(Place))
    places = {row[0]: row[1] for row in host().session.execute(asked)}
    if not places:
        return {}
    found = due.returns(places=list(places))
    return {
        each.record_id: Fact(
            label="", value=display.day(each.due),
            href=host().record_url("pools.Place", each.place_id),
        )
        for each in found
    }  # fmt: skip


def of_places(ids: Sequence[int]) -> Mapping[int, Fact]:
    """The same by place."""
    return {
        each.place_id: Fact(label="", value=display.day(each.due))
        for each in due.returns(places=ids)
    }


def phone(ids: Sequence[int]) -> Mapping[int, Fact]:
    """A telephone number: masked where the pool masks what is not the person's, or the person
    may not see it whole. One statement."""
    whole = sa.or_(Pool.masked.is_(False), _mine())
    number = sa.func.coalesce(Account.phone, Lead.phone, Lead.mobile)
    asked = (
        sa.select(Place.id, number, whole)
        .join(Pool, Pool.id == Place.pool_id)
        .outerjoin(Account, Account.id == Place.account_id)
        .outerjoin(Lead, Lead.id == Place.lead_id)
        .where(Place.id.in_(ids), number.is_not(None))
    )
    sees = _sees_contact_data()
    return {
        row[0]: Fact(label="", value=row[1] if sees and row[2] else masked("phone", row[1]))
        for row in host().session.execute(asked)
    }


def _mine() -> sa.ColumnElement[bool]:
    """The record may be read, not only its place."""
    records = host().records
    return sa.or_(
        sa.and_(Place.account_id.is_not(None), records.visible(Account)),
        sa.and_(Place.lead_id.is_not(None), records.visible(Lead)),
    )


def _sees_contact_data() -> bool:
    may_read: Any = host().records.may_read
    return current_actor().is_system or (
        may_read(Account, "phone") and may_read(Lead, "phone") and may_read(Lead, "mobile")
    )


def _returns_of(model: str, kind: str, after: str) -> ViewExtension:
    return ViewExtension(
        model=model,
        after=after,
        columns=(
            ExtraColumn(
                name="returns", label=_("Returns"), load=partial(returns, kind), numeric=False
            ),
        ),
        permission=READ,
    )


EXTENSIONS = (
    _returns_of("crm.Account", "account", "owner"),
    _returns_of("crm.Lead", "lead", "owner"),
    ViewExtension(
        model="pools.Place",
        after="since",
        columns=(
            ExtraColumn(name="phone", label=_("Phone"), load=phone, numeric=False),
            ExtraColumn(name="returns", label=_("Returns"), load=of_places, numeric=False),
        ),
        permission=READ,
    ),
)
