"""Who sets up who gets what, and who sees how it is divided."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

FAIRNESS = "assignment.fairness"
SETUP = ("Rule", "Member")

PERMISSIONS = (
    Permission(key=FAIRNESS, label=_("See how evenly leads and accounts are given out")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"assignment.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    grants = {**_grants("company", (*SETUP, "Given"), "read", "export"), FAIRNESS: "company"}
    return RoleGrants(role=role, grants=grants)


ROLES = (
    RoleGrants(
        role="rep",
        grants={**_grants("own", ("Given",), "read"), **_grants("company", SETUP, "read")},
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", ("Given",), "read", "export"),
            **_grants("company", SETUP, "read"),
            FAIRNESS: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
