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
from plugin_api.views import View
from plugins.assignment import access, measures, models, panels, routes, views
from plugins.assignment.services import entry, giving


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
def register_measures() -> Sequence[Measure | Ratio]:
    return measures.MEASURES


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
@for_models("crm.Lead", "crm.Account", "assignment.Rule")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models("assignment.Rule", "assignment.Member")
def before_create(model: str, record: CompanyModel) -> None:
    entry.check(record)


@hookimpl
@for_models("assignment.Rule", "assignment.Member")
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.check(record)


@hookimpl
@for_models("crm.Lead", "crm.Account")
def after_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    giving.give_new(records)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.assignment import demo

    demo.load(company, seed)
