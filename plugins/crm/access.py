"""Who sees and changes what.

As in a field sales force, customers are somebody's: a rep works with the leads, accounts,
contacts and opportunities that are theirs, a manager with those of the reporting subtree.
Parts of an opportunity (lines, credits, history) go with it. Pipelines, stages and reasons
are known to everybody and set up by administrators.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

CORRECT = "crm.Opportunity.correct"
CONTACT_DATA = "crm.contact_data"

OWNED = ("Lead", "Account", "Contact", "Opportunity")
PARTS = ("OpportunityLine", "OpportunityCredit", "OpportunityContact")
HISTORY = ("StageChange", "CloseDateChange")
SETUP = ("Pipeline", "Stage", "WinReason", "LossReason")

PERMISSIONS = (
    Permission(key=CORRECT, label=_("Correct, reopen or void opportunities that are won")),
    Permission(key=CONTACT_DATA, label=_("See telephone numbers and e-mail addresses whole")),
    Permission(key="crm.funnel", label=_("See the pipeline review")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"crm.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(
        role=role,
        grants={
            **_grants("company", (*OWNED, *PARTS, *HISTORY, *SETUP), "read", "export"),
            "crm.funnel": "company",
            **({CONTACT_DATA: "company"} if role == "finance" else {}),
        },
    )


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", OWNED, "read", "create", "update", "delete", "import", "export"),
            **_grants("own", PARTS, "read", "create", "update", "delete"),
            **_grants("own", HISTORY, "read"),
            **_grants("company", SETUP, "read"),
            "crm.funnel": "own",
            CONTACT_DATA: "company",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", (*OWNED, *PARTS), "*"),
            **_grants("subtree", HISTORY, "read", "export"),
            **_grants("company", SETUP, "read"),
            CORRECT: "subtree",
            "crm.funnel": "subtree",
            CONTACT_DATA: "company",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
