"""Where opportunities have been, and when they were to close. Written by the CRM alone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, date, instant, integer, reference


class StageChange(CompanyModel):
    """A stay of an opportunity in a stage; ``left_at`` is empty while it lasts."""

    __tablename__ = "crm_stage_change"
    __collection__ = "stage-changes"
    __label__ = _("Stage change")
    __label_plural__ = _("Stage changes")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "opportunity_id"
    __actions__ = ("read", "export")

    opportunity_id: Mapped[int] = reference(
        "crm.Opportunity", _("Opportunity"), on_delete="cascade", readonly=True
    )
    from_stage_id: Mapped[int | None] = reference("crm.Stage", _("From stage"), readonly=True)
    stage_id: Mapped[int] = reference("crm.Stage", _("Stage"), readonly=True)
    entered_at: Mapped[dt.datetime] = instant(_("Entered"), readonly=True)
    left_at: Mapped[dt.datetime | None] = instant(_("Left"), readonly=True)
    days: Mapped[int | None] = integer(
        _("Days"), readonly=True, help=_("Whole days spent in the stage.")
    )
    user_id: Mapped[int | None] = reference("core.User", _("Moved by"), readonly=True)


class CloseDateChange(CompanyModel):
    """An opportunity's expected close was moved."""

    __tablename__ = "crm_close_date_change"
    __collection__ = "close-date-changes"
    __label__ = _("Change of the close date")
    __label_plural__ = _("Changes of the close date")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "opportunity_id"
    __actions__ = ("read", "export")

    opportunity_id: Mapped[int] = reference(
        "crm.Opportunity", _("Opportunity"), on_delete="cascade", readonly=True
    )
    old_date: Mapped[dt.date | None] = date(_("Date before"), readonly=True)
    new_date: Mapped[dt.date | None] = date(_("Date since"), readonly=True)
    days: Mapped[int | None] = integer(
        _("Days"), readonly=True, help=_("How much later; negative: earlier.")
    )
    changed_at: Mapped[dt.datetime] = instant(_("Changed at"), readonly=True)
    user_id: Mapped[int | None] = reference("core.User", _("Changed by"), readonly=True)
