"""What a tile shows now, to the person who looks."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import url_for

from core.analysis import picture as drawn
from core.analysis.answering import answer
from core.analysis.asking import asked
from core.analysis.tabled import Cell, Table, changes, table_of
from core.dashboards.tiles import Tile, model_of_source
from core.data import query
from core.data.fields import FieldMeta, all_fields
from core.extensions import db
from core.home import layout
from core.host import services
from core.views import charts, columns, lists, pictures
from core.views.charts import Shown
from core.views.page import Column, Row
from core.views.periods import label_of
from core.views.rows import row_of
from core.views.state import field_of, filters_in
from core.views.urls import Arguments, collection_url, with_query
from plugin_api.cards import CardContent
from plugin_api.context import gettext
from plugin_api.errors import Forbidden, NotFound, Refused
from plugin_api.models import CompanyModel

log = logging.getLogger(__name__)

ROWS, COLUMNS = 8, 4
"""Of a list on a tile."""
HEIGHT = 220


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """One of ``card``, ``shown``, ``rows`` or ``total`` is there. ``refused`` says why nothing
    is; ``standing`` the period, the currency and as of when."""

    card: CardContent | None = None
    shown: Shown | None = None
    figure: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int | None = None
    total: str = ""
    spec: str = ""
    table: Table | None = None
    change: tuple[Cell, ...] = ()
    """Of an analysis: its table, and before, difference and per cent when it is compared."""
    standing: str = ""
    href: str = ""
    refused: str = ""


def content(tile: Tile, period: str = "") -> Content | None:
    """What a tile shows; None when it failed, which is logged. Nothing else suffers."""
    try:
        with db.session.begin_nested():
            return _content(tile, period)
    except Forbidden:
        return Content(refused=str(gettext("Your role does not let you see this.")))
    except NotFound:
        return Content(refused=str(gettext("This is not there any more, or not yours to see.")))
    except Refused as refused:
        return Content(refused=str(refused.message))
    except Exception:
        services().dispatcher.failures[tile.plugin, f"tile {tile.source}"] += 1
        log.exception("the tile %s of %s failed", tile.id, tile.source)
        return None


def href_of(tile: Tile, period: str = "") -> str:
    """The page that shows the same alone; empty for a card."""
    if tile.kind == "card":
        return ""
    if tile.kind == "analysis":
        return with_query(url_for("analysis.show"), _in_period_of(tile, period).items())
    model = model_of_source(tile.source)
    return with_query(collection_url(model), _narrowed(model, tile.arguments, period)[0].items())


def _content(tile: Tile, period: str) -> Content:
    if tile.kind == "card":
        _card, made = layout.content(tile.source)
        if made is None:
            return Content(refused=str(gettext("This card could not be made. It was logged.")))
        return Content(card=made)
    if tile.kind == "analysis":
        return _analysis(tile, period)
    return _records(tile, period)


def _records(tile: Tile, period: str) -> Content:
    model = model_of_source(tile.source)
    arguments, spoken = _narrowed(model, tile.arguments, period)
    href = with_query(collection_url(model), arguments.items())
    if arguments.get("view") in pictures.VIEWS:
        picture = pictures.picture_of(model, arguments)
        shown = charts.show(model, picture, arguments, HEIGHT)
        return Content(
            shown=shown,
            figure=pictures.figure_label(picture.figure),
            standing=" · ".join(filter(None, (spoken, shown.standing))),
            href=href,
        )
    view = services().registry.list_view(tile.source)
    chosen = columns.chosen(model, view, arguments.get("columns", ""), ())[:COLUMNS]
    order = arguments.get("sort") or view.order
    found = lists.ask(model, arguments, order, ROWS, columns.asked_fields(chosen))
    page = query.run(found)
    extras = columns.loaded(chosen, [row["id"] for row in page.rows])
    return Content(
        columns=columns.heads(chosen),
        rows=tuple(row_of(model, chosen, row, extras) for row in page.rows),
        count=query.count(found),
        standing=" · ".join(filter(None, (spoken, pictures.standing()))),
        href=href,
    )


def _analysis(tile: Tile, period: str) -> Content:
    arguments = _in_period_of(tile, period)
    question = asked(arguments)
    if question is None:
        raise NotFound("")
    found = answer(question)
    before = found.before
    return Content(
        total=drawn.figure(found.total.value, question.measure.unit),
        change=changes(question, before.total) if before else (),
        spec=drawn.drawing(question, found, HEIGHT),
        table=table_of(question, found) if found.rows else None,
        standing=" · ".join((drawn.spoken(question, before), pictures.standing())),
        href=with_query(url_for("analysis.show"), arguments.items()),
    )


def _in_period_of(tile: Tile, period: str) -> dict[str, str]:
    arguments = dict(tile.arguments.items())
    arguments.setdefault("measure", tile.source)
    if period:
        arguments = {n: v for n, v in arguments.items() if n not in ("from", "to")}
        arguments["period"] = period
    return arguments


def _narrowed(
    model: type[CompanyModel], arguments: Arguments, period: str
) -> tuple[Arguments, str]:
    """The question in the dashboard's period, and that in words: by the date that the picture is
    grouped by, else by one that the question filters by; one that has neither stays as it is."""
    meta = _dated(model, arguments) if period else None
    if meta is None:
        return arguments, ""
    made = Arguments({n: v for n, v in arguments.items() if _is_other(n, meta)})
    made[f"{meta.name}__period"] = period
    return made, f"{meta.label}: {label_of(period)}"


def _dated(model: type[CompanyModel], arguments: Arguments) -> FieldMeta | None:
    metas = all_fields(model)
    names = []
    if arguments.get("view") in pictures.VIEWS:
        keys = pictures.picture_of(model, arguments).keys
        names = [by.meta.name for by in keys if by.grain]
    names += [field_of(argument) for argument in filters_in(arguments)]
    dated = (metas[n] for n in names if n in metas and metas[n].kind in ("date", "instant"))
    return next(dated, None)


def _is_other(argument: str, meta: FieldMeta) -> bool:
    return field_of(argument) != meta.name
