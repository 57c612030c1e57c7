"""What the pages of activities share: guards, what a form says, where one goes on."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from flask import flash, jsonify, redirect, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.pages import inside, is_scripted
from plugins.activities.services import subjects

Answer = str | Response | tuple[str | Response, int]


def about(text: str) -> tuple[subjects.Ref, subjects.Subject] | None:
    """The record that an address or a form names, and what is known of it; None for none.
    Raises Rejected for one that is out of sight."""
    ref = subjects.read(text)
    if ref is None:
        return None
    return ref, subjects.one(*ref)


def go_on(default: str, said: str) -> Answer:
    """Commit, say what was done, and go on."""
    host().session.commit()
    flash(said, "success")
    href = inside(request.form.get("next", "")) or default
    if is_scripted():
        return jsonify(open=href, message=said), 201
    return redirect(href, 303)


def day(text: str, field: str) -> dt.date | None:
    """A day as a form sends it. Raises Rejected."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Rejected(field, gettext("Expected a day such as 2026-01-31.")) from None


def moment(on: dt.date | None, clock: str, field: str) -> dt.datetime | None:
    """An hour of a day by the person's clock. Raises Rejected."""
    if not clock.strip() or on is None:
        return None
    try:
        hour = dt.time.fromisoformat(clock.strip())
    except ValueError:
        raise Rejected(field, gettext("Expected a time such as 09:30.")) from None
    zone = ZoneInfo(current_actor().timezone or current_company().timezone)
    try:
        return dt.datetime.combine(on, hour, zone).astimezone(dt.UTC)
    except OverflowError:
        raise Rejected(field, gettext("This is too early or too late.")) from None
