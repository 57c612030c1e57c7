"""Each hook does what the contract forbids."""

from __future__ import annotations

import itertools
from typing import Any

import sqlalchemy as sa
from flask import Blueprint
from plugins.wrong.models import Thing

from plugin_api import for_models, hookimpl, host
from plugin_api.errors import Rejected
from plugin_api.jobs import Job
from plugin_api.measures import Dimension, Measure
from plugin_api.menus import MenuItem
from plugin_api.pages import require
from plugin_api.settings import Setting

bp = Blueprint("wrong", __name__)
numbers = itertools.count(1)


@bp.get("/open")
def show() -> str:
    return "for everybody"


@bp.get("/average")
def average() -> str:
    require("wrong.Thing.read")
    things = host().session.scalars(sa.select(Thing.count)).all()
    return str(sum(things) / len(things))


def grow() -> None:
    host().records.create(Thing, {"name": f"Grown {next(numbers)}", "count": 1})


def facts() -> Any:
    return sa.select(Thing.count.label("value"), Thing.id.label("record_id"))


@hookimpl
def register_models() -> Any:
    return (Thing,)


@hookimpl
def register_blueprints() -> Any:
    return (bp,)


@hookimpl
def register_menus() -> Any:
    return (MenuItem(id="open", label="Open", endpoint="wrong.show"),)


@hookimpl
def register_settings() -> Any:
    return (Setting(key="wrong.most", label="Most", kind="integer", default=5, maximum=3),)


@hookimpl
def register_jobs() -> Any:
    return (Job(id="grow", label="", run=grow),)


@hookimpl
def register_measures() -> Any:
    return (
        Measure(
            key="wrong.how", label="How", unit="count", model="wrong.Thing", facts=facts,
            dimensions={"whose": Dimension(label="Whose")},
        ),
    )  # fmt: skip


@hookimpl
@for_models("wrong.Thing")
def before_create(record: Any) -> None:
    record.name = record.name.upper()


@hookimpl
@for_models("wrong.Thing")
def list_panels(model: str) -> Any:
    for id_ in host().session.scalars(sa.select(Thing.id)).all():
        host().session.scalar(sa.select(Thing.name).where(Thing.id == id_))
    return ()


@hookimpl
@for_models("wrong.Thing")
def record_panels(record: Any) -> Any:
    return (record.no_such_field,)


@hookimpl
def on_enable() -> None:
    for thing in host().session.scalars(sa.select(Thing)):
        thing.count += 1


@hookimpl
def load_demo() -> None:
    raise Rejected("name", "No record of mine is plausible.")
