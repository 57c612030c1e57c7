"""Figures about leads."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.measures.facts import Facts
from plugins.crm.models import Lead
from plugins.crm.models.leads import STATUSES

DIMENSIONS = {
    "status": Dimension(
        label=_("Status"), labels={choice.value: choice.label for choice in STATUSES}
    ),
    "source": Dimension(label=_("Source")),
    "campaign": Dimension(label=_("Campaign")),
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
    "product": Dimension(label=_("Product"), target="catalog.Product"),
}


def _facts(on: Any, *where: sa.ColumnElement[bool]) -> Facts:
    def facts() -> sa.Select[Any]:
        return sa.select(
            on.label("on"),
            sa.literal_column("1", type_=sa.Integer()).label("value"),
            Lead.owner_id.label("user_id"),
            Lead.id.label("record_id"),
            Lead.status.label("status"),
            Lead.source.label("source"),
            Lead.campaign.label("campaign"),
            Lead.industry.label("industry"),
            Lead.country.label("country"),
            Lead.product_id.label("product"),
        ).where(Lead.archived.is_(False), *where)

    return facts


def _measure(name: str, label: Any, facts: Facts, description: Any) -> Measure:
    return Measure(
        key=f"crm.{name}", label=label, unit="count", model="crm.Lead", facts=facts,
        dimensions=DIMENSIONS, description=description,
    )  # fmt: skip


_converted = Lead.status == "converted"

MEASURES = (
    _measure(
        "leads_created",
        _("Leads created"),
        _facts(Lead.created_on),
        _("Leads by the day of creation, whatever became of them."),
    ),
    _measure(
        "leads_converted",
        _("Leads converted"),
        _facts(Lead.converted_on, _converted),
        _("Leads that became an opportunity, by the day of that."),
    ),
    _measure(
        "leads_created_converted",
        _("Leads created and converted since"),
        _facts(Lead.created_on, _converted),
        _("Leads by the day of creation that have become an opportunity by now."),
    ),
    Ratio(
        key="crm.lead_conversion",
        label=_("Lead conversion"),
        unit="ratio",
        numerator="crm.leads_created_converted",
        denominator="crm.leads_created",
        description=_("Converted by now, of the leads created in the period."),
    ),
)
