"""What a company asks for: a next step in some stages, contact every so many days."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import CompanyModel, boolean, choice, integer, text
from plugins.activities.services.subjects import choices as subjects


class StepRule(CompanyModel):
    """Records that fulfil the condition have something planned, or do not come to do so."""

    __tablename__ = "activities_step_rule"
    __collection__ = "step-rules"
    __label__ = _("Next step rule")
    __label_plural__ = _("Next step rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    about_model: Mapped[str] = choice(_("For"), subjects)
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    refuses: Mapped[bool] = boolean(
        _("Refuse without"),
        default=True,
        help=_("On: no record comes to fulfil it without a next step. Off: it is only listed."),
    )
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class ContactRule(CompanyModel):
    """Records that fulfil the condition want contact every so many days; where several rules
    hold for one, the strictest does."""

    __tablename__ = "activities_contact_rule"
    __collection__ = "contact-rules"
    __label__ = _("Follow-up rule")
    __label_plural__ = _("Follow-up rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    about_model: Mapped[str] = choice(_("For"), subjects)
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    every_days: Mapped[int] = integer(_("Contact every (days)"), minimum=1, maximum=3650)
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
