from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from plugin_api.panels import Panel
from plugin_api.views import View
from plugin_api.workflow import Transition, Workflow
from plugins.approvals import (
    access,
    cards,
    jobs,
    measures,
    models,
    panels,
    routes,
    views,
    workflow,
)
from plugins.approvals.services import changes as data
from plugins.approvals.services import holding


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
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def menu_badges(actor: Actor) -> Mapping[str, int]:
    return {"decisions": cards.number()}


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
def before_create(model: str, record: CompanyModel) -> None:
    data.before_create(record)


@hookimpl
def after_create(model: str, record: CompanyModel) -> None:
    data.after_create(record)


@hookimpl
@for_models("approvals.Rule", "approvals.Step")
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.before_update(record)


@hookimpl
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    data.after_update(record)


@hookimpl
def before_delete(model: str, record: CompanyModel) -> None:
    data.before_delete(record)


@hookimpl
def before_transition(
    model: str, record: CompanyModel, transition: Transition, values: Mapping[str, Any]
) -> None:
    holding.hold(record, transition)


@hookimpl
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    data.after_transition(record, transition)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.approvals import demo

    demo.load()
