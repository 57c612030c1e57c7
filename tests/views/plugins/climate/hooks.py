"""A column and a panel, which fail when they are told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plugin_api import for_models, hookimpl
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Actor
from plugin_api.panels import Fact, Panel
from plugin_api.views import ExtraColumn, ViewExtension

broken: set[str] = set()
asked: list[tuple[int, ...]] = []
"""Ids for which the column was computed, call by call."""


def degrees(ids: Sequence[int]) -> Mapping[int, Fact]:
    if "column" in broken:
        raise RuntimeError("no thermometer")
    asked.append(tuple(ids))
    return {
        id_: Fact(label="Warm", value=f"{id_ % 40} °C", share=id_ % 40 / 40) for id_ in ids[::2]
    }


@hookimpl
def register_view_extensions() -> Sequence[ViewExtension]:
    return [
        ViewExtension(
            model="repairs.Repair",
            after="worker",
            columns=(ExtraColumn(name="degrees", label="Degrees", load=degrees),),
            permission="climate.see",
        ),
        ViewExtension(
            model="repairs.Bay",
            after="nowhere",
            columns=(ExtraColumn(name="wind", label="Wind", load=lambda ids: {}),),
            permission="climate.see",
        ),
        ViewExtension(
            model="repairs.Bay",
            after="name",
            columns=(
                ExtraColumn(name="sun", label="Sun", load=lambda ids: {}),
                ExtraColumn(name="shade", label="Shade", load=lambda ids: {}),
            ),
            permission="climate.see",
        ),
    ]


@hookimpl
def register_permissions() -> Sequence[Permission]:
    return [Permission(key="climate.see", label="See the climate")]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [RoleGrants(role="manager", grants={"climate.see": "company"})]


@hookimpl
@for_models("repairs.Repair")
def list_panels(model: str, actor: Actor) -> Sequence[Panel]:
    if "panel" in broken:
        raise RuntimeError("no barometer")
    fact = Fact(label="Rain", value="3 mm", href="/repairs/repairs?urgent=true")
    return [Panel(title="Outside", facts=(fact,), note="As of noon")]
