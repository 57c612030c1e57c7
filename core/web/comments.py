"""Comments on every model's records, and the timeline that they stand in."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.collab import comments, people
from core.collab.comments import Said
from core.data.numbers import whole
from core.extensions import db
from core.host import services
from core.views import records
from core.views.activity import activity
from core.views.opening import open_record
from core.views.records import Attempt
from core.views.urls import record_url
from core.web import kept
from core.web.collections import model_at
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, is_scripted

bp = Blueprint("comments", __name__)

RECORD = "/<plugin>/<collection>/<int:record_id>"


@bp.get(f"{RECORD}/timeline")
def timeline(plugin: str, collection: str, record_id: int) -> str:
    """A page of the timeline, for a script: the whole box, or what follows an entry."""
    model = model_at(plugin, collection)
    values = open_record(model, record_id).values
    before = request.args.get("before", "")
    found = activity(model, values, request.args.get("show", ""), before)
    name = "record/entries.html" if before else "record/activity.html"
    return render_template(name, activity=found)


@bp.get(f"{RECORD}/people")
def proposals(plugin: str, collection: str, record_id: int) -> str:
    """People who may see the record, for what was typed after an ``@``."""
    record = services().records.get(model_at(plugin, collection), record_id)
    comments.require_write()
    found = people.proposals(record, request.args.get("q", "")[:100])
    return render_template("record/people.html", people=found)


@bp.post(f"{RECORD}/comments")
def add(plugin: str, collection: str, record_id: int) -> str | Response | tuple[str, int]:
    """Write a comment."""
    model = model_at(plugin, collection)
    check_company()
    text = request.form.get("text", "")
    picked = [id_ for text in request.form.getlist("person") if (id_ := whole(text))]
    try:
        record = services().records.get(model, record_id)
        said = comments.add(record, text, picked)
        kept.done()
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        return _refused(model, record_id, refused, text)
    return _shown(model, record_id, said)


@bp.post(f"{RECORD}/comments/<int:comment_id>")
def change(
    plugin: str, collection: str, record_id: int, comment_id: int
) -> str | Response | tuple[str, int]:
    """Say it otherwise."""
    model = model_at(plugin, collection)
    check_company()
    text = request.form.get("text", "")
    try:
        record = services().records.get(model, record_id)
        said = comments.change(record, comments.find(record, comment_id), text)
        kept.done()
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        return _refused(model, record_id, refused, text)
    return _shown(model, record_id, said)


@bp.post(f"{RECORD}/comments/<int:comment_id>/delete")
def delete(plugin: str, collection: str, record_id: int, comment_id: int) -> str | Response:
    """Take a comment away."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id)
    comments.delete(record, comments.find(record, comment_id))
    db.session.commit()
    return _shown(model, record_id, None)


def _shown(model: type[CompanyModel], record_id: int, said: Said | None) -> str | Response:
    """The timeline as it is now: its box for a script, else the record's page."""
    note = ""
    if said is not None and said.unreached:
        note = gettext(
            "Not told, because they may not see this record: %(names)s.",
            names=", ".join(said.unreached),
        )
    if is_scripted():
        values = open_record(model, record_id).values
        found = replace(activity(model, values), error=note)
        return render_template("record/activity.html", activity=found)
    if note:
        flash(note, "warning")
    return redirect(f"{record_url(model, record_id)}#activity", 303)


def _refused(
    model: type[CompanyModel], record_id: int, refused: Refused, text: str
) -> tuple[str, int]:
    reason = refused.words
    if is_scripted():
        return render_template("record/refused.html", reasons=[reason]), refused.status
    attempt = Attempt(comment=text, comment_error=reason)
    page = records.record_page(model, record_id, attempt)
    return render_template("views/form.html", page=page), refused.status
