"""Strategies, objectives, steps, what they begin with, and reports."""

from plugin_api.models import Base
from plugins.plans.models.objectives import Objective
from plugins.plans.models.reports import Report
from plugins.plans.models.steps import CarryOver, Dependency, Step
from plugins.plans.models.strategies import Decision, Link, Strategy
from plugins.plans.models.templates import Template, TemplateStep

ALL: tuple[type[Base], ...] = (
    Strategy, Link, Decision, Objective, Step, Dependency, CarryOver, Template, TemplateStep,
    Report,
)  # fmt: skip

__all__ = [
    "ALL",
    "CarryOver",
    "Decision",
    "Dependency",
    "Link",
    "Objective",
    "Report",
    "Step",
    "Strategy",
    "Template",
    "TemplateStep",
]
