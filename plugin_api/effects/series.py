"""Did a series change when it began? One figure a period, with nobody to compare with or with
another series."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from statistics import fmean

from plugin_api.effects.linear import Fit, least_squares, plain_error
from plugin_api.effects.saying import Caveat, Effect, between, refusal, rounded

LEAST_BEFORE, LEAST_AFTER = 6, 3
"""Points: of fewer a line is drawn through chance."""
NEIGHBOURS = 12
"""Points from which on it is worked out how alike neighbours are."""
NAMED = 0.2
"""How alike neighbours are named."""
MOST = 0.95


def interrupted(
    values: Sequence[float],
    start: int,
    *,
    control: Sequence[float] = (),
    season: int = 0,
) -> Effect:
    """Interrupted time series: y = level + trend·t + step·D + bend·(t - T0)·D, where t counts
    from 1, D is 1 from the point at ``start`` (from 0) on, and T0 is the last point before it.

    The estimate is the mean of step + bend·(t - T0) over all points after, in a period: unlike
    ``step`` it does not depend on where time since starts. From 12 points on neighbours may be
    alike, by restricted likelihood, which widens the interval. ``control`` is the same of others,
    taken off point by point; ``season`` is how many points make a year. ``level``, ``trend``,
    ``step``, ``bend`` and ``correlation`` are in the details.
    """
    before, after = start, len(values) - start
    why = []
    if before < LEAST_BEFORE:
        why.append(Caveat("short_before", {"n": before, "least": LEAST_BEFORE}))
    if after < LEAST_AFTER:
        why.append(Caveat("short_after", {"n": after, "least": LEAST_AFTER}))
    if why:
        return refusal("interrupted", after, before, why)
    series = [float(each) for each in values]
    if control:
        series = [y - float(other) for y, other in zip(series, control, strict=True)]
    told = [] if control else [Caveat("other_events")]
    seasons = 0
    if season > 1:
        # With too few points the season's own would be all that is left.
        seasons = season if before >= 2 * season else 0
        told += [Caveat("season_unknown")] * (not seasons)
    rows = [_row(i, start, seasons) for i in range(len(series))]
    correlation = 0.0
    if len(series) >= NEIGHBOURS:
        correlation = _correlation(rows, series)
        if correlation > NAMED:
            told.append(Caveat("alike_neighbours", {"correlation": rounded(correlation)}))
    else:
        told.append(Caveat("too_short_for_neighbours"))
    fit = _fitted(rows, series, correlation)
    weights = [0.0, 0.0, 1.0, (after + 1) / 2] + [0.0] * (len(rows[0]) - 4)
    estimate = sum(w * b for w, b in zip(weights, fit.coefficients, strict=True))
    error = plain_error(fit, weights)
    if error <= 1e-9 * max(map(abs, series), default=0.0):
        told.append(Caveat("no_spread"))
    low, high = between(estimate, error, fit.degrees)
    names = ("level", "trend", "step", "bend")
    details = dict(zip(names, fit.coefficients, strict=False)) | {"correlation": correlation}
    return Effect(
        method="interrupted", treated=after, control=before, estimate=estimate, error=error,
        low=low, high=high, naive=fmean(series[start:]) - fmean(series[:start]),
        caveats=tuple(told), details=details,
    )  # fmt: skip


def _row(i: int, start: int, season: int) -> list[float]:
    since = max(i - start + 1, 0)
    months = [float(i % season == each) for each in range(1, season)] if season else []
    return [1.0, i + 1.0, float(since > 0), float(since), *months]


def _fitted(rows: Sequence[Sequence[float]], values: Sequence[float], correlation: float) -> Fit:
    """The fit where each point is that much like the one before (Prais and Winsten)."""
    if not correlation:
        return least_squares(rows, values)
    first = sqrt(1 - correlation * correlation)
    turned = [[x * first for x in rows[0]]] + [
        [b - correlation * a for a, b in zip(one, two, strict=True)] for one, two in pairwise(rows)
    ]
    values = [values[0] * first] + [b - correlation * a for a, b in pairwise(values)]
    return least_squares(turned, values)


def _correlation(rows: Sequence[Sequence[float]], values: Sequence[float]) -> float:
    """How alike neighbours are, by restricted likelihood; 0 where nothing is left to explain."""
    plain = least_squares(rows, values)
    if sqrt(plain.variance) <= 1e-9 * max(map(abs, values), default=0.0):
        return 0.0

    def likelihood(correlation: float) -> float:
        fit = _fitted(rows, values, correlation)
        return log(1 - correlation**2) / 2 + fit.log_size - fit.degrees / 2 * log(fit.variance)

    tried = [i / 20 for i in range(-19, 20)]
    best = max(tried, key=likelihood)
    near = [best + i / 200 for i in range(-9, 10) if abs(best + i / 200) <= MOST]
    return max(near, key=likelihood)
