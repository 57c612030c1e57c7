"""Records that point to the one shown: how many of each kind, and those of the chosen kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from core.data import query
from core.data.fields import fields_of
from core.host import services
from core.hosting.enabled import enabled_set
from core.views.declared import form_of, list_of
from core.views.page import Column
from core.views.record_page import RelatedTable, Tab
from core.views.rows import heads, row
from core.views.urls import collection_url, with_query
from plugin_api.context import current_company, has_permission
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel, model_of
from plugin_api.views import Related

SHOWN = 20
"""Records of a related list that are shown; the rest is a click away."""


def tabs(model: type[CompanyModel], record_id: int, path: str, chosen: str) -> tuple[Tab, ...]:
    """The related lists that the actor may see, with how many records each has.

    One statement, however many there are.
    """
    known = _visible(model)
    counts = _counts(known, record_id)
    return tuple(
        Tab(
            name=name,
            label=str(related.title),
            count=counts[name],
            href=with_query(path, [("tab", name)]),
            current=name == chosen,
        )
        for name, related in known.items()
    )


def table(
    model: type[CompanyModel], record_id: int, path: str, chosen: str, order: str = ""
) -> RelatedTable | None:
    """The first records of the chosen related list; None when there is no such list."""
    related = _visible(model).get(chosen)
    if related is None:
        return None
    other: Any = model_of(related.model)
    usual = list_of(other).order
    wanted = {related.field: str(record_id), "limit": str(SHOWN)}
    try:
        page = query.run(query.parse_query(other, {**wanted, "sort": order or usual}))
    except Invalid:
        order = ""
        page = query.run(query.parse_query(other, {**wanted, "sort": usual}))
    metas, there = fields_of(other), collection_url(other)
    here = with_query(path, [("tab", chosen)])
    create = bool(there) and has_permission(f"{related.model}.create")
    return RelatedTable(
        title=str(related.title),
        columns=tuple(
            _sorting(column, path, chosen, order or usual, query.sortable(other))
            for column in heads(related.columns, metas)
        ),
        rows=tuple(row(other, related.columns, metas, values) for values in page.rows),
        more_href=with_query(there, [(related.field, str(record_id))]) if page.next else "",
        create_href=with_query(f"{there}/new", [(related.field, str(record_id)), ("next", here)])
        if create
        else "",
        one=str(other.__label__),
    )


def _visible(model: type[CompanyModel]) -> Mapping[str, Related]:
    """By name in the address: ``opportunities.account``."""
    on = enabled_set(current_company())
    found: dict[str, Related] = {}
    for related in form_of(model).related:
        other = model_of(related.model)
        metas = fields_of(other)
        if (
            other.plugin_id() in on
            and has_permission(f"{related.model}.read")
            and related.field in metas
        ):
            names = tuple(name for name in related.columns if name in metas)
            found[f"{other.__collection__}.{related.field}"] = replace(related, columns=names)
    return found


def _counts(known: Mapping[str, Related], record_id: int) -> dict[str, int]:
    legs = []
    for name, related in known.items():
        other: Any = model_of(related.model)
        asked = query.parse_query(other, {related.field: str(record_id)})
        legs.append(
            sa.select(sa.literal(name).label("name"), sa.func.count(other.id).label("number"))
            .select_from(other)
            .where(*asked.where)
        )
    if not legs:
        return {}
    rows = (sa.union_all(*legs) if len(legs) > 1 else legs[0]).subquery()
    return {row.name: row.number for row in services().session.execute(sa.select(rows))}


def _sorting(column: Column, path: str, chosen: str, order: str, sortable: set[str]) -> Column:
    """The column with a head that sorts by it, back and forth."""
    if column.name not in sortable:
        return column
    first = order.split(",", maxsplit=1)[0]
    name = column.name
    turned = f"-{name}" if first == name else name
    return replace(
        column,
        sort_href=with_query(path, [("tab", chosen), ("order", turned)]),
        sorted="asc" if first == name else "desc" if first == f"-{name}" else None,
    )
