"""The page of a model's list, from its declaration and the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.data import query
from core.data.fields import FieldMeta, fields_of
from core.data.query import Query
from core.host import services
from core.views import cells, filters
from core.views.page import EMPTY, BulkAction, Cell, Column, ListPage, Option, Row
from core.views.urls import Arguments, collection_url, record_url, state_url, with_query
from plugin_api.context import current_company, gettext, has_permission
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel
from plugin_api.views import ListView

PAGE_SIZE = 80


def list_page(model: type[CompanyModel], arguments: Arguments) -> ListPage:
    """One page of the records that the actor may see, as the arguments ask."""
    host, key, path = services(), model.model_key(), collection_url(model)
    view = host.registry.list_view(key)
    metas = fields_of(model)
    order = arguments.get("sort") or view.order
    error, asked = "", arguments
    try:
        found = ask(model, arguments, order)
    except Invalid as refused:
        error, asked = _why(refused), Arguments()
        found = ask(model, asked, view.order)
    page = query.run(found)
    summed = query.totals(found, view.totals)
    kept = [("sort", arguments["sort"])] if "sort" in arguments else []
    cursor = arguments.get("cursor")
    return ListPage(
        title=str(model.__label_plural__),
        one=str(model.__label__),
        columns=columns(view.columns, metas, path, asked, order),
        rows=tuple(row(model, view.columns, metas, values) for values in page.rows),
        count=summed.count,
        totals=_totals(view, metas, summed.sums),
        filters=filters.filter_bar(path, asked, metas, view.filters),
        search=arguments.get("q", ""),
        searchable=bool(model.__search__),
        path=path,
        kept=tuple(kept),
        is_filtered=filters.is_filtered(asked) or bool(error),
        clear_href=filters.cleared(path, asked),
        first_href=state_url(path, asked) if cursor else "",
        next_href=state_url(path, asked, cursor=page.next) if page.next else "",
        create_href=f"{path}/new" if has_permission(f"{key}.create") else "",
        list_href=state_url(path, asked, view=None),
        board_href=state_url(path, asked, view="kanban", sort=None)
        if host.registry.kanban_view(key)
        else "",
        bulk=_bulk(model),
        import_href=f"{path}/import" if has_permission(f"{key}.import") else "",
        exports=_exports(model, asked, order),
        bulk_href=f"{path}/bulk",
        error=error,
    )


def ask(
    model: type[CompanyModel], arguments: Arguments, order: str, size: int = PAGE_SIZE
) -> Query:
    """The query of a page's arguments. Raises Invalid."""
    wanted = {name: value for name, value in arguments.items() if name not in ("view", "parent")}
    wanted.update(sort=order, limit=arguments.get("limit", str(size)))
    return query.parse_query(model, wanted)


def columns(
    names: Sequence[str],
    metas: Mapping[str, FieldMeta],
    path: str = "",
    arguments: Arguments | None = None,
    order: str = "",
) -> tuple[Column, ...]:
    """Heads of a table; with an address, each sorts by its column, back and forth."""
    first = order.split(",", maxsplit=1)[0]
    made = []
    for name in names:
        meta = metas[name]
        ascending, descending = first == name, first == f"-{name}"
        href = ""
        if arguments is not None and meta.kind not in ("longtext", "json"):
            href = state_url(path, arguments, sort=f"-{name}" if ascending else name)
        made.append(
            Column(
                name=name,
                label=str(meta.label),
                numeric=meta.kind in cells.NUMERIC,
                sort_href=href,
                sorted="asc" if ascending else "desc" if descending else None,
            )
        )
    return tuple(made)


def row(
    model: type[CompanyModel],
    names: Sequence[str],
    metas: Mapping[str, FieldMeta],
    values: Mapping[str, Any],
) -> Row:
    """A record in a table. The first cell links to it, in place of a reference of its own."""
    made = [cells.cell(metas[name], values) for name in names]
    href = record_url(model, values["id"])
    if made:
        text = made[0].text or f"#{values['id']}"
        made[0] = Cell(text=text, kind=made[0].kind, href=href)
    return Row(id=values["id"], version=values["version"], cells=tuple(made))


def related_href(model: type[CompanyModel], field: str, record_id: int) -> str:
    """The list of all records of ``model`` whose ``field`` is the record."""
    path = collection_url(model)
    return with_query(path, [(field, str(record_id))]) if path else ""


def _totals(
    view: ListView, metas: Mapping[str, FieldMeta], sums: Mapping[str, Mapping[str, Any]]
) -> tuple[Cell, ...]:
    """Sums under their columns, one a currency: different currencies are never added."""
    if not view.totals:
        return ()
    made = []
    for name in view.columns:
        if name not in sums:
            made.append(EMPTY)
            continue
        meta = metas[name]
        parts = [
            cells.words(meta, value, currency or current_company().currency)
            for currency, value in sorted(sums[name].items())
            if value is not None
        ]
        made.append(Cell(text=" + ".join(parts), kind=meta.kind))
    return tuple(made)


def _exports(model: type[CompanyModel], arguments: Arguments, order: str) -> tuple[Option, ...]:
    """Files of exactly what is shown, for whom may export it."""
    if not has_permission(f"{model.model_key()}.export"):
        return ()
    path = f"{collection_url(model)}/export"
    asked = dict.fromkeys(("view", "parent", "limit"))
    return tuple(
        Option(
            value=form, label=label,
            href=state_url(path, arguments, sort=order, format=form, **asked),
        )
        for form, label in (("xlsx", gettext("Export to Excel")), ("csv", gettext("Export as CSV")))
    )  # fmt: skip


def _bulk(model: type[CompanyModel]) -> tuple[BulkAction, ...]:
    key = model.model_key()
    made = []
    workflow = services().registry.workflows.get(key)
    for transition in workflow.transitions if workflow else ():
        permission = transition.permission or f"{key}.update"
        if transition.button and not transition.inputs and has_permission(permission):
            made.append(
                BulkAction(
                    name=f"transition:{transition.name}",
                    label=str(transition.label),
                    tone=transition.tone,
                )
            )
    if has_permission(f"{key}.delete"):
        made.append(BulkAction(name="delete", label=gettext("Delete"), tone="danger"))
    return tuple(made)


def _why(refused: Invalid) -> str:
    texts = [str(text) for messages in refused.errors.values() for text in messages]
    return " ".join(texts) or str(refused.message)
