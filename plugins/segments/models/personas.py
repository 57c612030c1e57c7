"""Personas: kinds of customers, half declared and half measured, and which account is which."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    boolean,
    date,
    integer,
    longtext,
    money,
    reference,
    text,
)


class Persona(CompanyModel):
    """A kind of customer: who belongs to it, what they need, and how to sell to them."""

    __tablename__ = "segments_persona"
    __collection__ = "personas"
    __label__ = _("Persona")
    __label_plural__ = _("Personas")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("An account has the first persona that fits.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
    condition: Mapped[str | None] = text(_("Which accounts"), length=1000, help=HELP)
    contact_condition: Mapped[str | None] = text(
        _("With a contact of these"),
        length=1000,
        help=_("As for accounts, from the list of contacts: title__contains=purchas."),
    )
    description: Mapped[str | None] = longtext(_("Who they are"))
    buying_role: Mapped[str | None] = text(_("Who decides there"), length=300)
    needs: Mapped[str | None] = longtext(lazy_pgettext("persona", "Needs"))
    pains: Mapped[str | None] = longtext(_("Pains"))
    triggers: Mapped[str | None] = longtext(_("What makes them buy"))
    objections: Mapped[str | None] = longtext(_("Objections"))
    channels: Mapped[str | None] = text(_("Reached by"), length=300)
    budget: Mapped[int | None] = money(_("Usual budget"), help=_("In the company's currency."))
    playbook: Mapped[str | None] = longtext(_("How to sell to them"))


class Match(CompanyModel):
    """The persona of an account, and by which contact where one decides."""

    __tablename__ = "segments_match"
    __collection__ = "matches"
    __label__ = _("Persona of an account")
    __label_plural__ = _("Personas of accounts")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "account_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "account_id"),)

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    persona_id: Mapped[int] = reference("segments.Persona", _("Persona"), on_delete="cascade")
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("By the contact"), on_delete="cascade"
    )
    since: Mapped[dt.date] = date(_("Since"))
