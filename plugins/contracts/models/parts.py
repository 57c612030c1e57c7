"""What is paid by a contract, and what each side has promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    currency,
    date,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.contracts.models.contracts import company_currency

DUE_RULES = (
    Choice(value="date", label=_("On a fixed day")),
    Choice(value="signed", label=_("After signing")),
    Choice(value="starts", label=_("After the start of the contract")),
)
SIDES = (
    Choice(value="ours", label=_("We have promised"), tone="info"),
    Choice(value="theirs", label=_("The customer has promised")),
)
OBLIGATION_STATES = (
    Choice(value="open", label=lazy_pgettext("obligation", "Open"), tone="info"),
    Choice(value="done", label=lazy_pgettext("obligation", "Fulfilled"), tone="good"),
    Choice(value="waived", label=_("Waived")),
)


class Instalment(CompanyModel):
    """A payment that a contract foresees: a share of its value, or a fixed amount. ``amount`` is
    what it comes to; shares that are 100 % add up to the value."""

    __tablename__ = "contracts_instalment"
    __collection__ = "instalments"
    __label__ = _("Instalment of a contract")
    __label_plural__ = _("Instalments of contracts")
    __find_by__ = ()
    __parent__ = "contract_id"
    __table_args__ = (sa.Index(None, "company_id", "contract_id", "position"),)

    name: Mapped[str] = text(_("What for"), help=_("A deposit, the rest on acceptance …"))
    contract_id: Mapped[int] = reference(
        "contracts.Contract", lazy_pgettext("contract", "Contract"), on_delete="cascade"
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    share: Mapped[Decimal | None] = percent(
        _("Share of the value"), scale=4, minimum=0, maximum=100, help=_("Or a fixed amount.")
    )
    fixed: Mapped[int | None] = money(_("Fixed amount"), currency_field="currency")
    due_rule: Mapped[str] = choice(_("Falls due"), DUE_RULES, default="signed")
    due_days: Mapped[int] = integer(_("Days after"), minimum=0, maximum=3650, default=0)
    due_on: Mapped[dt.date | None] = date(
        _("Due on"), help=_("Empty while what it follows has not happened.")
    )
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True, default=0)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)


class Obligation(CompanyModel):
    """Something that one side has promised by a day."""

    __tablename__ = "contracts_obligation"
    __collection__ = "obligations"
    __label__ = _("Obligation")
    __label_plural__ = _("Obligations")
    __find_by__ = ()
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "contract_id", "due_on"),
        sa.Index(None, "company_id", "owner_id", "state", "due_on"),
        sa.Index(None, "company_id", "state", "due_on"),
    )

    name: Mapped[str] = text(lazy_pgettext("obligation", "What is to be done"), length=300)
    contract_id: Mapped[int] = reference(
        "contracts.Contract", lazy_pgettext("contract", "Contract"), on_delete="cascade"
    )
    side: Mapped[str] = choice(_("Who has promised"), SIDES, default="ours")
    due_on: Mapped[dt.date | None] = date(_("Due on"))
    owner_id: Mapped[int | None] = reference(
        "core.User", _("Owner"), help=_("Empty: who looks after the contract.")
    )
    state: Mapped[str] = choice(_("State"), OBLIGATION_STATES, readonly=True, default="open")
    done_on: Mapped[dt.date | None] = date(lazy_pgettext("obligation", "Fulfilled on"))
    remind_days: Mapped[int] = integer(_("Remind before (days)"), default=7, minimum=0, maximum=365)
    reminded: Mapped[bool] = boolean(_("Reminded"), readonly=True)
    note: Mapped[str | None] = longtext(_("Note"))

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Those of contracts that are the actor's."""
        from plugins.contracts.services import reach

        return reach.obligation_legs(permission, actor)
