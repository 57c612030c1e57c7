from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.jobs import Job
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.open_pages import OpenPage
from plugin_api.panels import Panel
from plugin_api.settings import Setting
from plugin_api.views import View
from plugin_api.workflow import Workflow
from plugins.sales import (
    access,
    cards,
    jobs,
    measures,
    models,
    open_pages,
    panels,
    routes,
    settings,
    views,
    workflow,
)
from plugins.sales.services import changes as data
from plugins.sales.services import starting

WRITTEN = (
    "sales.Quote", "sales.QuoteLine", "sales.Order", "sales.OrderLine", "sales.OrderCredit",
    "sales.Delivery", "sales.DeliveryLine",
    "sales.Invoice", "sales.InvoiceLine", "sales.Receivable", "sales.Receipt", "sales.Allocation",
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
def register_settings() -> Sequence[Setting]:
    return settings.SETTINGS


@hookimpl
def register_cards() -> Sequence[Card]:
    return cards.CARDS


@hookimpl
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def register_open_pages() -> Sequence[OpenPage]:
    return open_pages.OPEN_PAGES


@hookimpl
@for_models("sales.Quote", "sales.Order", "sales.Invoice", "sales.Receipt")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return data.starting_values(model, actor)


@hookimpl
@for_models("crm.Account", "crm.Opportunity", "sales.Order", "sales.OrderVersion", "sales.Quote")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models(*WRITTEN)
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    data.before_create_many(records)


@hookimpl
@for_models(*WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    data.before_create(record)


@hookimpl
@for_models(*WRITTEN)
def after_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    data.after_create_many(records)


@hookimpl
@for_models(*WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.before_update(record, changes)


@hookimpl
@for_models(*WRITTEN)
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.after_update(record, changes)


@hookimpl
@for_models(*WRITTEN)
def before_delete(model: str, record: CompanyModel) -> None:
    data.before_delete(record)


@hookimpl
def on_enable(company: Company) -> None:
    starting.fill(company)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.sales import demo

    demo.load(company, seed)
