from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Company
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.views import View
from plugins.catalog import access, models, views
from plugins.catalog.services import entry, starting


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return (models.Unit, models.Category, models.Product, models.PriceList, models.Price)


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
@for_models("catalog.Category", "catalog.Product", "catalog.PriceList", "catalog.Price")
def before_create(model: str, record: CompanyModel) -> None:
    entry.complete(record)


@hookimpl
@for_models("catalog.Category", "catalog.Product", "catalog.PriceList", "catalog.Price")
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    entry.complete(record, changes)


@hookimpl
@for_models("catalog.Product")
def after_update(
    model: str, record: models.Product, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    if "name" in changes:
        entry.rename_prices(record)


@hookimpl
def on_enable(company: Company) -> None:
    starting.fill(company)


@hookimpl
def load_demo(company: Company, seed: int) -> None:
    from plugins.catalog import demo

    demo.load(company, seed)
