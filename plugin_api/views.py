"""Declared views. The host renders them; a model that declares none gets a list and a form.

Fields are named as on the model; a reference by its name without ``_id``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from plugin_api.context import Text
from plugin_api.panels import Fact


@dataclass(frozen=True, kw_only=True, slots=True)
class ListView:
    """A table of records. ``order`` is a field, descending with a leading minus.

    Of ``filters`` the first five always show; the others are a click away.
    """

    model: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    order: str = "id"
    totals: tuple[str, ...] = ()
    """Number or money fields summed in the footer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A titled group of fields of a form."""

    title: Text
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Related:
    """Records that point to the one shown: those of ``model`` whose ``field`` is it."""

    title: Text
    model: str
    field: str
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormView:
    """One record: sections, the transitions it may take, and what points to it.

    ``preview(record)`` says what saving would come to while somebody still types: the record is
    saved with all that follows, shown to it, and taken back. What refuses it is shown as well.
    """

    model: str
    sections: tuple[Section, ...]
    related: tuple[Related, ...] = ()
    preview: Callable[[Any], Sequence[Fact]] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KanbanView:
    """A board with a column for each value of a choice or reference field.

    Dragging a card runs ``transition`` with ``{group_by: value}``; without one the field is
    updated, by the transition that leads there where it is the field of a workflow. ``parent``
    is a reference of the column's model that the board is narrowed by: the stages of one
    pipeline.
    """

    model: str
    group_by: str
    title: str
    fields: tuple[str, ...] = ()
    total: str | None = None
    transition: str | None = None
    order: str = "-updated_at"
    parent: str | None = None
    column_order: str = "position"
    closed: tuple[str, ...] = ()
    """Values of a choice field, of the records or of the columns' own model, whose columns start
    folded: what is over and done with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarView:
    """Records on the days of a month. ``start`` is a date or instant; so is ``end``, which may
    be empty. ``tone`` is a choice field that colours them. Dragging changes ``start``."""

    model: str
    start: str
    title: str
    end: str | None = None
    tone: str | None = None
    fields: tuple[str, ...] = ()
    clock: str | None = None
    """Where ``start`` is a date: the instant whose hour is shown, empty for all of the day."""


Draw = Literal["bar", "line", "area"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartView:
    """Records as a picture. ``by`` and ``split`` are a reference, choice or yes/no field, or a
    date or instant with its period: ``closed_on__month`` (``day, week, month, quarter, year``).

    ``figure`` is ``count``, or a number or money field with ``sum``, ``avg``, ``min`` or ``max``:
    ``amount__sum``. A model without one is counted by its first choice or reference.
    """

    model: str
    by: str
    figure: str = "count"
    split: str = ""
    draw: Draw = "bar"


@dataclass(frozen=True, kw_only=True, slots=True)
class PivotView:
    """Records counted or added up in rows and columns, with subtotals; up to two keys on each
    side. Keys and figure are written as for :class:`ChartView`."""

    model: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    figure: str = "count"


View = ListView | FormView | KanbanView | CalendarView | ChartView | PivotView


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A part of a dashboard: one of ``card`` (``<plugin>.<card id>``), ``model`` or ``measure``.

    ``state`` is what the address of the model's pages, or of the analysis, would hold:
    ``{"view": "chart", "by": "stage", "outcome": "open"}``; ``{"by": "month", "split": "team"}``.
    """

    title: Text
    card: str = ""
    model: str = ""
    measure: str = ""
    state: Mapping[str, str] = field(default_factory=dict)
    width: Literal[1, 2, 3] = 1
    """Of three columns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dashboard:
    """A page of tiles that each load on their own, as the person who looks.

    ``roles`` are codes of roles whose dashboards open with it; whoever holds ``permission`` has
    it. A tile whose plugin is off is left out; one that the person may not see says so.
    """

    id: str
    title: Text
    tiles: tuple[Tile, ...]
    permission: str
    roles: tuple[str, ...] = ()
    order: int = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraColumn:
    """A column that another plugin computes for a list.

    ``load(ids)`` answers for all records of a page at once, in a few statements however many they
    are; a record that is left out has an empty cell. One that fails leaves the page standing.
    """

    name: str
    label: Text
    load: Callable[[Sequence[int]], Mapping[int, Fact]]
    numeric: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewExtension:
    """Columns added to another plugin's list after the column ``after``.

    Where that column is missing they come last. Shown while the plugin is on and the person
    holds ``permission``.
    """

    model: str
    after: str
    columns: tuple[ExtraColumn, ...]
    permission: str
