"""Which columns a list shows: declared ones, those of other plugins, those that a person chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.data.fields import FieldMeta, all_fields
from core.data.query.ordering import UNSORTABLE
from core.host import services
from core.hosting.dispatch import FAILED
from core.hosting.enabled import enabled_set
from core.views import cells
from core.views.page import EMPTY, Cell, Column
from core.views.urls import Arguments, state_url
from plugin_api.context import current_company, has_permission
from plugin_api.models import CompanyModel
from plugin_api.views import ExtraColumn, ListView

MOST = 24
"""Columns of a list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: a field of the model, or what another plugin computes."""

    name: str
    """As in ``columns=``: of another plugin ``<plugin>.<name>``."""
    label: str
    meta: FieldMeta | None = None
    extra: ExtraColumn | None = None
    plugin: str = ""

    @property
    def numeric(self) -> bool:
        """Whether its values stand at the right."""
        if self.meta is not None:
            return self.meta.kind in cells.NUMERIC
        return self.extra is not None and self.extra.numeric


def known(model: type[CompanyModel]) -> dict[str, Shown]:
    """Every column that the actor may have of a model's list, by name."""
    made = {
        name: Shown(name, str(meta.label), meta=meta)
        for name, meta in all_fields(model).items()
        if meta.kind != "json" and name != "version"
    }
    for _after, shown in _extras(model):
        made[shown.name] = shown
    return made


def chosen(
    model: type[CompanyModel], view: ListView, asked: str, habit: Sequence[str]
) -> tuple[Shown, ...]:
    """The columns to show: those of the address, else the person's, else the declared ones
    with those of other plugins where these want them. What is not there is passed over."""
    here = known(model)
    wanted = [name.strip() for name in asked.split(",")] if asked else list(habit)
    found = [here[name] for name in dict.fromkeys(wanted) if name in here]
    if found:
        return tuple(found[:MOST])
    return tuple(declared(model, view, here))


def declared(model: type[CompanyModel], view: ListView, here: Mapping[str, Shown]) -> list[Shown]:
    """The declared columns, and after each those that another plugin adds there."""
    made = [here[name] for name in view.columns if name in here]
    last: dict[str, str] = {}
    """Column → the last one that was put behind it."""
    for after, shown in _extras(model):
        names = [column.name for column in made]
        before = last.get(after, after)
        made.insert(names.index(before) + 1 if before in names else len(made), shown)
        last[after] = shown.name
    return made


def asked_fields(columns: Iterable[Shown]) -> str:
    """What the query must read for them; empty asks for what is usual."""
    return ",".join(column.name for column in columns if column.meta is not None) or "id"


def heads(
    columns: Sequence[Shown],
    path: str = "",
    arguments: Arguments | None = None,
    order: str = "",
    editable: frozenset[str] = frozenset(),
) -> tuple[Column, ...]:
    """Heads of a table; with an address, each sorts by its column, back and forth."""
    first = order.split(",", maxsplit=1)[0]
    made = []
    for column in columns:
        name = column.name
        sortable = column.meta is not None and column.meta.kind not in UNSORTABLE
        href = ""
        if arguments is not None and sortable:
            href = state_url(path, arguments, sort=f"-{name}" if first == name else name)
        made.append(
            Column(
                name=name,
                label=column.label,
                numeric=column.numeric,
                sort_href=href,
                sorted="asc" if first == name else "desc" if first == f"-{name}" else None,
                editable=name in editable,
            )
        )
    return tuple(made)


def loaded(columns: Sequence[Shown], ids: Sequence[int]) -> dict[str, Mapping[int, Cell]]:
    """Cells of the columns of other plugins, each asked once for all records of a page."""
    made: dict[str, Mapping[int, Cell]] = {}
    for column in columns:
        if column.extra is None or not ids:
            continue
        extra = column.extra
        facts = services().dispatcher.isolated(
            column.plugin, f"column {extra.name}", partial(_cells, extra, tuple(ids))
        )
        made[column.name] = {} if facts is FAILED else facts
    return made


def cell_of(
    column: Shown, values: Mapping[str, Any], extras: Mapping[str, Mapping[int, Cell]]
) -> Cell:
    """A record's cell of a column."""
    if column.meta is None:
        return extras.get(column.name, {}).get(values["id"], EMPTY)
    return cells.cell(column.meta, values)


def _cells(extra: ExtraColumn, ids: Sequence[int]) -> dict[int, Cell]:
    return {
        id_: Cell(text=str(fact.value), kind="fact", href=fact.href or "", share=fact.share)
        for id_, fact in extra.load(ids).items()
    }


def _extras(model: type[CompanyModel]) -> list[tuple[str, Shown]]:
    """(column after which it stands, column) of the plugins that are on, as the actor may see."""
    host, on = services(), enabled_set(current_company())
    return [
        (
            extension.after,
            Shown(f"{plugin}.{extra.name}", str(extra.label), extra=extra, plugin=plugin),
        )
        for plugin, extension in host.registry.view_extensions.get(model.model_key(), ())
        if plugin in on and has_permission(extension.permission)
        for extra in extension.columns
    ]
