"""Mails of customers, and to which addresses they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.letters import Enclosed
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    instant,
    longtext,
    reference,
    text,
)
from plugins.service.models.words import KINDS, PRIORITIES

MAIL_STATES = (
    Choice(value="proposed", label=lazy_pgettext("mail", "To be decided"), tone="warn"),
    Choice(value="taken", label=lazy_pgettext("mail", "With a case"), tone="good"),
    Choice(value="discarded", label=lazy_pgettext("mail", "Put aside")),
)


class Mailbox(CompanyModel):
    """An address that customers write to. Mails to it become cases in its queue."""

    __tablename__ = "service_mailbox"
    __collection__ = "mailboxes"
    __label__ = _("Mailbox")
    __label_plural__ = _("Mailboxes")
    __title__ = "address"
    __find_by__ = ("address",)
    __search__ = ("address",)
    __aside__ = ("active", False)

    address: Mapped[str] = text(_("E-mail"), kind="email", unique=True)
    queue_id: Mapped[int | None] = reference(
        "service.Queue", _("Queue"), help=_("Empty: the first one that fits.")
    )
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="question")
    priority: Mapped[str] = choice(_("Priority"), PRIORITIES, default="normal")
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Mail(CompanyModel):
    """A mail to a mailbox: with a case, or to be decided on because nobody is known who writes from
    its address. ``source`` is the mail as a file, as text or in Base64; what it says is kept, and
    the files that came with it are, and go to its case. ``enclosed`` are those until then."""

    enclosed = cast(Sequence[Enclosed], ())

    __tablename__ = "service_mail"
    __collection__ = "mails"
    __label__ = lazy_pgettext("service", "Mail")
    __label_plural__ = lazy_pgettext("service", "Mails")
    __find_by__ = ()
    __search__ = ("name", "sender")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "state", "id"),
        sa.Index(None, "company_id", "sender", "received_at"),
    )

    name: Mapped[str] = text(_("Subject line"), length=300, readonly=True)
    state: Mapped[str] = choice(_("State"), MAIL_STATES, readonly=True, default="proposed")
    source: Mapped[str | None] = longtext(
        lazy_pgettext("mail", "The mail with its headers"),
        help=_("As a file (.eml) has it, or that in Base64."),
    )
    mailbox_id: Mapped[int | None] = reference(
        "service.Mailbox", _("Mailbox"), help=_("Empty: whose address the mail is written to.")
    )
    case_id: Mapped[int | None] = reference(
        "service.Case", lazy_pgettext("service", "Case"), on_delete="cascade"
    )
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    sender: Mapped[str | None] = text(lazy_pgettext("mail", "From"), length=320, readonly=True)
    words: Mapped[str | None] = longtext(lazy_pgettext("mail", "Words"), readonly=True)
    sent_at: Mapped[dt.datetime | None] = instant(lazy_pgettext("mail", "Sent at"), readonly=True)
    received_at: Mapped[dt.datetime | None] = instant(_("Received at"), readonly=True)
    automatic: Mapped[bool] = boolean(_("Written by a machine"), readonly=True)
    note: Mapped[str | None] = text(_("Note"), length=500, readonly=True)
    message_key: Mapped[str | None] = text(_("Message-ID"), length=300, unique=True, readonly=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Those of the actor's queues and cases."""
        from plugins.service.services import reach

        return reach.mail_legs(permission, actor)
