"""Who sees and changes what of the pools.

Whoever is a member of a pool sees what lies in it and may claim it; who administers a pool, and
who manages the people concerned, assigns and takes back. Pools and their rules are known to all.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

CLAIM = "pools.Place.claim"
GIVE_BACK = "pools.Place.give_back"
ASSIGN = "pools.Place.assign"
READ = "pools.Place.read"

SETUP = ("Pool", "Member", "Rule")

PERMISSIONS = (
    Permission(key=CLAIM, label=_("Claim what lies in a public pool")),
    Permission(key=GIVE_BACK, label=_("Give back into a public pool")),
    Permission(key=ASSIGN, label=_("Assign, take back, move and lock what is in public pools")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"pools.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(
        role=role,
        grants=_grants("company", (*SETUP, "Place", "Change"), "read", "export"),
    )


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", ("Place", "Change"), "read"),
            **_grants("company", SETUP, "read"),
            CLAIM: "own",
            GIVE_BACK: "own",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", ("Place", "Change"), "read", "export"),
            **_grants("subtree", ("Place",), "create", "delete", "import"),
            **_grants("company", SETUP, "read"),
            CLAIM: "subtree",
            GIVE_BACK: "subtree",
            ASSIGN: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
