"""Real files with all their quirks, each with a map of its own."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.data.importing.mapping import read_map
from core.data.importing.report import Report
from core.data.importing.reverting import revert
from core.extensions import db
from tests.harness import Installation
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk, counts, reasons, statements

MAVEN = (
    ("core.User", "sales_teams", "1_managers", (6, 0, 0, 29, 0)),
    ("core.Team", "sales_teams", "2_regions", (3, 0, 0, 32, 0)),
    ("core.Team", "sales_teams", "3_teams", (6, 0, 0, 29, 0)),
    ("core.User", "sales_teams", "4_agents", (35, 0, 0, 0, 0)),
    ("catalog.Category", "products", "5_categories", (3, 0, 0, 4, 0)),
    ("catalog.Product", "products", "6_products", (7, 0, 0, 0, 0)),
    ("crm.Account", "accounts", "7_accounts", (85, 0, 0, 0, 0)),
)


@pytest.fixture
def seller(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    """A company that uses the bundled CRM."""
    given = {"currency": "USD", "country": "US"}
    with Desk.opened(installation, tmp_path, "crm", "catalog", **given) as desk:
        yield desk


def take(desk: Desk, key: str, file: str, map: str, **order: object) -> Report:
    return desk.take(key, real(file), read_map(MAPS / f"{map}.toml"), **order)


def maven(desk: Desk) -> None:
    for key, file, map, expected in MAVEN:
        report = take(desk, key, f"maven_crm/{file}.csv", f"maven_crm/{map}")
        assert (reasons(report), counts(report)) == ([], expected)


def test_teams_and_people_come_out_of_one_file(seller: Desk) -> None:
    maven(seller)
    teams = dict(seller.rows("core.Team", "name", "parent.name"))
    assert teams["Dustin Brinkmann"] == "Central"
    assert teams["Central"] is None
    people = {
        name: rest for name, *rest in seller.rows("core.User", "name", "team.name", "role.code")
    }
    assert people["Moses Frase"] == ["Dustin Brinkmann", "rep"]
    assert people["Rocco Neubert"] == [None, "manager"]
    assert len(people) == 41
    managers = seller.rows("core.Team", "name", "manager.name")
    assert all(manager in (None, name) for name, manager in managers)


def test_a_manager_who_is_not_there_yet_is_asked_for_first(seller: Desk) -> None:
    take(seller, "core.Team", "maven_crm/sales_teams.csv", "maven_crm/2_regions")
    report = take(seller, "core.Team", "maven_crm/sales_teams.csv", "maven_crm/3_teams")
    assert report.outcome == "failed"
    first = report.row_errors[0]
    assert (first.line, first.field, first.value) == (2, "manager", "Dustin Brinkmann")
    assert "Import People (core.users) first" in first.reason


def test_accounts_point_to_each_other_and_misspellings_are_mended(seller: Desk) -> None:
    maven(seller)
    names = ("name", "industry", "annual_revenue", "country", "parent.name")
    accounts = {name: rest for name, *rest in seller.rows("crm.Account", *names)}
    assert accounts["Acme Corporation"] == ["technology", 110_004_000_000, "United States", None]
    assert accounts["Bluth Company"][-1] == "Acme Corporation"
    assert sum(parent is not None for *_rest, parent in accounts.values()) == 15
    assert "Philipines" not in {rest[2] for rest in accounts.values()}


def test_the_whole_pipeline_goes_in_and_changes_nothing_the_second_time(seller: Desk) -> None:
    maven(seller)
    file, map = "maven_crm/sales_pipeline.csv", "maven_crm/8_opportunities"
    with statements() as found:
        report = take(seller, "crm.Opportunity", file, map)
    assert (reasons(report), counts(report)) == ([], (8800, 0, 0, 0, 0))
    assert sum(not each.startswith("INSERT") for each in found) < 400
    rows = seller.rows(
        "crm.Opportunity",
        "outcome",
        "amount",
        "account_id",
        "product.name",
        "closed_on",
        "owner_id",
    )
    assert Counter(row[0] for row in rows) == {"won": 4238, "lost": 2473, "open": 2089}
    assert sum(row[1] or 0 for row in rows if row[0] == "won") == 10_005_534_00
    assert sum(row[2] is None for row in rows) == 1425
    assert Counter(row[3] for row in rows)["GTX Pro"] == 1480
    assert max(row[4] for row in rows if row[4]) == dt.date(2017, 12, 31)
    assert all(row[5] for row in rows)
    with statements() as found:
        report = take(seller, "crm.Opportunity", file, map)
    assert counts(report) == (0, 0, 8800, 0, 0)
    assert not [each for each in found if each.startswith("UPDATE crm_")]
    assert len(found) < 100


def test_a_product_of_another_spelling_is_no_silent_gap(seller: Desk, tmp_path: Path) -> None:
    maven(seller)
    text = (MAPS / "maven_crm" / "8_opportunities.toml").read_text("utf-8")
    (tmp_path / "map.toml").write_text(text.replace('"GTXPro" = "GTX Pro"', ""), "utf-8")
    path, errors = real("maven_crm/sales_pipeline.csv"), tmp_path / "errors.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)[:200]
    small = tmp_path / "small.csv"
    small.write_text("".join(lines), "utf-8")
    used = read_map(tmp_path / "map.toml")
    report = seller.take("crm.Opportunity", small, used, on_error="skip", errors_to=errors)
    bad = sum(",GTXPro," in line for line in lines)
    assert (report.created, report.errors) == (199 - bad, bad)
    assert {each.value for each in report.row_errors} == {"GTXPro"}
    report = take(seller, "crm.Opportunity", str(small), "maven_crm/8_opportunities", dry_run=True)
    assert counts(report) == (bad, 0, 199 - bad, 0, 0)
    report = take(seller, "crm.Opportunity", str(errors), "maven_crm/8_opportunities")
    assert counts(report) == (bad, 0, 0, 0, 0)
    done = revert(report.run or 0)
    db.session.commit()
    assert (done.deleted, done.left) == (bad, [])


def test_northwind_s_floats_codes_and_people(seller: Desk) -> None:
    for key, file, created in (
        ("catalog.Category", "categories", 8),
        ("catalog.Product", "products", 77),
        ("core.User", "employees", 9),
        ("crm.Account", "customers", 91),
    ):
        report = take(seller, key, f"northwind/{file}.csv", f"northwind/{file}")
        assert (reasons(report), report.created) == ([], created)
    report = take(seller, "crm.Contact", "northwind/customers.csv", "northwind/contacts")
    assert (reasons(report), report.created) == ([], 91)
    products = dict(seller.rows("catalog.Product", "name", "list_price"))
    assert products["Konbu"] == 600
    assert products["Pavlova"] == 1745
    assert sum(active for (active,) in seller.rows("catalog.Product", "active")) == 67
    assert ("Ana Trujillo Emparedados y helados", "05021", "México D.F.") in seller.rows(
        "crm.Account", "name", "postal_code", "city"
    )
    assert ("Nancy Davolio",) in seller.rows("core.User", "name")
    assert ("Ana Trujillo", "ANATR") in seller.rows("crm.Contact", "name", "account.external_id")


def test_a_headerless_file_and_order_numbers_that_look_like_dates(desk: Desk) -> None:
    report = take(
        desk, "core.User", "adventureworks/raw/SalesPerson.headerless.tsv",
        "adventureworks/sales_people",
    )  # fmt: skip
    assert (reasons(report), report.created) == ([], 17)
    report = take(
        desk, "store.Box", "adventureworks/raw/SalesOrderHeader.xlsx", "adventureworks/orders"
    )
    assert (reasons(report), counts(report)) == ([], (3806, 0, 0, 27659, 0))
    first = desk.rows("store.Box", "external_id", "packed_on", "owner.external_id", "worth")[0]
    assert first == ("43659", dt.date(2011, 5, 31), "279", 20_565_62)


def test_a_restaurant_s_orders_in_gbk(desk: Desk) -> None:
    file = "cn_restaurant_gbk/meal_order_info.csv"
    report = take(desk, "store.Box", file, "cn_restaurant/orders")
    assert (reasons(report), counts(report)) == ([], (933, 0, 0, 12, 0))
    assert report.details["encoding"] == "gb18030"
    first = desk.rows("store.Box", "external_id", "name", "pieces", "worth", "packed_on", "seen_at")
    assert first[0] == (
        "417", "苗宇怡", 4, 165_00, dt.date(2016, 8, 1),
        dt.datetime(2016, 8, 1, 3, 11, tzinfo=dt.UTC),
    )  # fmt: skip


def test_line_breaks_inside_the_names_of_dishes(desk: Desk) -> None:
    file = "cn_restaurant_gbk/meal_order_detail.csv.gz"
    report = take(desk, "store.Place", file, "cn_restaurant/dishes")
    assert (reasons(report), counts(report)) == ([], (145, 0, 0, 9892, 0))
    names = {name for (name,) in desk.rows("store.Place", "name")}
    assert all(name == name.strip() and "\n" not in name for name in names)


def test_three_lines_of_half_a_million(desk: Desk) -> None:
    file = "online_retail/online_retail.csv.gz"
    report = take(desk, "store.Box", file, "online_retail/adjustments")
    assert (reasons(report), counts(report)) == ([], (3, 0, 0, 541_906, 0))
    assert sorted(desk.rows("store.Box", "external_id", "worth")) == [
        ("A563185", 11_062_06), ("A563186", -11_062_06), ("A563187", -11_062_06),
    ]  # fmt: skip


def test_leads_reach_their_state_by_transitions(seller: Desk) -> None:
    path = real("xeducation_leads/Leads.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        told = [
            row for row in csv.DictReader(file)
            if row["Lead Origin"] in ("Lead Add Form", "Lead Import")
        ]  # fmt: skip
    report = take(seller, "crm.Lead", str(path), "xeducation/leads")
    assert (reasons(report), report.created) == ([], len(told))
    statuses = Counter(status for (status,) in seller.rows("crm.Lead", "status"))
    converted = Counter(row["Converted"] for row in told)
    assert statuses == {"working": converted["0"], "qualified": converted["1"]}
    assert not {"Select", "google"} & {
        value for row in seller.rows("crm.Lead", "source", "city", "industry") for value in row
    }
