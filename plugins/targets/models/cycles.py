"""The span for which targets are agreed, and how it is cut into periods."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    instant,
    longtext,
    reference,
    text,
)

GRAINS = (
    Choice(value="month", label=_("Month")),
    Choice(value="quarter", label=_("Quarter")),
    Choice(value="half", label=_("Half-year")),
    Choice(value="year", label=_("Year")),
    Choice(value="custom", label=_("Custom")),
)
STATES = (
    Choice(value="open", label=lazy_pgettext("cycle", "Open"), tone="info"),
    Choice(value="closed", label=lazy_pgettext("cycle", "Closed")),
)


class TargetCycle(CompanyModel):
    """A span of days for which targets are agreed: a fiscal year, a half, a campaign.

    ``grain`` says how it is cut; for ``custom`` ``cuts`` holds the first day of each period, as
    ISO dates, and a period lasts until the day before the next. ``closed_to`` is the last day
    that is closed; the cycle is closed when that is its end.
    """

    __tablename__ = "targets_target_cycle"
    __collection__ = "cycles"
    __label__ = _("Target cycle")
    __label_plural__ = _("Target cycles")

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    start: Mapped[dt.date] = date(_("Start"), indexed=True)
    end: Mapped[dt.date] = date(_("End"), help=_("The last day that counts."))
    grain: Mapped[str] = choice(_("Periods"), GRAINS, default="quarter")
    cuts: Mapped[str | None] = longtext(
        _("Periods begin on"),
        help=_("For custom periods: the first day of each, such as 2011-05-31, 2011-08-31."),
    )
    state: Mapped[str] = choice(_("State"), STATES, default="open", readonly=True)
    closed_to: Mapped[dt.date | None] = date(
        _("Close up to"), help=_("The last day that is closed. Empty: the whole cycle.")
    )
    closed_at: Mapped[dt.datetime | None] = instant(_("Closed at"), readonly=True)
    closed_by_id: Mapped[int | None] = reference("core.User", _("Closed by"), readonly=True)
    reopen_reason: Mapped[str | None] = longtext(_("Reason for reopening"))
