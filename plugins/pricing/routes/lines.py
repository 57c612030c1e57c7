"""Why a line of a quote or an order costs what it does."""

from __future__ import annotations

from typing import Any

from flask import render_template

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound
from plugin_api.models import model_of
from plugin_api.pages import require
from plugins.pricing import display
from plugins.pricing.access import EXPLAIN
from plugins.pricing.routes.explain import address
from plugins.pricing.services import explaining, words

AMOUNTS = ("price", "list_price", "taken_off", "net")


def order_line(record_id: int) -> str:
    """Of an order."""
    return _show("sales.OrderLine", "order", record_id)


def quote_line(record_id: int) -> str:
    """Of a quote."""
    return _show("sales.QuoteLine", "quote", record_id)


def _show(key: str, whole: str, record_id: int) -> str:
    if not host().is_enabled("sales"):
        raise NotFound(gettext("There is no such line."))
    require(EXPLAIN)
    model: Any = model_of(key)
    line: Any = host().records.get(model, record_id)
    of = f"sales.{whole.title()}"
    whole_id = getattr(line, f"{whole}_id")
    return render_template(
        "pricing/line.html",
        line=line,
        crumbs=((host().title_of(of, whole_id), host().record_url(of, whole_id)),),
        steps=[words.said(step) for step in explaining.kept_shown(line.trace or [])],
        display=display,
        url=address,
        sees=all(host().records.may_read(model, name) for name in AMOUNTS),
    )
