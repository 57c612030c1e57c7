"""Giving out one record that nobody owns, at once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.pages import check_company, inside, number, require
from plugins.assignment.services import giving


def give() -> Response:
    """Give it to whom the rules name, as far as the actor may change it: ``?about=lead:7``."""
    kind, _colon, place = request.args.get("about", "").partition(":")
    model: Any = giving.MODELS.get(kind, giving.MODELS["lead"])
    require(f"{model.model_key()}.update")
    check_company()
    record = host().records.get(model, number(place) or 0, "update")
    if giving.give_one(record):
        host().session.commit()
        name = host().title_of("core.User", record.owner_id or 0)
        flash(gettext("Given to %(name)s.", name=name), "success")
    else:
        host().session.rollback()
        flash(gettext("No rule names anybody for it."), "warning")
    back = inside(request.form.get("next", "")) or host().list_url(model.model_key())
    return redirect(back, 303)
