"""What contracts promise, until it is fulfilled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugins.contracts.models import Contract, Obligation
from plugins.contracts.models.contracts import IN_FORCE


def remind() -> int:
    """Tell owners of what is promised and due soon, once of each; how many."""
    day = today()
    asked = (
        sa.select(Obligation)
        .join(Contract, Contract.id == Obligation.contract_id)
        .where(
            Obligation.state == "open", Obligation.reminded.is_(False),
            Obligation.due_on.is_not(None), Contract.state.in_(IN_FORCE),
            Obligation.due_on <= day + dt.timedelta(days=365),
        )
        .order_by(Obligation.due_on, Obligation.id)
    )  # fmt: skip
    told = 0
    for each in host().session.scalars(asked).all():
        assert each.due_on is not None
        if each.due_on > day + dt.timedelta(days=each.remind_days):
            continue
        each.reminded = True
        if each.owner_id is not None:
            text = gettext("Promised by contract, due on %(day)s.", day=each.due_on.isoformat())
            host().remind(each, [each.owner_id], text)
            told += 1
    return told


def check_done(obligation: Obligation, values: Mapping[str, Any]) -> None:
    """Raises Rejected for a day that has not come."""
    if (values.get("done_on") or today()) > today():
        raise Rejected("done_on", gettext("This is in the future."))


def done(obligation: Obligation, values: dict[str, Any]) -> None:
    """It is fulfilled, by today unless a day is given."""
    obligation.done_on = values.pop("done_on", None) or today()


def reopen(obligation: Obligation, values: dict[str, Any]) -> None:
    """It is not fulfilled after all."""
    obligation.done_on = None
