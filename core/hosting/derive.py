"""The list, form, chart and pivot of a model that declares none."""

from __future__ import annotations

from plugin_api.models import Base, FieldInfo
from plugin_api.views import ChartView, FormView, ListView, PivotView, Section

MOST_COLUMNS = 6
MOST_FILTERS = 4


def fields_of(model: type[Base]) -> dict[str, FieldInfo]:
    """Described fields of a model by their name in views: a reference without ``_id``."""
    found: dict[str, FieldInfo] = {}
    for attribute in model.__mapper__.column_attrs:
        info: FieldInfo | None = attribute.columns[0].info.get("field")
        if info is not None:
            name = attribute.key
            found[name.removesuffix("_id") if info.kind == "reference" else name] = info
    return found


def list_view(model: type[Base]) -> ListView:
    """The title and the first short fields; filters for what has few values."""
    fields = fields_of(model)
    short = [name for name, info in fields.items() if info.kind not in ("longtext", "json")]
    title = [model.__title__] if model.__title__ in fields else []
    few = [n for n, info in fields.items() if info.kind in ("choice", "reference", "boolean")]
    return ListView(
        model=model.model_key(),
        columns=tuple(dict.fromkeys([*title, *short]))[:MOST_COLUMNS] or ("id",),
        filters=tuple(few[:MOST_FILTERS]),
        order=title[0] if title else "id",
    )


def form_view(model: type[Base]) -> FormView:
    """One section with every field but structured data."""
    names = tuple(name for name, info in fields_of(model).items() if info.kind != "json")
    return FormView(
        model=model.model_key(), sections=(Section(title=model.__label__, fields=names),)
    )


def chart_view(model: type[Base], shown: ListView) -> ChartView:
    """How many records there are by the first choice or reference; else by month of creation."""
    return ChartView(model=model.model_key(), by=_keys(model, shown)[0])


def pivot_view(model: type[Base], shown: ListView) -> PivotView:
    """The first two choices or references against each other."""
    rows, *columns = _keys(model, shown)[:2]
    return PivotView(model=model.model_key(), rows=(rows,), columns=tuple(columns))


def _keys(model: type[Base], shown: ListView) -> list[str]:
    """Fields with few values, choices first; those that the list shows before others."""
    fields = fields_of(model)
    names = dict.fromkeys((*shown.columns, *shown.filters, *fields))
    kinds = [
        [name for name in names if name in fields and fields[name].kind == kind]
        for kind in ("choice", "reference", "boolean")
    ]
    return [name for each in kinds for name in each] or ["created_at__month"]
