"""What people open with: contracts that end soon, and what is promised and due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import Actor, current_actor, gettext, today
from plugin_api.context import lazy_gettext as _
from plugins.contracts import display
from plugins.contracts.access import READ, READ_OBLIGATION
from plugins.contracts.models import Contract, Obligation
from plugins.contracts.models.contracts import IN_FORCE
from plugins.crm.api import Account

MOST = 8
SOON = 90


def ending() -> CardContent:
    """Contracts in force that end within 90 days, of whom the person may see. One statement."""
    day = today()
    asked = (
        sa.select(
            Contract.id, Contract.ends_on, Contract.was_renewed, Contract.currency,
            display.column(Contract, "name"), display.column(Contract, "value"),
            Account.name.label("account"),
        )
        .outerjoin(Account, Account.id == Contract.account_id)
        .where(
            Contract.state.in_(IN_FORCE), Contract.ends_on <= day + dt.timedelta(days=SOON),
            host().records.visible(Contract), *_mine(READ, Contract.owner_id),
        )
        .order_by(Contract.ends_on, Contract.id)
        .limit(MOST)
    )  # fmt: skip
    return CardContent(
        lines=tuple(
            Line(
                text=row.name or f"#{row.id}",
                href=host().record_url(display.CONTRACT, row.id),
                value=display.left(row.ends_on, day),
                note=" · ".join(filter(None, (
                    row.account, display.money(row.value, row.currency) if row.value else "",
                    gettext("A renewal is signed") if row.was_renewed else "",
                ))),
                tone="neutral" if row.was_renewed else "warn",
            )
            for row in host().session.execute(asked)
        ),
        empty=gettext("No contract ends in the next 90 days."),
        more_href=host().list_url(
            display.CONTRACT,
            {"state__in": ",".join(IN_FORCE), "ends_on__period": f"next_{SOON}_days",
             "sort": "ends_on"},
        ),
    )  # fmt: skip


def promised() -> CardContent:
    """The person's own obligations that are due within 30 days. One statement."""
    me, day = current_actor().user_id, today()
    asked = (
        sa.select(
            Obligation.id, Obligation.due_on, display.column(Obligation, "name"), Contract.number
        )
        .join(Contract, Contract.id == Obligation.contract_id)
        .where(
            Obligation.owner_id == me, Obligation.state == "open",
            Obligation.due_on <= day + dt.timedelta(days=30), Contract.state.in_(IN_FORCE),
        )
        .order_by(Obligation.due_on, Obligation.id)
        .limit(MOST)
    )  # fmt: skip
    return CardContent(
        lines=tuple(
            Line(
                text=row.name or f"#{row.id}",
                href=host().record_url(display.OBLIGATION, row.id),
                value=display.day(row.due_on),
                note=row.number or "",
                tone="bad" if row.due_on < day else "warn" if row.due_on == day else "neutral",
            )
            for row in host().session.execute(asked)
        ),
        empty=gettext("Nothing that a contract promises is due."),
        more_href=host().list_url(
            display.OBLIGATION, {"owner": me, "state": "open", "sort": "due_on"}
        ),
    )


def _mine(permission: str, owner: Any) -> tuple[Any, ...]:
    """Only the person's own, where that is what their role is about."""
    actor = current_actor()
    return (owner == actor.user_id,) if actor.grants.get(permission) == "own" else ()


def overdue(actor: Actor) -> int:
    """How many of the person's own obligations are over."""
    if actor.user_id is None:
        return 0
    asked = (
        sa.select(sa.func.count(Obligation.id))
        .join(Contract, Contract.id == Obligation.contract_id)
        .where(
            Obligation.owner_id == actor.user_id, Obligation.state == "open",
            Obligation.due_on < today(), Contract.state.in_(IN_FORCE),
        )
    )  # fmt: skip
    return host().session.scalar(asked) or 0


CARDS = (
    Card(
        id="ending", title=_("Contracts that end soon"), load=ending, permission=READ,
        roles=("rep", "manager"), order=44,
    ),
    Card(
        id="promised", title=_("Promised by contract"), load=promised,
        permission=READ_OBLIGATION, roles=("rep",), order=46,
    ),
)  # fmt: skip
