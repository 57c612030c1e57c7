"""How strictly a company keeps its opportunities."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

LOSS_REASON_REQUIRED = "crm.loss_reason_required"

SETTINGS = (
    Setting(
        key=LOSS_REASON_REQUIRED,
        label=_("Ask why an opportunity is lost"),
        kind="boolean",
        default=False,
        help=_(
            "On: nobody can lose an opportunity without a loss reason. What was lost before it"
            " is entered or imported needs none."
        ),
    ),
)
