"""Showing a masked value whole: one at a time, counted, and noted in the trail."""

from __future__ import annotations

from flask import Blueprint, render_template

from core.data import audit
from core.data.fields import every_field, fields_of, value_of
from core.extensions import db
from core.host import services
from core.identity import attempts
from core.views.records import REVEAL
from core.views.urls import record_url
from core.web.collections import model_at
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, is_scripted, require

bp = Blueprint("reveal", __name__)


class TooManyReveals(Refused):
    """Somebody has looked at as many masked values as one looks at while working."""

    status = 429


@bp.post("/<plugin>/<collection>/<int:record_id>/reveal/<name>")
def reveal(plugin: str, collection: str, record_id: int, name: str) -> str:
    """The value of a field, alone."""
    model = model_at(plugin, collection)
    check_company()
    services().records.get(model, record_id)
    meta = fields_of(model).get(name)
    if meta is None or not meta.masked:
        raise NotFound("")
    require(REVEAL)
    # Attempts are counted in a transaction of their own, for which this one must not hold the file.
    db.session.rollback()
    person = f"{current_company().id}:{current_actor().user_id}"
    if attempts.count("reveal", person):
        limit = attempts.LIMITS["reveal"].most
        raise TooManyReveals(
            gettext("You have looked at %(limit)s values within an hour. Go on later.", limit=limit)
        )
    record = services().records.get(model, record_id)
    audit.write("reveal", [(record, {"field": (None, name)})])
    db.session.commit()
    alone = is_scripted()
    return render_template(
        "record/revealed_part.html" if alone else "record/revealed.html",
        label=str(meta.label),
        value=value_of(record, every_field(model)[name]) or "",
        back=record_url(model, record_id),
    )
