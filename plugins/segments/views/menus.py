"""The side menu."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugins.segments.access import EFFORT

MENUS = (
    MenuItem(id="overview", label=lazy_pgettext("records", "Segments"),
             endpoint="segments.overview", permission="segments.Segment.read", order=5,
             icon="pie-chart"),
    MenuItem(id="rfm", label=_("Recency, frequency, money"), endpoint="segments.rfm",
             permission="segments.Score.read", order=7, icon="grid-3x3-gap"),
    MenuItem(id="moves", label=_("Who moved where"), endpoint="segments.moves",
             permission="segments.Segment.read", order=8, icon="arrow-left-right"),
    MenuItem(id="standings", label=_("Graded accounts"), model="segments.Standing", order=10,
             icon="award"),
    MenuItem(id="personas", label=_("Personas measured"), endpoint="segments.personas",
             permission="segments.Persona.read", order=20, icon="person-vcard"),
    MenuItem(id="health", label=_("Health of accounts"), model="segments.Health", order=30,
             icon="heart-pulse"),
    MenuItem(id="effort", label=_("Effort against value"), endpoint="segments.effort",
             permission=EFFORT, order=40, icon="bullseye"),
    MenuItem(id="overrides", label=_("Overrides of grades"), model="segments.Override", order=50,
             icon="hand-index"),
    MenuItem(id="policies", label=_("Policies for grades"), model="segments.Policy", order=60,
             icon="card-checklist"),
    MenuItem(id="segments", label=lazy_pgettext("setup", "Segments"), model="segments.Segment",
             permission="segments.Segment.update", order=79, icon="gear"),
    MenuItem(id="persona_setup", label=_("Personas"), model="segments.Persona",
             permission="segments.Persona.update", order=78, icon="gear"),
    MenuItem(id="factors", label=_("Factors of health"), model="segments.Factor",
             permission="segments.Factor.update", order=81, icon="gear"),
    MenuItem(id="gradings", label=_("Gradings"), model="segments.Grading",
             permission="segments.Grading.update", order=80, icon="gear"),
)  # fmt: skip
