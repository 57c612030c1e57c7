"""Who buys, as prices see it. Without the plugin crm nothing is known of accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.errors import Refused
from plugins.pricing.services.fitting import Customer


def known(account_ids: Collection[int], conditions: Collection[str]) -> Mapping[int, Customer]:
    """Accounts by their number, with those of the conditions that each fulfils; one statement."""
    if not account_ids or not host().is_enabled("crm"):
        return {}
    from plugins.crm.api import Account

    asked = sorted(set(conditions) - {""})
    usable, columns = [], []
    for condition in asked:
        try:
            columns.append(sa.case((criteria(Account, condition), 1), else_=0))
        except Refused:
            # It names a field that the company has no more: nobody fulfils it.
            continue
        usable.append(condition)
    made: Any = sa.select(Account.id, Account.name, Account.grade, Account.region, *columns)
    with host().session.no_autoflush:
        rows = host().session.execute(made.where(Account.id.in_(sorted(set(account_ids))))).all()
    return {
        row[0]: Customer(
            account_id=row[0],
            name=row[1],
            grade=row[2] or "",
            region=row[3] or "",
            meets=frozenset(
                condition for condition, met in zip(usable, row[4:], strict=True) if met
            ),
        )
        for row in rows
    }


def seen_as(
    customer: Customer | None, *, region: str | None, channel: str | None, grade: str | None = None
) -> Customer:
    """A customer as a document has it: its own region and channel hold."""
    found = customer or Customer()
    return Customer(
        account_id=found.account_id, name=found.name, grade=grade or found.grade,
        region=region or found.region, channel=channel or found.channel, meets=found.meets,
    )  # fmt: skip
