"""What orders said before they were amended."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="sales.OrderVersion",
        columns=("name", "amended_on", "amended_by", "change_reason", "total"),
        filters=("order", "amended_on", "amended_by"),
        order="-name",
    ),
    FormView(
        model="sales.OrderVersion",
        sections=(
            Section(
                title=lazy_pgettext("order", "Version"),
                fields=("order", "revision", "amended_on", "amended_by", "change_reason"),
            ),
            Section(title=_("Amounts"), fields=("amount", "tax", "total", "currency")),
            Section(title=_("More"), fields=("deliver_by", "payment_days", "delivery_address")),
        ),
        related=(
            Related(
                title=_("Lines"),
                model="sales.OrderVersionLine",
                field="order_version",
                columns=(
                    "product", "description", "quantity", "price", "taken_off", "discount",
                    "tax_rate", "amount",
                ),
            ),
        ),
    ),
    ListView(
        model="sales.OrderVersionLine",
        columns=(
            "order_version", "product", "description", "quantity", "price", "discount", "amount",
        ),
        filters=("order_version", "product"),
        order="position",
    ),
    FormView(
        model="sales.OrderVersionLine",
        sections=(
            Section(
                title=_("Line of an order version"),
                fields=(
                    "order_version", "line", "product", "description", "quantity", "price",
                    "discount", "taken_off", "agreed", "tax_rate", "amount", "tax", "position",
                ),
            ),
        ),
    ),
)  # fmt: skip
