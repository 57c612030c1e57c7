"""What a person wants to be told of, and how."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import NotFound
from plugin_api.pages import check_company, require
from plugins.activities.access import READ
from plugins.activities.routes import common
from plugins.activities.services import digest


def show() -> str:
    """The choice."""
    require(READ)
    return render_template("activities/mine.html", held=digest.preference(_me()))


def save() -> common.Answer:
    """Keep it."""
    require(READ)
    check_company()
    digest.choose(_me(), digest="digest" in request.form, mail="mail" in request.form)
    host().session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for("activities.mine"), 303)


def _me() -> int:
    user_id = current_actor().user_id
    if user_id is None:
        raise NotFound("")
    return user_id
