"""What somebody's days hold: steps of plans, and what other plugins say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.cards import Tone
from plugin_api.context import Text, gettext, has_permission, pgettext, today
from plugin_api.panels import Action
from plugins.plans.models import Objective, Step
from plugins.plans.models.steps import OPEN

MOST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something on a day. ``kind`` says what it is (a step, a call), ``note`` more of it; ``done``
    crosses it out, ``action`` does it by one tap."""

    day: dt.date
    title: Text
    href: str
    kind: Text = ""
    note: Text = ""
    tone: Tone = "neutral"
    done: bool = False
    action: Action | None = None
    icon: str = ""


def of(user_id: int, start: dt.date, end: dt.date) -> list[Entry]:
    """Everything of somebody's that the actor may see, by day: what is open before the period
    too, since it is still to be done."""
    found = [*steps(user_id, start, end)]
    for answer in host().listeners("day_entries"):
        found += answer(user_id=user_id, start=start, end=end) or ()
    return sorted(found, key=lambda each: (each.day, each.done, str(each.title)))


def steps(user_id: int, start: dt.date, end: dt.date) -> Sequence[Entry]:
    """Somebody's steps: due in the period, done in it, or open from before. One statement."""
    asked = (
        sa.select(
            Step.id, Step.name, Step.due, Step.done_on, Step.state, Step.milestone, Step.carried,
            Step.about, Objective.name.label("objective"),
        )
        .outerjoin(Objective, Objective.id == Step.objective_id)
        .where(
            Step.owner_id == user_id,
            host().records.visible(Step),
            sa.or_(
                sa.and_(Step.state.in_(OPEN), Step.due <= end),
                sa.and_(Step.state == "done", Step.done_on.between(start, end)),
            ),
        )
        .order_by(Step.due, Step.id)
        .limit(MOST)
    )  # fmt: skip
    may_change = has_permission("plans.Step.update")
    return [_entry(row, may_change and row.state in OPEN) for row in host().session.execute(asked)]


def _entry(row: Any, may_change: bool) -> Entry:
    is_done = row.state == "done"
    notes: list[str] = [text for text in (row.objective, row.about) if text]
    if row.carried:
        notes.append(carried(row.carried))
    return Entry(
        day=row.done_on if is_done else row.due,
        title=row.name,
        href=host().record_url("plans.Step", row.id),
        kind=gettext("Milestone") if row.milestone else pgettext("plan", "Step"),
        note=" · ".join(notes),
        tone="neutral" if is_done else tone(row.due),
        done=is_done,
        action=done(row.id) if may_change else None,
        icon="flag" if row.milestone else "check2-square",
    )


def tone(due: dt.date) -> Tone:
    """How much it presses."""
    days = (due - today()).days
    return "bad" if days < 0 else "warn" if days == 0 else "neutral"


def carried(times: int) -> str:
    """How often something was carried over."""
    return str(gettext("carried over %(times)d×", times=times))


def done(step_id: int) -> Action:
    """The button that says that a step is done."""
    path = host().record_url("plans.Step", step_id)
    return Action(label=gettext("Done"), href=f"{path}/transitions/done", icon="check2", post=True)


def by_day(entries: Sequence[Entry]) -> Mapping[dt.date, list[Entry]]:
    """Entries by their day."""
    made: dict[dt.date, list[Entry]] = {}
    for each in entries:
        made.setdefault(each.day, []).append(each)
    return made
