"""The page of a model's board, from its declaration and the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.data import query
from core.data.fields import FieldMeta, fields_of
from core.host import services
from core.views import cells, filters, lists
from core.views.page import BoardPage, Card, Lane, Option
from core.views.urls import Arguments, collection_url, record_url, state_url
from core.web import formats
from plugin_api.context import current_company, has_permission
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel, model_of
from plugin_api.views import KanbanView

CARDS = 30
"""Cards of a column that are sent; the rest is a click away, in the list."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A column before anything is counted. ``value`` is what cards in it hold."""

    value: Any
    label: str
    tone: str


def board_page(model: type[CompanyModel], arguments: Arguments) -> BoardPage:
    """The board as the arguments ask."""
    host, key, path = services(), model.model_key(), collection_url(model)
    view = host.registry.kanban_view(key)
    if view is None:
        raise NotFound("")
    metas = fields_of(model)
    parents, parent = _parents(view, metas, arguments)
    heads = _heads(view, metas[view.group_by], parent)
    error, asked = "", arguments
    try:
        found = lists.ask(model, arguments, view.order)
    except Invalid as refused:
        error, asked = str(refused.message), Arguments()
        found = lists.ask(model, asked, view.order)
    values = [head.value for head in heads]
    groups = query.groups(found, view.group_by, values, total=view.total)
    shown = query.top_of_groups(found, view.group_by, values, CARDS)
    lanes = []
    for head in heads:
        group = groups.get(head.value)
        rows = shown.get(head.value, ())
        count = group.count if group else 0
        text = str(head.value)
        lanes.append(
            Lane(
                value=text,
                label=head.label,
                tone=head.tone,
                count=count,
                total=_total(view, metas, group.sums if group else {}),
                cards=tuple(_card(model, view, metas, row) for row in rows),
                more_href=state_url(path, asked, view=None, parent=None, **{view.group_by: text})
                if count > len(rows)
                else "",
            )
        )
    workflow = host.registry.workflows.get(key)
    move = next(
        (t for t in workflow.transitions if t.name == view.transition) if workflow else (), None
    )
    permission = (move.permission if move else None) or f"{key}.update"
    return BoardPage(
        title=str(model.__label_plural__),
        one=str(model.__label__),
        field=view.group_by,
        lanes=tuple(lanes),
        filters=filters.filter_bar(path, asked, metas, host.registry.list_view(key).filters),
        search=arguments.get("q", ""),
        searchable=bool(model.__search__),
        path=path,
        kept=(("view", "kanban"),),
        is_filtered=filters.is_filtered(asked) or bool(error),
        parents=parents,
        parent_label=str(fields_of(_lane_model(metas[view.group_by]))[view.parent].label)
        if view.parent
        else "",
        clear_href=filters.cleared(path, asked),
        create_href=f"{path}/new" if has_permission(f"{key}.create") else "",
        list_href=state_url(path, asked, view=None, parent=None),
        board_href=state_url(path, asked),
        may_move=has_permission(permission),
        error=error,
    )


def _lane_model(meta: FieldMeta) -> type[Any]:
    return model_of(meta.target or "")


def _parents(
    view: KanbanView, metas: Mapping[str, FieldMeta], arguments: Arguments
) -> tuple[tuple[Option, ...], int | None]:
    """What the board can be narrowed by, and the one it is narrowed by: the first."""
    if view.parent is None:
        return (), None
    target = fields_of(_lane_model(metas[view.group_by]))[view.parent].target or ""
    order = services().registry.list_view(target).order
    rows = query.run(lists.ask(model_of(target), Arguments(), order)).rows
    title = model_of(target).__title__
    asked = arguments.get("parent", "")
    known = [str(row["id"]) for row in rows]
    chosen = asked if asked in known else next(iter(known), "")
    options = tuple(
        Option(value=str(row["id"]), label=str(row[title]), selected=str(row["id"]) == chosen)
        for row in rows
    )
    return options if len(options) > 1 else (), int(chosen) if chosen else None


def _heads(view: KanbanView, meta: FieldMeta, parent: int | None) -> list[_Head]:
    if meta.kind == "choice":
        return [_Head(c.value, str(c.label), c.tone) for c in meta.choices]
    lane = _lane_model(meta)
    asked = Arguments({view.parent: str(parent)} if view.parent and parent is not None else {})
    rows = query.run(lists.ask(lane, asked, view.column_order, size=200)).rows
    choices = next((m for m in fields_of(lane).values() if m.kind == "choice"), None)
    heads = []
    for row in rows:
        tone = "neutral"
        if choices is not None:
            tone = cells.cell(choices, row).tone or tone
        heads.append(_Head(row["id"], str(row[lane.__title__]), tone))
    return heads


def _total(
    view: KanbanView, metas: Mapping[str, FieldMeta], sums: Mapping[str, Any]
) -> str:
    if view.total is None:
        return ""
    meta = metas[view.total]
    parts = []
    for currency, value in sorted(sums.items()):
        if value is None:
            continue
        if meta.kind == "money":
            parts.append(formats.short_money(value, currency or current_company().currency))
        else:
            parts.append(formats.number(value))
    return " + ".join(parts)


def _card(
    model: type[CompanyModel],
    view: KanbanView,
    metas: Mapping[str, FieldMeta],
    row: Mapping[str, Any],
) -> Card:
    href = record_url(model, row["id"])
    facts = []
    for name in view.fields:
        shown = cells.cell(metas[name], row)
        if shown.text:
            facts.append((str(metas[name].label), shown))
    move = f"{href}/transitions/{view.transition}" if view.transition else href
    return Card(
        id=row["id"],
        version=row["version"],
        title=cells.cell(metas[view.title], row).text or f"#{row['id']}",
        href=href,
        cells=tuple(facts),
        move_href=move,
    )
