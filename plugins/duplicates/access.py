"""Who sets up rules, saves what is refused, and merges."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

OVERRIDE = "duplicates.override"
MERGE = "duplicates.merge"

PERMISSIONS = (
    Permission(key=OVERRIDE, label=_("Save duplicates that a rule refuses")),
    Permission(key=MERGE, label=_("Look through duplicates, and merge those that one may change")),
)

_READ: Mapping[str, Scope] = {
    f"duplicates.{model}.{action}": "company"
    for model in ("Rule", "Condition")
    for action in ("read", "export")
}

ROLES = (
    RoleGrants(
        role="rep",
        grants={"duplicates.Rule.read": "company", MERGE: "own", "duplicates.Merge.read": "own"},
    ),
    RoleGrants(
        role="manager",
        grants={
            **_READ, OVERRIDE: "company", MERGE: "subtree", "duplicates.Merge.read": "subtree",
            "duplicates.Merge.export": "subtree",
        },
    ),
    RoleGrants(
        role="auditor",
        grants={
            **_READ, "duplicates.Merge.read": "company", "duplicates.Merge.export": "company"
        },
    ),
)  # fmt: skip
