"""The table of a model's chart or pivot as a file."""

from __future__ import annotations

import io

from flask import Response, request, send_file

from core.views import charts, pictures, sheets
from core.views.matrix import MOST_COLUMNS, MOST_ROWS
from core.views.pictures import key_label
from core.views.urls import canonical
from core.web.collections import bp, model_at
from core.web.guard import require
from core.web.importing import WORKBOOK
from plugin_api.context import has_permission


@bp.get("/<plugin>/<collection>/figures")
def figures(plugin: str, collection: str) -> Response:
    """The table of the address: as the page shows it; for whom may export, with every row."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    arguments = canonical(request.args)
    form = arguments.pop("format", "csv")
    picture = pictures.picture_of(model, arguments)
    builder = charts.build(model, picture, arguments)
    whole = has_permission(f"{model.model_key()}.export")
    matrix = builder.matrix(
        [key_label(by) for by in picture.rows],
        rows=sheets.MOST_ROWS if whole else MOST_ROWS,
        columns=sheets.MOST_COLUMNS if whole else MOST_COLUMNS,
    )
    is_book = form == "xlsx"
    write = sheets.as_xlsx if is_book else sheets.as_csv
    return send_file(
        io.BytesIO(write(matrix, picture.figure)),
        mimetype=WORKBOOK if is_book else "text/csv",
        as_attachment=True,
        download_name=f"{model.__label_plural__}.{'xlsx' if is_book else 'csv'}",
    )
