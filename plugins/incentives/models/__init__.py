"""Plans of pay, and what is paid by them."""

from plugins.incentives.models.pay import (
    Adjustment,
    Dispute,
    Entry,
    Payout,
    Statement,
)
from plugins.incentives.models.plans import Component, Participant, Plan, Rate, Step, Version
from plugins.incentives.models.verdicts import Verdict

ALL = (
    Plan, Version, Component, Step, Rate, Participant, Payout, Statement, Entry, Adjustment,
    Dispute, Verdict,
)  # fmt: skip

__all__ = [
    "ALL",
    "Adjustment",
    "Component",
    "Dispute",
    "Entry",
    "Participant",
    "Payout",
    "Plan",
    "Rate",
    "Statement",
    "Step",
    "Verdict",
    "Version",
]
