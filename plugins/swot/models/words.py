"""The choices of analyses, items, pairs and options."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice

KINDS = (
    Choice(value="company", label=_("Our company")),
    Choice(value="product", label=lazy_pgettext("swot", "Product")),
    Choice(value="territory", label=lazy_pgettext("swot", "Territory")),
    Choice(value="competitor", label=_("Competitor")),
)
STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="collecting", label=_("Silent collection"), tone="info"),
    Choice(value="voting", label=lazy_pgettext("swot", "Voting"), tone="info"),
    Choice(value="finished", label=lazy_pgettext("swot", "Finished"), tone="good"),
)
QUADRANTS = (
    Choice(value="strength", label=lazy_pgettext("swot", "Strength"), tone="good"),
    Choice(value="weakness", label=lazy_pgettext("swot", "Weakness"), tone="warn"),
    Choice(value="opportunity", label=lazy_pgettext("swot", "Opportunity"), tone="info"),
    Choice(value="threat", label=lazy_pgettext("swot", "Threat"), tone="bad"),
)
MANY = {
    "strength": lazy_pgettext("swot", "Strengths"),
    "weakness": lazy_pgettext("swot", "Weaknesses"),
    "opportunity": lazy_pgettext("swot", "Opportunities"),
    "threat": lazy_pgettext("swot", "Threats"),
}
"""The quadrants as headings, in the order in which they are drawn two by two."""
FACTORS = (
    Choice(value="product", label=lazy_pgettext("factor", "Product")),
    Choice(value="price", label=lazy_pgettext("factor", "Price")),
    Choice(value="service", label=lazy_pgettext("factor", "Service")),
    Choice(value="brand", label=lazy_pgettext("factor", "Brand")),
    Choice(value="channel", label=lazy_pgettext("factor", "Channel")),
    Choice(value="people", label=lazy_pgettext("factor", "People")),
    Choice(value="technology", label=lazy_pgettext("factor", "Technology")),
    Choice(value="finance", label=lazy_pgettext("factor", "Finance")),
    Choice(value="demand", label=lazy_pgettext("factor", "Demand")),
    Choice(value="rivals", label=lazy_pgettext("factor", "Rivals")),
    Choice(value="law", label=lazy_pgettext("factor", "Law and policy")),
    Choice(value="economy", label=lazy_pgettext("factor", "Economy")),
)
ITEM_STATES = (
    Choice(value="kept", label=lazy_pgettext("swot", "In use"), tone="good"),
    Choice(value="merged", label=lazy_pgettext("swot", "Merged")),
    Choice(value="dropped", label=lazy_pgettext("swot", "Dropped")),
)
PROOFS = (
    Choice(value="measure", label=lazy_pgettext("swot", "A figure")),
    Choice(value="record", label=lazy_pgettext("swot", "A record")),
    Choice(value="note", label=lazy_pgettext("swot", "A note with its source")),
)
POSTURES = (
    Choice(value="SO", label=lazy_pgettext("swot", "SO: use"), tone="good"),
    Choice(value="ST", label=lazy_pgettext("swot", "ST: defend"), tone="info"),
    Choice(value="WO", label=lazy_pgettext("swot", "WO: repair"), tone="warn"),
    Choice(value="WT", label=lazy_pgettext("swot", "WT: retreat"), tone="bad"),
)
FITS = (
    Choice(value="0", label=lazy_pgettext("swot", "0 – does not fit")),
    Choice(value="1", label=lazy_pgettext("swot", "1 – a little")),
    Choice(value="2", label=lazy_pgettext("swot", "2 – well")),
    Choice(value="3", label=lazy_pgettext("swot", "3 – exactly")),
)
OPTION_STATES = (
    Choice(value="proposed", label=lazy_pgettext("swot", "Proposed")),
    Choice(value="chosen", label=lazy_pgettext("swot", "Chosen"), tone="good"),
    Choice(value="dropped", label=lazy_pgettext("swot", "Dropped")),
)
