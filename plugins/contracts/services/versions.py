"""Versions and renewals of contracts, and what differs between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.contracts.models.contracts import TERMS
from plugins.contracts.services import entry, terms
from plugins.crm.api import Opportunity

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
    made = _copy(contract, change_reason=reason)
    made.previous_id, made.number, made.revision = contract.id, contract.number, number
    made.renews_id = contract.renews_id
    host().session.flush()
    _copy_parts(contract, made, PROMISE)
    return {"open": made}


def renew(contract: Contract, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft that goes on where this one ends, for as long again. Raises Rejected."""
    made = renewal_of(contract)
    return {"open": made}


def renewal_of(contract: Contract) -> Contract:
    """The draft of the renewal; the one that is there already, if any."""
    asked = sa.select(Contract).where(
        Contract.renews_id == contract.id, Contract.previous_id.is_(None),
        Contract.state != "cancelled",
    )  # fmt: skip
    found = host().session.scalars(asked.limit(1)).first()
    if found is not None:
        return found
    made = _copy(contract, starts_on=None, ends_on=None, fresh=True)
    if contract.ends_on is not None:
        made.starts_on = contract.ends_on + dt.timedelta(days=1)
        if contract.starts_on is not None:
            made.ends_on = made.starts_on + (contract.ends_on - contract.starts_on)
            whole = _months(contract.starts_on, contract.ends_on)
            if whole:
                made.ends_on = terms.months_later(contract.ends_on, whole)
    made.renews_id = contract.id
    made.opportunity_id = contract.renewal_opportunity_id or made.opportunity_id
    host().session.flush()
    _copy_parts(contract, made, ())
    return made


def _months(start: dt.date, end: dt.date) -> int:
    """How many whole months a term is; 0 for one that is none."""
    following = end + dt.timedelta(days=1)
    months = (following.year - start.year) * 12 + following.month - start.month
    return months if months > 0 and terms.months_later(start, months) == following else 0


def _copy(contract: Contract, *, fresh: bool = False, **given: Any) -> Contract:
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


def _copy_parts(contract: Contract, made: Contract, promise: tuple[str, ...]) -> None:
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


def open_renewals() -> int:
    """Open an opportunity for each contract that is to be renewed and ends soon, once, and tell
    its owner; how many. Those that go on by themselves are told of in time to terminate them."""
    day, opened = today(), 0
    asked = sa.select(Contract).where(
        Contract.state == "active", Contract.ends_on.is_not(None), Contract.was_renewed.is_(False)
    )
    for contract in host().session.scalars(asked.order_by(Contract.id)).all():
        assert contract.ends_on is not None
        lead = contract.renew_days + (contract.notice_days or 0 if contract.renewal != "ask" else 0)
        if contract.ends_on > day + dt.timedelta(days=lead):
            continue
        if contract.renewal == "ask" and contract.renewal_opportunity_id is None:
            contract.renewal_opportunity_id = _opportunity(contract).id
            opened += 1
        if contract.noticed_on != contract.ends_on and contract.owner_id is not None:
            host().remind(contract, [contract.owner_id], _words(contract))
        contract.noticed_on = contract.ends_on
    host().session.flush()
    return opened


def _words(contract: Contract) -> str:
    from flask_babel import format_date

    day = format_date(contract.ends_on, "medium")
    if contract.renewal == "auto":
        return str(gettext("It goes on by itself after %(day)s unless it is terminated.", day=day))
    return str(gettext("It ends on %(day)s.", day=day))


def _opportunity(contract: Contract) -> Opportunity:
    return host().records.create(
        Opportunity,
        {
            "name": gettext("Renewal: %(name)s", name=contract.name)[:200],
            "account_id": contract.account_id, "contact_id": contract.contact_id,
            "owner_id": contract.owner_id, "amount": contract.value,
            "currency": contract.currency, "expected_close": contract.ends_on,
            "created_on": today(), "source": contract.number,
        },
    )  # fmt: skip


def won(deal: Opportunity) -> None:
    """The opportunity of a renewal is won: its contract is drafted, once."""
    asked = sa.select(Contract).where(Contract.renewal_opportunity_id == deal.id)
    for contract in host().session.scalars(asked).all():
        renewal_of(contract)


def remind_obligations() -> int:
    """Tell owners of what is promised and due soon, once of each; how many."""
    day = today()
    asked = (
        sa.select(Obligation)
        .join(Contract, Contract.id == Obligation.contract_id)
        .where(
            Obligation.state == "open", Obligation.reminded.is_(False),
            Obligation.due_on.is_not(None), Contract.state.in_(("signed", "active")),
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
