"""Imports over REST: a file or rows are kept, checked, taken in by a job, and taken back.

The engine is the one of the pages and of the command; see :mod:`core.data.importing.engine`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from flask import Blueprint, Response, request, send_file

from core.api import wire
from core.api.collection import href, model_at, path_of
from core.api.idempotency import Answer, once
from core.api.import_bodies import MAPPING, content_of, map_of, on_error_of
from core.api.jobs import begun
from core.api.problems import Problem
from core.api.values import instant
from core.data.importing import background, uploads
from core.data.importing.engine import run_import
from core.data.importing.errors import UnusableMap
from core.data.importing.mapping import ImportMap, as_data, make_map
from core.data.importing.models import ImportedRow, ImportRun
from core.data.importing.plan import make_plan
from core.data.importing.reading import open_source
from core.data.importing.reverting import BACK, REVERTIBLE, revert, run_of, visible
from core.data.query.asking import MOST_ROWS, PAGE
from core.data.saving import allow
from core.extensions import db
from core.jobs import runs
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel

imports = Blueprint("imports", __name__)

IMPORTS = "/<plugin>/<collection>/imports"
ONE = f"{IMPORTS}/<int:import_id>"
COUNTED = ("rows", "created", "updated", "unchanged", "skipped", "errors")


@imports.get(IMPORTS)
def index(plugin: str, collection: str) -> Response:
    """Imports into the collection, the newest first: one's own, or all for who administers."""
    model = _model(plugin, collection)
    wire.only_arguments("limit", "cursor")
    limit = wire.number("limit", PAGE, MOST_ROWS)
    before = wire.number("cursor", wire.MAX_ID, wire.MAX_ID)
    asked = (
        sa.select(ImportRun)
        .where(ImportRun.collection == _name(model), ImportRun.id < before, visible())
        .order_by(ImportRun.id.desc())
        .limit(limit + 1)
    )
    rows = db.session.scalars(asked).all()
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return wire.reply({"items": [_told(model, row) for row in rows[:limit]], "next": following})


@imports.post(IMPORTS)
def create(plugin: str, collection: str) -> Response:
    """Keep a file (``multipart/form-data``) or rows (JSON). Nothing is taken in yet."""
    model = _model(plugin, collection)
    if request.is_json:
        return once(lambda: _kept(model, wire.body()))
    request.max_content_length = None
    return once(lambda: _kept_file(model))


@imports.get(ONE)
def show(plugin: str, collection: str, import_id: int) -> Response:
    """An import: what it would fill, or what came of it."""
    model = _model(plugin, collection)
    return wire.reply(_told(model, _run(model, import_id)))


@imports.delete(ONE)
def call_off(plugin: str, collection: str, import_id: int) -> Response:
    """Forget a file that was not taken in; have a job stop that is at it. What is in already stays,
    and can be taken back."""
    model = _model(plugin, collection)
    run = _run(model, import_id)
    wire.nothing()
    job = background.unfinished(run)
    if job is not None:
        db.session.rollback()
        runs.cancel(job)
        answer = begun(job)
        db.session.commit()
        return answer.response()
    if run.state not in ("uploaded", "failed") or _has_rows(run):
        raise Problem(409, gettext("The file was imported already."))
    uploads.forget(run)
    bad = uploads.bad_rows_of(run)
    if bad is not None:
        bad.unlink()
    db.session.delete(run)
    db.session.commit()
    return Response(status=204)


@imports.post(f"{ONE}/check")
def check(plugin: str, collection: str, import_id: int) -> Response:
    """Say what would become of each row and change nothing; for a large file a job does it."""
    model = _model(plugin, collection)

    def act() -> Answer:
        run = _waiting(model, import_id)
        used, on_error = _used(model, run)
        if background.is_large(run):
            return begun(background.start(run, on_error, dry_run=True))
        old = uploads.bad_rows_of(run)
        if old is not None:
            old.unlink()
        order = background.order_of(run, used, on_error, dry_run=True)
        return Answer(run_import(order).as_dict())

    return once(act)


@imports.post(f"{ONE}/run")
def take(plugin: str, collection: str, import_id: int) -> Response:
    """Have a job take the rows in."""
    model = _model(plugin, collection)

    def act() -> Answer:
        run = _waiting(model, import_id)
        _used_map, on_error = _used(model, run)
        return begun(background.start(run, on_error))

    return once(act)


@imports.get(f"{ONE}/bad-rows")
def bad_rows(plugin: str, collection: str, import_id: int) -> Response:
    """Rows that did not go in, each with why, to be corrected and sent again."""
    run = _run(_model(plugin, collection), import_id)
    path = uploads.bad_rows_of(run)
    if path is None:
        raise NotFound(gettext("There are no bad rows, or they are not kept any more."))
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name="bad-rows.csv")


@imports.post(f"{ONE}/revert")
def take_back(plugin: str, collection: str, import_id: int) -> Response:
    """Delete what the import made and set back what it changed, unless it was changed since; for
    many records a job does it."""
    model = _model(plugin, collection)

    def act() -> Answer:
        run = _run(model, import_id)
        wire.nothing()
        if background.unfinished(run) is not None:
            raise Problem(409, gettext("A job is at it already."))
        if run.state in REVERTIBLE and background.is_long(run):
            return begun(background.start_revert(run))
        return Answer(revert(run.id).as_dict())

    return once(act)


def _has_rows(run: ImportRun) -> bool:
    """Whether the import is what some record can be taken back by."""
    asked = sa.select(ImportedRow.id).where(ImportedRow.run_id == run.id).limit(1)
    return db.session.scalar(asked) is not None


def _kept(
    model: type[CompanyModel], sent: Mapping[str, Any], file: IO[bytes] | None = None
) -> Answer:
    used = map_of(model, sent)
    content = file if file is not None else io.BytesIO(content_of(sent))
    run = ImportRun(
        collection=_name(model),
        file_name=str(sent.get("name") or gettext("rows"))[:200],
        user_id=current_actor().user_id,
        upload=uploads.keep(content),
        map=as_data(used),
    )
    try:
        _fits(model, run, used)
    except BaseException:
        uploads.forget(run)
        raise
    db.session.add(run)
    db.session.flush()
    return Answer(_told(model, run), 201, _place(model, run))


def _kept_file(model: type[CompanyModel]) -> Answer:
    """The file of a form, whose map may be a file too."""
    file = wire.file(*MAPPING, files=("map",))
    sent: dict[str, Any] = {**request.form.to_dict(), "name": Path(str(file.filename)).name}
    if "map" in request.files:
        sent["map"] = request.files["map"].stream.read()
    return _kept(model, sent, file.stream)


def _fits(model: type[CompanyModel], run: ImportRun, used: ImportMap) -> None:
    """Raise Invalid, UnusableFile where file and map do not go together."""
    path = uploads.file_of(run)
    assert path is not None
    source = open_source(path, used.options)
    try:
        make_plan(model, used, source.columns)
    except UnusableMap as refused:
        raise Invalid(
            gettext("Some fields need another look."), errors={"map": list(refused.problems)}
        ) from None


def _used(model: type[CompanyModel], run: ImportRun) -> tuple[ImportMap, Any]:
    """The map and what a wrong row means, as the body says; the map is kept with the import."""
    sent = wire.optional_body()
    on_error = on_error_of(sent)
    used = make_map(run.map)
    if sent.keys() & {"map", "key", "like", "saved"}:
        used = map_of(model, sent)
        _fits(model, run, used)
        run.map = as_data(used)
    return used, on_error


def _waiting(model: type[CompanyModel], import_id: int) -> ImportRun:
    """An import that nothing was done with yet, and is not being done."""
    run = _run(model, import_id)
    if background.unfinished(run) is not None:
        raise Problem(409, gettext("A job is at it already."))
    if run.state not in ("uploaded", "failed"):
        raise Problem(409, gettext("The file was imported already."))
    run.state = "uploaded"
    return run


def _run(model: type[CompanyModel], import_id: int) -> ImportRun:
    run = run_of(wire.storable(import_id))
    if run.collection != _name(model):
        raise NotFound(gettext("There is no import %(number)s.", number=import_id))
    return run


def _model(plugin: str, collection: str) -> type[CompanyModel]:
    model = model_at(plugin, collection)
    allow(model, f"{model.model_key()}.import")
    return model


def _name(model: type[CompanyModel]) -> str:
    return f"{model.plugin_id()}.{model.__collection__}"


def _place(model: type[CompanyModel], run: ImportRun) -> str:
    return href(f"{path_of(model)}/imports/{run.id}")


def _told(model: type[CompanyModel], run: ImportRun) -> dict[str, Any]:
    place = _place(model, run)
    return {
        "id": run.id,
        "href": place,
        "file": run.file_name,
        "state": run.state,
        **{name: getattr(run, name) or 0 for name in COUNTED},
        "map": run.map or {},
        "messages": list(run.messages or ()),
        "started_at": instant(run.started_at) if run.started_at else None,
        "finished_at": instant(run.finished_at) if run.finished_at else None,
        "bad_rows": f"{place}/bad-rows" if uploads.bad_rows_of(run) is not None else None,
        "revertible": run.state in REVERTIBLE,
        "taken_back": run.kept.get(BACK),
    }
