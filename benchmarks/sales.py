"""What orders, the statement and figures of sales cost with 20,000 orders of three lines and the
541,909 lines of a real shop as ledger, each beside the same question in SQL by hand.

Makes an installation and a PostgreSQL of its own in a temporary folder. See
``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from asking import beside, by_hand, over_rest, put
from databases import settle

from core.data.titles import key_of
from core.extensions import db
from core.identity.models import User
from plugin_api.models import model_of
from plugins.sales.models import Invoice, InvoiceLine, LedgerEntry, Order, OrderLine
from plugins.sales.services import statement
from tests.harness import Installation, install
from tests.importing.files import real
from tests.postgres import running_postgres

ORDERS, LINES, PEOPLE = 20_000, 3, 20
EVER = "from=2010-12-01&to=2011-12-31"
START, END = date(2010, 12, 1), date(2011, 12, 31)
LEAST = {"page": 0.1, "product": 0.2, "user": 0.4, "month": 0.6, "statement": 0.6}
"""Of what SQL by hand does, by what a name holds. A figure by product has 4,000 rows with names and
shares that Python writes as JSON; one by person has everybody, also who has sold nothing."""

PAGE = """
select o.id, o.name, o.number, o.status, o.ordered_on, o.total, o.currency, o.billed, o.deliver_by,
       o.owner_id, u.name, o.account_id, a.name
from sales_order o
left join core_user u on u.company_id = o.company_id and u.id = o.owner_id
left join crm_account a on a.company_id = o.company_id and a.id = o.account_id
where o.company_id = 1 and o.status = 'confirmed'
order by o.ordered_on desc nulls last, o.id desc limit 80
"""
FIGURE = """
select {what}, sum(exact_company) from sales_ledger_entry
where company_id = 1 and kind = '{kind}' and not overlay and day between %s and %s
group by 1 order by 1
"""
STATEMENT = """
select account_id, kind, sum(case when day < %s then exact_company else 0 end),
       sum(case when day >= %s and event not in ('cancelled', 'returned', 'credited', 'refunded')
           then exact_company else 0 end),
       sum(case when day >= %s and event in ('cancelled', 'returned', 'credited', 'refunded')
           then exact_company else 0 end)
from sales_ledger_entry where company_id = 1 and day <= %s and not overlay group by 1, 2
"""


def _entry(kind: str, event: str, day: date, amount: int, line: int, **more: Any) -> dict[str, Any]:
    """An entry of the ledger; ``amount`` in minor units."""
    return {
        "kind": kind, "event": event, "day": day, "original_day": day, "amount": amount,
        "amount_company": amount, "exact": Decimal(amount), "exact_company": Decimal(amount),
        "currency": "GBP", "rate": Decimal(1), "rate_on": day, "overlay": False,
        "source": kind, "source_id": line, "root_id": line, "document": "", **more,
    }  # fmt: skip


def _shop(limit: int) -> Iterator[dict[str, str]]:
    with gzip.open(real("online_retail/online_retail.csv.gz"), "rt", newline="") as file:
        yield from itertools.islice(csv.DictReader(file), limit)


def fill(made: Installation, orders: int, limit: int) -> dict[str, int]:
    """Orders, and the shop's lines as invoices, with what the ledger says of both."""
    dice, account, product = random.Random(7), model_of("crm.Account"), model_of("catalog.Product")
    rows = list(_shop(limit))
    with made.working("acme"):
        owners = list(db.session.scalars(sa.select(User.id)))
        customers = sorted({row["CustomerID"] for row in rows})
        goods = sorted({row["StockCode"] for row in rows})
        put(account, ({"name": f"C{n}", "title_key": key_of(f"C{n}"), "external_id": n,
                        "owner_id": dice.choice(owners)} for n in customers))  # fmt: skip
        put(product, ({"name": code, "title_key": key_of(code), "code": code, "currency": "GBP"}
                       for code in goods))  # fmt: skip
        accounts = dict(db.session.execute(sa.select(account.external_id, account.id)).all())  # type: ignore[attr-defined]
        products = dict(db.session.execute(sa.select(product.code, product.id)).all())  # type: ignore[attr-defined]
        counts = {"orders": _orders(dice, orders, list(accounts.values()), owners,
                                    list(products.values()))}  # fmt: skip
        counts["lines"] = _invoices(dice, rows, accounts, products, owners)
        db.session.commit()
        counts["entries"] = db.session.scalar(sa.select(sa.func.count(LedgerEntry.id))) or 0
    settle(made)
    return counts


def _orders(dice: Any, many: int, accounts: Any, owners: Any, products: Any) -> int:
    days = [START + timedelta(days=dice.randrange(395)) for _order in range(many)]
    of = [(dice.choice(accounts), dice.choice(owners)) for _order in range(many)]
    amounts = [[dice.randrange(100, 90_000) for _line in range(LINES)] for _order in range(many)]
    put(Order, (
        {"id": i + 1, "name": f"SO-{i:05}", "title_key": f"so-{i:05}", "number": f"SO-{i:05}",
         "status": "delivered" if i % 3 else "confirmed", "account_id": of[i][0],
         "owner_id": of[i][1], "credited_id": of[i][1], "currency": "GBP", "ordered_on": days[i],
         "amount": sum(amounts[i]), "total": sum(amounts[i]), "amount_company": sum(amounts[i]),
         "rate": Decimal(1), "rate_on": days[i]}
        for i in range(many)
    ))  # fmt: skip
    lines = [(i, j) for i in range(many) for j in range(LINES)]
    chosen = [dice.choice(products) for _line in lines]
    put(OrderLine, (
        {"order_id": i + 1, "position": j, "product_id": chosen[i * LINES + j],
         "description": "Line", "title_key": "line", "quantity": Decimal(1),
         "price": Decimal(amounts[i][j]) / 100, "net": Decimal(amounts[i][j]) / 100,
         "amount": amounts[i][j], "currency": "GBP", "booked_on": days[i]}
        for i, j in lines
    ))  # fmt: skip
    put(LedgerEntry, (
        _entry("booked", "booked", days[i], amounts[i][j], i * LINES + j + 1, order_id=i + 1,
               account_id=of[i][0], user_id=of[i][1], product_id=chosen[i * LINES + j],
               quantity=Decimal(1))
        for i, j in lines
    ))  # fmt: skip
    return many


def _invoices(dice: Any, rows: Any, accounts: Any, products: Any, owners: Any) -> int:
    numbers = {
        number: i + 1 for i, number in enumerate(dict.fromkeys(r["InvoiceNo"] for r in rows))
    }
    first = {row["InvoiceNo"]: row for row in reversed(rows)}
    owner = {number: dice.choice(owners) for number in numbers}
    put(Invoice, (
        {"id": id_, "name": number, "title_key": number.lower(), "number": number,
         "kind": "credit_note" if number.startswith("C") else "invoice", "status": "posted",
         "account_id": accounts[first[number]["CustomerID"]], "currency": "GBP",
         "owner_id": owner[number], "invoiced_on": _day(first[number]), "rate": Decimal(1),
         "rate_on": _day(first[number])}
        for number, id_ in numbers.items()
    ))  # fmt: skip
    done = put(InvoiceLine, (
        {"invoice_id": numbers[row["InvoiceNo"]], "product_id": products[row["StockCode"]],
         "description": "Line", "title_key": "line", "quantity": _much(row),
         "price": Decimal(row["UnitPrice"]), "net": _much(row) * Decimal(row["UnitPrice"]),
         "currency": "GBP"}
        for row in rows
    ))  # fmt: skip
    put(LedgerEntry, (
        _entry("invoiced", "credited" if row["InvoiceNo"].startswith("C") else "invoiced",
               _day(row), round(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) * 100), i,
               invoice_id=numbers[row["InvoiceNo"]], account_id=accounts[row["CustomerID"]],
               user_id=owner[row["InvoiceNo"]], product_id=products[row["StockCode"]],
               quantity=Decimal(row["Quantity"]), region=row["Country"])
        for i, row in enumerate(rows, 1)
    ))  # fmt: skip
    return done


def _day(row: Mapping[str, str]) -> date:
    return datetime.fromisoformat(row["InvoiceDate"]).date()


def _much(row: Mapping[str, str]) -> Decimal:
    """Credit notes have quantities of what they take back."""
    much = Decimal(row["Quantity"])
    return -much if row["InvoiceNo"].startswith("C") else much


def measure(folder: Path, dsn: str, url: str, orders: int, limit: int) -> dict[str, Any]:
    """Fill it and ask."""
    made = install(folder, database_url=url)
    made.company("acme", "sales", country="GB", currency="GBP", timezone="Europe/London")
    for name, role in {**{f"rep{i}": "rep" for i in range(PEOPLE)}, "ada": "admin"}.items():
        made.person("acme", name, role)
    found: dict[str, Any] = {"filled": fill(made, orders, limit)}
    ask = over_rest(made, "acme", "ada")
    with psycopg.connect(dsn, autocommit=True) as server:
        sql = by_hand(server)
        fields = "name,number,status,ordered_on,total,billed,deliver_by,owner,account"
        page = f"/api/v1/sales/orders?status=confirmed&sort=-ordered_on&limit=80&fields={fields}"
        found["page of 80 orders"] = beside(ask(page), sql(PAGE))
        for kind, key in (("invoiced", "invoiced_net"), ("booked", "booked_net")):
            for by, what in (("month", "date_trunc('month', day)"), ("user", "user_id"),
                             ("product", "product_id")):  # fmt: skip
                path = f"/api/v1/measures/sales.{key}?{EVER}&by={by}"
                bare = sql(FIGURE.format(what=what, kind=kind), START, END)
                found[f"{kind} by {by}"] = beside(ask(path), bare)
        middle = date(2011, 6, 1)

        def movements() -> Any:
            with made.working("acme"):
                return statement.movements(middle, END)

        found["statement"] = beside(movements, sql(STATEMENT, middle, middle, middle, END))
    return found


def beyond(found: Mapping[str, Any]) -> list[str]:
    """What is over its limit."""
    return [
        f"{name}: {each['ratio']} of SQL by hand"
        for name, each in found.items()
        for part, least in LEAST.items()
        if part in name and each["ratio"] < least
    ]


def main() -> int:
    """Print what was measured; fail beyond the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--lines", type=int, default=10_000_000)
    options = parser.parse_args()
    os.environ.pop("XIAOGUAN_DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        url = f"postgresql+psycopg://postgres@/postgres?host={server}"
        dsn = f"host={server} user=postgres dbname=postgres"
        found = measure(Path(folder), dsn, url, options.orders, options.lines)
    print(json.dumps(found, indent=2))
    slow = beyond(found)
    print("\n".join(slow), file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
