"""What the plugin registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugin_api import hookimpl
from plugin_api.access import Permission, RoleGrants

from . import measures, models, workflow


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Customer, models.Sale]


@hookimpl
def register_workflows() -> Sequence[Any]:
    return [workflow.WORKFLOW]


@hookimpl
def register_measures() -> Sequence[Any]:
    return measures.MEASURES


@hookimpl
def register_permissions() -> Sequence[Permission]:
    return [Permission(key="ledger.reopen", label="Reopen a sale")]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [
        RoleGrants(
            role="manager",
            grants={"ledger.Customer.*": "company", "ledger.Sale.*": "subtree",
                    "ledger.reopen": "company"},
        ),
        RoleGrants(
            role="rep",
            grants={"ledger.Customer.*": "company", "ledger.Sale.*": "own"},
        ),
        RoleGrants(role="analyst", grants={"ledger.Sale.read": "company"}),
    ]  # fmt: skip
