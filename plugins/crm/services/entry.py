"""What is checked and completed when an opportunity is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Rejected
from plugins.crm.access import CORRECT
from plugins.crm.models import Contact, Opportunity
from plugins.crm.services import credits, flow, gates, history, lines, names, worth
from plugins.crm.services.kept import kept

Changes = Mapping[str, tuple[Any, Any]]

FINAL = frozenset({"amount", "currency", "closed_on", "owner_id", "created_on"})
"""What stands once an opportunity is won, unless somebody may correct it."""


def complete(record: Opportunity) -> None:
    """Complete or refuse a new opportunity. Raises Rejected, Invalid."""
    if record.account_id is None and record.contact_id is not None:
        record.account_id = _account_of(record.contact_id)
    flow.place(record)
    record.name = record.name or names.of_opportunity(record)
    worth.convert_amount(record)
    worth.derive(record)


def change(record: Opportunity, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    was = changes["outcome"][0] if "outcome" in changes else record.outcome
    if was == "won":
        check_correction(changes)
    record.name = record.name or names.of_opportunity(record)
    if changes.keys() & {"amount", "currency"}:
        lines.check_amount(record)
    gates.keep(record, [name for name, (_old, new) in changes.items() if new in (None, "")])
    closed = record.outcome in worth.CLOSED
    if closed and record.closed_on is None:
        raise Rejected("closed_on", gettext("It is closed: the day is needed."))
    if changes.keys() & {"amount", "currency"} or (closed and "closed_on" in changes):
        worth.convert_amount(record)
    if "expected_close" in changes:
        old, new = changes["expected_close"]
        record.pushes = (record.pushes or 0) + (old is not None and new is not None and new > old)
    if record.outcome == "open" and record.probability is None:
        record.probability = flow.usual_probability(record)
    worth.derive(record)


def check_correction(changes: Changes) -> None:
    """Refuse to change what a won opportunity is credited with. Raises Rejected."""
    touched = [name for name in changes if name in FINAL]
    if touched and not may_correct():
        raise Rejected(
            touched[0].removesuffix("_id"),
            gettext("It is won. Ask somebody who may correct won opportunities."),
        )


def may_correct() -> bool:
    """Whether the actor may change what is won already."""
    return has_permission(CORRECT)


def begin(record: Opportunity) -> None:
    """Write the first entry of a new opportunity's history."""
    history.begin(record)


def follow(record: Opportunity, changes: Changes) -> None:
    """Let history and credits follow a change that is written."""
    if changes.keys() & {"stage_id", "outcome"}:
        history.follow_stage(record)
    if "expected_close" in changes:
        history.follow_close_date(record, *changes["expected_close"])
    if changes.keys() & {"amount_company", "owner_id"}:
        credits.spread(record)


def _account_of(contact_id: int) -> int | None:
    asked = sa.select(Contact.account_id).where(Contact.id == contact_id)
    return kept(("account of contact", contact_id), lambda: host().session.scalar(asked))
