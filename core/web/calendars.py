"""Moving records of a calendar to another day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import jsonify, request

from core.extensions import db
from core.host import services
from core.views import calendars
from core.views.urls import record_url
from core.web.collections import bp, model_at
from core.web.form_input import sent_version
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.pages import check_company


@bp.post("/<plugin>/<collection>/<int:record_id>/day")
def move_to_day(plugin: str, collection: str, record_id: int) -> tuple[Any, int]:
    """Have a record start on another day; hour and length stay."""
    model = model_at(plugin, collection)
    check_company()
    path = record_url(model, record_id)
    try:
        record = services().records.get(model, record_id, "update")
        values = calendars.moved(model, record, _day())
        services().records.update(record, values, version=sent_version())
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        return jsonify(message=refused.words, open=path), refused.status
    return jsonify(version=record.version), 200


def _day() -> dt.date:
    try:
        return dt.date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        raise Rejected("day", gettext("Expected a date.")) from None
