"""What a period came to when it was closed; only added to."""

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
    measure,
    percent,
    reference,
    text,
)
from plugins.targets.models.targets import LEVELS, STATES

CLOSING_STATES = (
    Choice(value="running", label=lazy_pgettext("closing", "Running"), tone="warn"),
    Choice(value="closed", label=lazy_pgettext("closing", "Closed"), tone="good"),
    Choice(value="reopened", label=lazy_pgettext("closing", "Reopened"), tone="warn"),
)


class Closing(CompanyModel):
    """A closing of a cycle's days from ``start`` to ``end``, both included. One that was reopened
    stays, with its snapshot; closing again makes another."""

    __tablename__ = "targets_closing"
    __collection__ = "closings"
    __label__ = lazy_pgettext("target", "Closing")
    __label_plural__ = lazy_pgettext("target", "Closings")
    __find_by__ = ("name",)
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "cycle_id", "end"),)

    name: Mapped[str] = text(_("Period"), length=300, readonly=True)
    cycle_id: Mapped[int] = reference("targets.TargetCycle", _("Target cycle"))
    start: Mapped[dt.date] = date(_("Start"))
    end: Mapped[dt.date] = date(_("End"))
    state: Mapped[str] = choice(_("State"), CLOSING_STATES, default="closed", readonly=True)
    targets: Mapped[int] = integer(_("Number of targets"), default=0)
    at: Mapped[dt.datetime] = instant(_("Closed at"))
    by_id: Mapped[int | None] = reference("core.User", _("Closed by"))
    reopened_at: Mapped[dt.datetime | None] = instant(_("Reopened at"))
    reopened_by_id: Mapped[int | None] = reference("core.User", _("Reopened by"))
    reason: Mapped[str | None] = longtext(_("Reason for reopening"))


class Snapshot(CompanyModel):
    """A target as it was when its period was closed. Figures are in units that people read, money
    in the company's currency; ``actual`` and ``attainment`` are empty where the measure was not
    available or had nothing to divide by."""

    __tablename__ = "targets_snapshot"
    __collection__ = "snapshots"
    __label__ = lazy_pgettext("target", "Snapshot")
    __label_plural__ = lazy_pgettext("target", "Snapshots")
    __find_by__ = ()
    __search__ = ("name",)
    __owner__ = "owner_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "closing_id", "target_id"),
        sa.Index(None, "company_id", "measure", "start"),
    )

    name: Mapped[str] = text(_("Target"), length=300)
    closing_id: Mapped[int] = reference("targets.Closing", lazy_pgettext("target", "Closing"))
    target_id: Mapped[int] = reference("targets.Target", _("Target"))
    measure: Mapped[str] = measure(_("Measure"))
    level: Mapped[str] = choice(_("Level"), LEVELS)
    team_id: Mapped[int | None] = reference("core.Team", _("Team"))
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    owner_id: Mapped[int | None] = reference("core.User", _("Responsible"))
    start: Mapped[dt.date] = date(_("Start"))
    end: Mapped[dt.date] = date(_("End"))
    revision: Mapped[int] = integer(lazy_pgettext("target", "Version"), default=0)
    value: Mapped[Decimal] = decimal(_("Target"))
    """The whole target; ``quota`` is what of it was due, for who was there for a part."""
    quota: Mapped[Decimal] = decimal(lazy_pgettext("target", "Due"))
    original: Mapped[Decimal | None] = decimal(_("Original target"))
    actual: Mapped[Decimal | None] = decimal(lazy_pgettext("target", "Actual"))
    attainment: Mapped[Decimal | None] = percent(_("Attainment"), scale=4)
    weight: Mapped[Decimal] = percent(lazy_pgettext("target", "Weight"))
    was: Mapped[str] = choice(_("State before"), STATES)
