from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.views import View
from plugin_api.workflow import Workflow
from plugins.swot import access, cards, measures, models, panels, routes, views, workflow
from plugins.swot.services import ageing, entry


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return models.ALL


@hookimpl
def register_views() -> Sequence[View]:
    return views.VIEWS


@hookimpl
def register_cards() -> Sequence[Card]:
    return cards.CARDS


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
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"items": ageing.pressing(actor)}


@hookimpl
@for_models("swot.Analysis", "swot.Evidence")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return entry.starting_values(model, actor)


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models(*entry.WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    entry.before_create(record)


@hookimpl
@for_models(*entry.WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.before_update(record, changes)


@hookimpl
@for_models("swot.Item")
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.after_update(record, changes)


@hookimpl
def before_delete(model: str, record: CompanyModel) -> None:
    entry.before_delete(record)


@hookimpl
def before_delete_many(model: str, records: Sequence[CompanyModel]) -> None:
    entry.before_delete_many(records)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.swot import demo

    demo.load(company, seed)
