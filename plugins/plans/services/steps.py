"""Steps: what makes sense of them, what they wait for, and how they go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of
from plugin_api.periods import check_day
from plugins.plans.models import Dependency, Objective, Step
from plugins.plans.models.steps import OPEN
from plugins.plans.services import days, graph, subjects
from plugins.plans.services.kept import kept

CLOSED = ("done", "cancelled")
COUNTED = frozenset(
    {"objective_id", "state", "expected_amount", "expected_quantity", "realised_amount",
     "realised_quantity"}
)  # fmt: skip
"""What a change of lets coverage be another."""
MONEY = ("budget", "spent", "expected_amount", "realised_amount")
LONGEST = 40
"""Steps of a circle that are named."""
COPIED = (
    "name", "objective_id", "owner_id", "milestone", "risk", "budget", "resources",
    "expected_amount", "expected_quantity", "about_model", "about_id", "repeat", "repeat_until",
    "details",
)  # fmt: skip


def check_days(record: Any, *names: str) -> None:
    """Raise Rejected for a day that nobody means."""
    for name in names:
        check_day(name, getattr(record, name))


def complete(step: Step, changes: Collection[str] = ()) -> None:
    """Make the days, words and figures of a step agree. Raises Rejected."""
    check_days(step, "start", "due", "done_on", "repeat_until")
    if step.start is not None and step.start > step.due:
        if "due" in changes and "start" not in changes:
            step.start = step.due
        else:
            raise Rejected("start", gettext("It starts after it is due."))
    if step.id is None or {"about_model", "about_id"} & set(changes):
        step.about = subjects.name_of(step.about_model, step.about_id)
    for name in MONEY:
        if (getattr(step, name) or 0) < 0 and name != "realised_amount":
            raise Rejected(name, gettext("It cannot be below zero."))
    _settle_days(step)
    _check_unit(step)


def _settle_days(step: Step) -> None:
    if step.promised is None or (step.state in OPEN and _is_draft(step.objective_id)):
        step.promised = step.due
    if step.state == "done":
        step.done_on = step.done_on or min(step.due, today())
        if step.done_on > today():
            raise Rejected("done_on", gettext("This is in the future."))
    elif step.done_on is not None:
        raise Rejected("done_on", gettext("Only what is done has such a day."))
    if step.repeat is not None and step.series_start is None:
        step.series_start = step.due


def _check_unit(step: Step) -> None:
    """What a step brings is in the unit of its objective."""
    unit = _kept(step.objective_id)[1]
    if unit is None:
        return
    amounts = ("expected_amount", "realised_amount")
    quantities = ("expected_quantity", "realised_quantity")
    for name in quantities if unit == "money" else amounts:
        if getattr(step, name) is not None:
            raise Rejected(
                name,
                gettext("Its objective is on a measure of money: say an amount.")
                if unit == "money"
                else gettext("Its objective is not on a measure of money: say a quantity."),
            )


def _is_draft(objective_id: int | None) -> bool:
    return _kept(objective_id)[0] == "draft"


def _kept(objective_id: int | None) -> tuple[str | None, str | None]:
    """State and unit of an objective; None where it or its measure is not there."""
    if objective_id is None:
        return None, None

    def read() -> tuple[str | None, str | None]:
        asked = sa.select(Objective.state, Objective.measure).where(Objective.id == objective_id)
        row = host().session.execute(asked).first()
        if row is None:
            return None, None
        measure = measure_of(row.measure)
        return row.state, None if measure is None else measure.unit

    found: tuple[str | None, str | None] = kept(("objective", objective_id), read)
    return found


def check_dependency(link: Dependency) -> None:
    """A step waits for no other that waits for it. Raises Rejected naming the circle.

    Dependencies are written one after the other, so that no two of them close a circle together.
    """
    host().numbers("plans.dependencies")
    asked = sa.select(Dependency.id, Dependency.step_id, Dependency.before_id, Dependency.lag)
    with host().session.no_autoflush:
        rows = host().session.execute(asked).all()
    edges = [graph.Edge(row[1], row[2], row[3]) for row in rows if row[0] != link.id]
    found = graph.circle(edges, link.step_id, link.before_id)
    if found:
        names = names_of(found)
        said = " → ".join(f"“{names.get(id_, id_)}”" for id_ in found[:LONGEST])
        raise Rejected(
            "before", gettext("That is a circle, each waits for the next: %(steps)s", steps=said)
        )


def names_of(ids: Collection[int]) -> Mapping[int, str]:
    """What steps are called. One statement."""
    asked = sa.select(Step.id, Step.name).where(Step.id.in_(ids))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def waited_for(step_id: int) -> Sequence[tuple[int, str]]:
    """Steps that are open and that a step waits for."""
    asked = (
        sa.select(Step.id, Step.name)
        .join(Dependency, Dependency.before_id == Step.id)
        .where(Dependency.step_id == step_id, Step.state.in_(OPEN))
    )
    return [(row[0], row[1]) for row in host().session.execute(asked.order_by(Step.due, Step.id))]


def edges_of(ids: Collection[int]) -> list[graph.Edge]:
    """What some steps wait for. One statement."""
    if not ids:
        return []
    asked = sa.select(Dependency.step_id, Dependency.before_id, Dependency.lag)
    rows = host().session.execute(asked.where(Dependency.step_id.in_(ids)))
    return [graph.Edge(*row) for row in rows]


def bar(step: Any) -> graph.Bar:
    """A step, or a row of one, on the line of time."""
    end = step.done_on if step.state == "done" and step.done_on else step.due
    start = min(step.start or step.due, end)
    return graph.Bar(step.id, start, end, step.state in OPEN)


def threatened(ids: Collection[int]) -> Mapping[int, int]:
    """Open steps that what they wait for makes late → by how many days. A few statements."""
    edges, known = edges_of(ids), set(ids)
    # What they wait for may wait itself.
    wanted = {edge.before for edge in edges} - known
    while wanted:
        known |= wanted
        more = edges_of(wanted)
        edges += more
        wanted = {edge.before for edge in more} - known
    if not edges:
        return {}
    asked = sa.select(Step.id, Step.start, Step.due, Step.done_on, Step.state).where(
        Step.id.in_(known), Step.state != "cancelled"
    )
    bars = {row.id: bar(row) for row in host().session.execute(asked)}
    found = graph.threatened(bars, edges, today())
    return {id_: late for id_, late in found.items() if id_ in set(ids)}


# -- transitions -----------------------------------------------------------------------------


def check_free(step: Step, values: Mapping[str, Any]) -> None:
    """Raise Rejected while a step waits for another that is open."""
    waiting = waited_for(step.id)
    if waiting:
        names = ", ".join(f"“{name}”" for _id, name in waiting)
        raise Rejected("state", gettext("It waits for %(steps)s.", steps=names))


def done(step: Step, values: dict[str, Any]) -> None:
    """It is done, today where nothing else is said."""
    step.done_on = values.pop("done_on", None) or today()


def reopen(step: Step, values: dict[str, Any]) -> None:
    """It is to be done after all."""
    step.done_on = None


def check_replan(step: Step, values: Mapping[str, Any]) -> None:
    """Raise Rejected for days that make no sense."""
    due, start = values.get("due") or step.due, values.get("start", step.start)
    if "start" in values and start is not None and start > due:
        raise Rejected("start", gettext("It starts after it is due."))


def replan(step: Step, values: dict[str, Any]) -> None:
    """Put it off, or bring it forward; the length stays where no start is given."""
    due = values.get("due") or step.due
    if "start" not in values and step.start is not None:
        values["start"] = due - (step.due - step.start)


def after_what(step: Step, values: dict[str, Any]) -> None:
    """Have it begin after what it waits for."""
    late = threatened([step.id]).get(step.id, 0)
    length = step.due - (step.start or step.due)
    first = days.work_day_from(
        (step.start or step.due) + dt.timedelta(days=late), host().calendar.is_work_day
    )
    if step.start is not None:
        step.start = first
    step.due = max(first + length, step.due)


def check_after(step: Step, values: Mapping[str, Any]) -> None:
    """Raise Rejected where nothing makes it late."""
    if not threatened([step.id]):
        raise Rejected("", gettext("Nothing that it waits for makes it late."))


def go_on(step: Step) -> None:
    """Plan the next one of a series when one is done or was cancelled."""
    if step.repeat is None:
        return
    first, after = step.series_start or step.due, max(step.due, today() - dt.timedelta(days=1))
    due = days.next_due(step.repeat, first, after, host().calendar.is_work_day)
    if due is None or (step.repeat_until is not None and due > step.repeat_until):
        return
    values: dict[str, Any] = {name: getattr(step, name) for name in COPIED}
    values["due"] = due
    if step.start is not None:
        values["start"] = due - (step.due - step.start)
    if subjects.title(step.about_model, step.about_id) is None:
        values["about_model"] = values["about_id"] = None
    made = host().records.create(Step, values)
    made.series_start = first
    # It goes on from here: the one that is over repeats no more.
    step.repeat = None
