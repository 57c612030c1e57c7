"""Sharing one record with a person or a team, and taking that back."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from core.access import sharing
from core.data.texts import row_id
from core.extensions import db
from core.host import services
from core.identity.models import Team, User
from core.views.urls import record_url, with_query
from core.web.collections import model_at
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company

bp = Blueprint("sharing", __name__)

TYPED = ("user", "user__id", "team", "team__id", "level", "until")
"""Of the form, what is kept when it is refused."""


@bp.post("/<plugin>/<collection>/<int:record_id>/shares")
def share(plugin: str, collection: str, record_id: int) -> Response:
    """Share it with whom the form names."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id)
    try:
        sharing.share(
            record,
            user_id=_picked(User, "user"),
            team_id=_picked(Team, "team"),
            level=request.form.get("level", "read"),
            until=_day(request.form.get("until", "")),
        )
    except Rejected as refused:
        db.session.rollback()
        flash(refused.words, "danger")
        return _back(model, record_id, [(name, request.form.get(name, "")) for name in TYPED])
    else:
        db.session.commit()
        flash(gettext("Shared."), "success")
    return _back(model, record_id)


@bp.post("/<plugin>/<collection>/<int:record_id>/shares/<int:share_id>/revoke")
def revoke(plugin: str, collection: str, record_id: int, share_id: int) -> Response:
    """Take a share back."""
    model = model_at(plugin, collection)
    check_company()
    sharing.revoke(services().records.get(model, record_id), share_id)
    db.session.commit()
    flash(gettext("No longer shared."), "success")
    return _back(model, record_id)


def _picked(model: type[User | Team], field: str) -> int | None:
    """Who was picked among proposals, or named without them; None for an empty input."""
    text = request.form.get(field, "").strip()
    if not text:
        return None
    picked = request.form.get(f"{field}__id", "")
    if picked and text == request.form.get(f"{field}__label", "").strip() and len(picked) < 19:
        return row_id(picked)
    found = db.session.scalars(sa.select(model.id).where(model.name == text).limit(2)).all()
    if len(found) != 1:
        raise Rejected(
            field, gettext("There is nobody called %(name)s, or several.", name=text[:100])
        )
    return found[0]


def _back(
    model: type[CompanyModel], record_id: int, typed: list[tuple[str, str]] | None = None
) -> Response:
    """To the page that shows who sees the record; ``typed`` fills its form again."""
    asked = [(f"share-{name}", value[:200]) for name, value in typed or () if value]
    return redirect(with_query(f"{record_url(model, record_id)}/access", asked), 303)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Rejected("until", gettext("This is no day.")) from None
