"""What the plugin registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugin_api import for_models, hookimpl
from plugin_api.access import RoleGrants
from plugin_api.errors import Rejected

from . import models


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Place, models.Shelf, models.Box]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [
        RoleGrants(
            role="rep",
            grants={
                "store.Place.read": "company",
                "store.Box.read": "own",
                "store.Box.create": "own",
                "store.Box.update": "own",
                "store.Box.import": "company",
                "store.Box.export": "company",
            },
        )
    ]


@hookimpl
@for_models("store.Place")
def before_create(model: str, record: Any) -> None:
    if record.name == "Nowhere":
        raise Rejected("name", "There is no such place.")


@hookimpl
@for_models("store.Place")
def after_create(model: str, record: Any) -> None:
    if record.name == "Too late":
        raise Rejected("", "It is too late.")
