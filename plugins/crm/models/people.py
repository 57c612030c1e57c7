"""Who takes which part in a purchase."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice, CompanyModel, choice, reference, text

ROLES = (
    Choice(value="decider", label=_("Decision maker"), tone="good"),
    Choice(value="buyer", label=_("Holds the budget"), tone="good"),
    Choice(value="champion", label=_("Champion"), tone="info"),
    Choice(value="influencer", label=_("Influencer")),
    Choice(value="evaluator", label=_("Evaluates it")),
    Choice(value="user", label=_("Uses it")),
    Choice(value="gatekeeper", label=_("Gatekeeper")),
    Choice(value="blocker", label=_("Blocker"), tone="bad"),
    Choice(value="other", label=_("Other")),
)
INFLUENCES = (
    Choice(value="high", label=lazy_pgettext("influence", "High")),
    Choice(value="medium", label=lazy_pgettext("influence", "Medium")),
    Choice(value="low", label=lazy_pgettext("influence", "Low")),
)
ATTITUDES = (
    Choice(value="for", label=_("For us"), tone="good"),
    Choice(value="neutral", label=_("Neutral")),
    Choice(value="doubtful", label=_("Doubtful"), tone="warn"),
    Choice(value="against", label=_("Against us"), tone="bad"),
    Choice(value="unknown", label=_("Not known")),
)
DECIDES = ("decider", "buyer")
"""Roles of those without whom nothing is bought."""


class OpportunityContact(CompanyModel):
    """The part that somebody takes in an opportunity; a person takes one in each."""

    __tablename__ = "crm_opportunity_contact"
    __collection__ = "opportunity-contacts"
    __label__ = _("Contact role")
    __label_plural__ = _("Contact roles")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("note",)
    __parent__ = "opportunity_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "opportunity_id", "contact_id"),)

    opportunity_id: Mapped[int] = reference(
        "crm.Opportunity", _("Opportunity"), on_delete="cascade"
    )
    contact_id: Mapped[int] = reference("crm.Contact", _("Contact"), on_delete="cascade")
    role: Mapped[str] = choice(_("Role in the purchase"), ROLES, default="influencer")
    influence: Mapped[str] = choice(_("Influence"), INFLUENCES, default="medium")
    attitude: Mapped[str] = choice(_("Attitude"), ATTITUDES, default="unknown")
    note: Mapped[str | None] = text(_("Note"), length=500)
