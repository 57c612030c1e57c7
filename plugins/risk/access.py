"""Who keeps the register, who answers, who only looks."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

READ = "risk.Risk.read"
CREATE = "risk.Risk.create"
DETECT = "risk.detect"
"""Running the rules by hand, and proposing what they find."""
REPORT = "risk.report"
"""The simulation and the report for management."""

WORK = ("Risk", "Control", "Response", "Action", "Indicator", "Incident")
KEPT = ("Score", "Reading")
SETUP = ("Rule", "Appetite")

PERMISSIONS = (
    Permission(key=DETECT, label=_("Look for risks by the rules, and propose them")),
    Permission(key=REPORT, label=_("See the simulation of losses and the report on risks")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"risk.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    """Reads everything, and decides what it is asked to accept."""
    everything = (*WORK, "Cover", "ControlTest", *KEPT, *SETUP)
    grants = {**_grants("company", everything, "read", "export"), REPORT: "company"}
    if role != "auditor":
        grants["risk.Response.update"] = "own"
    return RoleGrants(role=role, grants=grants)


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", WORK, "read", "create", "update"),
            **_grants("own", ("ControlTest",), "read", "create"),
            **_grants("own", ("Cover",), "read", "create", "delete"),
            **_grants("own", KEPT, "read"),
            **_grants("company", SETUP, "read"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", WORK, "*"),
            **_grants("subtree", ("ControlTest",), "read", "create", "import", "export"),
            **_grants("subtree", ("Cover",), "*"),
            **_grants("subtree", KEPT, "read", "export"),
            **_grants("company", SETUP, "read"),
            DETECT: "subtree",
            REPORT: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
