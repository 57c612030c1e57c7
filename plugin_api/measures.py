"""Figures with one definition, usable by every plugin.

A measure's facts are a select of labelled columns, one row a fact:

``on``         business date the fact counts for (required)
``value``      what is summed: an integer or an exact decimal of the contract's types, minor
               units for money (required); a figure is rounded once, where it is shown
``user_id``    whom it is credited to, or NULL (required)
``record_id``  id of the record behind it (required)
any dimension  a column for each entry of ``dimensions``

The select is written against mapped classes, so the company wall applies to it; the host
adds the record rules of ``model``, the period, filters and grouping, in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api.context import Text

Unit = Literal["money", "count", "ratio", "days", "number"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """A column of the facts to group and filter by; ``target`` when it is a reference's id.

    ``labels`` names the values of a column that is no reference.
    """

    label: Text
    target: str | None = None
    labels: Mapping[str, Text] = field(default_factory=dict)
    traced: bool = False
    """True for where a fact comes from, such as its order: figures are followed back by it, and
    nobody plans by it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A sum over facts. ``key`` is ``<plugin>.<name>``, stable for ever."""

    key: str
    label: Text
    unit: Unit
    model: str
    """Model of the records behind the figure; its read permission and record rules apply."""
    facts: Callable[[], sa.Select[*tuple[Any, ...]]]
    direction: Literal["up", "down"] = "up"
    """Whether more is better."""
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    description: Text = ""
    """The definition in words: what counts, when, for whom."""
    headline: bool = False
    """Whether people are judged by it first: pages that need one measure start with it."""
    fields: tuple[str, ...] = ()
    """Fields that the figure is made of, named as in views, of ``model`` or written out
    (``catalog.Product.cost``). Who may not read one of them does not find the measure, nor a
    dimension that is called like such a field."""
    snapshot: bool = False
    """True when the figure is of now and no period applies (open pipeline)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """Numerator over denominator, each a measure key; empty when the denominator is 0."""

    key: str
    label: Text
    unit: Unit
    numerator: str
    denominator: str
    direction: Literal["up", "down"] = "up"
    description: Text = ""
