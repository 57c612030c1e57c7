"""Who may set targets, who agrees to them, and who may see them."""

from __future__ import annotations

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

READ = "targets.Target.read"
ANSWER = "targets.Target.answer"
CONFIRM = "targets.Target.confirm"
REVISE = "targets.Target.revise"
CLOSE = "targets.TargetCycle.close"
REOPEN = "targets.TargetCycle.reopen"

PERMISSIONS = (
    Permission(key=ANSWER, label=_("Targets: accept or counter-propose")),
    Permission(key=CONFIRM, label=_("Targets: confirm and lock")),
    Permission(key=REVISE, label=_("Targets: revise what is confirmed")),
    Permission(key=CLOSE, label=_("Target cycles: close periods")),
    Permission(key=REOPEN, label=_("Target cycles: reopen closed periods")),
)

PARTS = (
    "Target", "TargetVersion", "TargetCycle", "Closing", "Snapshot", "TeamStay", "TargetAlert",
)  # fmt: skip
_SEES_ALL: dict[str, Scope] = {
    f"targets.{model}.{action}": "company" for model in PARTS for action in ("read", "export")
}
ROLES = (
    RoleGrants(
        role="manager",
        grants={
            "targets.Target.*": "subtree",
            ANSWER: "own",
            CONFIRM: "subtree",
            REVISE: "subtree",
            "targets.TargetVersion.read": "subtree",
            "targets.TargetVersion.export": "subtree",
            "targets.TeamStay.*": "subtree",
            "targets.TargetAlert.read": "subtree",
            "targets.TargetAlert.export": "subtree",
            "targets.Snapshot.read": "subtree",
            "targets.Snapshot.export": "subtree",
            "targets.TargetCycle.read": "company",
            "targets.Closing.read": "company",
        },
    ),
    RoleGrants(
        role="rep",
        grants={
            READ: "own",
            ANSWER: "own",
            "targets.TargetVersion.read": "own",
            "targets.TargetCycle.read": "company",
            "targets.Closing.read": "company",
        },
    ),
    RoleGrants(role="analyst", grants=_SEES_ALL),
    RoleGrants(role="finance", grants={**_SEES_ALL, CLOSE: "company"}),
    RoleGrants(role="auditor", grants=_SEES_ALL),
)
