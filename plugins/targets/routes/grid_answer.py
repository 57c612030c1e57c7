"""What came of the cells of a sheet, for the page and for its script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, ngettext
from plugin_api.models import model_of
from plugins.targets.services.frames import Frame, text_of
from plugins.targets.services.grid_saving import Key, Outcome, Present
from plugins.targets.services.periods import Period

DAY = "%Y%m%d"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A cell that was not saved: what was typed, and what stands against it."""

    person: str
    period: str
    mine: str
    reason: str
    theirs: str | None = None


def name_of(user_id: int, period: Period, version: int, steps: int | None) -> str:
    """The name of a cell's input, which says what was seen in it."""
    return f"{key_text((user_id, period))}.{version}.{'' if steps is None else steps}"


def key_text(key: Key) -> str:
    """Whose cell, of which period, as one word."""
    user_id, period = key
    return f"{user_id}.{period.start.strftime(DAY)}.{period.end.strftime(DAY)}"


def names(outcome: Outcome, people: Mapping[int, str]) -> dict[int | None, str]:
    """Names of whoever is spoken of; who changed a cell may be somebody one does not see."""
    user: Any = model_of("core.User")
    ids = {present.by for present in outcome.conflicts.values()} - {None}
    found = host().session.execute(sa.select(user.id, user.name).where(user.id.in_(ids)))
    made: dict[int | None, str] = dict(people.items())
    made.update((id_, name) for id_, name in found)
    return made


def _meanwhile(present: Present, frame: Frame, known: Mapping[int | None, str]) -> str:
    name = known.get(present.by, gettext("Somebody"))
    if present.version == 0:
        return str(gettext("Somebody has deleted this target meanwhile."))
    value = text_of(present.steps, frame)
    return str(gettext("%(name)s has set %(value)s meanwhile.", name=name, value=value))


def told(outcome: Outcome, frame: Frame, known: Mapping[int | None, str]) -> dict[str, Any]:
    """What the script needs of each cell."""
    cells: dict[str, Any] = {}
    for state, found in (("saved", outcome.saved), ("conflict", outcome.conflicts)):
        for key, present in found.items():
            cells[key_text(key)] = {
                "state": state,
                "name": name_of(*key, present.version, present.steps),
                "text": text_of(present.steps, frame),
                "reason": _meanwhile(present, frame, known) if state == "conflict" else "",
            }
    cells |= {
        key_text(key): {"state": "refused", "reason": str(reason)}
        for key, reason in outcome.refused.items()
    }
    cells |= {key_text(key): {"state": "kept"} for key in outcome.kept}
    return {"message": said(outcome), "cells": cells}


def said(outcome: Outcome) -> str:
    """How many cells went in, and how many did not."""
    parts = [ngettext("%(num)d target saved.", "%(num)d targets saved.", len(outcome.saved))]
    if outcome.conflicts:
        parts.append(
            ngettext(
                "%(num)d was changed by somebody else meanwhile.",
                "%(num)d were changed by somebody else meanwhile.",
                len(outcome.conflicts),
            )
        )
    if outcome.refused:
        parts.append(
            ngettext("%(num)d was refused.", "%(num)d were refused.", len(outcome.refused))
        )
    if outcome.kept:
        parts.append(
            ngettext(
                "%(num)d empty cell was left as it is.",
                "%(num)d empty cells were left as they are.",
                len(outcome.kept),
            )
        )
    return " ".join(map(str, parts))


def faults(
    outcome: Outcome, frame: Frame, known: Mapping[int | None, str], typed: Mapping[Key, str]
) -> list[Fault]:
    """The cells that were not saved, in words."""
    made = [
        Fault(
            person=known.get(key[0], ""), period=key[1].label, mine=typed[key],
            reason=_meanwhile(present, frame, known), theirs=text_of(present.steps, frame),
        )
        for key, present in outcome.conflicts.items()
    ]  # fmt: skip
    made += [
        Fault(person=known.get(key[0], ""), period=key[1].label, mine=typed[key], reason=str(why))
        for key, why in outcome.refused.items()
    ]
    return made
