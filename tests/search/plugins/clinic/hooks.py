"""Patients have a doctor, visits belong to patients, rooms to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugin_api import hookimpl
from plugin_api.access import RoleGrants
from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.views import ListView

from . import models


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Room, models.Patient, models.Visit]


@hookimpl
def register_views() -> Sequence[Any]:
    return [
        ListView(model="clinic.Patient", columns=("name", "room", "phone"), order="name"),
        ListView(model="clinic.Room", columns=("name", "size")),
    ]


@hookimpl
def register_menus() -> Sequence[MenuItem]:
    return [
        MenuItem(id="patients", label=_("People"), model="clinic.Patient", order=10),
        MenuItem(id="rooms", label="Rooms", model="clinic.Room", order=20),
    ]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [
        RoleGrants(
            role="rep",
            grants={
                "clinic.Patient.read": "own",
                "clinic.Patient.create": "own",
                "clinic.Visit.read": "own",
                "clinic.Room.read": "company",
            },
        ),
        RoleGrants(role="manager", grants={"clinic.Patient.read": "subtree"}),
    ]
