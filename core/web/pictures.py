"""The table of a model's chart or pivot as a file."""

from __future__ import annotations

import io
from collections.abc import Iterable

from flask import Response, request, send_file

from core.views import charts, pictures, sheets
from core.views.pictures import key_label
from core.views.urls import canonical
from core.web.collections import bp, model_at
from core.web.importing import WORKBOOK
from plugin_api.pages import require


@bp.get("/<plugin>/<collection>/figures")
def figures(plugin: str, collection: str) -> Response:
    """The table of the address with every row, for whom may export the records."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    require(f"{model.model_key()}.export")
    arguments = canonical(request.args)
    form = arguments.pop("format", "csv")
    picture = pictures.picture_of(model, arguments)
    builder = charts.build(model, picture, arguments)
    matrix = builder.matrix(
        [key_label(by) for by in picture.rows],
        rows=sheets.MOST_ROWS,
        columns=sheets.MOST_COLUMNS,
    )
    lines = sheets.lines(matrix, picture.figure)
    return file_of(lines, len(matrix.corners), form, str(model.__label_plural__))


def file_of(lines: Iterable[sheets.Line], labels: int, form: str, name: str) -> Response:
    """A table as a workbook or as CSV, by its form."""
    is_book = form == "xlsx"
    content = sheets.as_xlsx(lines, labels) if is_book else sheets.as_csv(lines)
    return send_file(
        io.BytesIO(content),
        mimetype=WORKBOOK if is_book else "text/csv",
        as_attachment=True,
        download_name=f"{name}.{'xlsx' if is_book else 'csv'}",
    )
