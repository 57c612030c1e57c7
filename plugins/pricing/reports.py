"""What programs ask: the price of something, and why."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from plugin_api.context import gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.reports import Report
from plugins.pricing.access import EXPLAIN
from plugins.pricing.services import explaining, words
from plugins.pricing.services.asking import day_of, id_of, number_of
from plugins.pricing.services.resolving import plain


def _explain(given: Mapping[str, str]) -> Mapping[str, Any]:
    product = id_of("product", given.get("product", ""))
    if product is None:
        raise Rejected("product", gettext("Say which product."))
    found = explaining.explain(
        product,
        quantity=number_of("quantity", given.get("quantity", ""), Decimal(1)),
        account_id=id_of("account", given.get("account", "")),
        on=day_of("on", given.get("on", "")),
        currency=given.get("currency", "").strip().upper(),
        region=given.get("region", "").strip(),
        channel=given.get("channel", "").strip(),
        coupons=given.get("coupons", ""),
    )
    return {
        "product": {"id": found.product, "label": found.name},
        "quantity": plain(found.quantity),
        "on": found.on.isoformat(),
        "currency": found.currency,
        "list_price": plain(found.list_price) or None,
        "price": plain(found.price) or None,
        "taken_off": plain(found.off),
        "net": None if found.net is None else plain(round(found.net, 6)),
        "floor": found.action or None,
        "steps": [{**step.kept(), "text": words.said(step.kept()).why} for step in found.steps],
    }


_AMOUNT = {"type": ["string", "null"], "description": "For one, in the currency."}
_ANSWER = {
    "type": "object",
    "required": ["product", "quantity", "on", "currency", "price", "steps"],
    "properties": {
        "product": {"$ref": "#/components/schemas/Reference"},
        "quantity": {"type": "string"},
        "on": {"type": "string", "format": "date"},
        "currency": {"type": "string"},
        "list_price": _AMOUNT,
        "price": _AMOUNT,
        "taken_off": {"type": "string", "description": "By promotions, of all of it."},
        "net": {"type": ["string", "null"]},
        "floor": {"type": ["string", "null"], "description": "What is below the least price."},
        "steps": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["why", "text"],
                "properties": {
                    **{
                        name: {"type": "string"}
                        for name in ("what", "why", "name", "price", "text")
                    },
                    "did": {"type": "boolean"},
                    "key": {"type": "string"},
                    "version": {"type": "integer"},
                    "args": {"type": "object"},
                },
            },
        },
    },
    "examples": [
        {
            "product": {"id": 7, "label": "Drill"}, "quantity": "12", "on": "2026-03-01",
            "currency": "CNY", "list_price": "1000", "price": "900", "taken_off": "0",
            "net": "900", "floor": None,
            "steps": [
                {"what": "price", "why": "list", "did": True, "price": "1000", "text": "List"}
            ],
        }
    ],
}  # fmt: skip
REPORTS = (
    Report(
        id="explain",
        label=_("What a product costs whom, and why"),
        permission=EXPLAIN,
        make=_explain,
        answer=_ANSWER,
        arguments={
            "product": _("The id of the product"),
            "quantity": _("How many; one if it is left out"),
            "account": _("The id of the account"),
            "on": _("The day, such as 2026-01-31; today if it is left out"),
            "currency": _("A currency; the company's if it is left out"),
            "region": _("In place of the account's region"),
            "channel": _("The name of the channel"),
            "coupons": _("Coupon codes, with commas between"),
        },
    ),
)
