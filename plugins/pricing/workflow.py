"""How promotions are started and stopped."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.pricing.access import START
from plugins.pricing.services import promotions

WORKFLOWS = (
    Workflow(
        model="pricing.Promotion",
        field="state",
        transitions=(
            Transition(
                name="start", label=lazy_pgettext("promotion", "Start"),
                from_=("draft", "stopped"), to="running", permission=START,
                check=promotions.check_start, tone="good",
            ),
            Transition(
                name="stop", label=lazy_pgettext("promotion", "Stop"), from_=("running",),
                to="stopped", permission=START,
            ),
            Transition(name="draft", label=_("Back to draft"), from_=("stopped",), to="draft"),
        ),
    ),
)  # fmt: skip
