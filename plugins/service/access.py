"""Who sees and changes what of service.

A rep works with cases that are theirs, takes those of their queues, and reads those of their
accounts; a manager works with those of the people below. Queues and service levels are known to
all and set up by administrators.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

READ = "service.Case.read"
CREATE = "service.Case.create"
UPDATE = "service.Case.update"

SETUP = ("Queue", "Member", "Policy")
RECORDS = ("Case",)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"service.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(role=role, grants=_grants("company", (*SETUP, *RECORDS), "read", "export"))


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", ("Case",), "read", "create", "update"),
            **_grants("company", SETUP, "read"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", ("Case",), "*"),
            **_grants("company", SETUP, "read"),
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
