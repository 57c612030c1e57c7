"""Who reaches records besides their owners for a time: deputies, and whom one is shared with."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice, CompanyModel, choice, date, integer, reference, text

LEVELS = (
    Choice(value="read", label=_("Read")),
    Choice(value="edit", label=_("Read and change")),
)


class Absence(CompanyModel):
    """Days on which somebody is away, and who works with their records meanwhile."""

    __tablename__ = "core_absence"
    __collection__ = "absences"
    __label__ = _("Absence")
    __label_plural__ = _("Absences")
    __owner__ = "user_id"
    __personal__ = True
    __raises_revision__ = True
    __table_args__ = (sa.Index(None, "company_id", "last_day"),)

    name: Mapped[str] = text(_("Who and when"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    deputy_id: Mapped[int] = reference(
        "core.User", _("Deputy"), on_delete="cascade",
        help=_("Works with the person's own records on these days, with the deputy's own "
               "permissions, and gets the notifications too."),
    )  # fmt: skip
    first_day: Mapped[dt.date] = date(_("First day"))
    last_day: Mapped[dt.date] = date(_("Last day"))
    note: Mapped[str | None] = text(_("Note"), help=_("Everybody in the company can read it."))


class Share(CompanyModel):
    """A record that a person, or a team, may reach though it belongs to somebody else."""

    __tablename__ = "core_share"
    __label__ = _("Share of a record")
    __label_plural__ = _("Shares of records")
    __title__ = "model"
    __raises_revision__ = True
    __about__ = ("model", "record_id")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "model", "record_id", "user_id", "team_id"),
        sa.Index(None, "company_id", "user_id", "model", "record_id"),
        sa.Index(None, "company_id", "team_id", "model", "record_id"),
    )

    model: Mapped[str] = text(_("Records"), length=100)
    record_id: Mapped[int] = integer(_("Number"))
    user_id: Mapped[int | None] = reference("core.User", _("Person"), on_delete="cascade")
    team_id: Mapped[int | None] = reference("core.Team", _("Team"), on_delete="cascade")
    level: Mapped[str] = choice(_("Right"), LEVELS, default="read")
    until: Mapped[dt.date | None] = date(_("Until"), help=_("The last day; empty: until revoked."))


MODELS = (Absence, Share)
