"""Figures about whom one knows where something is to be sold."""

from __future__ import annotations

from typing import Any

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Measure
from plugins.crm.measures.facts import DIMENSIONS, counted
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use
from plugins.crm.services.coverage import with_few_people, without_decider


def _measure(name: str, label: Any, condition: Any, description: Any) -> Measure:
    return Measure(
        key=f"crm.{name}", label=label, unit="count", model="crm.Opportunity",
        facts=counted(Opportunity.expected_close, in_use(), condition), dimensions=DIMENSIONS,
        snapshot=True, direction="down", description=description,
    )  # fmt: skip


MEASURES = (
    _measure(
        "open_without_decider",
        _("Open without a decision maker"),
        without_decider(),
        _("Open opportunities of which nobody is known who decides on the purchase."),
    ),
    _measure(
        "open_single_contact",
        _("Open with one contact at most"),
        with_few_people(),
        _("Open opportunities that hang on one person, or on nobody."),
    ),
)
