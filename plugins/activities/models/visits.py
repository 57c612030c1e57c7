"""Where somebody was, what was asked there, and where records are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    decimal,
    instant,
    integer,
    longtext,
    reference,
    text,
)

WAYS = (
    Choice(value="in", label=_("Check-in"), tone="info"),
    Choice(value="out", label=_("Check-out"), tone="good"),
)
WITHOUT = (
    Choice(value="denied", label=_("Not allowed by the person"), tone="warn"),
    Choice(value="unavailable", label=_("Not found by the device"), tone="warn"),
    Choice(value="timeout", label=_("Not found in time"), tone="warn"),
    Choice(value="unsupported", label=_("Not sent by the browser"), tone="warn"),
)
LOOKS = ("read", "export")


class Check(CompanyModel):
    """Arriving at or leaving a visit. Without a position it says why there is none.

    ``accuracy`` and ``distance`` are metres; the distance is that from the known position of what
    the visit is about, as exact as both positions are.
    """

    __tablename__ = "activities_check"
    __collection__ = "checks"
    __label__ = _("Check-in")
    __label_plural__ = _("Check-ins and check-outs")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "activity_id"
    __actions__ = LOOKS
    __table_args__ = (sa.UniqueConstraint("company_id", "activity_id", "key"),)

    activity_id: Mapped[int] = reference(
        "activities.Activity", lazy_pgettext("activity", "Activity"), on_delete="cascade"
    )
    way: Mapped[str] = choice(_("What"), WAYS)
    at: Mapped[dt.datetime] = instant(_("When"), help=_("By the clock of the device."))
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    latitude: Mapped[Decimal | None] = decimal(_("Latitude"), scale=6)
    longitude: Mapped[Decimal | None] = decimal(_("Longitude"), scale=6)
    accuracy: Mapped[int | None] = integer(_("Accuracy (m)"))
    distance: Mapped[int | None] = integer(_("Distance (m)"))
    distance_accuracy: Mapped[int | None] = integer(_("Accuracy of the distance (m)"))
    without: Mapped[str | None] = choice(_("Without position"), WITHOUT)
    received_at: Mapped[dt.datetime] = instant(_("Received"))
    key: Mapped[str] = mapped_column(sa.String(40))
    """Made by the device: what it sends twice is kept once."""


class Answer(CompanyModel):
    """What was answered to a question, with the question as it was asked."""

    __tablename__ = "activities_answer"
    __collection__ = "answers"
    __label__ = _("Answer given")
    __label_plural__ = _("Answers")
    __title__ = "question"
    __find_by__ = ()
    __search__ = ("question", "value")
    __parent__ = "activity_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "activity_id", "asked_id"),)

    activity_id: Mapped[int] = reference(
        "activities.Activity", lazy_pgettext("activity", "Activity"), on_delete="cascade"
    )
    asked_id: Mapped[int | None] = reference("activities.Question", _("Question"))
    question: Mapped[str] = text(_("Question as asked"), length=300)
    value: Mapped[str | None] = longtext(_("Answer given"))


class Place(CompanyModel):
    """Where a record is, as somebody who was there has said."""

    __tablename__ = "activities_place"
    __label__ = _("Known position")
    __label_plural__ = _("Known positions")
    __title__ = "id"
    __table_args__ = (sa.UniqueConstraint("company_id", "model", "record_id"),)

    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    latitude: Mapped[Decimal] = decimal(_("Latitude"), scale=6)
    longitude: Mapped[Decimal] = decimal(_("Longitude"), scale=6)
    accuracy: Mapped[int] = integer(_("Accuracy (m)"))
