"""Who asks, who decides and who makes the rules."""

from __future__ import annotations

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

ASK = "approvals.Request.create"
READ = "approvals.Decision.read"


def _part(role: str, requests: Scope, *more: str) -> RoleGrants:
    """Everybody asks, and decides what they are asked."""
    return RoleGrants(
        role=role,
        grants={
            "approvals.Request.read": requests,
            "approvals.Decision.read": requests,
            "approvals.Request.create": "own",
            "approvals.Request.update": "own",
            "approvals.Decision.update": "own",
            "approvals.Rule.read": "company",
            "approvals.Step.read": "company",
            **dict.fromkeys(more, requests),
        },
    )


EXPORT = ("approvals.Request.export", "approvals.Decision.export")

ROLES = (
    _part("rep", "own"),
    _part("manager", "subtree", *EXPORT),
    _part("finance", "company", *EXPORT),
    _part("analyst", "company", *EXPORT),
    RoleGrants(
        role="auditor",
        grants={
            f"approvals.{model}.{action}": "company"
            for model in ("Request", "Decision", "Rule", "Step")
            for action in ("read", "export")
        },
    ),
)
