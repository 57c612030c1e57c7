"""Declared views. The host renders them; a model that declares none gets a list and a form.

Fields are named as on the model; a reference by its name without ``_id``.
"""

from __future__ import annotations

from dataclasses import dataclass

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class ListView:
    """A table of records. ``order`` is a field, descending with a leading minus."""

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
    """One record: sections, the transitions it may take, and what points to it."""

    model: str
    sections: tuple[Section, ...]
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KanbanView:
    """A board with a column for each value of a choice or reference field.

    Dragging a card runs ``transition`` with ``{group_by: value}``; without one the field is
    updated. ``parent`` is a reference of the column's model that the board is narrowed by:
    the stages of one pipeline.
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


View = ListView | FormView | KanbanView
