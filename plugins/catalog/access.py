"""Who may see and who may change what the company sells."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

MODELS = ("Product", "Category", "Unit", "PriceList", "Price")


def _grants(*actions: str) -> Mapping[str, Scope]:
    return {f"catalog.{model}.{action}": "company" for model in MODELS for action in actions}


ROLES = (
    RoleGrants(role="manager", grants=_grants("*")),
    RoleGrants(role="finance", grants=_grants("*")),
    RoleGrants(role="rep", grants=_grants("read")),
    RoleGrants(role="analyst", grants=_grants("read", "export")),
    RoleGrants(role="auditor", grants=_grants("read", "export")),
)
