"""The effect when other figures are held alike, at one time or over a panel of periods."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from plugin_api.effects.groups import FEW, too_few
from plugin_api.effects.linear import (
    Collinear,
    clustered_error,
    least_squares,
    plain_error,
    robust_error,
)
from plugin_api.effects.saying import Caveat, Chosen, Effect, between, chosen_by, refusal
from plugin_api.effects.shuffling import by_chance

Spread = Literal["plain", "robust"]
"""All cases vary alike, or some more than others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came out for somebody with it or without, and figures to hold alike, all of the same
    names."""

    treated: bool
    value: float
    besides: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What came out for a unit in a period, and figures that may explain it: what it got (0 or 1,
    or how much), and what else changed."""

    unit: Hashable
    period: int
    value: float
    figures: Mapping[str, float]


def adjusted(
    outcomes: Sequence[Outcome], *, chosen: Chosen = "rule", spread: Spread = "robust"
) -> Effect:
    """The difference between both groups, other figures held alike by a regression.

    Refused for too few, for too many figures, and where a figure tells who got it.
    """
    treated = [each for each in outcomes if each.treated]
    control = [each for each in outcomes if not each.treated]
    sizes = (len(treated), len(control))
    names = sorted(outcomes[0].besides) if outcomes else []
    why = too_few(*sizes) if control else [Caveat("no_control")]
    if not why and len(outcomes) < 10 + 5 * len(names) and names:
        why = [Caveat("too_many", {"columns": len(names), "n": len(outcomes)})]
    if why:
        return refusal("adjusted", *sizes, why)
    means = [fmean(each.besides[name] for each in outcomes) for name in names]
    others = [
        [1.0, *(each.besides[name] - mean for name, mean in zip(names, means, strict=True))]
        for each in outcomes
    ]
    rows = [[*row, float(each.treated)] for row, each in zip(others, outcomes, strict=True)]
    values = [each.value for each in outcomes]
    try:
        fit = least_squares(rows, values)
    except Collinear:
        return refusal("adjusted", *sizes, [Caveat("collinear")])
    last = [0.0] * (len(rows[0]) - 1) + [1.0]
    error = plain_error(fit, last) if spread == "plain" else robust_error(fit, last)
    low, high = between(fit.coefficients[-1], error, fit.degrees)
    told = chosen_by(chosen)
    chance = None
    if min(sizes) < FEW:
        told.append(Caveat("few"))
        rest = least_squares(others, values).residuals
        sides = [[r for r, e in zip(rest, outcomes, strict=True) if e.treated is side]
                 for side in (True, False)]  # fmt: skip
        chance = by_chance(*sides)
    naive = fmean(e.value for e in treated) - fmean(e.value for e in control)
    return Effect(
        method="adjusted", treated=sizes[0], control=sizes[1], estimate=fit.coefficients[-1],
        error=error, low=low, high=high, chance=chance, naive=naive, caveats=tuple(told),
        details={f"of {name}": b for name, b in zip(names, fit.coefficients[1:], strict=False)},
    )  # fmt: skip


def panel(
    observations: Sequence[Observation],
    of: str,
    *,
    chosen: Chosen = "rule",
    spread: Literal["plain", "clustered"] = "clustered",
) -> Effect:
    """The effect of the figure ``of`` within units over periods: each unit's own level and each
    period's are taken out. The details hold the coefficients of all figures.

    Refused for too few units that ever got it, or never did, and where figures go together.
    """
    got = _first(observations, of)
    units = {each.unit for each in observations}
    sizes = (len(got), len(units) - len(got))
    if why := too_few(*sizes) if sizes[1] else [Caveat("no_control")]:
        return refusal("panel", *sizes, why)
    names = [of, *sorted(set(observations[0].figures) - {of})]
    periods = sorted({each.period for each in observations})[1:]
    table = [
        [*(each.figures[name] for name in names), *(float(each.period == p) for p in periods)]
        for each in observations
    ]
    keys = [each.unit for each in observations]
    columns = [_within(keys, column) for column in zip(*table, strict=True)]
    values = _within(keys, [each.value for each in observations])
    try:
        fit = least_squares([list(row) for row in zip(*columns, strict=True)], values,
                            absorbed=len(units))  # fmt: skip
    except Collinear:
        return refusal("panel", *sizes, [Caveat("collinear")])
    except ValueError:
        return refusal(
            "panel", *sizes, [Caveat("too_many", {"columns": len(names), "n": len(values)})]
        )
    first = [1.0] + [0.0] * (len(columns) - 1)
    degrees: float = fit.degrees
    if spread == "clustered":
        error, degrees = clustered_error(fit, first, keys), len(units) - 1
    else:
        error = plain_error(fit, first)
    low, high = between(fit.coefficients[0], error, degrees)
    told = chosen_by(chosen)
    told += [Caveat("staggered")] * (len(set(got.values())) > 1)
    told += [Caveat("few")] * (min(sizes) < FEW)
    return Effect(
        method="panel", treated=sizes[0], control=sizes[1], estimate=fit.coefficients[0],
        error=error, low=low, high=high, caveats=tuple(told),
        details=dict(zip(names, fit.coefficients, strict=False)),
    )  # fmt: skip


def _first(observations: Sequence[Observation], of: str) -> dict[Hashable, int]:
    """The period in which each unit that ever got it first did."""
    found: dict[Hashable, int] = {}
    for each in observations:
        if each.figures[of]:
            found[each.unit] = min(found.get(each.unit, each.period), each.period)
    return found


def _within(keys: Sequence[Hashable], column: Sequence[float]) -> list[float]:
    """Each value less the mean of its unit."""
    sums: dict[Hashable, list[float]] = {}
    for key, value in zip(keys, column, strict=True):
        sums.setdefault(key, []).append(value)
    means = {key: fmean(values) for key, values in sums.items()}
    return [value - means[key] for key, value in zip(keys, column, strict=True)]
