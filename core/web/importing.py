"""Importing a collection by hand: upload, map, check, run, take back. And its export."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.data.exporting import write_csv, write_xlsx
from core.data.importing import background, saved, uploads
from core.data.importing.engine import OnError, run_import
from core.data.importing.errors import UnusableFile, UnusableMap
from core.data.importing.mapping import ImportMap, as_data, make_map, parse_map
from core.data.importing.models import ImportRun
from core.data.importing.reading import open_source
from core.data.importing.report import Report
from core.data.importing.reverting import REVERTIBLE, revert, run_of
from core.data.numbers import whole
from core.extensions import db
from core.identity import proof
from core.jobs import exports, keeping
from core.views import imported
from core.views.exported import Wanted
from core.views.state import asked_of
from core.views.urls import canonical, collection_url
from core.web.collections import model_at
from core.web.import_form import in_encoding, map_of, on_error_of, reads_anew
from core.web.import_pages import address_of, map_page, result_page, start_page, uploaded
from plugin_api.context import current_actor, gettext, now
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, require

bp = Blueprint("importing", __name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<plugin>/<collection>/import")
def start(plugin: str, collection: str) -> str:
    """Choose a file; below it what was imported before."""
    return start_page(_model(plugin, collection))


@bp.post("/<plugin>/<collection>/import")
def upload(plugin: str, collection: str) -> str | Response | tuple[str, int]:
    """Keep the file, or the rows that were pasted, and go on to its columns."""
    model = _model(plugin, collection)
    check_company()
    file, map_file = request.files.get("file"), request.files.get("map")
    pasted = request.form.get("pasted", "").strip("\r\n")
    if file is not None and file.filename:
        name, content = Path(file.filename).name[:200], file.stream
    elif pasted.strip():
        name, content = str(gettext("Pasted rows")), BytesIO(pasted.encode("utf-8"))
    else:
        return start_page(model, gettext("Choose a file first, or paste rows.")), 422
    run = ImportRun(
        collection=f"{plugin}.{collection}",
        file_name=name,
        user_id=current_actor().user_id,
        upload=uploads.keep(content),
    )
    try:
        used = ImportMap()
        if map_file is not None and map_file.filename:
            used = parse_map(map_file.stream.read(), map_file.filename)
        elif (number := whole(request.form.get("saved", ""))) is not None:
            used = saved.map_of(saved.by_id(run.collection, number))
        used = in_encoding(used, request.form.get("encoding", ""))
        source = open_source(uploaded(run), used.options)
        if used == ImportMap():
            used = _made_for(run.collection, source.columns) or used
    except (UnusableFile, UnusableMap) as refused:
        uploads.forget(run)
        return start_page(model, str(refused.message), pasted), 422
    run.map = as_data(used)
    db.session.add(run)
    db.session.commit()
    return redirect(address_of(model, run), 303)


def _made_for(collection: str, columns: Sequence[str]) -> ImportMap | None:
    """The map that was kept for files that look like this one."""
    kept = saved.fitting(collection, columns)
    if kept is None:
        return None
    flash(gettext("Read with the map “%(name)s”, made for the same columns.", name=kept.name))
    return saved.map_of(kept)


@bp.post("/<plugin>/<collection>/import/maps/<int:map_id>/delete")
def forget_map(plugin: str, collection: str, map_id: int) -> Response:
    """Delete a mapping that was kept."""
    model = _model(plugin, collection)
    check_company()
    name = saved.forget(f"{plugin}.{collection}", map_id).name
    db.session.commit()
    flash(gettext("%(name)s deleted.", name=name), "success")
    return redirect(f"{collection_url(model)}/import", 303)


@bp.get("/<plugin>/<collection>/import/<int:run_id>")
def show(plugin: str, collection: str, run_id: int) -> str | Response:
    """Where the columns go; while a job is at it, how far it is; then what came of it."""
    model = _model(plugin, collection)
    run = _run(model, run_id)
    job = background.unfinished(run)
    if job is not None:
        return redirect(url_for("jobs.show", run_id=job), 303)
    if run.state == "uploaded":
        return map_page(model, run, make_map(run.map))
    return result_page(model, run)


@bp.post("/<plugin>/<collection>/import/<int:run_id>")
def go_on(plugin: str, collection: str, run_id: int) -> str | Response | tuple[str, int]:
    """Read the file as told, check it, or import it."""
    model = _model(plugin, collection)
    check_company()
    run = _run(model, run_id)
    if run.state == "importing" and request.form.get("action") == "go_on":
        return _go_on(model, run)
    if run.state != "uploaded" or background.unfinished(run) is not None:
        return redirect(address_of(model, run), 303)
    action, on_error = request.form.get("action", ""), on_error_of(request.form)
    before = used = make_map(run.map)
    planned: list[imported.Planned] = []
    try:
        source = open_source(uploaded(run), before.options)
        used = map_of(request.form, before, source)
        run.map = as_data(used)
        if action == "keep":
            name = request.form.get("map_name", "")
            kept = saved.keep(run.collection, name, used, source.columns)
            flash(gettext("The map “%(name)s” is kept.", name=kept.name), "success")
        db.session.commit()
        if action in ("read", "keep") or reads_anew(before, used):
            return redirect(address_of(model, run), 303)
        if action == "import" and background.is_large(run):
            job = background.start(run, on_error)
            db.session.commit()
            return redirect(url_for("jobs.show", run_id=job), 303)
        report = _take(run, used, on_error, planned, for_good=action == "import")
    except (UnusableFile, UnusableMap, Rejected, Forbidden) as refused:
        db.session.rollback()
        return map_page(model, run, used, on_error, error=str(refused.message)), 422
    if report.went_in:
        uploads.forget(run)
        return redirect(address_of(model, run), 303)
    return map_page(model, run, used, on_error, report=report, planned=planned)


@bp.post("/<plugin>/<collection>/import/<int:run_id>/revert")
def take_back(plugin: str, collection: str, run_id: int) -> Response:
    """Take an import back, as far as nobody has changed what it made."""
    model = _model(plugin, collection)
    check_company()
    run = _run(model, run_id)
    if run.state in REVERTIBLE and background.is_long(run) and not background.unfinished(run):
        job = background.start_revert(run)
        db.session.commit()
        return redirect(url_for("jobs.show", run_id=job), 303)
    try:
        done = revert(run.id)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(str(refused.message), "warning")
    else:
        flash(done.words(), "warning" if done.left else "success")
    return redirect(address_of(model, run), 303)


@bp.get("/<plugin>/<collection>/import/<int:run_id>/bad-rows")
def bad_rows(plugin: str, collection: str, run_id: int) -> Response:
    """The rows that did not go in, to be corrected and imported again."""
    run = _run(_model(plugin, collection), run_id)
    path = uploads.bad_rows_of(run)
    if path is None:
        raise NotFound(gettext("There are no bad rows, or they are not kept any more."))
    name = f"{Path(run.file_name).stem} - {gettext('bad rows')}.csv"
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name=name)


@bp.get("/<plugin>/<collection>/export")
def export(plugin: str, collection: str) -> Response | str:
    """The records of a list, as its address asks for them, as CSV or XLSX. When there are many,
    a job writes the file, and first it is asked whether it shall."""
    model, wanted, form = _wanted(plugin, collection)
    order = wanted.order()
    rows = exports.count(order)
    if rows >= exports.MANY:
        title, href = model.__label_plural__, collection_url(model)
        return render_template(
            "import/export.html", title=title, list_href=href, rows=rows,
            days=keeping.days(keeping.EXPORTS),
        )  # fmt: skip
    # Written whole before it is sent: what fails on the way is said as a page.
    file: IO[Any] = tempfile.TemporaryFile("w+b")  # noqa: SIM115 the answer closes it
    if form == "xlsx":
        write_xlsx(order, file)
    else:
        with open(file.fileno(), "w", encoding="utf-8-sig", newline="", closefd=False) as text:
            write_csv(order, text)
    file.seek(0)
    name = f"{model.__label_plural__}.{'xlsx' if form == 'xlsx' else 'csv'}"
    kind = WORKBOOK if form == "xlsx" else "text/csv"
    return send_file(file, mimetype=kind, as_attachment=True, download_name=name)


@bp.post("/<plugin>/<collection>/export")
def export_in_background(plugin: str, collection: str) -> Response:
    """Have a job write the file, and go to see how far it is."""
    _model_key, wanted, form = _wanted(plugin, collection)
    check_company()
    proof.require()
    job = exports.start(wanted, form)
    db.session.commit()
    return redirect(url_for("jobs.show", run_id=job), 303)


def _wanted(plugin: str, collection: str) -> tuple[type[CompanyModel], Wanted, str]:
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.export")
    arguments = canonical(request.args)
    form = "xlsx" if arguments.pop("format", "csv") == "xlsx" else "csv"
    ids, more = arguments.pop("ids", "") == "true", arguments.pop("more", "")
    asked = {n: value for n, value in asked_of(arguments).items() if n not in ("cursor", "limit")}
    return model, Wanted(model=model.model_key(), arguments=asked, ids=ids, more=more), form


def _model(plugin: str, collection: str) -> type[CompanyModel]:
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.import")
    return model


def _run(model: type[CompanyModel], run_id: int) -> ImportRun:
    run = run_of(run_id)
    if run.collection != f"{model.plugin_id()}.{model.__collection__}":
        raise NotFound("")
    return run


def _go_on(model: type[CompanyModel], run: ImportRun) -> Response:
    try:
        job = background.go_on(run)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "warning")
        return redirect(address_of(model, run), 303)
    db.session.commit()
    return redirect(url_for("jobs.show", run_id=job), 303)


def _take(
    run: ImportRun,
    used: ImportMap,
    on_error: OnError,
    planned: list[imported.Planned],
    *,
    for_good: bool,
) -> Report:
    old = uploads.bad_rows_of(run)
    if old is not None:
        old.unlink()
    order = background.order_of(run, used, on_error, dry_run=not for_good)
    began = now()

    def look() -> None:
        planned.extend(imported.planned(order.model, run.id, began))

    report = run_import(replace(order, look=look))
    if report.outcome == "failed":
        # The file stays as it is uploaded, for another try.
        db.session.rollback()
    else:
        db.session.commit()
    return report
