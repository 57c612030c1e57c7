"""Rules that ask for approval, what was asked, and who decides."""

from plugins.approvals.models.requests import Decision, Request
from plugins.approvals.models.rules import Rule, Step

ALL = (Rule, Step, Request, Decision)

__all__ = ["ALL", "Decision", "Request", "Rule", "Step"]
