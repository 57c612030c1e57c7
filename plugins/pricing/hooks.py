from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Actor, Company
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.reports import Report
from plugin_api.views import View
from plugin_api.workflow import Transition, Workflow
from plugins.pricing import (
    access,
    measures,
    models,
    panels,
    reports,
    routes,
    views,
    workflow,
)
from plugins.pricing.services import entry, orders, promotions, quoting

WRITTEN = (
    "pricing.Terms", "pricing.Rule", "pricing.Floor", "pricing.Promotion", "pricing.PromotionItem",
    "pricing.Coupon",
)  # fmt: skip
"""Models whose records are completed or checked when they are written."""


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return models.ALL


@hookimpl
def register_views() -> Sequence[View]:
    return views.VIEWS


@hookimpl
def register_menus() -> Sequence[MenuItem]:
    return views.MENUS


@hookimpl
def register_permissions() -> Sequence[Permission]:
    return access.PERMISSIONS


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return access.ROLES


@hookimpl
def register_workflows() -> Sequence[Workflow]:
    return workflow.WORKFLOWS


@hookimpl
def register_measures() -> Sequence[Measure | Ratio]:
    return measures.MEASURES


@hookimpl
def register_reports() -> Sequence[Report]:
    return reports.REPORTS


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
@for_models(
    "catalog.Product",
    "catalog.PriceList",
    "crm.Account",
    "sales.Order",
    "sales.Quote",
    "sales.OrderLine",
    "sales.QuoteLine",
    "pricing.Promotion",
)
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models(*WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    entry.complete(record)


@hookimpl
@for_models(*WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.complete(record)


@hookimpl
@for_models("pricing.Promotion")
def before_delete(model: str, record: models.Promotion) -> None:
    promotions.check_delete(record)


@hookimpl
@for_models("sales.Order")
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    orders.moved(record, old, new)


@hookimpl(optionalhook=True)
def price_lines(documents: Sequence[Any]) -> None:
    quoting.price(documents)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.pricing import demo

    demo.load(company)
