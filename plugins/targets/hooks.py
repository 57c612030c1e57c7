from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.jobs import Job
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.settings import Setting
from plugin_api.views import Dashboard, View, ViewExtension
from plugin_api.workflow import Transition, Workflow
from plugins.targets import (
    access,
    cards,
    columns,
    dashboards,
    jobs,
    models,
    panels,
    routes,
    settings,
    views,
    workflow,
)
from plugins.targets.models import Target, TargetCycle, TeamStay
from plugins.targets.services import agreeing, cycles, entry, kept, reading, stays, waiting


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return models.ALL


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
def register_permissions() -> Sequence[Permission]:
    return access.PERMISSIONS


@hookimpl
def register_workflows() -> Sequence[Workflow]:
    return workflow.WORKFLOWS


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return access.ROLES


@hookimpl
def register_settings() -> Sequence[Setting]:
    return settings.SETTINGS


@hookimpl
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS


@hookimpl
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"agree": waiting.number_to_answer()}


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
@for_models("targets.Target")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return reading.starting_values()


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(model, record, actor)


@hookimpl
@for_models("targets.Target")
def before_create_many(model: str, records: Sequence[Target]) -> None:
    entry.complete_many(records)


@hookimpl
@for_models("targets.Target", "targets.TargetCycle", "targets.TeamStay")
def before_create(model: str, record: Target | TargetCycle | TeamStay) -> None:
    if isinstance(record, TeamStay):
        stays.check(record)
    elif isinstance(record, TargetCycle):
        kept.forget()
        cycles.check(record)
    else:
        entry.complete(record)


@hookimpl
@for_models("targets.Target", "targets.TargetCycle", "targets.TeamStay")
def before_update(
    model: str, record: Target | TargetCycle | TeamStay, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    if isinstance(record, TeamStay):
        stays.check(record)
    elif isinstance(record, TargetCycle):
        kept.forget()
        cycles.check_change(record, changes)
    else:
        entry.change(record, changes)


@hookimpl
@for_models("targets.Target")
def before_delete(model: str, record: Target) -> None:
    agreeing.check_delete(record)


@hookimpl
@for_models("targets.Target")
def after_transition(
    model: str, record: Target, transition: Transition, old: str, new: str
) -> None:
    agreeing.tell(record, transition.name)


@hookimpl
@for_models("core.Team", "core.User")
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    if changes.keys() & {"name", "manager_id"}:
        entry.follow(record)
    if model == "core.User" and "team_id" in changes:
        stays.note(record, changes)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.targets import demo

    demo.load(seed)
