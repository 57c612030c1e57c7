"""Least squares, and how sure what it finds is: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import log, sqrt

TOLERANCE = 1e-9
"""Of its own length; what remains of a column below it is made of the others."""


class Collinear(ValueError):
    """A column is a sum of others, so their parts cannot be told apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """``rows`` explain ``values`` by ``coefficients`` up to ``residuals``."""

    coefficients: list[float]
    residuals: list[float]
    rows: Sequence[Sequence[float]]
    bread: list[list[float]]
    """The inverse of the rows' products, by which errors are made."""
    log_size: float
    """Logarithm of the root of its determinant."""
    degrees: int
    """Cases beyond what was estimated, absorbed means included."""

    @property
    def variance(self) -> float:
        """Of what is not explained."""
        return sum(each * each for each in self.residuals) / self.degrees


def least_squares(
    rows: Sequence[Sequence[float]], values: Sequence[float], *, absorbed: int = 0
) -> Fit:
    """The fit; ``absorbed`` means were taken out of it before. Raises Collinear, and ValueError
    for no more cases than coefficients."""
    n, k = len(rows), len(rows[0])
    if n - k - absorbed < 1:
        raise ValueError("no more cases than coefficients")
    directions: list[list[float]] = []
    upper = [[0.0] * k for _ in range(k)]
    for j in range(k):
        column = [float(row[j]) for row in rows]
        length = sqrt(sum(x * x for x in column))
        # Twice: what rounding leaves the first time is taken out the second.
        for _ in range(2):
            for i, direction in enumerate(directions):
                part = sum(a * b for a, b in zip(direction, column, strict=True))
                upper[i][j] += part
                column = [b - part * a for a, b in zip(direction, column, strict=True)]
        rest = sqrt(sum(x * x for x in column))
        if rest <= TOLERANCE * max(length, TOLERANCE):
            raise Collinear(str(j))
        upper[j][j] = rest
        directions.append([x / rest for x in column])
    inverse = _inverse(upper)
    onto = [sum(a * b for a, b in zip(d, values, strict=True)) for d in directions]
    found = [sum(inverse[i][j] * onto[j] for j in range(i, k)) for i in range(k)]
    return Fit(
        coefficients=found,
        residuals=[
            y - sum(x * b for x, b in zip(row, found, strict=True))
            for row, y in zip(rows, values, strict=True)
        ],
        rows=rows,
        bread=[
            [sum(inverse[i][m] * inverse[j][m] for m in range(max(i, j), k)) for j in range(k)]
            for i in range(k)
        ],
        log_size=-sum(log(upper[j][j]) for j in range(k)),
        degrees=n - k - absorbed,
    )


def _inverse(upper: Sequence[Sequence[float]]) -> list[list[float]]:
    k = len(upper)
    found = [[0.0] * k for _ in range(k)]
    for j in range(k):
        found[j][j] = 1 / upper[j][j]
        for i in range(j - 1, -1, -1):
            rest = sum(upper[i][m] * found[m][j] for m in range(i + 1, j + 1))
            found[i][j] = -rest / upper[i][i]
    return found


def plain_error(fit: Fit, weights: Sequence[float]) -> float:
    """Of a weighted sum of the coefficients, where all cases vary alike."""
    return sqrt(max(fit.variance * _within(fit.bread, weights), 0.0))


def robust_error(fit: Fit, weights: Sequence[float]) -> float:
    """The same where some vary more than others (HC2: of two groups it is Welch's)."""
    meat = 0.0
    for row, rest in zip(fit.rows, fit.residuals, strict=True):
        leverage = min(_within(fit.bread, row), 1 - TOLERANCE)
        meat += (_reach(fit, weights, row) * rest) ** 2 / (1 - leverage)
    return sqrt(meat)


def clustered_error(fit: Fit, weights: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """The same where cases of a cluster move together, with the usual correction for few.

    Raises ValueError for fewer than two clusters.
    """
    sums: dict[Hashable, float] = {}
    for row, rest, cluster in zip(fit.rows, fit.residuals, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + _reach(fit, weights, row) * rest
    n, count = len(fit.rows), len(sums)
    if count < 2:
        raise ValueError("one cluster has no spread")
    scale = count / (count - 1) * (n - 1) / (n - len(fit.coefficients))
    return sqrt(scale * sum(each * each for each in sums.values()))


def _within(bread: Sequence[Sequence[float]], row: Sequence[float]) -> float:
    return sum(
        a * sum(b * c for b, c in zip(line, row, strict=True))
        for a, line in zip(row, bread, strict=True)
    )


def _reach(fit: Fit, weights: Sequence[float], row: Sequence[float]) -> float:
    """How much a case moves the weighted sum."""
    return sum(
        w * sum(b * c for b, c in zip(line, row, strict=True))
        for w, line in zip(weights, fit.bread, strict=True)
        if w
    )
