"""What the plugin registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api import hookimpl
from plugin_api.access import RoleGrants
from plugin_api.cards import Card, CardContent
from plugin_api.errors import Rejected
from plugin_api.views import (
    CalendarView,
    Dashboard,
    FormView,
    KanbanView,
    ListView,
    Section,
    Tile,
)
from plugin_api.workflow import Transition, Workflow

from . import models


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Bay, models.Repair, models.Visit]


@hookimpl
def register_views() -> Sequence[Any]:
    return [
        ListView(
            model="repairs.Repair",
            columns=("name", "bay", "worker", "state", "price", "hours", "due", "urgent"),
            filters=("state", "bay", "worker", "due", "urgent", "price", "called_at", "plate"),
            order="name",
            totals=("price", "hours"),
        ),
        ListView(
            model="repairs.Bay", columns=("name", "kind"), filters=("kind",), order="position"
        ),
        FormView(
            model="repairs.Repair",
            sections=(
                Section(title="Repair", fields=("name", "bay", "worker", "price", "currency")),
                Section(title="More", fields=("state", "hours", "urgent", "due", "until", "note")),
            ),
        ),
        KanbanView(
            model="repairs.Repair", group_by="bay", title="name", fields=("worker", "price"),
            total="price", order="name", closed=("done", "given_up"),
        ),
        CalendarView(
            model="repairs.Repair", start="due", end="until", title="name", tone="state",
            fields=("worker",),
        ),
        CalendarView(model="repairs.Visit", start="at", title="name"),
    ]  # fmt: skip


def _has_a_price(record: Any, values: Mapping[str, Any]) -> None:
    if record.price is None:
        raise Rejected("price", "Say what it costs first.")


@hookimpl
def register_workflows() -> Sequence[Workflow]:
    return [
        Workflow(
            model="repairs.Repair",
            field="state",
            transitions=(
                Transition(
                    name="finish", label="Finish", from_=("open",), to="done",
                    inputs=("hours", "note"), required=("hours",), check=_has_a_price,
                ),
                Transition(name="reopen", label="Reopen", from_=("done",), to="open"),
            ),
        )
    ]  # fmt: skip


def _never() -> CardContent:
    raise RuntimeError("no such weather")


@hookimpl
def register_cards() -> Sequence[Card]:
    return [Card(id="storm", title="Storm", load=_never, permission="repairs.Repair.read")]


@hookimpl
def register_dashboards() -> Sequence[Dashboard]:
    return [
        Dashboard(
            id="shop",
            title="The shop",
            permission="repairs.Repair.read",
            roles=("manager",),
            tiles=(
                Tile(
                    title="By bay",
                    model="repairs.Repair",
                    state={"view": "chart", "by": "bay", "figure": "hours__sum"},
                ),
                Tile(title="Storm", card="repairs.storm"),
                Tile(title="Rain", card="climate.rain"),
                Tile(
                    title="Due", model="repairs.Repair",
                    state={"view": "chart", "by": "due__month"}, width=2,
                ),
                Tile(title="First", model="repairs.Repair", state={"sort": "name"}),
                Tile(title="Visits", model="repairs.Visit"),
            ),
        )
    ]  # fmt: skip


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [
        RoleGrants(role="rep", grants={"repairs.Repair.*": "own", "repairs.Bay.read": "company",
                                       "repairs.Visit.*": "company"}),
        RoleGrants(
            role="manager", grants={"repairs.Repair.*": "company", "repairs.Bay.*": "company"}
        ),
        RoleGrants(role="analyst", grants={"repairs.Repair.read": "company",
                                           "repairs.Bay.read": "company"}),
    ]  # fmt: skip
