"""Did it work where it began at different times? Each start is compared with who had not begun.

One figure of a regression with unit and period effects compares those who begin late with those
who have it already; where the effect grows, that may even turn its sign. Here every group of one
start is compared, period by period, with units that never have it or have not begun yet, from the
last period before its start on (the group-time average effects of Callaway and Sant'Anna, 2021).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from statistics import fmean

from plugin_api.effects.groups import FEW, LEAST, TREND
from plugin_api.effects.saying import (
    Caveat,
    Chosen,
    Effect,
    between,
    chosen_by,
    refusal,
    rounded,
)
from plugin_api.effects.student import critical

DRAWS = 400
"""So often who began when is shuffled, the same way each time, where there are few."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """Somebody's figures of periods in order, the same for all; None: not known. ``start`` is the
    place of the first period with it, None for never; ``cluster`` whom they move together with."""

    values: Sequence[float | None]
    start: int | None = None
    cluster: Hashable = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The effect on a group of one start in one period, and what each unit adds to its error."""

    start: int
    period: int
    effect: float
    parts: Mapping[int, float]
    treated: int
    control: int


def staggered(units: Sequence[Unit], *, chosen: Chosen = "rule") -> Effect:
    """The mean effect on who got it, in a period: of each group its mean over the periods since
    its start, the groups weighed by their size.

    Errors allow for people of a team who move together where whole teams began together. The
    details hold the effect by how long it lasts (``after 0`` is the first period). Refused where
    nobody is left to compare with, for groups that are all too small, for too few whole teams, and
    where groups moved apart before they began.
    """
    first = [each.start for each in units if each.start is not None]
    told = []
    if always := sum(1 for start in first if start < 1):
        told.append(Caveat("left_out", {"n": always}))
    sizes = _sizes(units)
    treated = sum(n for n in sizes.values())
    never = len(units) - len(first)
    small = sum(n for n in sizes.values() if n < LEAST)
    cells = _cells(units, sizes)
    if not cells:
        if sizes and not any(n >= LEAST for n in sizes.values()):
            largest = {"n": max(sizes.values()), "least": LEAST}
            return refusal("staggered", treated, never, [Caveat("starts_too_small", largest)])
        why = _why_none(units, treated, never)
        return refusal("staggered", treated, never, [why], caveats=tuple(told))
    by_team = _by_team(units)
    if by_team and (few := _few_teams(units, cells)):
        return refusal("staggered", treated, never, [few], caveats=tuple(told))
    if small:
        told.append(Caveat("small_starts", {"n": small, "least": LEAST}))
    judged = {cell.start for cell in cells}
    treated = sum(sizes[start] for start in judged)
    control = len(_compared(units, cells))
    apart = _apart(units, judged, by_team)
    if apart is not None and apart.key == "trends_apart":
        return refusal("staggered", treated, control, [apart], caveats=tuple(told))
    estimate, parts = _together(cells, sizes)
    error, degrees = _error(units, parts, by_team)
    low, high = between(estimate, error, degrees)
    told = [*([apart] if apart else []), *told, *chosen_by(chosen)]
    if len(judged) > 1:
        told.append(Caveat("by_starts", {"n": len(judged)}))
    told += [Caveat("no_spread")] * (error == 0)
    chance = None
    if min(treated, control) < FEW:
        told.append(Caveat("few"))
        chance = _by_chance(units, estimate, by_team)
    return Effect(
        method="staggered", treated=treated, control=control, estimate=estimate, error=error,
        low=low, high=high, chance=chance, naive=_naive(units, judged), caveats=tuple(told),
        details=_by_age(cells, sizes),
    )  # fmt: skip


def differ(starts: Sequence[int | None]) -> bool:
    """Whether groups that are large enough began at different times."""
    known = {start for start in starts if start is not None}
    return sum(starts.count(start) >= LEAST for start in known) > 1


def _sizes(units: Sequence[Unit]) -> dict[int, int]:
    """Units by their start, of those with a period before it."""
    found: dict[int, int] = defaultdict(int)
    for each in units:
        if each.start is not None and 0 < each.start < len(each.values):
            found[each.start] += 1
    return dict(sorted(found.items()))


def _cells(units: Sequence[Unit], sizes: Mapping[int, int]) -> list[Cell]:
    periods = max((len(each.values) for each in units), default=0)
    return [
        cell
        for start, n in sizes.items()
        if n >= LEAST
        for period in range(start, periods)
        if (cell := _cell(units, start, start - 1, period)) is not None
    ]


def _cell(units: Sequence[Unit], start: int, base: int, period: int) -> Cell | None:
    """The change from ``base`` to ``period`` of who began at ``start`` beyond that of who has not
    begun by then; None with too few on a side."""
    until = max(period, start - 1)
    sides: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for i, each in enumerate(units):
        was, came = each.values[base], each.values[period]
        if was is None or came is None:
            continue
        if each.start == start:
            sides[0][i] = came - was
        elif each.start is None or each.start > until:
            sides[1][i] = came - was
    if min(len(side) for side in sides) < LEAST:
        return None
    parts: dict[int, float] = {}
    means = []
    for sign, side in zip((1, -1), sides, strict=True):
        n, mean = len(side), fmean(side.values())
        means.append(mean)
        # Squared and added up it is the variance of the mean, of one group Welch's.
        scale = sign / sqrt(n * (n - 1))
        parts.update({i: scale * (change - mean) for i, change in side.items()})
    return Cell(start, period, means[0] - means[1], parts, len(sides[0]), len(sides[1]))


def _together(cells: Sequence[Cell], sizes: Mapping[int, int]) -> tuple[float, Mapping[int, float]]:
    """The effect of all cells, and what each unit adds to its error."""
    number: dict[int, int] = defaultdict(int)
    for cell in cells:
        number[cell.start] += 1
    whole = sum(sizes[start] for start in number)
    estimate, parts = 0.0, defaultdict[int, float](float)
    for cell in cells:
        weight = sizes[cell.start] / whole / number[cell.start]
        estimate += weight * cell.effect
        for i, part in cell.parts.items():
            parts[i] += weight * part
    return estimate, parts


def _error(units: Sequence[Unit], parts: Mapping[int, float], by_team: bool) -> tuple[float, float]:
    sums: dict[Hashable, float] = defaultdict(float)
    for i, part in parts.items():
        sums[units[i].cluster if by_team else i] += part
    count = len(sums)
    scale = count / (count - 1) if by_team else 1.0
    groups = len({units[i].start for i in parts})
    return sqrt(scale * sum(each * each for each in sums.values())), max(count - groups, 1)


def _by_team(units: Sequence[Unit]) -> bool:
    """Whether whole teams began together, or never did."""
    starts: dict[Hashable, set[int | None]] = defaultdict(set)
    for each in units:
        if each.cluster is None:
            return False
        starts[each.cluster].add(each.start)
    return len(starts) < len(units) and all(len(some) == 1 for some in starts.values())


def _few_teams(units: Sequence[Unit], cells: Sequence[Cell]) -> Caveat | None:
    judged = {cell.start for cell in cells}
    treated = {each.cluster for each in units if each.start in judged}
    control = {units[i].cluster for i in _compared(units, cells)}
    if min(len(treated), len(control)) >= LEAST:
        return None
    numbers = {"treated": len(treated), "control": len(control), "least": LEAST}
    return Caveat("too_few_clusters", numbers)


def _compared(units: Sequence[Unit], cells: Sequence[Cell]) -> set[int]:
    """Units that some start was compared with."""
    return {i for cell in cells for i in cell.parts if units[i].start != cell.start}


def _why_none(units: Sequence[Unit], treated: int, never: int) -> Caveat:
    if not treated:
        key = "no_before" if any(each.start is not None for each in units) else "no_after"
        return Caveat(key)
    if not never and len({each.start for each in units}) == 1:
        return Caveat("no_control")
    return Caveat("too_few", {"treated": treated, "control": never, "least": LEAST})


def _apart(units: Sequence[Unit], judged: set[int], by_team: bool) -> Caveat | None:
    """Whether groups moved apart from those they are compared with before they began."""
    slopes = []
    for start in judged:
        back = start - 1 if start >= TREND else 0
        cell = _cell(units, start, 0, start - 1) if back else None
        if cell is not None:
            parts = {i: part / back for i, part in cell.parts.items()}
            slopes.append(replace(cell, effect=cell.effect / back, parts=parts))
    if not slopes:
        return Caveat("trend_unknown")
    found, spread = _together(slopes, _sizes(units))
    error, degrees = _error(units, spread, by_team)
    size = max(abs(value) for each in units for value in each.values if value is not None)
    if error <= 1e-12 * size:
        moved = abs(found) > 1e-9 * size
    else:
        moved = abs(found) / error > critical(degrees)
    return Caveat("trends_apart", {"apart": rounded(found)}) if moved else None


def _by_age(cells: Sequence[Cell], sizes: Mapping[int, int]) -> dict[str, float]:
    """The effect by how long it lasts, groups weighed by their size."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for cell in cells:
        found[cell.period - cell.start].append((sizes[cell.start], cell.effect))
    return {
        f"after {age}": sum(n * effect for n, effect in some) / sum(n for n, _effect in some)
        for age, some in sorted(found.items())
    }


def _naive(units: Sequence[Unit], judged: set[int]) -> float | None:
    """What one would say without the comparison: after less before."""
    changes = []
    for each in units:
        if each.start not in judged or each.start is None:
            continue
        before = [value for value in each.values[: each.start] if value is not None]
        after = [value for value in each.values[each.start :] if value is not None]
        if before and after:
            changes.append(fmean(after) - fmean(before))
    return fmean(changes) if changes else None


def _by_chance(units: Sequence[Unit], seen: float, by_team: bool) -> float:
    """How often shuffling who began when brings as much; teams are shuffled as a whole."""
    limit = abs(seen) * (1 - 1e-9)
    found = [abs(each) >= limit for each in _shuffled(units, by_team)]
    return (sum(found) + 1) / (len(found) + 1)


def _shuffled(units: Sequence[Unit], by_team: bool) -> Iterator[float]:
    draw = Random(len(units))
    keys = [each.cluster if by_team else i for i, each in enumerate(units)]
    starts = dict(zip(keys, (each.start for each in units), strict=True))
    for _ in range(DRAWS):
        order = list(starts.values())
        draw.shuffle(order)
        given = dict(zip(starts, order, strict=True))
        mixed = [replace(each, start=given[key]) for each, key in zip(units, keys, strict=True)]
        sizes = _sizes(mixed)
        cells = _cells(mixed, sizes)
        if cells:
            yield _together(cells, sizes)[0]
