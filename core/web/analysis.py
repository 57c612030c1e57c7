"""Asking measures: a chart, its table, a file, and the records behind each figure."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.analysis.answering import answer
from core.analysis.asking import CHARTS, PERIODS, Asked, asked, choices, narrowed
from core.analysis.comparing import COMPARES
from core.analysis.keeping import ANALYSES, state_of
from core.analysis.picture import drawing, figure, spoken
from core.analysis.tabled import changes, lines, table_of
from core.data.numbers import whole
from core.host import services
from core.measures.statement import target_of
from core.views import saved
from core.views.names import Names
from core.views.periods import label_of
from core.views.tabs import href_of, tabs
from core.views.urls import Arguments, collection_url, state_url, with_query
from core.web import saved_views
from core.web.pictures import file_of
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import model_of

bp = Blueprint("analysis", __name__, url_prefix="/analysis")

FORMS = {"csv": "CSV", "xlsx": "Excel"}
PASSED_ON = ("measure", "by", "split", "chart", "period", "from", "to", "compare")


@bp.get("")
def show() -> str | BaseResponse | tuple[str, int]:
    """The question, the picture and the table."""
    arguments = {name: text for name, text in request.args.items() if text}
    habit = saved.habit_of(ANALYSES)
    first = habit.view(str(habit.first))
    if not arguments and first is not None:
        return redirect(href_of(request.path, first))
    error, status = "", 200
    try:
        question = asked(arguments)
    except Rejected as refused:
        error, status = str(refused.message), 422
        question = asked({k: v for k, v in arguments.items() if k == "measure"})
    if question is None:
        return render_template("web/analysis.html", question=None, error=error)
    found = answer(question)
    address = Arguments(arguments)
    current = habit.view(arguments.get("saved", ""))
    state = state_of(arguments)
    page = render_template(
        "web/analysis.html",
        question=question,
        found=found,
        table=table_of(question, found),
        change=changes(question, found.before.total) if found.before else None,
        error=error,
        measures=services().measures.all(),
        keys=choices(question.parts),
        charts=CHARTS,
        compares=COMPARES,
        periods={name: label_of(name) for name in PERIODS},
        total=figure(found.total.value, question.measure.unit),
        spoken=spoken(question, found.before),
        sorted_by=lambda name: state_url(request.path, address, sort=name),
        kept=[(k, v) for k, v in arguments.items() if k not in PASSED_ON],
        filters_shown=_filters_in_words(question),
        state=urlencode(arguments),
        tabs=tabs(request.path, address, habit, str(gettext("All figures"))),
        current=current,
        may_save=current is None or current.query != state,
        exports=FORMS if may_export(question) else (),
        spec=drawing(question, found),
    )
    return (page, status) if error else page


@bp.get("/table.<any(csv, xlsx):form>")
def table(form: str) -> BaseResponse:
    """The same table as a file, with every row, for whom may export the records behind it."""
    question = asked({name: text for name, text in request.args.items() if text})
    if question is None:
        raise NotFound("")
    if not may_export(question):
        raise Forbidden(gettext("Your role does not allow it."))
    made = table_of(question, answer(question, whole=True))
    return file_of(lines(made), 1, form, question.measure.key)


def may_export(question: Asked) -> bool:
    """Whether the actor may take away records that the figure is made of."""
    return all(has_permission(f"{part.model}.export") for part in question.parts)


@bp.get("/views/new")
def name_view() -> str:
    """How shall the analysis be called, and who may use it?"""
    return saved_views.ask_name(_place())


@bp.post("/views/new")
def save_view() -> saved_views.Answer:
    """Keep the analysis under a name."""
    return saved_views.keep(_place())


@bp.get("/views/<int:view_id>")
def change_view(view_id: int) -> str:
    """Its name, who may use it, whether it opens first."""
    return saved_views.ask_change(_place(), view_id)


@bp.post("/views/<int:view_id>")
def changed_view(view_id: int) -> saved_views.Answer:
    """Rename it, share it otherwise, or delete it."""
    return saved_views.change(_place(), view_id)


def _place() -> saved_views.Place:
    if not services().measures.all():
        raise NotFound("")
    return saved_views.Place(ANALYSES, url_for("analysis.show"), str(gettext("Analysis")))


@bp.get("/records")
def records() -> BaseResponse:
    """To the list of the records behind one figure."""
    arguments = {name: text for name, text in request.args.items() if text}
    values: dict[str, Any] = {}
    for name, text in request.args.items():
        if name.startswith("at."):
            values[name[3:]] = text
        elif name.startswith("none."):
            values[name[5:]] = None
    question = asked({k: v for k, v in arguments.items() if not k.startswith(("at.", "none."))})
    if question is None:
        raise NotFound("")
    try:
        start, end, filters = narrowed(question, values)
    except ValueError:
        raise Rejected("at", gettext("There is no such figure.")) from None
    behind = services().measures.records(question.measure.key, start, end, filters)
    return redirect(with_query(collection_url(model_of(behind.model)), behind.query.items()))


def _filters_in_words(question: Asked) -> list[tuple[str, str, str]]:
    """(label, value in words, address without it) of every filter."""
    keys, names, shown = choices(question.parts), Names(), []
    targets = {key: target_of(question.parts, key) for key in question.filters}
    names.learn(
        (target, number)
        for key, value in question.filters.items()
        if (target := targets[key]) is not None
        for text in value or ()
        if (number := whole(text)) is not None
    )
    for key, value in question.filters.items():
        texts = [str(gettext("None"))] if value is None else [str(v) for v in value]
        if value is not None and targets[key] is not None:
            texts = [t if (n := whole(t)) is None else names.of(targets[key], n) for t in texts]
        rest = [(k, v) for k, v in request.args.items() if k.partition("__")[0] != key]
        shown.append((keys[key], ", ".join(texts), with_query(request.path, rest)))
    return shown
