"""Values that several models share."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice

AREAS = (
    Choice(value="product", label=_("Product knowledge")),
    Choice(value="selling", label=_("Sales skills")),
    Choice(value="talking", label=_("Customer communication")),
    Choice(value="service", label=lazy_pgettext("training", "Service")),
    Choice(value="tools", label=_("Sales tools")),
    Choice(value="analysis", label=_("Data analysis")),
    Choice(value="online", label=_("Online marketing")),
    Choice(value="other", label=lazy_pgettext("training", "Other")),
)
"""What training is about."""
