"""Some contacts that are there twice, found and waiting to be looked at; one pair merged."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugin_api.models import model_of
from plugins.duplicates.models import Group
from plugins.duplicates.services import indexing, matched, merging, searching

CONTACT = "crm.Contact"
PAIRS = 4


def load(company: Company, seed: int) -> None:
    """Fill a company that has contacts; one where something was found is left as it is."""
    known = host().session.scalar(sa.select(Group.id).limit(1)) is not None
    if known or not matched.is_matched(CONTACT):
        return
    contact: Any = model_of(CONTACT)
    asked = sa.select(contact).where(contact.email.is_not(None), contact.mobile.is_not(None))
    last: tuple[int, int] | None = None
    for number, each in enumerate(host().session.scalars(asked.order_by(contact.id).limit(PAIRS))):
        twin = host().records.create(
            contact,
            {
                "name": each.name, "account_id": each.account_id, "owner_id": each.owner_id,
                "email": each.email.upper() if number % 2 else None, "mobile": each.mobile,
                "title": each.title,
            },
        )  # fmt: skip
        last = each.id, twin.id
    for _done in indexing.rebuild():
        pass
    if last is not None:
        plan = merging.plan(CONTACT, last, last[0])
        merging.merge(plan, merging.defaults(plan))
    for choice in matched.models():
        for _done in searching.search(choice.value):
            pass
