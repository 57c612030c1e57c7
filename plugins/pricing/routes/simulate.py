"""Running a price change or a promotion over orders of the past, on a page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import render_template, request, url_for

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.models import model_of
from plugin_api.pages import require
from plugins.catalog.api import Category
from plugins.pricing import display
from plugins.pricing.access import SIMULATE
from plugins.pricing.models import Promotion
from plugins.pricing.models.common import READ_COST
from plugins.pricing.routes.explain import chosen
from plugins.pricing.services import lift, simulating, words
from plugins.pricing.services.asking import day_of, id_of, number_of

SHOWN = 25


def show() -> str:
    """A small form, and what would have come in; nothing is written."""
    require(SIMULATE)
    if not host().is_enabled("sales"):
        raise NotFound(gettext("Without orders there is nothing to run over."))
    require("sales.Order.read")
    given, error, found, promotion = request.args, "", None, None
    product = chosen("catalog.Product", "product")
    usual_end = today()
    start, end = usual_end - dt.timedelta(days=89), usual_end
    try:
        start = day_of("from", given.get("from", "")) or start
        end = day_of("to", given.get("to", "")) or end
        promotion = _promotion(given.get("promotion", ""))
        category = id_of("category", given.get("category", ""))
        if promotion is not None:
            found = simulating.of_promotion(start, end, promotion.id)
        elif given.get("percent", "").strip():
            percent = number_of("percent", given["percent"], Decimal(0))
            if not -100 <= percent <= 1000:
                raise Rejected("percent", gettext("Between -100 and 1000 percent, please."))
            id_ = product.id if product else None
            found = simulating.of_change(start, end, percent, id_, category)
    except Refused as refused:
        error = refused.words
    return render_template(
        "pricing/simulate.html", given=given, error=error, found=found, promotion=promotion,
        product=product, start=start, end=end, shown=SHOWN,
        names=_names(found) if found else {}, promotions=_promotions(), categories=_categories(),
        products=url_for("collections.lookup", plugin="catalog", collection="products"),
        currency=current_company().currency, display=display, url=host().record_url,
        sees_cost=_sees_cost(), why=words.short,
        lifted=lift.of(promotion) if promotion is not None and not error else None,
        spans=words.SPANS,
    )  # fmt: skip


def _sees_cost() -> bool:
    return has_permission(READ_COST)


def _promotion(text: str) -> Promotion | None:
    id_ = id_of("promotion", text)
    return host().records.get(Promotion, id_) if id_ is not None else None


def _promotions() -> list[tuple[int, str]]:
    asked = sa.select(Promotion.id, Promotion.name).where(host().records.visible(Promotion))
    return [(row[0], row[1]) for row in host().session.execute(asked.order_by(Promotion.name))]


def _categories() -> list[tuple[int, str]]:
    asked = sa.select(Category.id, Category.name).order_by(Category.name)
    return [(row[0], row[1]) for row in host().session.execute(asked)]


def _names(found: simulating.Simulated) -> dict[str, dict[Any, str]]:
    """Names of what is shown."""
    made: dict[str, dict[Any, str]] = {}
    for key, ranked in (("catalog.Product", found.products), ("crm.Account", found.accounts)):
        model: Any = model_of(key)
        ends = [*ranked[:SHOWN], *ranked[-SHOWN:]]
        ids = sorted({id_ for id_, _sums in ends if id_ is not None})
        asked = sa.select(model.id, model.name).where(model.id.in_(ids))
        made[key] = {row[0]: row[1] for row in host().session.execute(asked)}
    return made
