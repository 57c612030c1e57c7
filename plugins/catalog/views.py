"""Lists, forms and menu entries of the catalogue."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="catalog.Product",
        columns=("name", "code", "category", "unit", "list_price", "cost", "active"),
        filters=("category", "active", "unit"),
        order="name",
    ),
    FormView(
        model="catalog.Product",
        sections=(
            Section(
                title=_("Product"),
                fields=("name", "code", "category", "unit", "packaging", "active", "description"),
            ),
            Section(title=_("Prices"), fields=("list_price", "cost", "currency")),
            Section(title=_("Other systems"), fields=("external_id",)),
        ),
        related=(
            Related(
                title=_("Prices"),
                model="catalog.Price",
                field="product",
                columns=("price_list", "price", "currency", "valid_from", "valid_to"),
            ),
        ),
    ),
    ListView(
        model="catalog.Category",
        columns=("name", "parent", "external_id"),
        filters=("parent",),
        order="name",
    ),
    FormView(
        model="catalog.Category",
        sections=(
            Section(
                title=_("Category"), fields=("name", "parent", "description", "external_id")
            ),
        ),
        related=(
            Related(
                title=_("Within it"),
                model="catalog.Category",
                field="parent",
                columns=("name",),
            ),
            Related(
                title=_("Products"),
                model="catalog.Product",
                field="category",
                columns=("name", "code", "list_price", "active"),
            ),
        ),
    ),
    ListView(model="catalog.Unit", columns=("name", "code"), order="name"),
    FormView(
        model="catalog.Unit", sections=(Section(title=_("Unit"), fields=("name", "code")),)
    ),
    ListView(
        model="catalog.PriceList",
        columns=("name", "parent", "is_default", "active"),
        filters=("active",),
        order="name",
    ),
    FormView(
        model="catalog.PriceList",
        sections=(
            Section(
                title=_("Price list"),
                fields=("name", "parent", "is_default", "active", "description", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Prices"),
                model="catalog.Price",
                field="price_list",
                columns=("product", "price", "currency", "valid_from", "valid_to"),
            ),
        ),
    ),
    ListView(
        model="catalog.Price",
        columns=("product", "price_list", "price", "currency", "valid_from", "valid_to"),
        filters=("price_list", "product", "currency", "valid_from"),
        order="-valid_from",
    ),
    FormView(
        model="catalog.Price",
        sections=(
            Section(
                title=_("Price"),
                fields=(
                    "product", "price_list", "price", "currency", "valid_from", "valid_to",
                    "external_id",
                ),
            ),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="products", label=_("Products"), model="catalog.Product", order=10, icon="box-seam"
    ),
    MenuItem(
        id="categories", label=_("Categories"), model="catalog.Category", order=20, icon="diagram-3"
    ),
    MenuItem(id="prices", label=_("Prices"), model="catalog.Price", order=30, icon="tag"),
    MenuItem(
        id="price_lists", label=_("Price lists"), model="catalog.PriceList", order=40, icon="tags"
    ),
    MenuItem(id="units", label=_("Units"), model="catalog.Unit", order=50, icon="rulers"),
)
