"""Which rule applies to which record when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.api import Account, Lead
from plugins.pools.models import Member, Place, Pool, Rule
from plugins.pools.services import kinds, moving, places
from plugins.pools.services.kept import forget

Changes = Mapping[str, tuple[Any, Any]]

WRITTEN = ("pools.Pool", "pools.Member", "pools.Rule", "pools.Place")
KEPT = ("pools.Pool",)
"""Models of which something is kept for a transaction."""


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Account | Lead):
        places.check_new(record)
    elif isinstance(record, Place):
        places.complete(record)
    else:
        _check(record)


def after_create(record: CompanyModel) -> None:
    """Follow up on a new record."""
    if isinstance(record, Place):
        moving.note(record, "entered", before=None, after=record.owner_id)
    else:
        forget()


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Account | Lead):
        places.check_owner(record, changes)
    else:
        _check(record)
        if isinstance(record, Pool):
            places.check_pool(record, changes)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, Pool):
        forget()
    else:
        places.follow(record, changes)


def _check(record: CompanyModel) -> None:
    """Raise Rejected where what a company sets up cannot work."""
    if isinstance(record, Pool):
        record.condition = cleaned(kinds.model_of(record.kind), record.condition)
        _check_cleared(record)
    elif isinstance(record, Rule):
        pool = moving.pool_by(record.pool_id)
        record.condition = cleaned(kinds.model_of(pool.kind), record.condition)
        if record.event == "contact" and not host().is_enabled("activities"):
            raise Rejected("event", gettext("Contact is known where activities are written down."
                                            " Switch that plugin on first."))  # fmt: skip
    elif isinstance(record, Member) and (record.user_id is None) == (record.team_id is None):
        raise Rejected("user", gettext("Choose a person or a team."))


def _check_cleared(pool: Pool) -> None:
    """Raise Rejected for a field that is not there, or that may not be empty."""
    columns = kinds.model_of(pool.kind).__table__.columns
    for name in filter(None, (part.strip() for part in (pool.clears or "").split(","))):
        column = columns.get(name, columns.get(f"{name}_id"))
        if column is None or "field" not in column.info:
            raise Rejected("clears", gettext("There is no field “%(name)s”.", name=name))
        if not column.nullable or column.name == "owner_id":
            raise Rejected("clears", gettext("The field “%(name)s” cannot be emptied.", name=name))
