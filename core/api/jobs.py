"""Work in the background over REST: exports that are ordered, runs and how far they are, files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request, send_file

from core.api import wire
from core.api.collection import ROOT, href, model_at
from core.api.idempotency import Answer, once
from core.api.problems import Problem
from core.api.values import instant
from core.data.exporting import Table
from core.data.query.asking import MOST_ROWS, PAGE
from core.data.saving import allow
from core.extensions import db
from core.jobs import exports, keeping, runs
from core.jobs.models import STATES, JobRun
from core.views import jobs as shown
from core.views.exported import Wanted
from plugin_api.context import current_actor, gettext, has_permission
from plugin_api.errors import Forbidden, Invalid, NotFound

jobs = Blueprint("jobs", __name__)

PERMISSION = "core.jobs"
FORMS = ("csv", "xlsx")
DRAWN = ("file", "name")
"""Of what an export leaves: where its file lies is nobody's business."""


@jobs.get("/jobs")
def index() -> Response:
    """Runs of jobs, the newest first: one's own, or all for whoever may see all."""
    wire.only_arguments("state", "job", "limit", "cursor")
    which = [] if has_permission(PERMISSION) else [JobRun.user_id == current_actor().user_id]
    state, job = request.args.get("state", ""), request.args.get("job", "")
    if state and state not in {choice.value for choice in STATES}:
        message = gettext("Choose one of the values.")
        raise Invalid(gettext("Bad parameter."), errors={"state": [message]})
    which += [JobRun.state == state] if state else []
    which += [JobRun.job == job] if job else []
    limit = wire.number("limit", PAGE, MOST_ROWS)
    before = wire.number("cursor", wire.MAX_ID, wire.MAX_ID)
    rows = shown.rows(*which, JobRun.id < before, limit=limit + 1)
    page = rows[:limit]
    following = str(page[-1].id) if len(rows) > limit else None
    return wire.reply({"items": [told(row) for row in page], "next": following})


@jobs.post("/jobs")
def start() -> Response:
    """Start a job that administrators start by hand."""
    if not has_permission(PERMISSION):
        raise Forbidden(gettext("This needs the permission to see and start all jobs."))

    def act() -> Answer:
        sent = wire.body()
        errors = {name: [gettext("There is no such field.")] for name in sent if name != "job"}
        key = sent.get("job")
        job = runs.job_of(key) if isinstance(key, str) else None
        if job is None or not job.by_hand:
            errors["job"] = [gettext("There is no such job.")]
        if errors:
            raise Invalid(gettext("Some fields need another look."), errors=errors)
        return begun(runs.start(str(key)))

    return once(act)


@jobs.get("/jobs/<int:run_id>")
def show(run_id: int) -> Response:
    """A run: how far it is, and what came of it."""
    return wire.reply(told(_visible(run_id)))


@jobs.post("/jobs/<int:run_id>/cancel")
def cancel(run_id: int) -> Response:
    """Have a run not done, or not finished: one at work stops when it next says how far it is."""
    _visible(run_id)
    wire.nothing()
    # The session has only looked so far: let go of what it holds, for the job may wait for it.
    db.session.rollback()
    if not runs.cancel(run_id):
        raise Problem(409, gettext("It was finished already."))
    return wire.reply(told(_visible(run_id)), 202)


@jobs.post("/jobs/<int:run_id>/retry")
def retry(run_id: int) -> Response:
    """Have a run that failed or was cancelled tried once more."""
    _visible(run_id)
    wire.nothing()

    def act() -> Answer:
        runs.again(run_id)
        return Answer(told(_visible(run_id)), 202)

    return once(act)


@jobs.get("/jobs/<int:run_id>/file")
def file(run_id: int) -> Response:
    """The file that a run has written, for who asked for it."""
    row = _visible(run_id)
    if not _is_mine(row):
        raise Forbidden(gettext("Only who asked for the file gets it."))
    path = exports.file_of(row.result) if row.state == "done" else None
    if path is None:
        raise NotFound(gettext("The file is not kept any more."))
    return send_file(path, as_attachment=True, download_name=str(row.result["name"]))


@jobs.post("/<plugin>/<collection>/export")
def export(plugin: str, collection: str) -> Response:
    """Have a job write the records of a list into a file, which is fetched when it is done."""
    model = model_at(plugin, collection)
    allow(model, f"{model.model_key()}.export")

    def act() -> Answer:
        sent = wire.body()
        form, arguments, ids = _asked(sent)
        wanted = Wanted(model=model.model_key(), arguments=arguments, ids=ids)
        Table(wanted.order())  # what is wrong with it is said now, not by the job
        return begun(exports.start(wanted, form))

    return once(act)


def begun(run_id: int) -> Answer:
    """The answer that work has begun: its run, which says the rest."""
    return Answer(told(_visible(run_id)), 202, href(f"{ROOT}/jobs/{run_id}"))


def told(row: shown.RunRow) -> dict[str, Any]:
    """A run on the wire; what it has left is for who asked for it."""
    place, mine = href(f"{ROOT}/jobs/{row.id}"), _is_mine(row)
    return {
        "id": row.id,
        "href": place,
        "job": row.key,
        "label": row.label,
        "state": row.state,
        "progress": row.percent,
        "text": row.text,
        "error": row.error,
        "attempts": row.attempts,
        "user": None if row.user_id is None else {"id": row.user_id, "label": row.who},
        "created_at": instant(row.created_at),
        "started_at": instant(row.started_at) if row.started_at else None,
        "finished_at": instant(row.finished_at) if row.finished_at else None,
        "result": {n: value for n, value in row.result.items() if mine and n not in DRAWN},
        "file": _file(row, place),
    }


def _file(row: shown.RunRow, place: str) -> dict[str, Any] | None:
    if (
        not _is_mine(row)
        or row.state != "done"
        or not shown.has_file(row)
        or row.finished_at is None
    ):
        return None
    until = row.finished_at + dt.timedelta(days=keeping.days(keeping.EXPORTS))
    return {
        "href": f"{place}/file", "name": str(row.result["name"]), "expires_at": instant(until)
    }  # fmt: skip


def _is_mine(row: shown.RunRow) -> bool:
    return row.user_id is not None and row.user_id == current_actor().user_id


def _visible(run_id: int) -> shown.RunRow:
    row = shown.run_row(wire.storable(run_id))
    if row is None or not (_is_mine(row) or has_permission(PERMISSION)):
        raise NotFound(gettext("There is no such job."))
    return row


def _asked(sent: Mapping[str, Any]) -> tuple[str, dict[str, str], bool]:
    """Form, arguments of the list, and whether numbers of references are wanted."""
    form, text, ids = sent.get("format", "csv"), sent.get("query", ""), sent.get("ids", False)
    errors = {
        name: [gettext("There is no such field.")]
        for name in sent
        if name not in ("format", "query", "ids")
    }
    if form not in FORMS:
        errors["format"] = [gettext("Choose one of the values.")]
    if not isinstance(text, str):
        errors["query"] = [gettext("Expected a text.")]
    if not isinstance(ids, bool):
        errors["ids"] = [gettext("Expected true or false.")]
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    pairs = parse_qsl(text.removeprefix("?"), keep_blank_values=True)
    arguments = dict(pairs)
    if len(arguments) < len(pairs):
        message = gettext("The parameter stands twice.")
        counted = Counter(name for name, _ in pairs)
        twice = {name: [message] for name, count in counted.items() if count > 1}
        raise Invalid(gettext("Bad parameter."), errors=twice)
    paged = [name for name in ("cursor", "limit", "count") if name in arguments]
    if paged:
        message = gettext("An export has no pages.")
        raise Invalid(gettext("Bad parameter."), errors={name: [message] for name in paged})
    return str(form), arguments, ids
