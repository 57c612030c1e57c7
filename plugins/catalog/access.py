"""Who may see and who may change what the company sells."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

READ_COST = "catalog.Product.read_cost"
PERMISSIONS = (
    Permission(key=READ_COST, label=_("See what products cost the company")),
    Permission(key="catalog.Product.update_cost", label=_("Set what products cost the company")),
)

MODELS = ("Product", "Category", "Unit", "PriceList", "Price")


def _grants(*actions: str) -> Mapping[str, Scope]:
    return {f"catalog.{model}.{action}": "company" for model in MODELS for action in actions}


ROLES = (
    RoleGrants(role="manager", grants=_grants("*")),
    RoleGrants(role="finance", grants=_grants("*")),
    RoleGrants(role="rep", grants=_grants("read")),
    RoleGrants(role="analyst", grants={**_grants("read", "export"), READ_COST: "company"}),
    RoleGrants(role="auditor", grants={**_grants("read", "export"), READ_COST: "company"}),
)
