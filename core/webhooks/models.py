"""Addresses that are told of changes, and what was sent to each."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.custom import offers
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    FieldInfo,
    UTCDateTime,
    boolean,
    choice,
    instant,
    integer,
    longtext,
    reference,
    text,
)

ACTIVE, OFF, DISABLED = "active", "off", "disabled"
STATES = (
    Choice(value=ACTIVE, label=_("Active"), tone="good"),
    Choice(value=OFF, label=_("Off"), tone="neutral"),
    Choice(value=DISABLED, label=_("Switched off after failures"), tone="bad"),
)
PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"
DELIVERIES = (
    Choice(value=PENDING, label=_("Waiting"), tone="info"),
    Choice(value=DELIVERED, label=_("Arrived"), tone="good"),
    Choice(value=FAILED, label=_("Failed"), tone="bad"),
)
SEES_ALL = "core.Webhook.update"
"""What was sent holds records as the webhook's person sees them, and addresses may hold the key of
a chat group: neither is for who may only read that there are webhooks."""
_PENDING = sa.text("state = 'pending'")


class Webhook(CompanyModel):
    """An address that is told of changes as ``user_id`` may see them: who registered it, or who
    last changed where it goes and what it tells."""

    __tablename__ = "core_webhook"
    __collection__ = "webhooks"
    __label__ = _("Webhook")
    __label_plural__ = _("Webhooks")
    __owner__ = "user_id"
    __personal__ = True
    __raises_revision__ = "webhooks"
    __actions__ = ("read", "create", "update", "delete")

    name: Mapped[str] = text(_("Name"), length=80)
    address: Mapped[str] = text(
        _("Address"), kind="url", length=500, unmask=SEES_ALL,
        help=_("Of a public server, beginning with https://. It gets a POST for each event."),
    )  # fmt: skip
    model: Mapped[str | None] = mapped_column(
        sa.String(100),
        info={
            "field": FieldInfo(
                kind="choice", label=_("Records"), choices=offers.targets,
                help=_("Empty: all of them."),
            )
        },
    )  # fmt: skip
    on_create: Mapped[bool] = boolean(_("When one is made"), default=True)
    on_update: Mapped[bool] = boolean(_("When one is changed"), default=True)
    on_transition: Mapped[bool] = boolean(_("When one moves on"), default=True)
    on_delete: Mapped[bool] = boolean(_("When one is deleted"), default=True)
    filter: Mapped[str | None] = text(
        _("Only those"), length=1000,
        help=_("As in the address of their list: city=Berlin&created_at__gte=2026-01-01"),
    )  # fmt: skip
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default=ACTIVE)
    reason: Mapped[str | None] = text(_("Why it is off"), length=300, readonly=True)
    failures: Mapped[int] = integer(_("Failures in a row"), readonly=True, default=0)
    user_id: Mapped[int | None] = reference(
        "core.User", _("Sees what they see"), readonly=True, on_delete="cascade"
    )
    secret: Mapped[str] = mapped_column(sa.Text(), default="")
    """Sealed; :mod:`core.identity.sealing` opens it."""
    old_secret: Mapped[str | None] = mapped_column(sa.Text())
    old_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    """Until then what is sent is signed with the old secret as well."""


class WebhookDelivery(CompanyModel):
    """A message for a webhook, written in the transaction of the change that it tells of."""

    __tablename__ = "core_webhook_delivery"
    __collection__ = "webhook_deliveries"
    __label__ = _("Sent message")
    __label_plural__ = _("Sent messages")
    __title__ = "message"
    __find_by__ = ("message",)
    __search__ = ()
    __parent__ = "webhook_id"
    __actions__ = ("read",)
    __table_args__ = (
        sa.Index(None, "company_id", "webhook_id", "id"),
        sa.Index(
            "ix_core_webhook_delivery_waiting", "company_id", "webhook_id", "due_at",
            sqlite_where=_PENDING, postgresql_where=_PENDING,
        ),
    )  # fmt: skip

    webhook_id: Mapped[int] = reference(
        "core.Webhook", _("Webhook"), readonly=True, on_delete="cascade"
    )
    message: Mapped[str] = text(_("Message"), length=40, readonly=True)
    """As ``webhook-id``; the same however often it is sent."""
    event: Mapped[str] = text(_("Event"), length=120, readonly=True)
    """As in ``<plugin>.<Model>.created``."""
    record_id: Mapped[int | None] = mapped_column(
        sa.BigInteger(), info={"field": FieldInfo(kind="integer", label=_("Number of the record"),
                                                  readonly=True)}
    )  # fmt: skip
    state: Mapped[str] = choice(_("State"), DELIVERIES, readonly=True, default=PENDING)
    attempts: Mapped[int] = integer(_("Attempts"), readonly=True, default=0)
    due_at: Mapped[datetime] = instant(_("Due"), readonly=True)
    sent_at: Mapped[datetime | None] = instant(_("Sent"), readonly=True)
    took: Mapped[int | None] = integer(_("Took (ms)"), readonly=True)
    status: Mapped[int | None] = integer(_("Status"), readonly=True)
    answer: Mapped[str | None] = longtext(_("Answer"), readonly=True, read=SEES_ALL)
    error: Mapped[str | None] = longtext(_("Error"), readonly=True)
    body: Mapped[str] = longtext(_("Sent text"), readonly=True, read=SEES_ALL)


MODELS = (Webhook, WebhookDelivery)
OWN = frozenset({"core.Webhook", "core.WebhookDelivery"})
"""Nobody is told of these: it would never end."""
