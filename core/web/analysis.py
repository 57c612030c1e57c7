"""Asking measures: a chart, its table, a file, and the records behind each figure."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from core.analysis.answering import answer
from core.analysis.asking import CHARTS, PERIODS, Asked, asked, choices, narrowed
from core.analysis.picture import drawing, figure, in_units, link, spoken
from core.data.escaping import escape
from core.host import services
from core.measures.statement import target_of
from core.views.names import Names
from core.views.periods import label_of
from core.views.urls import collection_url, with_query
from plugin_api.context import current_company, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import model_of

bp = Blueprint("analysis", __name__, url_prefix="/analysis")

PASSED_ON = ("measure", "by", "split", "chart", "period", "from", "to")


@bp.get("")
def show() -> str | tuple[str, int]:
    """The question, the picture and the table."""
    arguments = {name: text for name, text in request.args.items() if text}
    error, status = "", 200
    try:
        question = asked(arguments)
    except Rejected as refused:
        error, status = str(refused.message), 422
        question = asked({k: v for k, v in arguments.items() if k == "measure"})
    if question is None:
        return render_template("web/analysis.html", question=None, error=error)
    found = answer(question)
    page = render_template(
        "web/analysis.html",
        question=question,
        found=found,
        error=error,
        measures=services().measures.all(),
        keys=choices(question.parts),
        charts=CHARTS,
        periods={name: label_of(name) for name in PERIODS},
        figure=figure,
        link=lambda row, column=None: link(question, row, column),
        spoken=spoken(question),
        kept=[(k, v) for k, v in arguments.items() if k not in PASSED_ON],
        filters_shown=_filters_in_words(question),
        state=urlencode(arguments),
        currency=current_company().currency,
        spec=drawing(question, found),
    )
    return (page, status) if error else page


@bp.get("/table.csv")
def table() -> Response:
    """The same table as a file."""
    question = asked({name: text for name, text in request.args.items() if text})
    if question is None:
        raise NotFound("")
    found = answer(question)
    text = io.StringIO()
    writer = csv.writer(text)
    first = choices(question.parts).get(question.by, "")
    writer.writerow([escape(first), *(escape(head.label) for head in found.columns)])
    for row, cells in zip(found.rows, found.cells, strict=True):
        values = (in_units(question, cell) for cell in cells)
        writer.writerow([escape(row.label), *("" if v is None else v for v in values)])
    name = f"{question.measure.key}.csv"
    return Response(
        "\ufeff" + text.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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
        (target, int(text))
        for key, value in question.filters.items()
        if (target := targets[key]) is not None
        for text in value or ()
        if _is_id(text)
    )
    for key, value in question.filters.items():
        texts = [str(gettext("None"))] if value is None else [str(v) for v in value]
        if value is not None and targets[key] is not None:
            texts = [names.of(targets[key], int(t)) if _is_id(t) else t for t in texts]
        rest = [(k, v) for k, v in request.args.items() if k.partition("__")[0] != key]
        shown.append((keys[key], ", ".join(texts), with_query(request.path, rest)))
    return shown


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
