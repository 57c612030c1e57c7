"""A person's notifications: the bell, the page of all, marking them read."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.collab import inbox
from core.data.numbers import whole
from core.extensions import db
from core.views.urls import with_query
from plugin_api.context import ngettext
from plugin_api.pages import check_company, inside

bp = Blueprint("notifications", __name__)

IN_THE_BELL = 8


@bp.get("/notifications")
def show() -> str:
    """All of them, or with ``unread`` those; newest first."""
    unread = bool(request.args.get("unread"))
    text = request.args.get("from", "")
    start = whole(text, 999_999) or 0
    notices, more = inbox.latest(unread=unread, before=start)
    return render_template(
        "notifications/page.html",
        notices=notices,
        unread=unread,
        count=inbox.unread_count(),
        more_href=with_query(
            request.path, [*([("unread", "1")] if unread else []), ("from", str(more))]
        )
        if more
        else "",
        start=start,
    )


@bp.get("/notifications/latest")
def latest() -> str:
    """The newest ones, for the menu of the bell."""
    notices, _more = inbox.latest(limit=IN_THE_BELL)
    return render_template("notifications/menu.html", notices=notices)


@bp.post("/notifications/read")
def read() -> Response:
    """Mark one read, or all."""
    check_company()
    text = request.form.get("id", "")
    number = whole(text)
    ids = None if not text else [number] if number else []
    done = inbox.mark_read(ids)
    db.session.commit()
    if ids is None:
        flash(ngettext("%(num)s marked as read.", "%(num)s marked as read.", done), "success")
    return redirect(inside(request.form.get("next", "")) or url_for("notifications.show"), 303)
