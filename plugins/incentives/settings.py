"""How a company pays."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

SETTINGS = (
    Setting(
        key="incentives.answer_days",
        label=_("Disputes are answered within (working days)"),
        kind="integer", default=5, minimum=1, maximum=60,
    ),
)  # fmt: skip
