"""Targets that look out of reach, or were set too low: told once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice, CompanyModel, choice, date, percent, reference

MARKS = (
    Choice(value="out_of_reach", label=_("Out of reach"), tone="bad"),
    Choice(value="trivial", label=_("Set too low?"), tone="info"),
)


class TargetAlert(CompanyModel):
    """A target of which the night's run said so, and since when; a target is told of once for
    each mark. ``chance`` is the better of the two chances at that time."""

    __tablename__ = "targets_target_alert"
    __collection__ = "alerts"
    __label__ = _("Alert of a target")
    __label_plural__ = _("Alerts of targets")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "target_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "target_id", "mark"),)

    target_id: Mapped[int] = reference("targets.Target", _("Target"), on_delete="cascade")
    mark: Mapped[str] = choice(lazy_pgettext("target", "Mark"), MARKS)
    chance: Mapped[Decimal | None] = percent(_("Chance"))
    on: Mapped[dt.date] = date(_("Day"))
