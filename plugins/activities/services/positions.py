"""Distances between positions."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

RADIUS = 6_371_008.8
"""Of the Earth, in metres, on average."""


def metres(a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]) -> int:
    """The way over the ground between two pairs of latitude and longitude, by the haversine
    formula: right to half a per cent, which is less than what a telephone knows of its place."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(float(x)), radians(float(y))) for x, y in (a, b))
    square = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(2 * RADIUS * asin(min(1.0, sqrt(square))))


def is_position(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether there is such a place."""
    return abs(latitude) <= 90 and abs(longitude) <= 180
