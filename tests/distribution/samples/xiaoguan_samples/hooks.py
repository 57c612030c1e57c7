from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Actor, today
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base
from plugin_api.views import View
from xiaoguan_samples import access, measures, models, routes, views


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
@for_models("samples.Sample")
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    return {"owner_id": actor.user_id, "given_on": today()}
