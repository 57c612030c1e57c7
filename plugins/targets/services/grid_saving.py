"""Writing changed cells of a sheet: cell by cell what goes in, what somebody else has changed
meanwhile, and what is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, gettext
from plugin_api.errors import Refused, Rejected
from plugins.targets.models import Target
from plugins.targets.services.frames import Frame, read_steps, steps_of
from plugins.targets.services.periods import Period
from plugins.targets.services.planning import from_steps

MOST = 10_000
"""Cells that are saved at once."""
Key = tuple[int, Period]
"""Whose target, of which period."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What somebody typed into a cell. ``version`` and ``before`` are what they saw there: 0 and
    None for an empty one. An empty text changes nothing unless ``delete`` says so."""

    user_id: int
    period: Period
    text: str
    version: int = 0
    before: int | None = None
    delete: bool = False

    @property
    def key(self) -> Key:
        return self.user_id, self.period


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """What stands in a cell, and who has put it there last."""

    steps: int | None = None
    version: int = 0
    by: int | None = None


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What became of each cell: each is in one of these."""

    saved: dict[Key, Present] = field(default_factory=dict)
    conflicts: dict[Key, Present] = field(default_factory=dict)
    """Somebody else has changed these; what they hold by now."""
    refused: dict[Key, Text] = field(default_factory=dict)
    kept: list[Key] = field(default_factory=list)
    """Empty ones, which are no wish to delete."""


def save(frame: Frame, changes: Sequence[Change], editable: Collection[int]) -> Outcome:
    """Write every cell that can be written. Nothing is committed.

    A cell that somebody else has changed since it was read stays theirs and is told of; so is
    one that is refused. Those two keep no other cell from being saved.
    """
    outcome = Outcome()
    latest = {change.key: change for change in changes}
    held = _held(frame, latest)
    todo: list[tuple[Change, int | None]] = []
    for key, change in latest.items():
        if change.user_id not in editable or change.period not in frame.columns:
            outcome.refused[key] = gettext("You may not set this target.")
            continue
        try:
            wanted = read_steps(change.text, frame)
        except Rejected as refused:
            outcome.refused[key] = _words(refused)
            continue
        if wanted is None and not change.delete:
            outcome.kept.append(key)
            continue
        present = _present(held.get(key), frame)
        if present.steps == wanted:
            outcome.saved[key] = present
        elif present.version != change.version and present.steps != change.before:
            outcome.conflicts[key] = present
        else:
            todo.append((change, wanted))
    _write(frame, todo, held, outcome)
    return outcome


def _write(
    frame: Frame,
    todo: Sequence[tuple[Change, int | None]],
    held: Mapping[Key, Target],
    outcome: Outcome,
) -> None:
    """All together; when one of them is refused, halves of them, until it is alone."""
    if not todo:
        return
    try:
        with host().session.begin_nested():
            made = _write_all(frame, todo, held)
            host().session.flush()
    except Refused as refused:
        if len(todo) > 1:
            middle = len(todo) // 2
            for half in (todo[:middle], todo[middle:]):
                _write(frame, half, _held(frame, [c.key for c, _w in half]), outcome)
            return
        _tell(frame, todo[0][0], refused, outcome)
    else:
        outcome.saved |= {key: _present(target, frame) for key, target in made.items()}


def _write_all(
    frame: Frame, todo: Sequence[tuple[Change, int | None]], held: Mapping[Key, Target]
) -> dict[Key, Target | None]:
    records = host().records
    made: dict[Key, Target | None] = {}
    new: list[tuple[Key, dict[str, Any]]] = []
    for change, wanted in todo:
        target = held.get(change.key)
        if wanted is None:
            made[change.key] = None
            if target is not None:
                records.delete(target, version=target.version)
        elif target is not None:
            records.update(target, _value(frame, wanted), version=target.version)
            made[change.key] = target
        else:
            new.append((change.key, _value(frame, wanted) | _place(frame, change)))
    if new:
        targets = records.create_many(Target, [values for _key, values in new])
        made |= {key: target for (key, _values), target in zip(new, targets, strict=True)}
    return made


def _tell(frame: Frame, change: Change, refused: Refused, outcome: Outcome) -> None:
    """Why one cell was not written: somebody was quicker, or a rule says no."""
    target = _held(frame, [change.key]).get(change.key)
    present = _present(target, frame)
    if present.version != change.version and present.steps != change.before:
        outcome.conflicts[change.key] = present
    else:
        outcome.refused[change.key] = _words(refused)


def _words(refused: Refused) -> Text:
    rows = getattr(refused, "rows", None)
    errors = next(iter(rows.values())) if rows else refused.errors
    texts = [str(text) for found in errors.values() for text in found]
    return " ".join(dict.fromkeys(texts)) or refused.message


def _held(frame: Frame, keys: Collection[Key]) -> dict[Key, Target]:
    """The targets of some cells as the database holds them, in one statement."""
    if not keys or not frame.columns:
        return {}
    asked = sa.select(Target).where(
        Target.measure == frame.stick.measure.key,
        Target.level == "user",
        Target.dimension.is_(None),
        Target.user_id.in_(sorted({user for user, _period in keys})),
        Target.start.in_(sorted({period.start for _user, period in keys})),
        host().records.visible(Target),
    )
    places = {(each.start, each.end): each for each in frame.columns}
    found: dict[Key, Target] = {}
    for target in host().session.scalars(asked.execution_options(populate_existing=True)):
        period = places.get((target.start, target.end))
        if period is not None and target.user_id is not None:
            found[target.user_id, period] = target
    return found


def _present(target: Target | None, frame: Frame) -> Present:
    if target is None:
        return Present()
    return Present(steps=steps_of(target, frame), version=target.version, by=target.updated_by)


def _value(frame: Frame, steps: int) -> dict[str, Any]:
    if frame.field == "amount":
        return {"amount": steps}
    return {"quantity": from_steps(steps, frame.stick.unit)}


def _place(frame: Frame, change: Change) -> dict[str, Any]:
    return {
        "measure": frame.stick.measure.key, "level": "user", "user_id": change.user_id,
        "period": change.period.kind, "start": change.period.start, "end": change.period.end,
    }  # fmt: skip
