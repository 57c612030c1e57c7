"""The declared views of a model without the fields that the actor may not read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from core.data.fields import all_fields
from core.data.query.grouping import groupable
from core.host import services
from core.views.urls import Arguments
from plugin_api.errors import Invalid
from plugin_api.models import Base
from plugin_api.views import CalendarView, ChartView, FormView, KanbanView, ListView, PivotView


def list_of(model: type[Base]) -> ListView:
    """The list, declared or derived."""
    view, known = services().registry.list_view(model.model_key()), all_fields(model)
    if _all_known({*view.columns, *view.filters, *view.totals, _plain(view.order)}, known):
        return view
    return replace(
        view,
        columns=_kept(view.columns, known) or ("id",),
        filters=_kept(view.filters, known),
        totals=_kept(view.totals, known),
        order=_order(model, view.order, known),
    )


def form_of(model: type[Base]) -> FormView:
    """The form, declared or derived; a section of which nothing is left is gone."""
    view, known = services().registry.form_view(model.model_key()), all_fields(model)
    if _all_known({name for section in view.sections for name in section.fields}, known):
        return view
    sections = (replace(each, fields=_kept(each.fields, known)) for each in view.sections)
    return replace(view, sections=tuple(each for each in sections if each.fields))


def preview_href(model: type[Base], path: str) -> str:
    """Where a form asks what saving would come to; empty where nothing says so."""
    view = services().registry.form_view(model.model_key())
    return f"{path}/preview" if view.preview is not None else ""


def board_of(model: type[Base]) -> KanbanView | None:
    """The board, if there is one and the actor may read by what its columns are told apart."""
    view, known = services().registry.kanban_view(model.model_key()), all_fields(model)
    if view is None or view.group_by not in known:
        return None
    total = view.total if view.total in known else None
    if _all_known({view.title, *view.fields, _plain(view.order)}, known) and total == view.total:
        return view
    return replace(
        view,
        title=view.title if view.title in known else model.__title__,
        fields=_kept(view.fields, known),
        total=total,
        order=_order(model, view.order, known),
    )


def calendar_of(model: type[Base]) -> CalendarView | None:
    """The calendar, if there is one and the actor may read when records begin."""
    view, known = services().registry.calendar_view(model.model_key()), all_fields(model)
    if view is None or view.start not in known:
        return None
    named = {view.title, *view.fields, *filter(None, (view.end, view.tone))}
    if _all_known(named, known):
        return view
    return replace(
        view,
        title=view.title if view.title in known else model.__title__,
        end=view.end if view.end in known else None,
        tone=view.tone if view.tone in known else None,
        fields=_kept(view.fields, known),
    )


def chart_declared(model: type[Base]) -> ChartView:
    """The chart, declared or derived; what the actor may not read gives way to what they may."""
    view, known = services().registry.chart_view(model.model_key()), all_fields(model)
    figure = view.figure if _field(view.figure) in {*known, "count"} else "count"
    by = view.by if _field(view.by) in known else groupable(model)[0]
    split = view.split if _field(view.split) in known else ""
    return replace(view, by=by, figure=figure, split=split)


def pivot_declared(model: type[Base]) -> PivotView:
    """The pivot, in the same way."""
    view, known = services().registry.pivot_view(model.model_key()), all_fields(model)
    figure = view.figure if _field(view.figure) in {*known, "count"} else "count"
    rows = tuple(each for each in view.rows if _field(each) in known)
    columns = tuple(each for each in view.columns if _field(each) in known)
    return replace(view, rows=rows or groupable(model)[:1], columns=columns, figure=figure)


def mended(arguments: Arguments, refused: Invalid, kept: Collection[str]) -> Arguments:
    """The arguments without what is refused. Of a saved view the rest stays: somebody else's may
    ask of a field that the actor may not read. Of others only ``kept`` does."""
    if "saved" in arguments:
        gone = {*refused.errors, "cursor"}
        return Arguments({name: value for name, value in arguments.items() if name not in gone})
    return Arguments({name: value for name, value in arguments.items() if name in kept})


def _all_known(names: Collection[str], known: Collection[str]) -> bool:
    return all(name in known for name in names)


def _kept(names: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)


def _field(text: str) -> str:
    return text.partition("__")[0]


def _plain(order: str) -> str:
    return order.removeprefix("-")


def _order(model: type[Base], order: str, known: Collection[str]) -> str:
    if _plain(order) in known:
        return order
    return model.__title__ if model.__title__ in known else "id"
