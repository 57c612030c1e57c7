"""Steps that are planned again and again, with days counted from a first one."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.plans.models.steps import REPEATS, RISKS

WHO = (
    Choice(value="owner", label=_("Whoever has the objective")),
    Choice(value="manager", label=_("Their manager")),
    Choice(value="role", label=_("Somebody with a role")),
)


class Template(CompanyModel):
    """A plan to begin with: steps, by whom, and on which day after the first."""

    __tablename__ = "plans_template"
    __collection__ = "templates"
    __label__ = _("Template of a plan")
    __label_plural__ = _("Templates of plans")
    __aside__ = ("archived", True)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    description: Mapped[str | None] = longtext(_("Description"))
    archived: Mapped[bool] = boolean(_("Archived"))


class TemplateStep(CompanyModel):
    """One of its steps. Day 1 is the first day; ``share`` is of the gap of the objective."""

    __tablename__ = "plans_template_step"
    __collection__ = "template-steps"
    __label__ = _("Step of a template")
    __label_plural__ = _("Steps of templates")
    __find_by__ = ()
    __parent__ = "template_id"
    __table_args__ = (sa.Index(None, "company_id", "template_id", "start_day"),)

    template_id: Mapped[int] = reference(
        "plans.Template", _("Template of a plan"), on_delete="cascade"
    )
    name: Mapped[str] = text(_("What is to be done"))
    start_day: Mapped[int] = integer(
        _("From day"), default=1, minimum=1, maximum=3650, help=_("1 is the first day.")
    )
    due_day: Mapped[int] = integer(_("Up to day"), default=1, minimum=1, maximum=3650)
    work_days: Mapped[bool] = boolean(
        _("Count working days"), default=True, help=_("Off: days of the calendar.")
    )
    who: Mapped[str] = choice(_("By whom"), WHO, default="owner")
    role_id: Mapped[int | None] = reference("core.Role", _("Role"))
    after_id: Mapped[int | None] = reference(
        "plans.TemplateStep", _("Waits for"), narrow={"template": "template"}
    )
    share: Mapped[Decimal | None] = percent(_("Brings of the gap (%)"), minimum=0, maximum=1000)
    milestone: Mapped[bool] = boolean(_("Milestone"))
    risk: Mapped[str | None] = choice(_("Risk"), RISKS)
    budget: Mapped[int | None] = money(_("Budget"))
    resources: Mapped[str | None] = text(_("Resources"), length=500)
    repeat: Mapped[str | None] = choice(_("Repeats"), REPEATS)
    details: Mapped[str | None] = longtext(_("Details"))
