"""Finding the prices of a draft anew, by one button."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.models import model_of
from plugin_api.pages import check_company, inside, number

MODELS = ("sales.Order", "sales.Quote")


def price_again() -> Response:
    """Of a quote or an order, as far as the actor may change it: ``?about=sales.Order:7``."""
    key, _colon, place = request.args.get("about", "").partition(":")
    known = key in MODELS and host().is_enabled("sales")
    if not known or (record_id := number(place)) is None:
        raise NotFound(gettext("There is no such document."))
    check_company()
    from plugins.sales.api import price_again as again

    model: Any = model_of(key)
    document = host().records.get(model, record_id, "update")
    try:
        again(document)
        host().session.commit()
        flash(gettext("The prices are those of today's rules."), "success")
    except Refused as refused:
        host().session.rollback()
        flash(refused.words, "danger")
    back = inside(request.form.get("next", "")) or host().record_url(key, record_id)
    return redirect(back, 303)
