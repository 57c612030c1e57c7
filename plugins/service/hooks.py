from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.jobs import Job
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.open_pages import OpenPage
from plugin_api.panels import Panel, TimelineEntry
from plugin_api.settings import Setting
from plugin_api.views import Dashboard, View, ViewExtension
from plugin_api.workflow import Transition, Workflow
from plugins.service import (
    access,
    cards,
    columns,
    dashboards,
    jobs,
    measures,
    models,
    open_pages,
    panels,
    routes,
    settings,
    timeline,
    views,
    visit_measures,
    workflow,
)
from plugins.service.services import entry, mailing, planning, starting, visiting


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
    return (*measures.MEASURES, *visit_measures.MEASURES)


@hookimpl
def register_settings() -> Sequence[Setting]:
    return settings.SETTINGS


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
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"cases": cards.pressing(actor), "visits": cards.visits_due(actor)}


@hookimpl
@for_models("service.Case", "service.Visit")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return entry.starting_values(actor)


@hookimpl
@for_models("service.Case", "service.Visit", "crm.Account", "crm.Opportunity")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models("crm.Account", "crm.Contact")
def record_timeline(
    model: str, record_id: int, before: tuple[datetime, int] | None, limit: int
) -> Sequence[TimelineEntry]:
    return timeline.of_record(model, record_id, before, limit)


def _of(model: str) -> Any:
    """What completes and checks records of a model."""
    if model in mailing.WRITTEN:
        return mailing
    return visiting if model in visiting.WRITTEN else entry


@hookimpl
@for_models("service.Case", "service.Visit")
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    (visiting if model in visiting.WRITTEN else entry).before_create_many(records)


@hookimpl
@for_models(*entry.WRITTEN, *visiting.WRITTEN, *mailing.WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    _of(model).before_create(record)


@hookimpl
@for_models(*entry.WRITTEN)
def after_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    entry.after_create_many(records)


@hookimpl
@for_models(*entry.WRITTEN, *visiting.WRITTEN, *mailing.WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    _of(model).before_update(record, changes)


@hookimpl
@for_models(*entry.WRITTEN)
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.after_update(record, changes)


@hookimpl
@for_models("service.Mail")
def after_create(model: str, record: CompanyModel) -> None:
    mailing.after_create(record)


@hookimpl
@for_models("service.Question")
def before_delete(model: str, record: CompanyModel) -> None:
    visiting.before_delete(record)


@hookimpl
@for_models("service.Case")
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    if new == "solved" and isinstance(record, models.Case):
        planning.again([record])


@hookimpl
def on_enable(company: Company) -> None:
    starting.fill(company)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.service import demo

    demo.load(company, seed)
