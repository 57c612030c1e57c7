"""Who sets prices, who sees floors, who asks why a price is what it is."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

EXPLAIN = "pricing.explain"
SIMULATE = "pricing.simulate"
START = "pricing.Promotion.start"
PERMISSIONS = (
    Permission(key=EXPLAIN, label=_("Ask what a product costs whom, and why")),
    Permission(key=SIMULATE, label=_("Run prices and promotions over past orders")),
    Permission(key=START, label=_("Start and stop promotions")),
)

OPEN = ("Terms", "Rule", "Promotion", "PromotionItem")
CLOSED = ("Floor", "Coupon")


def _grants(models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"pricing.{model}.{action}": "company" for model in models for action in actions}


def _setting(role: str) -> RoleGrants:
    grants = {
        **_grants((*OPEN, *CLOSED), "*"), **_grants(("Claim",), "read", "export"),
        EXPLAIN: "company", START: "company", SIMULATE: "company",
    }  # fmt: skip
    return RoleGrants(role=role, grants=grants)


def _reading(role: str) -> RoleGrants:
    grants = {
        **_grants((*OPEN, *CLOSED, "Claim"), "read", "export"), EXPLAIN: "company",
        SIMULATE: "company",
    }  # fmt: skip
    return RoleGrants(role=role, grants=grants)


ROLES = (
    _setting("manager"),
    _setting("finance"),
    RoleGrants(role="rep", grants={**_grants(OPEN, "read"), EXPLAIN: "company"}),
    _reading("analyst"),
    _reading("auditor"),
)
