"""Work in the background: what there is, how far it is, and what became of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from core.data.numbers import whole
from core.extensions import db
from core.jobs import exports, keeping, runs
from core.views import jobs as shown
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Forbidden, NotFound
from plugin_api.pages import check_company, is_scripted, require

bp = Blueprint("jobs", __name__, url_prefix="/core/jobs")

PERMISSION = "core.jobs"


@bp.get("")
def overview() -> str:
    """The company's jobs, and below them their runs."""
    require(PERMISSION)
    page = _runs_page()
    if is_scripted():
        return render_template("web/job_runs.html", page=page)
    return render_template("web/jobs.html", page=page, jobs=shown.jobs())


@bp.post("")
def start() -> Response:
    """Start a job now."""
    require(PERMISSION)
    check_company()
    key = request.form.get("job", "")
    job = runs.job_of(key)
    if job is None or not job.by_hand:
        raise NotFound("")
    run_id = runs.start(key)
    db.session.commit()
    return redirect(url_for("jobs.show", run_id=run_id), 303)


@bp.get("/<int:run_id>")
def show(run_id: int) -> str:
    """A run, for who asked for it and for who may see all."""
    row = _visible(run_id)
    template = "web/job_run.html" if is_scripted() else "web/job.html"
    return render_template(
        template,
        row=row,
        link=shown.where_to(row),
        has_file=row.state == "done" and shown.has_file(row) and shown.is_mine(run_id),
        days=keeping.days(keeping.EXPORTS),
        overview=has_permission(PERMISSION),
    )


@bp.post("/<int:run_id>/cancel")
def cancel(run_id: int) -> Response:
    """Have a run not done, or not finished."""
    _visible(run_id)
    check_company()
    # The session has only looked so far: let go of what it holds, for the job may wait for it.
    db.session.rollback()
    if not runs.cancel(run_id):
        flash(gettext("It was finished already."), "warning")
    return redirect(url_for("jobs.show", run_id=run_id), 303)


@bp.post("/<int:run_id>/again")
def again(run_id: int) -> Response:
    """Try once more."""
    _visible(run_id)
    check_company()
    runs.again(run_id)
    db.session.commit()
    return redirect(url_for("jobs.show", run_id=run_id), 303)


@bp.get("/<int:run_id>/file")
def file(run_id: int) -> Response:
    """The file that a run has written, for who asked for it."""
    row = _visible(run_id)
    if not shown.is_mine(run_id):
        raise Forbidden(gettext("Only who asked for the file gets it."))
    exports.check(run_id)
    path = exports.file_of(row.result)
    if path is None:
        raise NotFound(gettext("The file is not kept any more."))
    return send_file(path, as_attachment=True, download_name=str(row.result["name"]))


def _runs_page() -> shown.RunsPage:
    before = request.args.get("before", "")
    return shown.runs(
        request.args.get("state", ""),
        request.args.get("job", ""),
        whole(before),
    )


def _visible(run_id: int) -> shown.RunRow:
    row = shown.run_row(run_id)
    if row is None or not (has_permission(PERMISSION) or shown.is_mine(run_id)):
        raise NotFound("")
    return row
