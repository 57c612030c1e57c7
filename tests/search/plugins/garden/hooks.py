"""A plugin that companies switch off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Mapped

from plugin_api import hookimpl
from plugin_api.access import RoleGrants
from plugin_api.menus import MenuItem
from plugin_api.models import CompanyModel, text


class Plant(CompanyModel):
    __tablename__ = "garden_plant"
    __collection__ = "plants"
    __label__ = "Plant"
    __label_plural__ = "Plants"

    name: Mapped[str] = text("Name")


@hookimpl
def register_models() -> Sequence[Any]:
    return [Plant]


@hookimpl
def register_menus() -> Sequence[MenuItem]:
    return [MenuItem(id="plants", label="Plants", model="garden.Plant")]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [RoleGrants(role="rep", grants={"garden.Plant.*": "company"})]
