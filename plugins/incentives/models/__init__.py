"""Plans of pay, and what is paid by them."""

from plugins.incentives.models.pay import (
    Adjustment,
    Dispute,
    Entry,
    Payout,
    Statement,
)
from plugins.incentives.models.plans import Component, Participant, Plan, Step, Version
from plugins.incentives.models.verdicts import Verdict

ALL = (
    Plan, Version, Component, Step, Participant, Payout, Statement, Entry, Adjustment, Dispute,
    Verdict,
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
    "Statement",
    "Step",
    "Verdict",
    "Version",
]
