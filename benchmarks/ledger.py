"""What figures of a ledger of ten million entries cost: a value, a series, a table, and the page of
the entries behind a cell, each over REST beside the same question in SQL by hand.

Makes an installation and a PostgreSQL of its own in a temporary folder, and fills it by SQL; ten
million entries take 5 GB. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from asking import beside, by_hand, over_rest, put
from databases import settle

from core.extensions import db
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.postgres import running_postgres

ENTRIES, PEOPLE, ACCOUNTS, PRODUCTS = 10_000_000, 20, 5_000, 2_000
SLOWEST, REQUEST = 0.5, 25
"""Of what SQL by hand does: at most twice its time; and the milliseconds that a request itself may
take besides, which count where SQL takes less."""
FILL = """
insert into sales_ledger_entry (
    id, version, company_id, custom, created_at, updated_at, kind, event, day, original_day,
    document, overlay, quantity, amount, amount_company, exact, exact_company, currency, rate,
    rate_on, source, source_id, root_id, user_id, account_id, product_id, region)
select n, 1, 1, '{{}}', now(), now(), kind, case when n % 50 = 0 then less else kind end,
    day, day, 'D' || n / 3, false, 100, sum, sum, sum * 10000, sum * 10000, 'GBP', 10000000000, day,
    kind, n, n, {users}[1 + n % {people}], {accounts}[1 + (n * 7919) % {many}],
    {products}[1 + (n * 104729) % {goods}],
    (array['North', 'South', 'East', 'West'])[1 + n % 4]
from (
    select n, (array['booked', 'delivered', 'invoiced', 'collected'])[1 + (n / 7) % 4] as kind,
        (array['cancelled', 'returned', 'credited', 'refunded'])[1 + (n / 7) % 4] as less,
        date '2023-01-01' + (n * 1096 / {entries})::int as day,
        (case when n % 50 = 0 then -1 else 1 end) * (100 + (n * 48271) % 90000) as sum
    from generate_series(1, {entries}::bigint) n
) as made
"""
WHERE = "company_id = 1 and kind = 'invoiced' and not overlay"
PAGE = """
select l.id, l.day, l.kind, l.event, l.document, l.amount, l.currency, l.account_id, a.name
from sales_ledger_entry l
left join crm_account a on a.company_id = l.company_id and a.id = l.account_id
where l.company_id = 1 and l.kind = 'invoiced' and not l.overlay and l.day between %s and %s {more}
order by l.day desc, l.id desc limit 80
"""


def fill(made: Installation, dsn: str, entries: int) -> dict[str, Any]:
    """Entries of three years, spread over people, accounts and products; without checks of
    references, and with the indexes made once all are there."""
    start = time.perf_counter()
    account, product = model_of("crm.Account"), model_of("catalog.Product")
    with made.working("acme"):
        put(account, ({"name": f"A{n}", "title_key": f"a{n}"} for n in range(ACCOUNTS)))
        put(product, ({"name": f"P{n}", "title_key": f"p{n}", "code": f"P{n}", "currency": "GBP"}
                       for n in range(PRODUCTS)))  # fmt: skip
        db.session.commit()
    with psycopg.connect(dsn, autocommit=True) as server:
        run: Callable[..., Any] = server.execute
        indexes = run(
            "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
            " where indrelid = 'sales_ledger_entry'::regclass and not indisunique"
        ).fetchall()
        for name, _made in indexes:
            run(f"drop index {name}")
        run("set session_replication_role = replica")
        lists = {
            name: f"(select array_agg(id order by id) from {table})"
            for name, table in (
                ("users", "core_user"), ("accounts", "crm_account"), ("products", "catalog_product")
            )
        }  # fmt: skip
        many = {name: run(f"select {each}").fetchone()[0] for name, each in lists.items()}
        texts = {
            name: f"(array[{','.join(map(str, ids))}]::bigint[])" for name, ids in many.items()
        }
        run(
            FILL.format(
                entries=entries, people=len(many["users"]), many=len(many["accounts"]),
                goods=len(many["products"]), **texts,
            )
        )  # fmt: skip
        for _name, definition in indexes:
            run(definition)
        size = run("select pg_total_relation_size('sales_ledger_entry') / 1000000").fetchone()[0]
    settle(made)
    return {"entries": entries, "MB": size, "seconds": round(time.perf_counter() - start)}


def measure(folder: Path, dsn: str, url: str, entries: int) -> dict[str, Any]:
    """Fill it and ask."""
    made = install(folder, database_url=url)
    made.company("acme", "sales", country="GB", currency="GBP", timezone="Europe/London")
    for name, role in {**{f"rep{i}": "rep" for i in range(PEOPLE)}, "ada": "admin"}.items():
        made.person("acme", name, role)
    found: dict[str, Any] = {"filled": fill(made, dsn, entries)}
    print(found, file=sys.stderr)
    ask = over_rest(made, "acme", "ada")
    with psycopg.connect(dsn, autocommit=True) as server:
        sql = by_hand(server)
        key, year = "sales.invoiced_net", ("2024-01-01", "2024-12-31")
        measures, span = f"/api/v1/measures/{key}", f"from={year[0]}&to={year[1]}"
        within = f"from sales_ledger_entry where {WHERE} and day between %s and %s"
        user = server.execute("select max(user_id) from sales_ledger_entry").fetchone()[0]  # type: ignore[index]
        questions: dict[str, tuple[str, str, tuple[Any, ...]]] = {
            "value of a year": (
                f"{measures}?{span}", f"select sum(exact_company) {within}", year),
            "series of a year by month": (
                f"{measures}?{span}&by=month",
                f"select date_trunc('month', day), sum(exact_company) {within} group by 1", year),
            "table of a year by person and event": (
                f"{measures}?{span}&by=user,event",
                f"select user_id, event, sum(exact_company) {within} group by 1, 2", year),
            "value of a person's month": (
                f"{measures}?from=2024-05-01&to=2024-05-31&user={user}",
                f"select sum(exact_company) {within} and user_id = %s",
                ("2024-05-01", "2024-05-31", user)),
        }  # fmt: skip
        fields = "day,kind,event,document,amount,currency,account"
        for name, (first, last), more in (
            ("the page behind a year", year, ""),
            ("the page behind a person's month", ("2024-05-01", "2024-05-31"), f"&by.user={user}"),
        ):
            behind = quote(f"{key}?from={first}&to={last}{more}")
            path = f"/api/v1/sales/ledger?behind={behind}&sort=-day&limit=80&fields={fields}"
            of_person = "and l.user_id = %s" if more else ""
            given = (first, last, user) if more else (first, last)
            questions[name] = (path, PAGE.format(more=of_person), given)
        for name, (path, text, given) in questions.items():
            found[name] = beside(ask(path), sql(text, *given))
            print(name, found[name], file=sys.stderr)
    return found


def main() -> int:
    """Print what was measured; fail beyond the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    options = parser.parse_args()
    os.environ.pop("XIAOGUAN_DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        url = f"postgresql+psycopg://postgres@/postgres?host={server}"
        dsn = f"host={server} user=postgres dbname=postgres"
        found = measure(Path(folder), dsn, url, options.entries)
    print(json.dumps(found, indent=2))
    slow = [
        f"{name}: {each['ratio']} of SQL by hand"
        for name, each in found.items()
        if each.get("ratio", 1) < SLOWEST and each["ms"] > each["bare ms"] + REQUEST
    ]
    print("\n".join(slow), file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
