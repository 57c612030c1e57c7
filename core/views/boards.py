"""The page of a model's board, from its declaration and the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.data import query
from core.data.fields import FieldMeta, every_field, fields_of
from core.data.query import Query
from core.host import services
from core.views import cells, lists, saved
from core.views.collection_page import BoardPage, Card, Lane
from core.views.declared import board_of, list_of, mended
from core.views.page import Option
from core.views.tools import Asked, tools
from core.views.urls import Arguments, collection_url, record_url, state_url, with_query
from core.web import formats
from plugin_api.context import current_company, has_permission
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import Base, CompanyModel, model_of
from plugin_api.views import KanbanView

CARDS = 20
"""Cards of a column that are sent at once."""
LANES = 200


@dataclass(frozen=True, slots=True)
class Head:
    """A column before anything is counted. ``value`` is what cards in it hold."""

    value: Any
    label: str
    tone: str
    closed: bool
    """Whether it starts folded."""


def board_page(model: type[CompanyModel], arguments: Arguments) -> BoardPage:
    """The board as the arguments ask."""
    view = view_of(model)
    metas = fields_of(model)
    parents, parent = _parents(view, metas, arguments)
    heads = _heads(view, metas[view.group_by], parent)
    error, asked = "", arguments
    try:
        found = _ask(model, view, arguments)
    except Invalid as refused:
        error = refused.words
        asked = mended(arguments, refused, ("view", "saved", "parent"))
        found = _ask(model, view, asked)
    folded = _folded(heads, asked.get("fold", ""))
    groups = query.groups(found, view.group_by, [head.value for head in heads], total=view.total)
    wanted = [head.value for head in heads if str(head.value) not in folded]
    pages = query.pages_of_groups(found, view.group_by, wanted, CARDS)
    lanes = tuple(
        _lane(
            model,
            view,
            head,
            group=groups.get(head.value) or query.Group(),
            page=pages.get(head.value) or query.Page([], None),
            fold=_turned(heads, folded, head),
            arguments=asked,
        )
        for head in heads
    )
    known = Asked(
        model=model,
        arguments=asked,
        order=view.order,
        habit=saved.habit_of(model),
        error=error,
        rows=[row for page in pages.values() for row in page.rows],
        parents=parents,
        parent_label=str(every_field(_lane_model(metas[view.group_by]))[view.parent].label)
        if view.parent
        else "",
    )
    return BoardPage(
        tools=tools(known),
        field=view.group_by,
        lanes=lanes,
        count=sum(lane.count for lane in lanes),
        may_move=may_move(model),
        by_reference=metas[view.group_by].kind == "reference",
    )


def more_cards(
    model: type[CompanyModel], arguments: Arguments, lane: str, cursor: str
) -> tuple[tuple[Card, ...], str, str]:
    """The next cards of a column, where those after them are, and the column's field.

    Raises Invalid for a place that is none.
    """
    view = view_of(model)
    asked = Arguments(arguments)
    asked[view.group_by] = lane
    asked["cursor"] = cursor
    page = query.run(_ask(model, view, asked))
    cards = tuple(_card(model, view, row) for row in page.rows)
    href = _more_href(model, arguments, lane, page.next) if page.next else ""
    return cards, href, view.group_by


def view_of(model: type[CompanyModel]) -> KanbanView:
    """The board that a model declares. Raises NotFound."""
    view = board_of(model)
    if view is None:
        raise NotFound("")
    return view


def may_move(model: type[CompanyModel]) -> bool:
    """Whether the actor may move cards at all; of each one the server says."""
    view, key = view_of(model), model.model_key()
    workflow = services().registry.workflows.get(key)
    moves = workflow.transitions if workflow else ()
    move = next((each for each in moves if each.name == view.transition), None)
    return has_permission((move.permission if move else None) or f"{key}.update")


def lanes_of(model: type[CompanyModel], arguments: Arguments) -> list[Head]:
    """The columns of a board, for what moves a card elsewhere."""
    view, metas = view_of(model), fields_of(model)
    return _heads(view, metas[view.group_by], _parents(view, metas, arguments)[1])


def _ask(model: type[CompanyModel], view: KanbanView, arguments: Arguments) -> Query:
    metas = fields_of(model)
    names = dict.fromkeys((view.title, *view.fields, view.group_by, model.__title__))
    fields = ",".join(name for name in names if name in metas)
    return lists.ask(model, arguments, view.order, CARDS, fields)


def _lane(
    model: type[CompanyModel],
    view: KanbanView,
    head: Head,
    *,
    group: query.Group,
    page: query.Page,
    fold: tuple[bool, str],
    arguments: Arguments,
) -> Lane:
    path, text = collection_url(model), str(head.value)
    is_open, turned = fold
    may_create = "create" in model.__actions__ and has_permission(f"{model.model_key()}.create")
    return Lane(
        value=text,
        label=head.label,
        tone=head.tone,
        count=group.count,
        totals=_totals(view, fields_of(model), group.sums),
        cards=tuple(_card(model, view, row) for row in page.rows),
        is_open=is_open,
        fold_href=state_url(path, arguments, fold=turned),
        list_href=state_url(
            path, arguments, view=None, parent=None, fold=None, **{view.group_by: text}
        ),
        more_href=_more_href(model, arguments, text, page.next) if page.next else "",
        left=group.count - len(page.rows) if page.next else 0,
        create_href=with_query(
            f"{path}/new", [(view.group_by, text), ("next", state_url(path, arguments))]
        )
        if may_create and not head.closed
        else "",
    )


def _more_href(
    model: type[CompanyModel], arguments: Arguments, lane: str, cursor: str | None
) -> str:
    kept = Arguments({n: v for n, v in arguments.items() if n not in ("cursor", "fold")})
    return with_query(
        f"{collection_url(model)}/lane",
        [*kept.items(), ("lane", lane), ("after", cursor or "")],
    )


def _folded(heads: Sequence[Head], text: str) -> set[str]:
    """Columns that are folded; ``fold=`` names those that are the other way than at first."""
    return {str(head.value) for head in heads if head.closed} ^ (
        set(text.split(",")) & {str(head.value) for head in heads}
    )


def _turned(heads: Sequence[Head], folded: set[str], head: Head) -> tuple[bool, str]:
    """Whether a column is open, and ``fold=`` of the board on which it is the other way."""
    text = str(head.value)
    others = (folded ^ {text}) ^ {str(each.value) for each in heads if each.closed}
    return text not in folded, ",".join(sorted(others))


def _lane_model(meta: FieldMeta) -> type[Base]:
    return model_of(meta.target or "")


def _parents(
    view: KanbanView, metas: Mapping[str, FieldMeta], arguments: Arguments
) -> tuple[tuple[Option, ...], int | None]:
    """What the board can be narrowed by, and the one it is narrowed by: the first."""
    if view.parent is None:
        return (), None
    lanes = every_field(_lane_model(metas[view.group_by]))
    target: Any = model_of(lanes[view.parent].target or "")
    order = list_of(target).order
    rows = query.run(lists.ask(target, Arguments(), order, LANES, target.__title__)).rows
    asked = arguments.get("parent", "")
    known = [str(row["id"]) for row in rows]
    chosen = asked if asked in known else next(iter(known), "")
    options = tuple(
        Option(
            value=str(row["id"]),
            label=query.title_of(target, row),
            selected=str(row["id"]) == chosen,
        )
        for row in rows
    )
    return options if len(options) > 1 else (), int(chosen) if chosen else None


def _heads(view: KanbanView, meta: FieldMeta, parent: int | None) -> list[Head]:
    if meta.kind == "choice":
        return [Head(c.value, str(c.label), c.tone, c.value in view.closed) for c in meta.choices]
    lane: Any = _lane_model(meta)
    asked = Arguments({view.parent: str(parent)} if view.parent and parent is not None else {})
    choices = next((m for m in fields_of(lane).values() if m.kind == "choice"), None)
    fields = ",".join([lane.__title__, *([choices.name] if choices else [])])
    rows = query.run(lists.ask(lane, asked, view.column_order, LANES, fields)).rows
    heads = []
    for row in rows:
        tone, closed = "neutral", False
        if choices is not None:
            tone = cells.cell(choices, row).tone or tone
            closed = row.get(choices.name) in view.closed
        heads.append(Head(row["id"], query.title_of(lane, row), tone, closed))
    return heads


def _totals(
    view: KanbanView, metas: Mapping[str, FieldMeta], sums: Mapping[str, Any]
) -> tuple[str, ...]:
    if view.total is None:
        return ()
    meta, own = metas[view.total], current_company().currency
    return tuple(
        formats.short_money(value, currency or own)
        if meta.kind == "money"
        else formats.number(value)
        for currency, value in sorted(sums.items())
        if value is not None
    )


def _card(model: type[CompanyModel], view: KanbanView, row: Mapping[str, Any]) -> Card:
    href, metas = record_url(model, row["id"]), fields_of(model)
    facts = []
    for name in view.fields:
        shown = cells.cell(metas[name], row)
        if shown.text:
            facts.append((str(metas[name].label), shown))
    return Card(
        id=row["id"],
        version=row["version"],
        title=cells.cell(metas[view.title], row).text or f"#{row['id']}",
        href=href,
        cells=tuple(facts),
        move_href=f"{href}/transitions/{view.transition}" if view.transition else href,
    )
