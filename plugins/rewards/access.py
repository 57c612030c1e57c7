"""Who sees and does what with rewards.

The catalogue, kudos, rounds and contests are known to all; points, awards and standings to whose
they are and who leads them. Votes stay with who gave them; auditors read them.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

REDEEM = "rewards.Reward.redeem"
PRAISE = "rewards.Kudos.create"
WALL = "rewards.Kudos.read"
MINE = "rewards.Entry.read"
VOTE = "rewards.Vote.create"
RUN = "rewards.Contest.update"
SET_UP = "rewards.Reward.update"

PERMISSIONS = (Permission(key=REDEEM, label=_("Have rewards for points")),)

KNOWN = ("Reward", "Value", "Kudos", "Round", "Nomination", "Contest", "Prize")
OWNED = ("Award", "Grant", "Entry", "Standing")
WHOLE = ("Budget", *KNOWN, *OWNED)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"rewards.{model}.{action}": scope for model in models for action in actions}


def _taking_part() -> Mapping[str, Scope]:
    """What everybody does who belongs to the company."""
    return {
        **_grants("company", KNOWN, "read"),
        **_grants("own", OWNED, "read"),
        **_grants("company", ("Kudos", "Nomination"), "create"),
        **_grants("own", ("Vote",), "read", "create", "delete"),
        REDEEM: "company",
    }


def _reading() -> Mapping[str, Scope]:
    return _grants("company", WHOLE, "read", "export")


ROLES = (
    RoleGrants(role="rep", grants=_taking_part()),
    RoleGrants(
        role="manager",
        grants={
            **_taking_part(),
            **_grants("company", KNOWN, "export"),
            **_grants("subtree", OWNED, "read", "export"),
            **_grants("subtree", ("Award",), "create", "update"),
            **_grants("subtree", ("Grant",), "create"),
            **_grants("subtree", ("Standing",), "update"),
            **_grants("company", ("Contest", "Prize", "Round"), "create", "update"),
            **_grants("company", ("Prize",), "delete"),
        },
    ),
    RoleGrants(
        role="finance",
        grants={
            **_taking_part(),
            **_grants("company", WHOLE, "read", "export"),
            **_grants("company", ("Budget",), "*"),
            **_grants("company", ("Award",), "update"),
        },
    ),
    RoleGrants(role="analyst", grants={**_taking_part(), **_reading()}),
    RoleGrants(role="auditor", grants={**_reading(), **_grants("company", ("Vote",), "read")}),
)
