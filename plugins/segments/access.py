"""Who sees where accounts stand, who grades them, and who may set a grade otherwise.

What is known of an account is seen by whoever sees the account. Who works with it may ask for
another grade; who leads them approves it.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

FIGURES = "segments.figures"
GRADE = "segments.grade"
APPROVE = "segments.Override.approve"
EFFORT = "segments.effort"

SETUP = ("Grading", "Policy", "Segment", "Figure", "Cut", "Persona", "Factor", "Retention")
KNOWN = ("Standing", "GradeChange", "Score", "Match", "Health")

PERMISSIONS = (
    Permission(key=FIGURES, label=_("See the figures that grades come from")),
    Permission(key=GRADE, label=_("Preview grades and write them")),
    Permission(key=APPROVE, label=_("Approve and refuse overrides of grades")),
    Permission(key=EFFORT, label=_("See effort against value")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"segments.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(
        role=role,
        grants={
            **_grants("company", (*SETUP, *KNOWN, "Override", "Membership"), "read", "export"),
            FIGURES: "company",
            EFFORT: "company",
        },
    )


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", KNOWN, "read"),
            **_grants("own", ("Override",), "read", "create"),
            **_grants("own", ("Membership",), "read", "create", "update"),
            **_grants("company", SETUP, "read"),
            FIGURES: "own",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", KNOWN, "read", "export"),
            **_grants("subtree", ("Membership",), "*"),
            **_grants("subtree", ("Override",), "read", "create", "update", "delete", "export"),
            **_grants("company", SETUP, "read"),
            FIGURES: "subtree",
            APPROVE: "subtree",
            EFFORT: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
