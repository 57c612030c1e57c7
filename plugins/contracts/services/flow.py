"""What happens to a contract when it moves on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugins.contracts.models import Contract
from plugins.contracts.models.contracts import IN_FORCE
from plugins.contracts.services import entry, terms

Values = Mapping[str, Any]
MONTHS = 12
"""For which a contract goes on by itself, where it does not say."""


def check_by_rule(contract: Contract, values: Values) -> None:
    """Only the calendar, or another version, makes this move. Raises Rejected."""
    if not entry.is_by_rule():
        raise Rejected("state", gettext("This happens by itself when its day has come."))


def check_release(contract: Contract, values: Values) -> None:
    """What is asked for by instalments is not more than the value. Raises Rejected."""
    parts = entry.instalments(contract.id)
    if not parts:
        return
    if contract.value is None:
        raise Rejected("value", gettext("A payment plan needs a value."))
    share = sum((each.share or Decimal(0) for each in parts), Decimal(0))
    fixed = sum(each.fixed or 0 for each in parts)
    if fixed + int(contract.value * share / terms.WHOLE) > contract.value:
        raise Rejected("value", gettext("The instalments are more than the value."))


def check_sign(contract: Contract, values: Values) -> None:
    """Raises Rejected where it makes no sense."""
    signed = values.get("signed_on") or contract.signed_on or today()
    if signed > today():
        raise Rejected("signed_on", gettext("This is in the future."))
    if contract.ends_on is not None and (contract.starts_on or signed) > contract.ends_on:
        raise Rejected("ends_on", gettext("It ends before it starts."))


def sign(contract: Contract, values: dict[str, Any]) -> None:
    """It is agreed: days that follow from it are known, and what it replaces is replaced."""
    contract.signed_on = values.pop("signed_on", None) or contract.signed_on or today()
    contract.starts_on = contract.starts_on or contract.signed_on
    entry.set_value(contract)
    with entry.by_rule():
        for part in entry.instalments(contract.id):
            start = {"signed": contract.signed_on, "starts": contract.starts_on}.get(part.due_rule)
            if start is not None:
                part.due_on = start + dt.timedelta(days=part.due_days)


def signed(contract: Contract) -> None:
    """What follows once it is signed."""
    with entry.by_rule():
        before = _one(contract.previous_id)
        if before is not None and before.state in IN_FORCE:
            host().records.transition(before, "replace")
        renewed = _one(contract.renews_id)
        if renewed is not None:
            renewed.was_renewed = True
            if renewed.state == "expired":
                host().records.transition(renewed, "end_renewed")
        if contract.starts_on is not None and contract.starts_on <= today():
            host().records.transition(contract, "activate")


def end(contract: Contract, values: dict[str, Any]) -> None:
    """Its last day is over."""
    contract.ended_on = contract.ends_on or today()


def terminate(contract: Contract, values: dict[str, Any]) -> None:
    """It ends before its time, or because it would go on."""
    contract.ended_on = today()


def prolong(contract: Contract, values: dict[str, Any]) -> None:
    """It goes on by itself."""
    assert contract.ends_on is not None
    # Days that were missed, because nothing ran, are made up for.
    while contract.ends_on < today():
        contract.ends_on = terms.months_later(contract.ends_on, contract.renew_months or MONTHS)
        contract.prolonged += 1


def run_days() -> dict[str, int]:
    """Begin, end, renew and prolong what has come to its day; how many of each."""
    day, counted = today(), {"activate": 0, "prolong": 0, "expire": 0, "end_renewed": 0}
    starting = sa.select(Contract).where(Contract.state == "signed", Contract.starts_on <= day)
    ending = sa.select(Contract).where(Contract.state == "active", Contract.ends_on < day)
    with entry.by_rule():
        for contract in host().session.scalars(starting.order_by(Contract.id)).all():
            host().records.transition(contract, "activate")
            counted["activate"] += 1
        for contract in host().session.scalars(ending.order_by(Contract.id)).all():
            name = "expire"
            if contract.was_renewed:
                name = "end_renewed"
            elif contract.renewal == "auto":
                name = "prolong"
            host().records.transition(contract, name)
            counted[name] += 1
    return counted


def _one(contract_id: int | None) -> Contract | None:
    if contract_id is None:
        return None
    return host().session.scalar(sa.select(Contract).where(Contract.id == contract_id))
