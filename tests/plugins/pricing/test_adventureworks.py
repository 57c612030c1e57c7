"""Microsoft's special offers and price history, against what its orders were sold for."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from plugin_api.money import to_minor
from plugins.pricing.services.book import Book, Fixed, Goods
from plugins.pricing.services.promoting import Item, Offer, Part, apply
from tests.importing.files import real
from tests.plugins.pricing.test_promoting import offer

FOLDER = "adventureworks"


def rows(name: str) -> Iterator[dict[str, str]]:
    path = real(f"{FOLDER}/{name}")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    yield from csv.DictReader(text.splitlines())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


@cache
def orders() -> dict[str, tuple[dt.date, bool]]:
    """Order → its day, and whether a reseller bought."""
    return {
        row["SalesOrderID"]: (day(row["OrderDate"]), row["OnlineOrderFlag"] == "0")
        for row in rows("SalesOrderHeader.csv.gz")
    }


def offers() -> list[tuple[Offer, dt.date, dt.date, bool]]:
    """Each with its days, and whether it is for resellers. One applies, the largest first."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for row in rows("SpecialOfferProduct.csv"):
        parts[row["SpecialOfferID"]].append(Part(int(row["ProductID"]), None, Decimal(1)))
    made = []
    for row in rows("SpecialOffer.csv"):
        percent = Decimal(row["DiscountPct"]) * 100
        if percent:
            most = {"most_quantity": row["MaxQty"]} if row["MaxQty"] else {}
            made.append((
                offer(int(row["SpecialOfferID"]), "percent", *parts[row["SpecialOfferID"]],
                      percent=percent, counts="line", least_quantity=row["MinQty"],
                      position=-int(percent), group="special offers", **most),
                day(row["StartDate"]), day(row["EndDate"]), row["Category"] == "Reseller",
            ))  # fmt: skip
    return made


def test_special_offers_take_off_what_microsoft_took_off() -> None:
    held, same, other = offers(), 0, Counter[tuple[Decimal, Decimal]]()
    for row in rows("SalesOrderDetail.csv.gz"):
        quantity, price = Decimal(row["OrderQty"]), Decimal(row["UnitPrice"])
        total = Decimal(row["LineTotal"])
        if total == quantity * price:
            continue
        on, reseller = orders()[row["SalesOrderID"]]
        standing = [each for each, first, last, theirs in held
                    if first <= on <= last and theirs == reseller]  # fmt: skip
        line = Item(1, int(row["ProductID"]), (), quantity, price)
        found = apply(standing, [line], "USD", {})
        whole = to_minor(quantity * price, "USD")
        if abs(whole - found.off[1] - to_minor(total, "USD")) <= 1:
            same += 1
        else:
            given = (1 - total / (quantity * price)).quantize(Decimal("0.01"))
            other[given, Decimal(found.off[1] * 100 // whole)] += 1
    # Of a clearance and a discount for quantity Microsoft once or twice took the smaller.
    assert (same, other.total()) == (3280, 2)


def test_list_prices_of_the_day_are_those_that_were_charged() -> None:
    prices: dict[int, list[Fixed]] = defaultdict(list)
    for number, row in enumerate(rows("ProductListPriceHistory.csv")):
        end = day(row["EndDate"]) if row["EndDate"] else None
        minor = to_minor(Decimal(row["ListPrice"]), "USD")
        first = day(row["StartDate"])
        prices[int(row["ProductID"])].append(Fixed(number, 1, 1, minor, "USD", first, end))
    goods = {id_: Goods(id_, "", None, None, "USD", ()) for id_ in prices}
    book = Book(goods=goods, standard=1, prices=prices)
    sold = Counter(
        (row["ProductID"], orders()[row["SalesOrderID"]][0], row["UnitPrice"])
        for row in rows("SalesOrderDetail.csv.gz")
        if not orders()[row["SalesOrderID"]][1]
    )
    other = [
        each
        for each in sold
        if book.listed_at(int(each[0]), each[1], "USD") != round(Decimal(each[2]), 2)
    ]
    assert (sold.total(), other) == (60_398, [])
