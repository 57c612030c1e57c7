"""The page of a model's list, from its declaration and the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.data import query
from core.data.query import Query
from core.host import services
from core.views import columns, groups, saved
from core.views.collection_page import BulkAction, ListPage, Sums
from core.views.declared import list_of, mended
from core.views.editing import editable
from core.views.page import Row
from core.views.rows import row_of, totals
from core.views.state import asked_of
from core.views.tools import Asked, tools
from core.views.urls import Arguments, collection_url, state_url, with_query
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Invalid
from plugin_api.models import Base, CompanyModel

PAGE_SIZE = 80
MOST_SUMMED = 5000
"""Records whose sums a page waits for; those of more follow it."""


def list_page(model: type[CompanyModel], arguments: Arguments) -> ListPage:
    """One page of the records that the actor may see, as the arguments ask."""
    view = list_of(model)
    habit = saved.habit_of(model)
    shown = columns.chosen(model, view, arguments.get("columns", ""), habit.columns)
    order = arguments.get("sort") or view.order
    error, asked, by = "", arguments, None
    try:
        found = ask(model, arguments, order, fields=columns.asked_fields(shown))
        by = groups.by_of(model, arguments)
    except Invalid as refused:
        error, asked = refused.words, mended(arguments, refused, ("saved", "columns"))
        order = asked.get("sort") or view.order
        found = ask(model, asked, order, fields=columns.asked_fields(shown))
    known = Asked(
        model=model, arguments=asked, order=order, habit=habit, error=error, columns=shown
    )
    if by is None:
        return _flat(known, found, view.totals)
    made = groups.sections(found, by, shown, view.totals, asked)
    summed = made.totals if made.totals is not None else query.totals(found, view.totals)
    page = _page(replace(known, rows=made.values), found, ())
    return replace(
        page,
        sections=made.sections,
        more_groups=made.more,
        count=summed.count,
        totals=totals(shown, summed.sums),
    )


def sums(model: type[CompanyModel], arguments: Arguments) -> Sums:
    """The sums of a list's records, however many. Raises Invalid."""
    view, habit = list_of(model), saved.habit_of(model)
    shown = columns.chosen(model, view, arguments.get("columns", ""), habit.columns)
    found = query.totals(ask(model, arguments, view.order), view.totals)
    return Sums(
        columns=columns.heads(shown), totals=totals(shown, found.sums), ticks=bool(bulk_of(model))
    )


def _flat(asked: Asked, found: Query, names: Sequence[str]) -> ListPage:
    page, path = query.run(found), collection_url(asked.model)
    summed = (
        query.totals(found, names)
        if "totals" in asked.arguments
        else query.bounded_totals(found, names, MOST_SUMMED)
    )
    extras = columns.loaded(asked.columns, [values["id"] for values in page.rows])
    rows = tuple(row_of(asked.model, asked.columns, values, extras) for values in page.rows)
    made = _page(replace(asked, rows=page.rows), found, rows)
    return replace(
        made,
        count=summed.count,
        totals=totals(asked.columns, summed.sums),
        totals_href="" if summed.complete else state_url(f"{path}/totals", asked.arguments),
        all_totals_href=state_url(path, asked.arguments, totals="all"),
        first_href=state_url(path, asked.arguments) if "cursor" in asked.arguments else "",
        next_href=state_url(path, asked.arguments, cursor=page.next) if page.next else "",
    )


def _page(asked: Asked, found: Query, rows: tuple[Row, ...]) -> ListPage:
    model, path = asked.model, collection_url(asked.model)
    may_change = editable(model)
    return ListPage(
        tools=tools(asked),
        columns=columns.heads(asked.columns, path, asked.arguments, asked.order, may_change),
        rows=rows,
        count=0,
        totals=(),
        bulk=bulk_of(model),
        bulk_href=f"{path}/bulk",
        state=with_query("", asked_of(asked.arguments).items()).removeprefix("?"),
    )


def ask(
    model: type[CompanyModel],
    arguments: Arguments,
    order: str,
    size: int = PAGE_SIZE,
    fields: str = "",
) -> Query:
    """The query of a page's arguments. Raises Invalid."""
    wanted = asked_of(arguments)
    wanted.update(sort=order, limit=arguments.get("limit", str(size)), fields=fields)
    return query.parse_query(model, wanted)


def related_href(model: type[Base], field: str, record_id: int) -> str:
    """The list of all records of ``model`` whose ``field`` is the record."""
    path = collection_url(model)
    return with_query(path, [(field, str(record_id))]) if path else ""


def bulk_of(model: type[CompanyModel]) -> tuple[BulkAction, ...]:
    """What may be done with many records: change, hand over, move on, delete."""
    key, may_change = model.model_key(), editable(model)
    made = []
    if may_change:
        made.append(BulkAction(name="edit", label=str(gettext("Change…"))))
        owner = (model.__owner__ or "").removesuffix("_id")
        if owner in may_change:
            made.append(BulkAction(name="assign", label=str(gettext("Hand over…"))))
    workflow = services().registry.workflows.get(key)
    for transition in workflow.transitions if workflow else ():
        if transition.button and has_permission(transition.permission or f"{key}.update"):
            made.append(
                BulkAction(
                    name=f"transition:{transition.name}",
                    label=str(transition.label),
                    group="move",
                    tone=transition.tone,
                )
            )
    if "delete" in model.__actions__ and has_permission(f"{key}.delete"):
        made.append(BulkAction(name="delete", label=str(gettext("Delete")), group="delete"))
    return tuple(made)
