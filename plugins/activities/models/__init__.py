"""Everything that is kept of activities, in the order in which it points to each other."""

from plugins.activities.models.activities import Activity, Link, Participant
from plugins.activities.models.kinds import Kind, Question
from plugins.activities.models.people import Preference
from plugins.activities.models.plans import Plan, PlanStep
from plugins.activities.models.rules import ContactRule, StepRule
from plugins.activities.models.visits import Answer, Check, Place

ALL = (
    Kind,
    Question,
    Activity,
    Participant,
    Link,
    Check,
    Answer,
    Place,
    StepRule,
    ContactRule,
    Plan,
    PlanStep,
    Preference,
)

__all__ = [
    "ALL",
    "Activity",
    "Answer",
    "Check",
    "ContactRule",
    "Kind",
    "Link",
    "Participant",
    "Place",
    "Plan",
    "PlanStep",
    "Preference",
    "Question",
    "StepRule",
]
