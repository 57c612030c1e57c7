"""Why a price is what it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import render_template, request, url_for

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import Refused, Rejected
from plugin_api.models import model_of
from plugin_api.pages import number, require
from plugins.catalog.api import Product
from plugins.pricing import display
from plugins.pricing.access import EXPLAIN
from plugins.pricing.models.lists import ACTIONS
from plugins.pricing.services import explaining, words
from plugins.pricing.services.asking import day_of, number_of


def show() -> str:
    """A small form; below it the price of what was asked for, with every rule in order."""
    require(EXPLAIN)
    given = request.args
    error, found = "", None
    product = chosen("catalog.Product", "product")
    account = chosen("crm.Account", "account") if _has_accounts() else None
    try:
        if product is None and given.get("product", "").strip():
            raise Rejected("product", gettext("There is no such product."))
        if product is not None:
            found = explaining.explain(
                product.id,
                quantity=number_of("quantity", given.get("quantity", ""), Decimal(1)),
                account_id=account.id if account else None,
                on=day_of("on", given.get("on", "")),
                currency=given.get("currency", "").strip().upper(),
                region=given.get("region", "").strip(),
                channel=given.get("channel", "").strip(),
                coupons=given.get("coupons", ""),
            )
    except Refused as refused:
        error = refused.words
    lookup = url_for("collections.lookup", plugin="crm", collection="accounts")
    return render_template(
        "pricing/explain.html",
        found=found,
        error=error,
        steps=[words.said(step.kept()) for step in found.steps] if found else [],
        product=product,
        account=account,
        given=given,
        on=given.get("on") or today().isoformat(),
        currency=current_company().currency,
        has_accounts=_has_accounts(),
        usual_region=_region(account),
        products=url_for("collections.lookup", plugin="catalog", collection="products"),
        accounts=lookup,
        display=display,
        actions={choice.value: choice for choice in ACTIONS},
        url=address,
    )


def _has_accounts() -> bool:
    return host().is_enabled("crm") and has_permission("crm.Account.read")


def _region(account: Any) -> str:
    if account is None or not host().records.may_read(type(account), "region"):
        return ""
    return account.region or ""


def chosen(key: str, name: str) -> Any:
    """A record that the address names by number, else by name; None for none."""
    model: Any = model_of(key)
    record_id = number(request.args.get(f"{name}__id", ""))
    text = request.args.get(name, "").strip()
    if text and text != request.args.get(f"{name}__label", text):
        record_id = None
    visible = host().records.visible(model)
    asked = sa.select(model).where(visible)
    if record_id is not None:
        asked = asked.where(model.id == record_id)
    elif text:
        by = [model.name == text, *([model.code == text] if model is Product else [])]
        asked = asked.where(sa.or_(*by))
    else:
        return None
    return host().session.scalars(asked.order_by(model.id).limit(1)).first()


def address(key: str) -> str:
    """Where the record of a key (``pricing.Rule:7``) is shown; empty for none."""
    model, _colon, number = key.partition(":")
    return host().record_url(model, int(number)) if number else ""
