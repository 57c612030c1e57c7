"""The statement: what the ledger says over a period, and whether the documents agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import render_template, request

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, has_permission, today
from plugin_api.errors import Forbidden
from plugins.crm.api import Account
from plugins.sales import display
from plugins.sales.access import STATEMENT
from plugins.sales.models import LedgerEntry
from plugins.sales.models.ledger import EVENTS, KINDS
from plugins.sales.routes.asking import day
from plugins.sales.services import statement


def page() -> str:
    """Movements by account; with ``check`` the events of ledger and documents side by side."""
    may_read = host().records.may_read
    if not (
        has_permission(STATEMENT)
        and has_permission("sales.LedgerEntry.read")
        and has_permission("crm.Account.read")
        and all(may_read(LedgerEntry, name) for name in ("amount", "amount_company", "quantity"))
        and may_read(Account, "name")
    ):
        raise Forbidden(gettext("You may not do this."))
    start, end = day("from", today().replace(month=1, day=1)), day("to", today())
    account_id = request.args.get("account", type=int)
    if account_id is not None:
        host().records.get(Account, account_id)
    whole, *standings = statement.movements(start, end, account_id)
    checking = bool(request.args.get("check")) and _sees_all()
    shown = standings[: statement.MOST]
    return render_template(
        "sales/statement.html",
        account_id=account_id,
        account=host().title_of("crm.Account", account_id) if account_id else "",
        start=start,
        end=end,
        currency=current_company().currency,
        kinds=KINDS,
        events={choice.value: choice for choice in EVENTS},
        whole=whole,
        standings=shown,
        more=len(standings) - len(shown),
        may_check=_sees_all(),
        held=statement.held(account_id) if checking else None,
        display=display,
        ledger_of=_ledger_of(start, end),
        entries_of=_ledger_of(None, end),
    )


def _sees_all() -> bool:
    """Whether the actor sees every document and entry, so that both can be compared."""
    actor = current_actor()
    return actor.is_system or all(
        actor.grants.get(f"{model}.read") == "company" for model in _COMPARED
    )


_COMPARED = ("sales.LedgerEntry", "sales.Order", "sales.Delivery", "sales.Invoice")


def _ledger_of(start: date | None, end: date) -> Callable[[int | None, str], str]:
    """Addresses of the entries behind a movement; without a start behind what is at the end.
    Of overlay credits none counts."""

    def address(account_id: int | None, kind: str) -> str:
        asked = {"kind": kind, "overlay": "false", "day__lte": end.isoformat()}
        if start is not None:
            asked["day__gte"] = start.isoformat()
        if account_id:
            asked["account"] = str(account_id)
        return host().list_url("sales.LedgerEntry", asked)

    return address
