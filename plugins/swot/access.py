"""Who analyses, who takes part, who reads the figures behind items."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

READ = "swot.Analysis.read"
UPDATE = "swot.Analysis.update"
TAKE_PART = "swot.take_part"
"""Adding items to a collection that is silent, and voting, where one is invited."""
FIGURES = "swot.figures"
"""Seeing what figures say that are kept as evidence."""

MODELS = ("Analysis", "Participant", "Item", "Evidence", "Pair", "Option")

PERMISSIONS = (
    Permission(key=TAKE_PART, label=_("Take part in workshops")),
    Permission(key=FIGURES, label=_("See the figures of evidence")),
)


def _grants(scope: Scope, *actions: str) -> Mapping[str, Scope]:
    return {f"swot.{model}.{action}": scope for model in MODELS for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(
        role=role, grants={**_grants("company", "read", "export"), FIGURES: "company"}
    )


ROLES = (
    RoleGrants(role="rep", grants={**_grants("own", "*"), TAKE_PART: "company"}),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", "create", "update", "delete", "import", "export"),
            **_grants("company", "read"),
            TAKE_PART: "company",
            FIGURES: "company",
        },
    ),
    RoleGrants(
        role="analyst",
        grants={
            **_grants("own", "create", "update", "delete", "import"),
            **_grants("company", "read", "export"),
            TAKE_PART: "company",
            FIGURES: "company",
        },
    ),
    _reading("finance"),
    _reading("auditor"),
)
