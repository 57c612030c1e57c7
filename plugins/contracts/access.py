"""Who sees and changes what of contracts: one's own, those of the people below, or all.

Whoever has to fulfil an obligation reads its contract; whoever owns a contract sees to all its
obligations, and may give them to the people of their team.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

READ = "contracts.Contract.read"
CREATE = "contracts.Contract.create"
READ_OBLIGATION = "contracts.Obligation.read"
UPDATE_OBLIGATION = "contracts.Obligation.update"
PARTS = ("Instalment", "Obligation")


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"contracts.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(role=role, grants=_grants("company", ("Contract", *PARTS), "read", "export"))


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", ("Contract",), "read", "create", "update"),
            **_grants("own", ("Instalment",), "read", "create", "update", "delete"),
            **_grants("own", ("Obligation",), "read", "update", "delete"),
            **_grants("team", ("Obligation",), "create"),
        },
    ),
    RoleGrants(role="manager", grants=_grants("subtree", ("Contract", *PARTS), "*")),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
