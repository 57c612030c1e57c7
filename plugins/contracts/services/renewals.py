"""Contracts that go on where others end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import gettext, today
from plugins.contracts.models import Contract
from plugins.contracts.services import terms, versions
from plugins.crm.api import Opportunity


def renew(contract: Contract, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft that goes on where this one ends, for as long again. Raises Rejected."""
    made = renewal_of(contract)
    return {"open": made}


def renewal_of(contract: Contract) -> Contract:
    """The draft of the renewal; the one that is there already, if any."""
    # Who renews it meanwhile waits, and finds the draft.
    host().session.execute(
        sa.select(Contract.id).where(Contract.id == contract.id).with_for_update()
    )
    asked = sa.select(Contract).where(
        Contract.renews_id == contract.id, Contract.previous_id.is_(None),
        Contract.state != "cancelled",
    )  # fmt: skip
    found = host().session.scalars(asked.limit(1)).first()
    if found is not None:
        return found
    made = versions.copy(contract, starts_on=None, ends_on=None, fresh=True)
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
    versions.copy_parts(contract, made, ())
    return made


def _months(start: dt.date, end: dt.date) -> int:
    """How many whole months a term is; 0 for one that is none."""
    following = end + dt.timedelta(days=1)
    months = (following.year - start.year) * 12 + following.month - start.month
    return months if months > 0 and terms.months_later(start, months) == following else 0


def open_due() -> int:
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
