"""Orders of two companies that nobody here made, by maps alone: the figures must be theirs.

Northwind's reference rounds once, at the end; so does Microsoft's own ``SalesYTD``: both companies
round figures alone.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.data import settings
from core.data.importing.mapping import read_map
from core.extensions import db
from plugins.sales.services import statement
from plugins.targets.services import course, frames, grid, heat, reading
from plugins.targets.services.attainment import Row
from plugins.targets.services.periods import Period
from tests.harness import Installation, install
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk
from tests.real import commission

NORTHWIND = (
    ("core.User", "employees.csv", "employees"),
    ("catalog.Category", "categories.csv", "categories"),
    ("catalog.Product", "products.csv", "products"),
    ("crm.Account", "customers.csv", "customers"),
    ("sales.Order", "orders.csv", "orders"),
    ("sales.OrderLine", "order_details.csv", "order_lines"),
)
ADVENTURE = (
    ("core.User", "SalesPerson.csv", "people"),
    ("catalog.Product", "Product.csv", "products"),
    ("crm.Account", "Customer.csv", "customers"),
    ("sales.Order", "SalesOrderHeader.csv", "sales_orders"),
    ("sales.OrderLine", "SalesOrderDetail.csv", "sales_order_lines"),
    ("targets.Target", "SalesPersonQuotaHistory.csv", "quotas"),
)
WHOLE = os.environ.get("XIAOGUAN_TEST_WHOLE") == "1"
FEW = ("274", "285", "287")
"""Sales people whose orders are taken; the others, with ``XIAOGUAN_TEST_WHOLE=1``, take longer."""
PUBLISHED = "SalesYTD_published_by_Microsoft_equals_orders_from_2013-05-30"
SINCE = "2013-05-30"
"""From this day on Microsoft's figures count."""


def people() -> tuple[str, ...]:
    """Those whose orders are taken."""
    return tuple(reference("adventureworks")[PUBLISHED]) if WHOLE else FEW


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    real("northwind/reference.json")
    folder = tmp_path_factory.mktemp("books")
    inst = install(folder)
    for slug, steps in (("northwind", NORTHWIND), ("adventureworks", ADVENTURE)):
        inst.company(slug, "crm", "sales", "targets", currency="USD", timezone="UTC", language="en")
        inst.person(slug, "ada", "admin")
        with inst.working(slug):
            settings.store("sales.rounding", "figure")
            db.session.commit()
            desk = Desk(slug, folder, inst)
            files = cut(folder) if slug == "adventureworks" else {}
            for key, file, name in steps:
                path = files.get(file) or real(f"{slug}/{file}")
                report = desk.take(key, path, read_map(MAPS / slug / f"{name}.toml"))
                assert report.outcome == "done", (file, report.row_errors[:3])
    yield inst


def cut(folder: Path) -> dict[str, Path]:
    """Files of AdventureWorks with the orders of some people, and what those need."""
    orders = [row for row in rows("SalesOrderHeader.csv.gz") if row["SalesPersonID"] in people()]
    ids, customers = ({row[name] for row in orders} for name in ("SalesOrderID", "CustomerID"))
    taken = {
        "SalesPersonQuotaHistory.csv": quotas(),
        "SalesOrderHeader.csv": orders,
        "SalesOrderDetail.csv": [
            row for row in rows("SalesOrderDetail.csv.gz") if row["SalesOrderID"] in ids
        ],
        "Customer.csv": [row for row in rows("Customer.csv.gz") if row["CustomerID"] in customers],
    }
    made = {}
    for name, found in taken.items():
        made[name] = folder / name
        with made[name].open("w", newline="") as file:
            writer = csv.DictWriter(file, list(found[0]))
            writer.writeheader()
            writer.writerows(found)
    return made


def quotas() -> list[dict[str, str]]:
    """Rows of the quotas of those whose orders are taken."""
    path = real("adventureworks/SalesPersonQuotaHistory.csv")
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["BusinessEntityID"] in people()]


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(real(f"adventureworks/{name}"), "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def asked(inst: Installation, slug: str, query: str) -> dict[str, str]:
    """Figures of a measure over REST, by what they are grouped by."""
    answer = inst.app.test_client().get(
        f"/api/v1/measures/{query}", headers=inst.token(slug, "ada")
    )
    assert answer.status_code == 200, answer.json
    found: list[dict[str, Any]] = answer.json["items"]  # type: ignore[index]
    by = query.rpartition("by=")[2]
    return {
        str(item[by]["label"] if isinstance(item[by], dict) else item[by]): item["value"]
        for item in found
        if float(item["value"])
    }


def reference(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(real(f"{name}/reference.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("by", "expected"),
    [("user", "by_employee"), ("month", "by_month"), ("category", "by_category"),
     ("region", "by_country")],
)  # fmt: skip
def test_northwind(books: Installation, by: str, expected: str) -> None:
    found = asked(books, "northwind", f"sales.booked_net?from=1990-01-01&to=2000-01-01&by={by}")
    assert found == reference("northwind")[expected]


def test_sales_of_the_year_by_person_as_microsoft_publishes_them(books: Installation) -> None:
    found = asked(books, "adventureworks", f"sales.booked?from={SINCE}&to=2020-01-01&by=user")
    published = reference("adventureworks")[PUBLISHED]
    assert found == {
        person: str(round(Decimal(published[person]["published_SalesYTD"]), 2))
        for person in people()
    }


@pytest.mark.parametrize("slug", ["northwind", "adventureworks"])
def test_ledger_and_documents_agree(books: Installation, slug: str) -> None:
    with books.working(slug):
        assert [each.agrees for each in statement.held()] == [True]
        assert not any(lacking for _total, _done, lacking in statement.differences())


class Quotas:
    """Odd quarters, joiners in the middle of the history, and managers who have quotas."""

    def __init__(self) -> None:
        self.days = sorted({date.fromisoformat(row["QuotaDate"][:10]) for row in quotas()})
        ends = [day - timedelta(days=1) for day in self.days[1:]] + [date(2014, 5, 31)]
        self.periods = [Period("custom", *days) for days in zip(self.days, ends, strict=True)]

    def of(self, person: str) -> list[tuple[Period, Decimal]]:
        """The periods of a person, with the quota of each."""
        held = {p.start: p for p in self.periods}
        return [
            (held[date.fromisoformat(row["QuotaDate"][:10])], Decimal(row["SalesQuota"]))
            for row in quotas()
            if row["BusinessEntityID"] == person
        ]


def found_in(period: Period) -> dict[str, Row]:
    """The rows of people on the attainment page of a period."""
    stick = reading.yardstick("sales.booked")
    assert stick is not None
    found = reading.attainment(stick, period, reading.all_teams(), reading.all_people())
    return {row.name: row for row in found if row.level == "user" and row.pacing.quota}


def test_attainment_of_every_person_and_odd_quarter_is_the_reference(books: Installation) -> None:
    published, sold, asked_for = reference("adventureworks"), Decimal(0), Decimal(0)
    with books.working("adventureworks", "ada"):
        made = Quotas()
        rows_of = {period: found_in(period) for period in made.periods}
        for person in people():
            of_person = published["by_sales_person"][person]
            mine = [rows_of[period][person].pacing for period, _quota in made.of(person)]
            assert [each.quota for each in mine] == [quota * 100 for _p, quota in made.of(person)]
            total = sum((each.actual or 0 for each in mine), Decimal(0))
            assert round(total) == round(Decimal(of_person["sales"]) * 100), person
            first, last = made.of(person)[0][0], made.periods[-1]
            whole = found_in(Period("custom", first.start, last.end))[person].pacing
            assert whole.quota == Decimal(str(of_person["quota_total"])) * 100
            assert whole.actual == total
            assert whole.attainment == total / whole.quota
            sold, asked_for = sold + total, asked_for + whole.quota
        if WHOLE:
            summary = published["quota_summary"]
            assert asked_for == Decimal(str(summary["total_quota"])) * 100 == 9571400000
            published_total = Decimal(str(summary["total_actual_in_quota_periods"]))
            assert round(sold) == round(published_total * 100) == 8048770418
            shares = [r.pacing.attainment for rows in rows_of.values() for r in rows.values()]
            assert len(shares) == summary["person_periods"] == 163
            reached = sum(1 for share in shares if share is not None and share >= 1)
            assert reached == summary["at_or_above_100pct"] == 8
            for period, found in rows_of.items():
                theirs = published["by_period"][f"{period.start}"]
                quota = sum(row.pacing.quota or 0 for row in found.values())
                assert quota == Decimal(str(theirs["quota"])) * 100
                assert len(found) == theirs["people"]


def test_odd_quarters_are_columns_of_the_sheet_the_heat_map_and_the_ladder(
    books: Installation,
) -> None:
    with books.working("adventureworks", "ada"):
        made = Quotas()
        stick = reading.yardstick("sales.booked")
        assert stick is not None
        kind = frames.usual_kind(stick, frames.fiscal_year(2013))
        frame = frames.columns_of(stick, kind, frames.fiscal_year(2013))
        assert [each.start for each in frame.columns] == made.days[6:11]
        sheet = grid.sheet(frame)
        last = next(line for line in sheet.lines if line.name == "274")
        assert [cell.steps for cell in last.cells] == [
            int(quota * 100) for _period, quota in made.of("274")[6:11]
        ]  # fmt: skip
        band = next(b for b in heat.bands(frame, sheet.lines) if b.line.name == "274")
        assert [spot.share for spot in band.spots] == [
            found_in(column)["274"].pacing.attainment for column in frame.columns
        ]  # fmt: skip
        asked_for = course.course(
            stick, ("company", None), made.periods[-1], reading.all_teams(), reading.all_people()
        )
        assert asked_for.last is not None and asked_for.points[-1].expected == asked_for.quota
        assert asked_for.last.actual == sum(
            row.figure.numerator for row in found_in(made.periods[-1]).values()
        )
    page = books.client("adventureworks", "ada").get(
        f"/targets/ladder?measure=sales.booked&period=custom"
        f"&start={made.periods[-2].start}&end={made.periods[-2].end}"
    )
    assert page.get_data(True).count('class="badge') >= len(people())


def test_maps_leave_nothing_of_the_quotas_out(books: Installation, tmp_path: Path) -> None:
    """Imported again, the same file changes nothing."""
    with books.working("adventureworks"):
        desk = Desk("adventureworks", tmp_path, books)
        report = desk.take(
            "targets.Target", cut(tmp_path)["SalesPersonQuotaHistory.csv"],
            read_map(MAPS / "adventureworks" / "quotas.toml"),
        )  # fmt: skip
        assert (report.created, report.updated, report.unchanged) == (0, 0, len(quotas()))


def test_commission_of_all_people_and_all_time_is_the_reference(books: Installation) -> None:
    """Each at their own rate, month by month, of orders with four decimals: what is rated as one
    is rounded as one, whatever the months come to."""
    books.company("commission", "sales", "incentives", currency="USD", timezone="UTC")
    published = reference("adventureworks")
    with books.working("commission"):
        ids = commission.sellers(published["by_sales_person"])
        commission.book(ids, rows("SalesOrderHeader.csv.gz"))
        commission.pay(ids, published["by_sales_person"])
        paid, exact = commission.paid(), commission.exact()
    expected = {
        person: round(Decimal(of["commission_all_time"]) * 100)
        for person, of in published["by_sales_person"].items()
    }
    assert {person: paid.get(ids[person], 0) for person in ids} == expected
    # The reference rounds the sum of all people; paid is what each of them is rounded to.
    total = published["commission_total_all_people_all_time"]
    assert str(round(exact, 2)) == total == "1101643.46"
    assert sum(paid.values()) == sum(expected.values()) == 110164347
