from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plugin_api import for_models, hookimpl
from plugin_api.access import RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, Company
from plugin_api.jobs import Job
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel, TimelineEntry
from plugin_api.views import View
from plugin_api.workflow import Transition, Workflow
from plugins.contracts import (
    access,
    cards,
    jobs,
    measures,
    models,
    panels,
    timeline,
    views,
    workflow,
)
from plugins.contracts.services import entry, flow, renewals
from plugins.crm.api import Opportunity


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
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"obligations": cards.overdue(actor)}


@hookimpl
@for_models("contracts.Contract")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return entry.starting_values(actor)


@hookimpl
@for_models("contracts.Contract", "crm.Account")
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
@for_models("crm.Account")
def record_timeline(
    model: str, record_id: int, before: tuple[datetime, int] | None, limit: int
) -> Sequence[TimelineEntry]:
    return timeline.of_record(record_id, before, limit)


@hookimpl
@for_models("contracts.Contract")
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    entry.before_create_many(records)


@hookimpl
@for_models(*entry.WRITTEN)
def before_create(model: str, record: CompanyModel) -> None:
    entry.before_create(record)


@hookimpl
@for_models(*entry.WRITTEN)
def after_create(model: str, record: CompanyModel) -> None:
    entry.after_change(record)


@hookimpl
@for_models(*entry.WRITTEN)
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.before_update(record, changes)


@hookimpl
@for_models(*entry.WRITTEN)
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.after_change(record)


@hookimpl
@for_models(*entry.WRITTEN)
def before_delete(model: str, record: CompanyModel) -> None:
    entry.before_delete(record)


@hookimpl
@for_models("contracts.Contract", "crm.Opportunity")
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    if isinstance(record, models.Contract) and new == "signed":
        flow.signed(record)
    elif isinstance(record, Opportunity) and new == "won" != old:
        renewals.won(record)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.contracts import demo

    demo.load(company, seed)
