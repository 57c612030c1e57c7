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
from plugin_api.panels import Panel
from plugin_api.retention import Retention
from plugin_api.settings import Setting
from plugin_api.views import Dashboard, View
from plugin_api.workflow import Workflow
from plugins.crm import (
    access,
    cards,
    dashboards,
    jobs,
    measures,
    models,
    panels,
    retention,
    routes,
    settings,
    team_cards,
    views,
    workflow,
)
from plugins.crm.services import attention, leads, people, starting
from plugins.crm.services import changes as data

WRITTEN = (
    "crm.Account", "crm.Lead", "crm.Opportunity", "crm.OpportunityLine", "crm.OpportunityCredit",
    "crm.Pipeline", "crm.Stage",
)  # fmt: skip
"""Models whose records are completed or checked when they are written."""


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return models.ALL


@hookimpl
def register_views() -> Sequence[View]:
    return views.VIEWS


@hookimpl
def register_cards() -> Sequence[Card]:
    return (*cards.CARDS, *team_cards.CARDS)


@hookimpl
def register_dashboards() -> Sequence[Dashboard]:
    return dashboards.DASHBOARDS


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
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS


@hookimpl
def register_retention() -> Sequence[Retention]:
    return retention.RULES


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"opportunities": attention.needing(actor)}


@hookimpl
@for_models("crm.Account", "crm.Contact", "crm.Lead", "crm.Opportunity")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return data.starting_values(model, actor)


@hookimpl
@for_models("crm.Contact")
def blockers_for_erase(model: str, record: CompanyModel) -> Sequence[str]:
    return people.reasons_to_keep(record)


@hookimpl
@for_models("crm.Opportunity")
def list_panels(model: str, actor: Actor) -> Sequence[Panel]:
    return panels.for_list()


@hookimpl
@for_models("crm.Opportunity", "crm.Account")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models(*WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    data.before_create(record)


@hookimpl
@for_models(*WRITTEN)
def after_create(model: str, record: CompanyModel) -> None:
    data.after_create(record)


@hookimpl
@for_models(*WRITTEN, "crm.Contact", "crm.OpportunityContact")
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
@for_models("crm.Account", "crm.Contact", "crm.Opportunity")
def before_delete_many(model: str, records: Sequence[CompanyModel]) -> None:
    leads.let_go(records)


@hookimpl
def on_enable(company: Company) -> None:
    starting.fill(company)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.crm import demo

    demo.load(company, seed)
