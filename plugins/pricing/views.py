"""Lists, forms and menu entries of pricing."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import (
    CalendarView,
    ChartView,
    FormView,
    KanbanView,
    ListView,
    Related,
    Section,
)
from plugins.pricing.access import EXPLAIN, SIMULATE

VIEWS = (
    ListView(
        model="pricing.Terms",
        columns=("name", "price_list", "priority", "grade", "region", "channel", "valid_from",
                 "valid_to", "active"),
        filters=("price_list", "active", "grade", "region", "channel"),
        order="-priority",
    ),
    FormView(
        model="pricing.Terms",
        sections=(
            Section(
                title=_("Terms of a price list"),
                fields=("name", "price_list", "priority", "valid_from", "valid_to", "active"),
            ),
            Section(
                title=lazy_pgettext("price", "For whom"),
                fields=("grade", "region", "channel", "currency", "condition"),
            ),
            Section(title=_("Other systems"), fields=("external_id",)),
        ),
    ),
    ListView(
        model="pricing.Rule",
        columns=("name", "price_list", "kind", "from_quantity", "amount", "percent", "rounding",
                 "valid_from", "valid_to"),
        filters=("price_list", "product", "category", "kind", "valid_from"),
        order="name",
    ),
    FormView(
        model="pricing.Rule",
        sections=(
            Section(
                title=_("Of what"),
                fields=("price_list", "product", "category", "from_quantity", "valid_from",
                        "valid_to"),
            ),
            Section(
                title=_("Price"),
                fields=("kind", "amount", "currency", "percent", "base", "rounding"),
            ),
            Section(title=_("Other systems"), fields=("external_id",)),
        ),
    ),
    ListView(
        model="pricing.Promotion",
        columns=("name", "state", "kind", "valid_from", "valid_to", "position", "group", "budget",
                 "spent", "claims"),
        filters=("state", "kind", "coupon_needed", "valid_from", "valid_to"),
        order="position",
    ),
    FormView(
        model="pricing.Promotion",
        sections=(
            Section(
                title=_("Promotion"),
                fields=("name", "kind", "percent", "amount", "currency", "buy_quantity",
                        "gift_quantity", "gift_product", "most_times"),
            ),
            Section(
                title=_("From when on"),
                fields=("counts", "least_quantity", "most_quantity", "least_amount", "valid_from",
                        "valid_to", "coupon_needed"),
            ),
            Section(title=_("Together with others"), fields=("position", "base", "group")),
            Section(
                title=lazy_pgettext("price", "For whom"),
                fields=("grade", "region", "channel", "condition"),
            ),
            Section(
                title=_("Limits"),
                fields=("budget", "spent", "claim_cap", "claims", "account_cap", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Products"), model="pricing.PromotionItem", field="promotion",
                columns=("product", "category", "quantity"),
            ),
            Related(
                title=_("Coupons"), model="pricing.Coupon", field="promotion",
                columns=("code", "most_uses", "uses", "valid_to"),
            ),
            Related(
                title=_("Orders with it"), model="pricing.Claim", field="promotion",
                columns=("document", "on", "amount", "released_on"),
            ),
        ),
    ),
    KanbanView(
        model="pricing.Promotion", group_by="state", title="name",
        fields=("kind", "valid_to", "spent"), closed=("stopped",), order="position",
    ),
    CalendarView(
        model="pricing.Promotion", start="valid_from", end="valid_to", title="name", tone="state",
    ),
    ListView(
        model="pricing.PromotionItem", columns=("promotion", "product", "category", "quantity"),
        filters=("promotion", "product"), order="id",
    ),
    ListView(
        model="pricing.Coupon", columns=("code", "promotion", "most_uses", "uses", "valid_to"),
        filters=("promotion", "valid_to"), order="code",
    ),
    FormView(
        model="pricing.Coupon",
        sections=(
            Section(title=_("Coupon"),
                    fields=("code", "promotion", "most_uses", "uses", "valid_to")),
        ),
    ),
    ListView(
        model="pricing.Claim",
        columns=("document", "promotion", "coupon", "on", "amount", "released_on"),
        filters=("promotion", "on", "released_on"), order="-on", totals=("amount",),
    ),
    ChartView(model="pricing.Claim", by="on__month", figure="amount__sum", split="promotion"),
    ListView(
        model="pricing.Floor",
        columns=("name", "price", "currency", "margin", "action"),
        filters=("product", "category", "action"),
        order="name",
    ),
    FormView(
        model="pricing.Floor",
        sections=(
            Section(
                title=_("Price floor"),
                fields=("product", "category", "price", "currency", "margin", "action",
                        "external_id"),
            ),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="explain", label=_("Explain a price"), endpoint="pricing.explain", permission=EXPLAIN,
        order=10, icon="question-circle",
    ),
    MenuItem(
        id="simulate", label=_("Simulate prices"), endpoint="pricing.simulate",
        permission=SIMULATE, order=15, icon="calculator",
    ),
    MenuItem(id="promotions", label=_("Promotions"), model="pricing.Promotion", order=20,
             icon="megaphone"),
    MenuItem(id="coupons", label=_("Coupons"), model="pricing.Coupon", order=25,
             icon="ticket-perforated"),
    MenuItem(id="rules", label=_("Price rules"), model="pricing.Rule", order=30, icon="tags"),
    MenuItem(id="terms", label=_("Whom lists are for"), model="pricing.Terms", order=40,
             icon="people"),
    MenuItem(id="floors", label=_("Price floors"), model="pricing.Floor", order=50,
             icon="arrow-down"),
)  # fmt: skip
