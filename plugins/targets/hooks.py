from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.settings import Setting
from plugin_api.views import Dashboard, View, ViewExtension
from plugins.targets import (
    access,
    cards,
    columns,
    dashboards,
    demo,
    panels,
    routes,
    settings,
    views,
)
from plugins.targets.models import Target
from plugins.targets.services import entry, reading


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return (Target,)


@hookimpl
def register_views() -> Sequence[View]:
    return views.VIEWS


@hookimpl
def register_view_extensions() -> Sequence[ViewExtension]:
    return columns.EXTENSIONS


@hookimpl
def register_cards() -> Sequence[Card]:
    return cards.CARDS


@hookimpl
def register_dashboards() -> Sequence[Dashboard]:
    return dashboards.DASHBOARDS


@hookimpl
def register_menus() -> Sequence[MenuItem]:
    return views.MENUS


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return access.ROLES


@hookimpl
def register_settings() -> Sequence[Setting]:
    return settings.SETTINGS


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
@for_models("targets.Target")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return reading.starting_values()


@hookimpl
@for_models("core.User", "crm.Opportunity")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(model, record, actor)


@hookimpl
@for_models("targets.Target")
def before_create(model: str, record: Target) -> None:
    entry.complete(record)


@hookimpl
@for_models("targets.Target")
def before_update(model: str, record: Target, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.complete(record, measure_is_new="measure" in changes)


@hookimpl
@for_models("core.Team", "core.User")
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    if changes.keys() & {"name", "manager_id"}:
        entry.follow(record)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    demo.load(seed)
