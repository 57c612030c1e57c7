"""Files of every model's records: attach, download, delete."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as Answer

from core.extensions import db
from core.files import attachments, storage
from core.files.kinds import KINDS
from core.files.models import Attachment
from core.host import services
from core.views.attached import files_box
from core.views.urls import record_url
from core.web.collections import model_at
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, is_scripted

bp = Blueprint("files", __name__)

RECORD = "/<plugin>/<collection>/<int:record_id>/files"
MOST = 20
"""Files of one form."""
ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
"""A file is shown as if it came from nowhere: it runs nothing and reaches nothing."""


@bp.get(RECORD)
def show(plugin: str, collection: str, record_id: int) -> str:
    """The box with the files, for a script."""
    model = model_at(plugin, collection)
    record = services().records.get(model, record_id)
    return _box(record)


@bp.post(RECORD)
def attach(plugin: str, collection: str, record_id: int) -> str | Answer | tuple[str, int]:
    """Attach files, those that may be; the others are named with the reason."""
    model = model_at(plugin, collection)
    check_company()
    services().records.get(model, record_id, "update")
    files = [sent for sent in request.files.getlist("file") if sent.filename]
    reasons = [] if files else [gettext("Choose a file first.")]
    for each in files[:MOST]:
        try:
            # Each in a transaction of its own: one that is refused does not take others with it.
            record = services().records.get(model, record_id, "update")
            if "X-Queue" in request.headers and attachments.is_there(record, each.filename or ""):
                continue
            attachments.attach(record, each.filename or "", each.stream)
            db.session.commit()
        except Rejected as refused:
            db.session.rollback()
            reasons.append(str(refused.message))
    if len(files) > MOST:
        reasons.append(gettext("At most %(most)s files at once.", most=MOST))
    if is_scripted():
        if reasons:
            return render_template("record/refused.html", reasons=reasons), 422
        return _box(services().records.get(model, record_id))
    for reason in reasons:
        flash(reason, "danger")
    return redirect(f"{record_url(model, record_id)}#files", 303)


@bp.get(f"{RECORD}/<int:file_id>")
def download(plugin: str, collection: str, record_id: int, file_id: int) -> Response:
    """The content of a file: to be saved, or with ``open`` shown if it is an image or a PDF."""
    model = model_at(plugin, collection)
    record = services().records.get(model, record_id)
    return sent(attachments.find(record, file_id), bool(request.args.get("open")))


@bp.post(f"{RECORD}/<int:file_id>/delete")
def delete(plugin: str, collection: str, record_id: int, file_id: int) -> str | Answer:
    """Take a file away from its record."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id, "update")
    attachments.remove(record, attachments.find(record, file_id))
    db.session.commit()
    if is_scripted():
        return _box(services().records.get(model, record_id))
    return redirect(f"{record_url(model, record_id)}#files", 303)


def sent(found: Attachment, to_open: bool = False) -> Response:
    """The answer that holds a file. Raises NotFound when its content is lost."""
    path, kind = storage.path_of(found.digest), KINDS[found.kind]
    if not path.is_file():
        raise NotFound(gettext("The content of this file is not there any more."))
    answer = send_file(
        path,
        mimetype=kind.mimetype,
        as_attachment=not (to_open and kind.inline),
        download_name=found.name,
        etag=found.digest,
        last_modified=found.created_at,
        max_age=0,
    )
    if found.charset:
        answer.headers["Content-Type"] = f"{kind.mimetype}; charset={found.charset}"
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _box(record: CompanyModel) -> str:
    may_change = services().records.may(record, "update")
    box = files_box(type(record), record.id, may_change)
    return render_template("record/files.html", files=box)
