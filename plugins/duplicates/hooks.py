from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Actor, Company
from plugin_api.jobs import Job
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.views import View
from plugins.duplicates import access, jobs, models, panels, routes, views
from plugins.duplicates.services import changing, indexing, merging, starting


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
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return (routes.blueprint,)


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return panels.for_record(record)


@hookimpl
def moved_to(model: str, record: CompanyModel) -> str | None:
    return panels.moved_to(model, record)


@hookimpl
def after_erase(model: str, record: CompanyModel) -> None:
    indexing.forget(model, [record.id])
    merging.forget(model, record.id)


@hookimpl
def on_enable(company: Company) -> None:
    starting.start()


@hookimpl
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    changing.before_create_many(model, records)


@hookimpl
def before_create(model: str, record: CompanyModel) -> None:
    changing.before_create(record)


@hookimpl
def after_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    changing.after_create_many(model, records)


@hookimpl
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    changing.before_update(model, record, changes)


@hookimpl
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    changing.after_update(model, record, changes)


@hookimpl
def before_delete_many(model: str, records: Sequence[CompanyModel]) -> None:
    changing.before_delete_many(model, records)


@hookimpl
@for_models("duplicates.Rule", "duplicates.Condition")
def after_create(model: str, record: CompanyModel) -> None:
    indexing.start()


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.duplicates import demo

    demo.load(company, seed)
