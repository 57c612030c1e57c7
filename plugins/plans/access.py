"""Who plans for whom, and who reads what."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

READ = "plans.Step.read"
CREATE = "plans.Step.create"
STRATEGY = "plans.Strategy.read"
OBJECTIVE = "plans.Objective.read"
REPORT = "plans.Report.read"
WRITE_REPORT = "plans.Report.create"
FIGURES = "plans.figures"
"""Seeing what the figures of strategies are, and not only how they have changed."""
REVIEW = "plans.review"
"""Reading what others have submitted, with a word to it."""

WORK = ("Objective", "Step", "Dependency")
SETUP = ("Template", "TemplateStep")
KEPT = ("Decision", "CarryOver")
STRATEGIES = ("Strategy", "Link")

PERMISSIONS = (
    Permission(key=REVIEW, label=_("Read and comment reports of weeks and months")),
    Permission(key=FIGURES, label=_("See the figures of strategies")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"plans.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    everything = (*STRATEGIES, *WORK, *SETUP, *KEPT, "Report")
    grants = {**_grants("company", everything, "read", "export"), FIGURES: "company"}
    return RoleGrants(role=role, grants=grants)


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", (*WORK, "Report"), "*"),
            **_grants("own", ("CarryOver",), "read"),
            **_grants("company", (*STRATEGIES, "Decision", *SETUP), "read"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", (*WORK, "Report"), "*"),
            **_grants("subtree", STRATEGIES, "create", "update", "delete", "import", "export"),
            **_grants("subtree", ("CarryOver", "Decision"), "export"),
            **_grants("subtree", ("CarryOver",), "read"),
            **_grants("company", (*STRATEGIES, "Decision"), "read"),
            **_grants("company", SETUP, "*"),
            REVIEW: "subtree",
            FIGURES: "company",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
