"""What the plugin registers, and the rules of its data hooks. ``CALLS`` tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import for_models, hookimpl, host
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Company
from plugin_api.errors import Held, Rejected
from plugin_api.models import Choice
from plugin_api.settings import Setting

from . import models, views, workflow

CALLS: list[tuple[Any, ...]] = []
MANY: list[tuple[str, list[str]]] = []
"""The same of hooks that see many records at once."""
PARTS = {f"workshop.{model}.*": "own" for model in ("Part", "Share")}


@hookimpl
def register_models() -> Sequence[Any]:
    return [
        models.Client, models.Contact, models.Bench, models.Job, models.Part, models.Share,
        models.Bill,
    ]  # fmt: skip


@hookimpl
def register_views() -> Sequence[Any]:
    return views.VIEWS


@hookimpl
def register_workflows() -> Sequence[Any]:
    return [workflow.WORKFLOW]


@hookimpl
def register_permissions() -> Sequence[Permission]:
    return [Permission(key="workshop.void", label="Void a job")]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    common: dict[str, Any] = {"workshop.Contact.*": "company", "workshop.Bench.*": "company"}
    return [
        RoleGrants(
            role="rep",
            grants={**common, **PARTS, "workshop.Client.*": "own", "workshop.Job.*": "own"},
        ),
        RoleGrants(
            role="manager",
            grants={
                **common, **PARTS, "workshop.Client.*": "subtree", "workshop.Job.*": "subtree",
                "workshop.void": "subtree",
            },
        ),
        RoleGrants(
            role="finance",
            grants={"workshop.Job.*": "team", "workshop.Client.read": "team"},
        ),
        RoleGrants(role="analyst", grants={"workshop.Job.read": "company"}),
    ]  # fmt: skip


@hookimpl
def register_settings() -> Sequence[Setting]:
    return [
        Setting(key="workshop.open", label="Open", kind="boolean", default=True),
        Setting(key="workshop.hours", label="Hours", kind="integer", default=8, minimum=1,
                maximum=24),
        Setting(key="workshop.sign", label="Sign", kind="text", default="Bell"),
        Setting(key="workshop.size", label="Size", kind="choice", default="small",
                choices=(Choice(value="small", label="Small"), Choice(value="big", label="Big"))),
    ]  # fmt: skip


@hookimpl
@for_models("workshop.Job")
def before_create_many(model: str, records: Sequence[Any]) -> None:
    MANY.append(("before_create_many", [record.name for record in records]))


@hookimpl
@for_models("workshop.Job")
def after_create_many(model: str, records: Sequence[Any]) -> None:
    MANY.append(("after_create_many", [record.name for record in records if record.id]))


@hookimpl
@for_models("workshop.Job")
def before_create(model: str, record: Any) -> None:
    CALLS.append(("before_create", record.name, record.id))
    if record.name == "forbidden":
        raise Rejected("name", "Not this one.")
    if record.name == "too long":
        record.note = record.name = "x" * 21
    if record.name != "no number":
        count = host().session.scalar(sa.select(sa.func.count(models.Job.id))) or 0
        record.number = f"J-{count + 1:03}"
    if (record.name or "").startswith("slot "):
        record.slot = record.name


@hookimpl
@for_models("workshop.Job")
def after_create(model: str, record: Any) -> None:
    CALLS.append(("after_create", record.name, record.id is not None))
    if record.name == "echo":
        record.note = "written afterwards"
    if record.name == "nested":
        host().records.update(record, {"note": "updated by a hook"})


@hookimpl
@for_models("workshop.Job")
def before_update(model: str, record: Any, changes: Mapping[str, tuple[Any, Any]]) -> None:
    CALLS.append(("before_update", dict(changes)))
    host().session.scalars(sa.select(models.Job.name)).all()
    CALLS.append(("version", record.version))
    if "name" in changes and record.name == "forbidden":
        raise Rejected("name", "Not this one.")
    if "priority" in changes:
        record.urgent = (record.priority or 0) > 5


@hookimpl
@for_models("workshop.Job")
def after_update(model: str, record: Any, changes: Mapping[str, tuple[Any, Any]]) -> None:
    CALLS.append(("after_update", dict(changes)))


@hookimpl
@for_models("workshop.Job")
def before_delete(model: str, record: Any) -> None:
    if record.name == "kept":
        raise Rejected("", "It is kept.")


@hookimpl
@for_models("workshop.Job")
def before_delete_many(model: str, records: Sequence[Any]) -> None:
    MANY.append(("before_delete_many", [record.name for record in records]))
    if any(record.name == "held back" for record in records):
        raise Rejected("", "It is held back.")


@hookimpl
@for_models("workshop.Job")
def before_transition(model: str, record: Any, transition: Any, values: Any) -> None:
    CALLS.append(("before_transition", transition.name, record.state, dict(values)))
    if record.name == "held":
        raise Held("Ask first.", "/workshop/ask")


@hookimpl
@for_models("workshop.Job")
def after_transition(model: str, record: Any, transition: Any, old: str, new: str) -> None:
    CALLS.append(("after_transition", transition.name, old, new))


@hookimpl
def on_enable(company: Company) -> None:
    CALLS.append(("on_enable", company.slug))
