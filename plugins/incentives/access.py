"""Who sees and changes what of pay: one's own, that of the people below, or all.

Only finance and administrators make plans, approve statements and pay; nobody decides on an
adjustment that they have asked for or that is their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

READ = "incentives.Statement.read"
EXPORT = "incentives.Statement.export"
ENTRIES = "incentives.Entry.read"
PAY = "incentives.Payout.read"
PAY_EXPORT = "incentives.Payout.export"
APPROVE = "incentives.Statement.update"
DESIGN = "incentives.Version.update"
DISPUTE = "incentives.Dispute.create"
RULES = ("Plan", "Version", "Component", "Step", "Rate", "Verdict")
PAID = ("Statement", "Entry")


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"incentives.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    models = (*RULES, *PAID, "Participant", "Payout", "Adjustment", "Dispute")
    return RoleGrants(role=role, grants=_grants("company", models, "read", "export"))


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("company", ("Plan",), "read"),
            **_grants("own", (*PAID, "Participant", "Adjustment"), "read", "export"),
            **_grants("own", ("Dispute",), "read", "create"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("company", RULES, "read"),
            **_grants("subtree", (*PAID, "Participant"), "read", "export"),
            **_grants("subtree", ("Adjustment", "Dispute"), "read", "create", "export"),
        },
    ),
    RoleGrants(
        role="finance",
        grants=_grants(
            "company", (*RULES, *PAID, "Participant", "Payout", "Adjustment", "Dispute"), "*"
        ),
    ),
    _reading("analyst"),
    _reading("auditor"),
)
