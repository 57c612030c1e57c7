"""Student's distribution, of which the standard library has only the limit."""

from __future__ import annotations

from math import exp, inf, lgamma, log

TINY = 1e-300


def beyond(t: float, degrees: float) -> float:
    """How likely chance alone brings so much or more, on either side; 0 to 1."""
    if t in (inf, -inf):
        return 0.0
    return _beta(degrees / (degrees + t * t), degrees / 2, 0.5)


def critical(degrees: float, sure: float = 0.95) -> float:
    """How many errors on either side hold the true figure with this likelihood.

    2.228 of ten degrees, 1.960 of very many.
    """
    low, high = 0.0, 2.0
    while beyond(high, degrees) > 1 - sure:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        if beyond(middle, degrees) > 1 - sure:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction, by Lentz's method."""
    c, d = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 500):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _nonzero(1 + step * d)
            c = _nonzero(1 + step / c)
            found *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return found


def _nonzero(value: float) -> float:
    return value if abs(value) > TINY else TINY
