"""Every figure that was on the table for a target."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    reference,
)

KINDS = (
    Choice(value="proposed", label=lazy_pgettext("target", "Proposed"), tone="info"),
    Choice(value="accepted", label=lazy_pgettext("target", "Accepted"), tone="good"),
    Choice(value="countered", label=lazy_pgettext("target", "Counter-proposal"), tone="warn"),
    Choice(value="confirmed", label=lazy_pgettext("target", "Confirmed"), tone="good"),
    Choice(value="revised", label=lazy_pgettext("target", "Revised"), tone="warn"),
)


class TargetVersion(CompanyModel):
    """A figure that was put on the table for a target, or came into force; only added to.

    ``number`` is 0 until the target is confirmed, 0 for the figure confirmed first, and counts
    its revisions from 1. ``value`` is in units that people read: major units of money, percent.
    """

    __tablename__ = "targets_target_version"
    __collection__ = "versions"
    __label__ = _("Version of a target")
    __label_plural__ = _("Versions of targets")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __parent__ = "target_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "target_id", "at"),)

    target_id: Mapped[int] = reference("targets.Target", _("Target"), on_delete="cascade")
    kind: Mapped[str] = choice(_("What"), KINDS)
    number: Mapped[int] = integer(lazy_pgettext("target", "Version"), default=0)
    value: Mapped[Decimal] = decimal(_("Figure"))
    before: Mapped[Decimal | None] = decimal(_("Figure before"))
    reason: Mapped[str | None] = longtext(_("Reason"))
    on: Mapped[dt.date] = date(_("Day"))
    at: Mapped[dt.datetime] = instant(_("At"))
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("target", "By"))
