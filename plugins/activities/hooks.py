from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.feeds import Feed
from plugin_api.jobs import Job
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel, TimelineEntry
from plugin_api.views import Dashboard, View, ViewExtension
from plugin_api.workflow import Workflow
from plugins.activities import (
    access,
    agenda,
    cards,
    columns,
    dashboards,
    feeds,
    jobs,
    measures,
    models,
    panels,
    routes,
    timeline,
    views,
    workflow,
)
from plugins.activities.services import changes as data
from plugins.activities.services import entry, starting


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
def register_roles() -> Sequence[RoleGrants]:
    return access.ROLES


@hookimpl
def register_workflows() -> Sequence[Workflow]:
    return workflow.WORKFLOWS


@hookimpl
def register_measures() -> Sequence[Measure | Ratio]:
    return measures.MEASURES


@hookimpl
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS


@hookimpl
def register_feeds() -> Sequence[Feed]:
    return feeds.FEEDS


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"activities": entry.pressing(actor)}


@hookimpl(optionalhook=True)
def day_entries(user_id: int, start: date, end: date) -> Sequence[Any]:
    return agenda.entries(user_id, start, end)


@hookimpl
@for_models("activities.Activity")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return entry.starting_values(actor)


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
def record_timeline(
    model: str, record_id: int, before: tuple[datetime, int] | None, limit: int
) -> Sequence[TimelineEntry]:
    return timeline.of_record(model, record_id, before, limit)


@hookimpl
@for_models("activities.Activity")
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    data.before_create_many(records)


@hookimpl
@for_models(*entry.WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    data.before_create(record)


@hookimpl
@for_models(*entry.WRITTEN)
def after_create(model: str, record: CompanyModel) -> None:
    data.after_create(record)


@hookimpl
@for_models(*entry.WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.before_update(record, changes)


@hookimpl
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.after_update(record, changes)


@hookimpl
def before_delete_many(model: str, records: Sequence[CompanyModel]) -> None:
    data.before_delete_many(records)


@hookimpl
def on_enable(company: Company) -> None:
    starting.fill(company)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.activities import demo

    demo.load(company, seed)
