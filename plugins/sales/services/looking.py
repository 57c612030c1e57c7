"""What lines need of their document and product, read once for many of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor
from plugins.catalog.api import Product
from plugins.crm.api import Account

T = TypeVar("T")
M = TypeVar("M", bound=CompanyModel)
_KEY = "sales.looked"
MOST_HELD = 2000
"""Records of a model that are kept at once: an import may pass through any number of them."""


class Goods(NamedTuple):
    """A product as lines need it: prices in major units of ``currency``."""

    name: str
    price: Decimal | None
    cost: Decimal | None
    currency: str


class Customer(NamedTuple):
    """An account as documents need it."""

    name: str
    region: str | None


def once(key: Any, read: Callable[[], T]) -> T:
    """What ``read`` gives, remembered until the transaction ends."""
    session = host().session
    with session.no_autoflush:
        store = _store()
        if key in store:
            found: T = store[key]
            return found
        value = read()
        _store()[key] = value
    return value


def rate(currency: str, on: dt.date) -> Decimal:
    """Units of the company's currency for one of ``currency``. Raises Rejected."""
    own = current_company().currency
    if currency == own:
        return Decimal(1)
    return once(("rate", currency, on), lambda: host().rate(currency, own, on))


def keep(model: type[M], ids: Collection[int | None]) -> None:
    """Read records that :func:`the` will be asked for, in one statement."""
    session = host().session
    with session.no_autoflush:
        if len(_held(model)) > MOST_HELD:
            _held(model).clear()
        wanted = {id_ for id_ in ids if id_} - _held(model).keys()
        if wanted:
            here: Any = model
            for record in session.scalars(sa.select(model).where(here.id.in_(wanted))):
                _held(model)[record.id] = record


def the(model: type[M], id_: int) -> M | None:
    """A record by its number."""
    record = _held(model).get(id_)
    if record is None or record not in host().session:
        with host().session.no_autoflush:
            record = host().session.get(model, id_)
        if record is not None:
            _held(model)[id_] = record
    return record


def keep_goods(ids: Collection[int | None]) -> None:
    """Read products that :func:`goods` will be asked for, in one statement."""
    known = _store().setdefault("goods", {})
    wanted = {id_ for id_ in ids if id_} - known.keys()
    if not wanted:
        return
    asked = sa.select(
        Product.id, Product.name, Product.list_price, Product.cost, Product.currency
    ).where(Product.id.in_(wanted))
    with host().session.no_autoflush:
        for id_, name, price, cost, currency in host().session.execute(asked):
            known[id_] = Goods(name, _major(price, currency), _major(cost, currency), currency)


def _major(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else from_minor(minor, currency)


def goods(id_: int | None) -> Goods | None:
    """A product by its number."""
    if id_ is None:
        return None
    keep_goods([id_])
    found: Goods | None = _store()["goods"].get(id_)
    return found


def customers(ids: Collection[int | None]) -> dict[int, Customer]:
    """Accounts by their number; those that were read before are not read again."""
    known: dict[int, Customer] = _store().setdefault("customers", {})
    wanted = {id_ for id_ in ids if id_} - known.keys()
    if wanted:
        asked = sa.select(Account.id, Account.name, Account.region).where(Account.id.in_(wanted))
        with host().session.no_autoflush:
            for id_, name, region in host().session.execute(asked):
                known[id_] = Customer(name, region)
    return known


def customer(id_: int | None) -> Customer | None:
    """An account by its number."""
    return customers([id_]).get(id_) if id_ is not None else None


def forget() -> None:
    """Read everything anew."""
    host().session.info.pop(_KEY, None)


def _held(model: type[M]) -> dict[int, M]:
    found: dict[int, M] = _store().setdefault(model, {})
    return found


def _store() -> dict[Any, Any]:
    """Lives as long as the transaction, savepoints within it left out."""
    session = host().session
    transaction = session.get_transaction()
    held = session.info.get(_KEY)
    if held is None or held[0] is not transaction:
        held = session.info[_KEY] = (transaction, {})
    store: dict[Any, Any] = held[1]
    return store


def ids_of(records: Sequence[Any], name: str) -> set[int | None]:
    """The references of records by the attribute's name."""
    return {getattr(record, name) for record in records}
