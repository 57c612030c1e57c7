"""The pages of a model's chart and pivot, from its declarations and the address."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.data.query import Figure, pivot
from core.views import lists, pictures, saved
from core.views.collection_page import Link, Tools
from core.views.declared import list_of, mended
from core.views.drawing import Drawn, as_text
from core.views.matrix import MOST_COLUMNS, Builder, Entry, Matrix, with_gaps_filled
from core.views.pictures import Control, Picture, figure_label, key_label
from core.views.tools import Asked, tools
from core.views.urls import Arguments, collection_url, with_query
from plugin_api.context import gettext, has_permission, ngettext
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor

MOST_SERIES = 12
"""More than that cannot be told apart in a picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A chart, or a pivot where ``spec`` is empty, as a page or a tile shows it. ``count`` is of
    all its records."""

    title: str
    matrix: Matrix
    count: int
    spec: str
    notes: tuple[str, ...]
    standing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PicturePage:
    """A chart or pivot with what it may be changed to."""

    tools: Tools
    shown: Shown
    figure: str
    """What stands in the cells."""
    controls: tuple[Control, ...]
    kept: tuple[tuple[str, str], ...]
    """Arguments that the form of the controls must carry on."""
    exports: tuple[Link, ...]


def picture_page(model: type[CompanyModel], arguments: Arguments) -> PicturePage:
    """The chart or pivot as the arguments ask."""
    error, asked = "", arguments
    try:
        picture = pictures.picture_of(model, arguments)
        shown = show(model, picture, arguments)
    except Invalid as refused:
        error = refused.words
        asked, picture, shown = _mended(model, arguments, refused)
    view = list_of(model)
    known = Asked(
        model=model, arguments=asked, order=view.order, habit=saved.habit_of(model), error=error
    )
    controls = pictures.controls(model, picture)
    changed = {control.name for control in controls}
    return PicturePage(
        tools=tools(known),
        shown=shown,
        figure=figure_label(picture.figure),
        controls=controls,
        kept=tuple((n, v) for n, v in asked.items() if n not in changed),
        exports=_exports(model, asked),
    )


def _mended(
    model: type[CompanyModel], arguments: Arguments, refused: Invalid
) -> tuple[Arguments, Picture, Shown]:
    """What can be shown of a refused address. What is wrong is told one by one: a key, a figure."""
    asked = mended(arguments, refused, ("view", "saved"))
    try:
        picture = pictures.picture_of(model, asked)
        return asked, picture, show(model, picture, asked)
    except Invalid as again:
        if len(asked) == len(arguments):
            raise
        return _mended(model, asked, again)


def show(
    model: type[CompanyModel], picture: Picture, arguments: Arguments, height: int = 320
) -> Shown:
    """Ask, in one statement, and draw. Raises Invalid."""
    builder = build(model, picture, arguments)
    corners = [key_label(by) for by in picture.rows]
    matrix = builder.matrix(corners, columns=MOST_SERIES if picture.draw else MOST_COLUMNS)
    total = builder.count
    return Shown(
        title=_title(picture),
        matrix=matrix,
        count=total,
        spec=_spec(picture, matrix, height) if picture.draw and total else "",
        notes=_notes(picture, matrix),
        standing=pictures.standing(builder.currencies),
    )


def build(model: type[CompanyModel], picture: Picture, arguments: Arguments) -> Builder:
    """The answer, ready to be made a table. Raises Invalid."""
    kept = Arguments({n: v for n, v in arguments.items() if n not in ("limit", "cursor", "sort")})
    query = lists.ask(model, kept, "id", fields="id")
    try:
        found = pivot(query, picture.keys, picture.figure)
    except ValueError as error:
        raise Invalid(str(error), errors={"by": [str(error)]}) from None
    if picture.draw:
        found = with_gaps_filled(found)
    return Builder(model, arguments, found, len(picture.rows))


def _title(picture: Picture) -> str:
    keys = ", ".join(key_label(by) for by in picture.keys)
    return f"{figure_label(picture.figure)} · {keys}"


def _spec(picture: Picture, matrix: Matrix, height: int) -> str:
    rows = [entry for entry in matrix.rows if not entry.is_total]
    series = [entry for entry in matrix.columns if not entry.is_total] or list(matrix.columns)
    currency = pictures.own_currency_first(matrix.currencies)
    places = {entry.path: i for i, entry in enumerate(matrix.rows)}
    over = {entry.path: j for j, entry in enumerate(matrix.columns)}

    def numbers(i: int, j: int) -> dict[str, Decimal]:
        return dict(matrix.cells[places[rows[i].path]][over[series[j].path]].numbers)

    def value(i: int, j: int) -> float | None:
        return _in_units(picture.figure, numbers(i, j).get(currency), currency)

    def href(i: int, j: int) -> str:
        return matrix.cells[places[rows[i].path]][over[series[j].path]].href

    return as_text(
        Drawn(
            rows=_told_apart(rows),
            series=_told_apart(series) if picture.columns else [figure_label(picture.figure)],
            value=value,
            href=href,
            draw=picture.draw,
            form=_form(picture.figure),
            over_time=bool(picture.rows[0].grain),
            adds_up=picture.figure.aggregate in ("count", "sum"),
            height=height,
        )
    )


def _told_apart(entries: list[Entry]) -> list[str]:
    """Labels, of which a picture takes two that are equal for one."""
    labels = [entry.labels[-1] for entry in entries]
    return [
        f"{label} ({i})" if label in labels[:place] else label
        for place, (label, i) in enumerate(zip(labels, range(1, len(labels) + 1), strict=True))
    ]


def _in_units(figure: Figure, value: Decimal | None, currency: str) -> float | None:
    if value is None:
        return None
    if figure.meta is not None and figure.meta.kind == "money":
        return float(from_minor(1, currency) * value)
    return float(value)


def _form(figure: Figure) -> str:
    whole = figure.meta is None or figure.meta.kind in ("money", "integer")
    return ",.0f" if whole and figure.aggregate != "avg" else ",.2f"


def _notes(picture: Picture, matrix: Matrix) -> tuple[str, ...]:
    made = []
    if picture.draw and len(matrix.currencies) > 1:
        drawn = pictures.own_currency_first(matrix.currencies)
        others = ", ".join(code for code in matrix.currencies if code != drawn)
        made.append(
            gettext(
                "Drawn in %(drawn)s. Amounts in %(others)s stand in the table only: different"
                " currencies are never added.",
                drawn=drawn, others=others,
            )
        )  # fmt: skip
    if matrix.left_rows:
        made.append(
            ngettext(
                "%(num)s more row is not shown; totals count it.",
                "%(num)s more rows are not shown; totals count them.",
                matrix.left_rows,
            )
        )
    if matrix.left_columns:
        made.append(
            ngettext(
                "%(num)s more column is not shown; totals count it.",
                "%(num)s more columns are not shown; totals count them.",
                matrix.left_columns,
            )
        )
    return tuple(str(note) for note in made)


def _exports(model: type[CompanyModel], arguments: Arguments) -> tuple[Link, ...]:
    """Files of the table, for whom may export the records."""
    if not has_permission(f"{model.model_key()}.export"):
        return ()
    path = f"{collection_url(model)}/figures"
    return tuple(
        Link(
            name=form,
            label=str(label),
            href=with_query(path, [*arguments.items(), ("format", form)]),
        )
        for form, label in (("xlsx", gettext("Table to Excel")), ("csv", gettext("Table as CSV")))
    )
