"""Lists, forms and menu entries of pricing."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Section
from plugins.pricing.access import EXPLAIN

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
    MenuItem(id="rules", label=_("Price rules"), model="pricing.Rule", order=30, icon="tags"),
    MenuItem(id="terms", label=_("Whom lists are for"), model="pricing.Terms", order=40,
             icon="people"),
    MenuItem(id="floors", label=_("Price floors"), model="pricing.Floor", order=50,
             icon="arrow-down"),
)  # fmt: skip
