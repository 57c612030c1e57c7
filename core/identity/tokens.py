"""What a token may do: never more than its person, and less when it was made so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from core.extensions import db
from core.identity.models import ApiToken
from core.tenancy.engine import at_once
from core.tenancy.platform import platform_session
from plugin_api.context import Actor, now

Reach = Literal["full", "read", "chosen"]
REACHES: tuple[Reach, ...] = ("full", "read", "chosen")
FEED = "feed"
"""The reach of a secret that stands in the address of a feed, and opens nothing else."""
READS = ("read", "export")
"""Actions that change nothing."""
USED = timedelta(hours=1)
"""So exactly is it known when a token was last used."""


def narrowed(actor: Actor, reach: str, chosen: Mapping[str, str]) -> Actor:
    """The person as a token acts for them. ``chosen`` says, for a model, ``read`` or ``change``,
    and for any other permission ``change``."""
    if reach == "full":
        return actor
    held = {
        permission: scope
        for permission, scope in actor.grants.items()
        if _allows(permission, reach, chosen)
    }
    return replace(actor, grants=held)


def _allows(permission: str, reach: str, chosen: Mapping[str, str]) -> bool:
    model, _, action = permission.rpartition(".")
    if reach == "read":
        return action in READS
    return (
        chosen.get(permission) == "change"
        or chosen.get(model) == "change"
        or (chosen.get(model) == "read" and action in READS)
    )


def used(token_id: int, company_id: int, used_at: datetime | None) -> None:
    """Note that a token is in use, when that was not noted lately. Waits for nobody."""
    if used_at is not None and now() - used_at < USED:
        return
    mine = (ApiToken.company_id == company_id, ApiToken.id == token_id)
    # Who asks has only read so far. One who held two connections at once would, with others who do
    # the same, wait for ever where a pooler has few.
    db.session.rollback()
    try:
        with at_once(), platform_session("login") as session:
            statement = sa.update(ApiToken).where(*mine).values(used_at=now())
            session.execute(statement.execution_options(synchronize_session=False))
    except OperationalError:
        return  # Somebody writes; the next request notes it.


def of_person(user_id: int) -> Sequence[ApiToken]:
    """Tokens of a person, the newest first."""
    asked = sa.select(ApiToken).where(ApiToken.user_id == user_id)
    return db.session.scalars(asked.order_by(ApiToken.id.desc())).all()
