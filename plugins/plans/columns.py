"""What steps wait for, in their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plugin_api.context import gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugin_api.views import ExtraColumn, ViewExtension
from plugins.plans import display
from plugins.plans.access import READ
from plugins.plans.services import steps


def held_up(ids: Sequence[int]) -> Mapping[int, Fact]:
    """Steps that what they wait for makes late. A few statements."""
    found = steps.threatened(ids)
    return {
        id_: Fact(label="", value=gettext("held up, %(late)s", late=display.late(days)))
        for id_, days in found.items()
    }


EXTENSIONS = (
    ViewExtension(
        model="plans.Step", after="due", permission=READ,
        columns=(
            ExtraColumn(name="held_up", label=_("Held up"), load=held_up, numeric=False),
        ),
    ),
)  # fmt: skip
