"""Who may set and who may see targets."""

from __future__ import annotations

from plugin_api.access import RoleGrants

ROLES = (
    RoleGrants(role="manager", grants={"targets.Target.*": "subtree"}),
    RoleGrants(role="rep", grants={"targets.Target.read": "own"}),
    RoleGrants(
        role="analyst",
        grants={"targets.Target.read": "company", "targets.Target.export": "company"},
    ),
    RoleGrants(
        role="finance",
        grants={"targets.Target.read": "company", "targets.Target.export": "company"},
    ),
    RoleGrants(
        role="auditor",
        grants={"targets.Target.read": "company", "targets.Target.export": "company"},
    ),
)
