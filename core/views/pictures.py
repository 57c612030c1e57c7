"""What charts and pivots of a model show, as the address says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.data.fields import all_fields, fields_of
from core.data.query import By, Figure, grouping, read_by, read_figure
from core.data.query.pivoting import figures_of
from core.views.declared import chart_declared, list_of, pivot_declared
from core.views.page import Option
from core.views.urls import Arguments
from core.views.words import group_label
from core.web import formats
from plugin_api.context import Text, current_company, gettext, lazy_pgettext, pgettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel

NONE = "none"
"""In place of a key that the declaration has and the reader does not want."""
MOST_KEYS = 2
DRAWS: dict[str, Text] = {
    "bar": _("Bars"),
    "line": lazy_pgettext("chart", "Line"),
    "area": _("Area"),
}
VIEWS = ("chart", "pivot")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What is grouped down and across, the figure of each cell, and how it is drawn: as a table
    where ``draw`` is empty."""

    rows: tuple[By, ...]
    columns: tuple[By, ...]
    figure: Figure
    draw: str = ""

    @property
    def keys(self) -> tuple[By, ...]:
        """Those of the rows, then those of the columns."""
        return (*self.rows, *self.columns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """A select of the picture's form."""

    name: str
    label: str
    options: tuple[Option, ...]


def chart_of(model: type[CompanyModel], arguments: Arguments) -> Picture:
    """The chart that an address asks for. Raises Invalid."""
    view = chart_declared(model)
    draw = arguments.get("draw", view.draw)
    if draw not in DRAWS:
        raise Invalid("", errors={"draw": [str(gettext("There is no such chart."))]})
    rows = _keys(model, "by", arguments, (view.by,))[:1]
    split = _keys(model, "split", arguments, (view.split,) if view.split else ())[:1]
    return Picture(
        rows=rows or _keys(model, "by", Arguments(), (view.by,)),
        columns=tuple(by for by in split if by not in rows),
        figure=_figure(model, arguments, view.figure),
        draw=draw,
    )


def pivot_of(model: type[CompanyModel], arguments: Arguments) -> Picture:
    """The pivot that an address asks for. Raises Invalid."""
    view = pivot_declared(model)
    rows = _keys(model, "rows", arguments, view.rows)[:MOST_KEYS]
    columns = _keys(model, "cols", arguments, view.columns)[:MOST_KEYS]
    return Picture(
        rows=rows or _keys(model, "rows", Arguments(), view.rows),
        columns=tuple(by for by in columns if by not in rows),
        figure=_figure(model, arguments, view.figure),
    )


def picture_of(model: type[CompanyModel], arguments: Arguments) -> Picture:
    """The chart or pivot of an address, by its ``view``. Raises Invalid."""
    made = pivot_of if arguments.get("view") == "pivot" else chart_of
    return made(model, arguments)


def controls(model: type[CompanyModel], picture: Picture) -> tuple[Control, ...]:
    """The selects with which a reader chooses another picture."""
    figure = Control(
        name="figure",
        label=str(gettext("Figure")),
        options=tuple(
            Option(
                value=each.name, label=figure_label(each), selected=each.name == picture.figure.name
            )
            for each in figures_of(model)
        ),
    )
    if picture.draw:
        draws = tuple(
            Option(value=name, label=str(label), selected=name == picture.draw)
            for name, label in DRAWS.items()
        )
        by = _control(model, "by", gettext("By"), picture.rows, 0)
        split = _control(model, "split", gettext("Split by"), picture.columns, 0, optional=True)
        return (by, split, figure, Control(name="draw", label=str(gettext("Chart")), options=draws))
    rows, then = pgettext("pivot", "Rows"), gettext("then by")
    across = gettext("Columns")
    return (
        _control(model, "rows", rows, picture.rows, 0),
        _control(model, "rows", then, picture.rows, 1, optional=True),
        _control(model, "cols", across, picture.columns, 0, optional=True),
        _control(model, "cols", then, picture.columns, 1, optional=True),
        figure,
    )


def figure_label(figure: Figure) -> str:
    """What stands in the cells, in words."""
    if figure.meta is None:
        return str(gettext("Number of records"))
    labels = {
        "sum": gettext("Sum: %(field)s", field=figure.meta.label),
        "avg": gettext("Average: %(field)s", field=figure.meta.label),
        "min": gettext("Least: %(field)s", field=figure.meta.label),
        "max": gettext("Most: %(field)s", field=figure.meta.label),
    }
    return str(labels[figure.aggregate])


def key_label(by: By) -> str:
    """What is grouped by, in words."""
    return group_label(by.meta, by.name)


def standing(currencies: Sequence[str] = ()) -> str:
    """Which currencies, and as of when."""
    day = gettext("as of %(day)s", day=formats.date(today()))
    return " · ".join([*currencies, str(day)])


def _keys(
    model: type[CompanyModel], name: str, arguments: Arguments, usual: Sequence[str]
) -> tuple[By, ...]:
    texts = [part for part in arguments.get(name, "").split(",") if part] or list(usual)
    try:
        found = [read_by(model, text) for text in texts if text != NONE]
    except ValueError as error:
        raise Invalid(str(error), errors={name: [str(error)]}) from None
    return tuple(dict.fromkeys(found))


def _figure(model: type[CompanyModel], arguments: Arguments, usual: str) -> Figure:
    try:
        return read_figure(model, arguments.get("figure", usual))
    except ValueError as error:
        raise Invalid(str(error), errors={"figure": [str(error)]}) from None


def _control(
    model: type[CompanyModel],
    name: str,
    label: str,
    chosen: Sequence[By],
    place: int,
    *,
    optional: bool = False,
) -> Control:
    """What can be grouped by, of what the list shows or filters."""
    view = list_of(model)
    wanted = {*view.columns, *view.filters, "created_at", *(by.meta.name for by in chosen)}
    if not wanted & fields_of(model).keys():
        wanted |= fields_of(model).keys()
    current = chosen[place].name if place < len(chosen) else ""
    metas = all_fields(model)
    options = [Option(value=NONE, label="–", selected=not current)] if optional else []
    options += (
        Option(
            value=text,
            label=group_label(metas[text.partition("__")[0]], text),
            selected=text == current,
        )
        for text in grouping.groupable(model)
        if text.partition("__")[0] in wanted
    )
    return Control(name=name, label=str(label), options=tuple(options))


def own_currency_first(currencies: Sequence[str]) -> str:
    """The currency that a chart is drawn in: the company's where there is any of it."""
    own = current_company().currency
    return own if own in currencies else next(iter(currencies), "")
