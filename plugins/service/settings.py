"""When solved cases are closed."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

CLOSE_DAYS = "service.close_days"

SETTINGS = (
    Setting(
        key=CLOSE_DAYS, label=_("Close solved cases after days"), kind="integer", default=7,
        minimum=0, maximum=3650, help=_("Unless the customer comes back; 0: never by itself."),
    ),
)  # fmt: skip
