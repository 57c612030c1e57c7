"""A person's data: handing it out, and taking it away, from any record that is about one."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as Answer

from core.data.audit import title_of
from core.extensions import db
from core.host import services
from core.identity import proof
from core.jobs import keeping
from core.privacy import erasing, gathering, holds
from core.privacy.subjects import PERMISSION, is_person, same_person
from core.views.urls import collection_url, record_url
from core.web.collections import model_at
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, require

bp = Blueprint("privacy", __name__)

RECORD = "/<plugin>/<collection>/<int:record_id>/personal"


@bp.get(RECORD)
def show(plugin: str, collection: str, record_id: int) -> str:
    """What there is, and what erasing would take away."""
    return _page(_record(plugin, collection, record_id))


@bp.post(f"{RECORD}/file")
def file(plugin: str, collection: str, record_id: int) -> Response:
    """All of it as a file. Posted, for it is noted who had it."""
    record = _record(plugin, collection, record_id)
    check_company()
    proof.require()
    made: IO[Any] = tempfile.TemporaryFile("w+b")  # noqa: SIM115 the answer closes it
    gathering.write(same_person(record), made)
    erasing.note_handed(record)
    db.session.commit()
    made.seek(0)
    return send_file(
        made, mimetype="application/zip", as_attachment=True,
        download_name=f"{record.__collection__}-{record_id}.zip", max_age=0,
    )  # fmt: skip


@bp.post(f"{RECORD}/erase")
def erase(plugin: str, collection: str, record_id: int) -> Answer | tuple[str, int]:
    """Take it away, once its name was typed."""
    record = _record(plugin, collection, record_id)
    check_company()
    if request.form.get("name", "").strip() != title_of(record).strip():
        return _page(record, gettext("Type the name exactly as it stands above.")), 422
    proof.require()
    try:
        erasing.erase(same_person(record))
    except Refused as refused:
        db.session.rollback()
        record = _record(plugin, collection, record_id)
        return _page(record, str(refused.message)), refused.status
    flash(gettext("The personal data is erased."), "success")
    return redirect(record_url(type(record), record_id), 303)


@bp.post(f"{RECORD}/hold")
def hold(plugin: str, collection: str, record_id: int) -> Answer | tuple[str, int]:
    """Keep the record whatever else is decided."""
    record = _record(plugin, collection, record_id)
    check_company()
    try:
        holds.keep(record, request.form.get("reason", ""))
    except Rejected as refused:
        db.session.rollback()
        return _page(_record(plugin, collection, record_id), held=str(refused.message)), 422
    db.session.commit()
    flash(gettext("On hold."), "success")
    return redirect(f"{record_url(type(record), record_id)}/personal", 303)


@bp.post(f"{RECORD}/lift")
def lift(plugin: str, collection: str, record_id: int) -> Answer:
    """Let it go again."""
    record = _record(plugin, collection, record_id)
    check_company()
    proof.require()
    holds.lift(record)
    db.session.commit()
    flash(gettext("No longer on hold."), "success")
    return redirect(f"{record_url(type(record), record_id)}/personal", 303)


def _record(plugin: str, collection: str, record_id: int) -> CompanyModel:
    model = model_at(plugin, collection)
    if not is_person(model):
        raise NotFound("")
    record = services().records.get(model, record_id)
    require(PERMISSION)
    return record


def _page(record: CompanyModel, error: str = "", held: str = "") -> str:
    model = type(record)
    return render_template(
        "privacy/person.html",
        preview=erasing.preview(same_person(record)),
        name=title_of(record),
        error=error,
        hold=holds.of(record),
        hold_error=held,
        days=keeping.days(keeping.EXPORTS),
        path=f"{record_url(model, record.id)}/personal",
        crumbs=(
            (str(model.__label_plural__), collection_url(model)),
            (title_of(record), record_url(model, record.id)),
        ),
    )
