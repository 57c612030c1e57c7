from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Company
from plugin_api.jobs import Job
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.views import View
from plugins.duplicates import access, jobs, models, views
from plugins.duplicates.services import changing, indexing, starting


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
def before_delete(model: str, record: CompanyModel) -> None:
    changing.before_delete(model, record)


@hookimpl
@for_models("duplicates.Rule", "duplicates.Condition")
def after_create(model: str, record: CompanyModel) -> None:
    indexing.start()
