"""Parents that must not go round in a circle."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.crm.models import Account, Contact


def closes_circle(
    record_id: int, parent_id: int | None, parent_of: Callable[[int], int | None]
) -> bool:
    """Whether the record would come to lie below itself with this parent.

    ``parent_of`` gives the parent of an id. A circle that is there already, above the record
    but without it, ends the walk.
    """
    seen: set[int] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == record_id:
            return True
        seen.add(parent_id)
        parent_id = parent_of(parent_id)
    return False


def check_account(record: Account) -> None:
    """Raise Rejected when an account would be its own subsidiary, directly or not."""
    if closes_circle(record.id, record.parent_id, _parent_of):
        raise Rejected("parent", gettext("An account cannot be a subsidiary of itself."))


def check_contact(record: Contact) -> None:
    """The same for somebody who would report to themselves."""
    if closes_circle(record.id, record.reports_to_id, _leader_of):
        raise Rejected("reports_to", gettext("Nobody reports to themselves."))


def _leader_of(contact_id: int) -> int | None:
    asked = sa.select(Contact.reports_to_id).where(Contact.id == contact_id)
    with host().session.no_autoflush:
        return host().session.scalar(asked)


def _parent_of(account_id: int) -> int | None:
    with host().session.no_autoflush:
        return host().session.scalar(sa.select(Account.parent_id).where(Account.id == account_id))
