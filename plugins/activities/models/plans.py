"""Several activities that are planned at once."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import CompanyModel, boolean, choice, integer, longtext, reference, text
from plugins.activities.models.activities import PRIORITIES
from plugins.activities.services.subjects import choices as subjects


class Plan(CompanyModel):
    """A template of activities, for a new customer or after an order."""

    __tablename__ = "activities_plan"
    __collection__ = "plans"
    __label__ = _("Plan")
    __label_plural__ = _("Plans")
    __aside__ = ("archived", True)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    about_model: Mapped[str | None] = choice(
        _("For"), subjects, help=_("Empty: for records of every kind.")
    )
    description: Mapped[str | None] = longtext(_("Description"))
    archived: Mapped[bool] = boolean(_("Archived"))


class PlanStep(CompanyModel):
    """One of its activities, so many days after the plan begins; the first day is day 1."""

    __tablename__ = "activities_plan_step"
    __collection__ = "plan-steps"
    __label__ = _("Step of a plan")
    __label_plural__ = _("Steps of plans")
    __title__ = "subject"
    __find_by__ = ()
    __search__ = ("subject",)
    __parent__ = "plan_id"

    plan_id: Mapped[int] = reference("activities.Plan", _("Plan"), on_delete="cascade")
    day: Mapped[int] = integer(_("Day"), minimum=1, maximum=3650, help=_("1 is the first day."))
    work_days: Mapped[bool] = boolean(
        _("Count working days"), default=True, help=_("Off: days of the calendar.")
    )
    kind_id: Mapped[int] = reference("activities.Kind", _("Kind"))
    subject: Mapped[str] = text(_("Headline"))
    priority: Mapped[str] = choice(_("Priority"), PRIORITIES, default="normal")
    details: Mapped[str | None] = longtext(_("Details"))
