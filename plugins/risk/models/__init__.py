"""Risks, what is done about them, and what watches for them."""

from plugin_api.models import Base
from plugins.risk.models.parts import Action, Control, ControlTest, Cover, Response
from plugins.risk.models.risks import Appetite, Risk, Score
from plugins.risk.models.watching import Incident, Indicator, Reading, Rule, Sighting

ALL: tuple[type[Base], ...] = (
    Risk, Score, Appetite, Control, Cover, ControlTest, Response, Action, Rule, Sighting, Indicator,
    Reading, Incident,
)  # fmt: skip

__all__ = [
    "ALL",
    "Action",
    "Appetite",
    "Control",
    "ControlTest",
    "Cover",
    "Incident",
    "Indicator",
    "Reading",
    "Response",
    "Risk",
    "Rule",
    "Score",
    "Sighting",
]
