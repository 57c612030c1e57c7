"""What came of an import, or would come of it, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugin_api.context import gettext

FEW_LINES = 3


def counts(found: Any, *, planned: bool = False) -> Sequence[tuple[str, int, str]]:
    """Label, number and tone of each count of a report or a run; those that are 0 left out."""
    created = gettext("To create") if planned else gettext("Created")
    updated = gettext("To update") if planned else gettext("Updated")
    told = (
        (created, found.created, "good"),
        (updated, found.updated, "info"),
        (gettext("Unchanged"), found.unchanged, "neutral"),
        (gettext("Left out"), found.skipped, "neutral"),
        (gettext("Wrong"), found.errors, "bad"),
    )
    return [each for each in told if each[1]] or [(gettext("Rows"), found.rows, "neutral")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong in the same way with one row or many. ``lines`` names the first of them."""

    lines: str
    count: int
    column: str
    value: str
    reason: str


def faults(found: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Errors of rows, those that say the same together, in the order of the file."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for each in found:
        key = (each["column"] or each["field"], each["value"], each["reason"])
        groups.setdefault(key, []).append(each["line"])
    return [
        Fault(
            lines=", ".join(map(str, lines[:FEW_LINES])) + (" …" if lines[FEW_LINES:] else ""),
            count=len(lines),
            column=column,
            value=value,
            reason=reason,
        )
        for (column, value, reason), lines in groups.items()
    ]
