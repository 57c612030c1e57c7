"""Versions of contracts, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.contracts.models.contracts import TERMS
from plugins.contracts.services import entry, terms

CARRIED = (*TERMS, "opportunity_id", "owner_id")
PLAN = (
    "name",
    "position",
    "share",
    "fixed",
    "due_rule",
    "due_days",
    "due_on",
    "amount",
    "currency",
)
PROMISE = ("name", "side", "due_on", "owner_id", "state", "done_on", "remind_days", "note")
COMPARED = ("share", "fixed", "due_rule", "due_days", "due_on")


def check_amend(contract: Contract, values: Mapping[str, Any]) -> None:
    """Why it is changed is kept with the version. Raises Rejected."""
    if not values.get("change_reason"):
        raise Rejected("change_reason", gettext("Say why it is changed."))


def amend(contract: Contract, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of the next version, with everything that this one says. Raises Rejected."""
    reason = values.pop("change_reason", None)
    newer = sa.select(Contract.id).where(
        Contract.previous_id == contract.id, Contract.state.not_in(("cancelled",))
    )
    if host().session.scalar(newer.limit(1)) is not None:
        raise Rejected("", gettext("There is a newer version already."))
    top = sa.select(sa.func.max(Contract.revision)).where(Contract.number == contract.number)
    number = (host().session.scalar(top) or contract.revision) + 1
    made = copy(contract, change_reason=reason)
    made.previous_id, made.number, made.revision = contract.id, contract.number, number
    made.renews_id = contract.renews_id
    host().session.flush()
    copy_parts(contract, made, PROMISE)
    return {"open": made}


def copy(contract: Contract, *, fresh: bool = False, **given: Any) -> Contract:
    """A draft that says the same but for what is ``given``; ``fresh`` with a number of its own."""
    values = {name: getattr(contract, name) for name in CARRIED} | given
    if values["renewal"] == "auto" and values["ends_on"] is None:
        values["renewal"] = "ask"
    if fresh:
        made = host().records.create(Contract, values)
    else:
        with entry.by_rule():
            made = host().records.create(Contract, values)
    made.renewal = contract.renewal
    return made


def copy_parts(contract: Contract, made: Contract, promise: tuple[str, ...]) -> None:
    """The payment plan, and what is promised where a version goes on with it."""
    session = host().session
    for part in entry.instalments(contract.id):
        given = {name: getattr(part, name) for name in PLAN}
        if part.due_rule != "date":
            given["due_on"] = None
        elif not promise and contract.ends_on and contract.starts_on and made.starts_on:
            given["due_on"] = part.due_on and part.due_on + (made.starts_on - contract.starts_on)
        session.add(Instalment(contract_id=made.id, **given))
    if promise:
        asked = sa.select(Obligation).where(Obligation.contract_id == contract.id)
        for each in session.scalars(asked.order_by(Obligation.id)).all():
            given = {name: getattr(each, name) for name in promise}
            session.add(Obligation(contract_id=made.id, reminded=each.reminded, **given))
    session.flush()
    entry.add_up(made)


def changed(before: Contract, after: Contract) -> list[tuple[str, Any, Any]]:
    """What differs between two versions: (field, old, new), the payment plan by its lines."""
    first = {name: getattr(before, name) for name in TERMS}
    second = {name: getattr(after, name) for name in TERMS}
    plans = [
        {f"#{each.name}": tuple(getattr(each, name) for name in COMPARED)
         for each in entry.instalments(contract.id)}
        for contract in (before, after)
    ]  # fmt: skip
    return terms.differences(first | plans[0], second | plans[1])
