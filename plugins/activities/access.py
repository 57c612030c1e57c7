"""Who sees and changes which activities: one's own, those of the team below, or all."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

PARTS = ("Participant", "Answer")
SETUP = ("Kind", "Question", "Plan", "PlanStep")
RULES = ("StepRule", "ContactRule")
READ = "activities.Activity.read"
CREATE = "activities.Activity.create"


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"activities.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    everything = ("Activity", "Check", *PARTS, *SETUP, *RULES)
    return RoleGrants(role=role, grants=_grants("company", everything, "read", "export"))


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", ("Activity",), "*"),
            **_grants("own", PARTS, "read", "create", "update", "delete"),
            **_grants("own", ("Check",), "read"),
            **_grants("company", (*SETUP, *RULES), "read"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", ("Activity", *PARTS), "*"),
            **_grants("subtree", ("Check",), "read", "export"),
            **_grants("company", (*SETUP, *RULES), "read"),
            **_grants("company", ("Plan", "PlanStep"), "create", "update", "delete"),
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
