"""Following a record, or not."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from core.collab import following, people
from core.extensions import db
from core.host import services
from core.views.opening import open_record
from core.views.records import following_of
from core.views.urls import record_url
from core.web.collections import model_at
from plugin_api.pages import check_company, is_scripted

bp = Blueprint("following", __name__)


@bp.post("/<plugin>/<collection>/<int:record_id>/follow")
def follow(plugin: str, collection: str, record_id: int) -> str | Response:
    """Hear of the record from now on, or no more."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id)
    following.choose(record, request.form.get("wants") == "true")
    db.session.commit()
    path = record_url(model, record_id)
    if is_scripted():
        shown = following_of(path, open_record(model, record_id))
        return render_template("record/follow.html", following=shown)
    return redirect(path, 303)


@bp.get("/<plugin>/<collection>/<int:record_id>/followers")
def followers(plugin: str, collection: str, record_id: int) -> str:
    """Who follows the record, by name."""
    record = services().records.get(model_at(plugin, collection), record_id)
    names = people.names_of(following.followers_of(record))
    return render_template("record/followers.html", names=names)
