"""Everything that prices of some products are made of, read at once, whoever buys and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.keeping import Keeping
from plugin_api.money import convert, from_minor
from plugins.catalog.api import Category, Price, PriceList, Product
from plugins.pricing.models import Floor, Rule, Terms
from plugins.pricing.services.fitting import Audience

_kept = Keeping("pricing")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product: prices in minor units of its own currency; ``groups`` are its category and those
    that this lies in, the nearest first."""

    id: int
    name: str
    list_price: int | None
    cost: int | None
    currency: str
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A price list."""

    id: int
    name: str
    version: int
    active: bool
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A plain price on a list, from a day to another."""

    id: int
    version: int
    list_id: int | None
    price: int
    currency: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Offered:
    """Terms of a list."""

    id: int
    version: int
    name: str
    list_id: int
    priority: int
    audience: Audience


@dataclass(slots=True)
class Book:
    """What was read. ``rate`` gives units of one currency for another on a day."""

    goods: Mapping[int, Goods] = field(default_factory=dict)
    lists: Mapping[int, Listed] = field(default_factory=dict)
    standard: int | None = None
    prices: Mapping[int, list[Fixed]] = field(default_factory=dict)
    rules: Mapping[int | None, list[Any]] = field(default_factory=dict)
    """List → its rules for these products; None: those of the standard list."""
    terms: list[Offered] = field(default_factory=list)
    floors: list[Any] = field(default_factory=list)

    def listed_at(self, product: int, on: dt.date, currency: str) -> Decimal | None:
        """The list price in major units, as ``catalog.api.list_price`` finds it."""
        found = self.fixed_at(product, self.standard, on, currency)
        if found is not None:
            return from_minor(found.price, currency)
        goods = self.goods[product]
        return _moved(goods.list_price, goods.currency, currency, on)

    def cost_at(self, product: int, on: dt.date, currency: str) -> Decimal | None:
        """What one costs the company, in major units."""
        goods = self.goods[product]
        return _moved(goods.cost, goods.currency, currency, on)

    def fixed_at(
        self, product: int, list_id: int | None, on: dt.date, currency: str
    ) -> Fixed | None:
        """The plain price that counts on a day: of several the one that began last."""
        found = [
            each
            for each in self.prices.get(product, ())
            if each.list_id == list_id and each.currency == currency
            and (each.valid_from is None or each.valid_from <= on)
            and (each.valid_to is None or each.valid_to >= on)
        ]  # fmt: skip
        return max(found, key=lambda each: (each.valid_from or dt.date.min, each.id), default=None)


def rate(source: str, target: str, on: dt.date) -> Decimal:
    """Units of ``target`` for one ``source``. Raises Rejected when none is stored."""
    if source == target:
        return Decimal(1)
    return _kept.kept(("rate", source, target, on), lambda: host().rate(source, target, on))


def _moved(minor: int | None, source: str, target: str, on: dt.date) -> Decimal | None:
    if minor is None:
        return None
    if source == target:
        return from_minor(minor, target)
    return from_minor(convert(minor, source, target, rate(source, target, on)), target)


def read(products: Collection[int]) -> Book:
    """The book of some products (ids), in a constant number of statements."""
    session = host().session
    wanted = sorted(set(products))
    with session.no_autoflush:
        above: dict[int, int | None] = {
            row[0]: row[1] for row in session.execute(sa.select(Category.id, Category.parent_id))
        }
        goods = {row.id: _goods(row, above) for row in session.execute(_of_goods(wanted))}
        groups = {group for each in goods.values() for group in each.groups}
        lists = {row.id: Listed(*row[:5]) for row in session.execute(_of_lists())}
        standard = next(
            (
                row[0]
                for row in session.execute(sa.select(PriceList.id).where(PriceList.is_default))
            ),
            None,
        )
        prices: dict[int, list[Fixed]] = {}
        for row in session.execute(_of_prices(wanted)):
            prices.setdefault(row[0], []).append(Fixed(*row[1:]))
        rules: dict[int | None, list[Any]] = {}
        for rule in session.execute(_of_rules(wanted, groups)):
            rules.setdefault(rule.price_list_id or standard, []).append(rule)
        terms = [_offered(row) for row in session.execute(_of_terms())]
        floors = list(session.execute(_of_floors(wanted, groups)))
    return Book(goods, lists, standard, prices, rules, terms, floors)


def audience_of(row: Any) -> Audience:
    """Whom something is for, by the columns that all such models have."""
    return Audience(
        grade=row.grade or "", region=row.region or "", channel=row.channel or "",
        condition=row.condition or "", currency=row.currency or "", valid_from=row.valid_from,
        valid_to=row.valid_to, active=row.active,
    )  # fmt: skip


def _goods(row: Any, above: Mapping[int, int | None]) -> Goods:
    groups: list[int] = []
    group = row.category_id
    while group is not None and group not in groups:
        groups.append(group)
        group = above.get(group)
    return Goods(row.id, row.name, row.list_price, row.cost, row.currency, tuple(groups))


def _offered(row: Any) -> Offered:
    return Offered(row.id, row.version, row.name, row.price_list_id, row.priority, audience_of(row))


def _of_goods(wanted: list[int]) -> sa.Select[Any]:
    made: Any = sa.select(
        Product.id, Product.name, Product.list_price, Product.cost, Product.currency,
        Product.category_id,
    ).where(Product.id.in_(wanted))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _of_lists() -> sa.Select[Any]:
    made: Any = sa.select(
        PriceList.id, PriceList.name, PriceList.version, PriceList.active, PriceList.parent_id
    )
    return made  # type: ignore[no-any-return]


def _of_prices(wanted: list[int]) -> sa.Select[Any]:
    made: Any = sa.select(
        Price.product_id, Price.id, Price.version, Price.price_list_id, Price.price,
        Price.currency, Price.valid_from, Price.valid_to,
    ).where(Price.product_id.in_(wanted))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _of_rules(wanted: list[int], groups: set[int]) -> sa.Select[Any]:
    made: Any = sa.select(
        Rule.id, Rule.version, Rule.name, Rule.price_list_id, Rule.product_id, Rule.category_id,
        Rule.from_quantity, Rule.kind, Rule.amount, Rule.percent, Rule.base, Rule.rounding,
        Rule.currency, Rule.valid_from, Rule.valid_to,
    ).where(_concerns(Rule, wanted, groups))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _of_terms() -> sa.Select[Any]:
    made: Any = sa.select(
        Terms.id, Terms.version, Terms.name, Terms.price_list_id, Terms.priority, Terms.grade,
        Terms.region, Terms.channel, Terms.condition, Terms.currency, Terms.valid_from,
        Terms.valid_to, Terms.active,
    )  # fmt: skip
    return made  # type: ignore[no-any-return]


def _of_floors(wanted: list[int], groups: set[int]) -> sa.Select[Any]:
    made: Any = sa.select(
        Floor.id, Floor.version, Floor.name, Floor.product_id, Floor.category_id, Floor.price,
        Floor.margin, Floor.currency, Floor.action,
    ).where(_concerns(Floor, wanted, groups))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _concerns(
    model: type[Rule] | type[Floor], wanted: list[int], groups: set[int]
) -> sa.ColumnElement[bool]:
    """Those of the products, of their categories, and of everything."""
    return sa.or_(
        model.product_id.in_(wanted),
        sa.and_(
            model.product_id.is_(None),
            sa.or_(model.category_id.is_(None), model.category_id.in_(sorted(groups))),
        ),
    )
