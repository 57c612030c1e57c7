"""Asking measures on a page: the picture, the table, the file and the way to the records."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from core.hosting import enablement
from plugin_api import host
from plugin_api.context import current_company
from plugin_api.models import model_of
from tests.harness import Installation, install

LEDGER = Path(__file__).parents[1] / "api" / "plugins" / "ledger"
YEAR = {"from": "2025-01-01", "to": "2025-12-31"}


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = install(tmp_path_factory.mktemp("analysis"), plugins=[LEDGER])
    for slug in ("acme", "other", "many"):
        made.company(slug, "ledger", currency="EUR", country="DE", timezone="UTC", language="en")
        made.person(slug, "ada", "admin")
        made.person(slug, "rita", "rep")
        made.person(slug, "ana", "analyst")
    sales = (
        ("rita", date(2025, 1, 10), 100_00, "<b>Ann & Co"),
        ("rita", date(2025, 3, 5), 250_50, "Bo"),
        ("ada", date(2025, 3, 20), 49_50, "Bo"),
    )
    rita, ada = made.user_id("acme", "rita"), made.user_id("acme", "ada")
    with made.working("acme"):
        customer_model, sale_model = model_of("ledger.Customer"), model_of("ledger.Sale")
        customers: dict[str, int] = {}
        for name, day, minor, customer in sales:
            if customer not in customers:
                customers[customer] = host().records.create(customer_model, {"name": customer}).id
            sale = host().records.create(
                sale_model,
                {
                    "name": f"{name} {day}", "user_id": rita if name == "rita" else ada,
                    "closed_on": day, "amount": minor, "amount_company": minor,
                    "customer_id": customers[customer],
                },
            )  # fmt: skip
            host().records.transition(sale, "win")
    yield made


def ask(client: FlaskClient, **query: str) -> str:
    answer = client.get("/analysis", query_string={"measure": "ledger.won_amount", **YEAR, **query})
    assert answer.status_code == 200, answer.text
    return answer.text


def table(page: str) -> list[list[str]]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr.*?>(.*?)</tr>", body, re.S)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]


def heads(page: str) -> list[str]:
    found = re.findall(r'<th scope="col".*?>(.*?)</th>', page, re.S)
    return [re.sub(r"<.*?>", "", head).strip() for head in found]


def links(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(/analysis/records.*?)"', page)]


def spec(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="chart-spec">(.*?)</script>', page)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_a_series_has_every_month_and_the_total(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="month")
    rows = table(page)
    assert [row[0] for row in rows[:-1]] == [f"2025-{month:02}" for month in range(1, 13)]
    assert rows[-1] == ["Total", "€400.00"]
    assert [row[1] for row in rows[:3]] == ["€100.00", "€0.00", "€300.00"]
    assert "€400.00" in page
    values = {v["x"]: v["value"] for v in spec(page)["data"]["values"]}
    assert values["2025-01"] == 100.0 and values["2025-03"] == 300.0


def test_a_split_is_a_pivot_with_totals(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="customer", split="user")
    assert table(page) == [
        ["Bo", "€250.50", "€49.50", "€300.00"],
        ["&lt;b&gt;Ann &amp; Co", "€100.00", "€0.00", "€100.00"],
        ["Total", "€350.50", "€49.50", "€400.00"],
    ]
    assert heads(page) == ["Customer", "Rita", "Ada", "Total"]


def test_totals_of_a_ratio_are_made_of_its_parts(inst: Installation) -> None:
    with inst.working("other"):
        sale = model_of("ledger.Sale")
        # Ada wins 1 of 4 in January, 3 of 3 in February: 4 of 7, not the mean of 25 and 100.
        for month, outcome in ((1, "win"), *[(1, "lose")] * 3, *[(2, "win")] * 3):
            made = host().records.create(
                sale,
                {"name": "x", "user_id": inst.user_id("other", "ada"), "amount": 1_00,
                 "amount_company": 1_00, "closed_on": date(2025, month, 3)},
            )  # fmt: skip
            host().records.transition(made, outcome)
    page = ask(
        inst.client("other", "ada"), measure="ledger.win_rate", by="month", split="user",
        to="2025-02-28",
    )  # fmt: skip
    assert [[cell for cell in row if cell != "n/a"] for row in table(page)] == [
        ["2025-01", "25%", "25%"],
        ["2025-02", "100%", "100%"],
        ["Total", "57.14%", "57.14%"],
    ]


def test_a_pivot_is_sorted_by_each_column(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    page = ask(client, by="customer", split="user")
    ada = str(inst.user_id("acme", "ada"))
    assert f"sort=-column.{ada}" in page and "sort=label" in page and "sort=-figure" in page
    rising = ask(client, by="customer", split="user", sort=f"column.{ada}")
    assert [row[0] for row in table(rising)] == ["&lt;b&gt;Ann &amp; Co", "Bo", "Total"]
    assert 'aria-sort="ascending"' in rising and f"sort=-column.{ada}" in rising
    assert [row[0] for row in table(ask(client, by="month", sort="-figure"))][:2] == [
        "2025-03", "2025-01",
    ]  # fmt: skip


def test_totals_lead_to_their_records(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    page = ask(client, by="customer", split="user")
    rita = inst.user_id("acme", "rita")
    total = next(h for h in links(page) if f"at.user={rita}" in h and "at.customer" not in h)
    shown = client.get(total, follow_redirects=True).text
    assert "rita 2025-01-10" in shown and "rita 2025-03-05" in shown
    assert "ada 2025-03-20" not in shown


def test_a_period_beside_another(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    quarter = {"from": "2025-01-01", "to": "2025-03-31"}
    page = ask(client, by="month", compare="year", **quarter)
    assert heads(page) == [
        "Month",
        "Won amount",
        "Same period last year",
        "Difference",
        "Change in per cent",
    ]
    assert table(page)[0] == ["2025-01", "€100.00", "€0.00", "+€100.00", "too little data"]
    assert "beside Jan 1, 2024 – Mar 31, 2024" in page
    march = ask(
        client, by="month", compare="previous", **{"from": "2025-03-01", "to": "2025-03-31"}
    )
    assert table(march) == [
        ["2025-03", "€300.00", "€0.00", "+€300.00", "too little data"],
        ["Total", "€300.00", "€0.00", "+€300.00", "too little data"],
    ]
    by_customer = ask(
        client, by="customer", compare="previous", **{"from": "2025-02-01", "to": "2025-02-28"}
    )
    # Who had something before is there, though nothing is left.
    assert table(by_customer)[0][:4] == ["&lt;b&gt;Ann &amp; Co", "€0.00", "€100.00", "-€100.00"]


def test_a_change_in_per_cent_and_two_series(inst: Installation) -> None:
    page = ask(
        inst.client("acme", "ada"), measure="ledger.created_count", by="month", chart="line",
        compare="previous", **{"from": "2000-01-01", "to": "2000-01-31"},
    )  # fmt: skip
    assert table(page) == [["2000-01", "0", "0", "0", "n/a"], ["Total", "0", "0", "0", "n/a"]]
    values = spec(page)["data"]["values"]
    assert [(v["series"], v["value"]) for v in values] == [
        ("Created count", 0.0), ("Period before", 0.0),
    ]  # fmt: skip


def test_a_click_leads_to_exactly_the_records(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    page = ask(client, by="month", split="user")
    href = next(
        v["href"]
        for v in spec(page)["data"]["values"]
        if v["x"] == "2025-03" and v["series"] == "Rita"
    )
    assert href.replace("&", "&amp;") in page
    shown = client.get(href, follow_redirects=True)
    assert "rita 2025-03-05" in shown.text
    assert "rita 2025-01-10" not in shown.text and "ada 2025-03-20" not in shown.text


def test_the_list_says_in_words_what_it_is_behind(inst: Installation) -> None:
    client, rita = inst.client("acme", "ada"), inst.user_id("acme", "rita")
    at = {"measure": "ledger.won_amount", **YEAR, "at.month": "2025-03-01", "at.user": str(rita)}
    answer = client.get("/analysis/records", query_string=at | {"by": "month", "split": "user"})
    page = unescape(client.get(answer.location).text)
    words = "Won amount · Rita · March 2025"
    assert page.count(f">{words}<") == 1
    with inst.working("acme"):
        company = str(current_company().id)
    form = {"name": "March", "state": urlsplit(answer.location).query, "_company": company}
    kept = client.post("/ledger/sales/views/new", data=form)
    assert words in unescape(client.get(kept.location).text)
    chinese = inst.client("acme", "ada", "zh").get(answer.location)
    assert "Rita · 2025年3月" in chinese.text


def test_a_figure_of_thousands_has_a_short_address(inst: Installation) -> None:
    with inst.working("many"):
        values = {"user_id": inst.user_id("many", "rita"), "outcome": "won", "amount": 100,
                  "amount_company": 100, "closed_on": date(2025, 5, 2)}  # fmt: skip
        rows = [values | {"name": f"sale {i}", "title_key": f"{i}"} for i in range(5000)]
        host().session.execute(sa.insert(model_of("ledger.Sale")), rows)
    client = inst.client("many", "ada")
    at = {"measure": "ledger.won_amount", **YEAR, "at.month": "2025-05-01", "by": "month"}
    answer = client.get("/analysis/records", query_string=at)
    assert len(answer.location) < 200
    assert ">5,000<" in client.get(answer.location).text
    asked = urlsplit(answer.location).query
    rest = client.get(f"/api/v1/ledger/sales?{asked}&count=true", headers=inst.token("many", "ada"))
    assert rest.get_json()["total"] == 5000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ledger.nothing", "There is no measure"), ("x?y=1", "to filter by"),
        ("ledger.won_amount?from=x", "is not a date"),
        ("ledger.won_amount?by.user=x", "not a value to filter by"),
        ("ledger.won_amount?by.moon=1", "to filter by"),
        (f"ledger.won_amount?by.user={'1' * 30}", "not a value to filter by"),
    ],
)  # fmt: skip
def test_a_figure_that_is_none(inst: Installation, asked: str, said: str) -> None:
    page = inst.client("acme", "ada").get("/ledger/sales", query_string={"behind": asked})
    assert page.status_code == 200
    assert said in unescape(page.text)
    answer = inst.client("acme", "ada").get("/ledger/customers?behind=ledger.won_amount")
    assert "is not of these records" in answer.text


def test_labels_cannot_end_the_script(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="customer")
    assert "<b>Ann" not in page
    assert {v["x"] for v in spec(page)["data"]["values"]} == {"<b>Ann & Co", "Bo"}


def test_the_file_holds_the_table(inst: Installation) -> None:
    answer = inst.client("acme", "ada").get(
        "/analysis/table.csv",
        query_string={"measure": "ledger.won_amount", "by": "customer", **YEAR},
    )
    assert answer.headers["Content-Disposition"] == "attachment; filename=ledger.won_amount.csv"
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines == ["Customer,Won amount", "Bo,300.00", "<b>Ann & Co,100.00", "Total,400.00"]


def test_the_workbook_holds_numbers(inst: Installation) -> None:
    query = {"measure": "ledger.won_amount", "by": "customer", "split": "user", **YEAR}
    answer = inst.client("acme", "ada").get("/analysis/table.xlsx", query_string=query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert book.get_sheet_by_index(0).to_python() == [
        ["Customer", "Rita", "Ada", "Total"],
        ["Bo", 250.5, 49.5, 300.0],
        ["<b>Ann & Co", 100.0, 0.0, 100.0],
        ["Total", 350.5, 49.5, 400.0],
    ]


def test_files_are_for_whom_may_export_the_records(inst: Installation) -> None:
    client = inst.client("acme", "ana")
    page = ask(client, by="month")
    assert "€400.00" in page and "/analysis/table." not in page
    for form in ("csv", "xlsx"):
        query = {"measure": "ledger.won_amount", **YEAR}
        assert client.get(f"/analysis/table.{form}", query_string=query).status_code == 403
        assert f"/analysis/table.{form}" in ask(inst.client("acme", "ada"))


def test_an_analysis_is_kept_shared_and_put_on_a_dashboard(inst: Installation) -> None:
    ana, rita, ada = (inst.client("acme", name) for name in ("ana", "rita", "ada"))
    with inst.working("acme"):
        company = current_company().id
    state = "measure=ledger.won_amount&by=customer&from=2025-01-01&to=2025-12-31&nonsense=1"
    page = ana.get(f"/analysis?{state}").text
    assert "/analysis/views/new?state=" in page
    form = {"_company": company, "state": state, "name": "By customer", "share": "company"}
    went = ana.post("/analysis/views/new", data=form)
    kept = "by=customer&from=2025-01-01&measure=ledger.won_amount&to=2025-12-31"
    number = went.location.rpartition("=")[2]
    assert went.location == f"/analysis?{kept}&saved={number}"
    opened = ana.get(went.location).text
    assert 'aria-current="page">By customer' in opened and "Save view" not in opened
    assert "By customer" in rita.get("/analysis").text
    assert rita.post("/analysis/views/new", data=form | {"name": "R"}).status_code == 403
    again = ana.post("/analysis/views/new", data=form)
    assert again.status_code == 422 and "You have a view of this name already." in again.text
    wrong = ana.post("/analysis/views/new", data=form | {"state": "by=nonsense", "name": "No"})
    assert wrong.status_code == 422 and "There is no “nonsense” to group by." in wrong.text

    put = {"_company": company, "kind": "analysis", "source": "ledger.won_amount", "on": "new",
           "title": "Won", "name": "Board", "state": f"{kept}&saved={number}"}  # fmt: skip
    board = ana.post("/dashboards/put", data=put).location
    tile = ana.get(f"{board}/tiles/1").text
    assert "€400.00" in tile and f"saved={number}" not in tile
    change = {
        "_company": company,
        "state": kept.replace("customer", "quarter") + f"&saved={number}",
    }
    assert ana.post("/analysis/views/new", data=change | {"do": "replace"}).status_code == 303
    assert "2025Q1" in ana.get(f"{board}/tiles/1").text

    first = {"_company": company, "name": "By customer", "share": "company", "first": "1"}
    assert ana.post(f"/analysis/views/{number}", data=first).status_code == 303
    assert ana.get("/analysis").location.endswith(f"saved={number}")
    assert ana.get("/analysis?saved=all").status_code == 200
    assert rita.get(f"/analysis/views/{number}").status_code == 200
    assert inst.client("other", "ada").get(f"/analysis/views/{number}").status_code == 404
    gone = ana.post(f"/analysis/views/{number}", data={"_company": company, "do": "deleted"})
    assert gone.location == "/analysis?saved=all"
    # The tile goes on with what it showed when it was put there.
    tile = ana.get(f"{board}/tiles/1").text
    assert "by=customer" in tile and "€300.00" in tile
    assert ada.get(f"/analysis/views/{number}").status_code == 404


def test_filters_are_shown_in_words_and_can_be_taken_away(inst: Installation) -> None:
    rita = str(inst.user_id("acme", "rita"))
    page = ask(inst.client("acme", "ada"), by="quarter", user=rita)
    assert "Person: Rita" in page
    assert "€350.50" in page and "€400.00" not in page


def test_a_rep_gets_their_own_figures_only(inst: Installation) -> None:
    page = ask(inst.client("acme", "rita"), by="quarter")
    assert "€350.50" in page and "€400.00" not in page


def test_another_company_sees_nothing_of_it(inst: Installation) -> None:
    client = inst.client("other", "ada")
    assert "Rita" not in ask(client, by="user")
    nothing = ask(client, by="customer", **{"from": "2024-01-01", "to": "2024-12-31"})
    assert "Nothing in this period" in nothing


@pytest.mark.parametrize(
    "query",
    [{"by": "nonsense"}, {"split": "nonsense"}, {"chart": "cake"}, {"from": "yesterday"},
     {"from": "2025-02-01", "to": "2025-01-01"}],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_the_page_stands(
    inst: Installation, query: dict[str, str]
) -> None:
    answer = inst.client("acme", "ada").get(
        "/analysis", query_string={"measure": "ledger.won_amount", **query}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and "Traceback" not in answer.text


def test_measures_of_a_plugin_that_is_off_are_not_there(inst: Installation) -> None:
    client = inst.client("other", "rita")
    assert 'href="/analysis"' in client.get("/").text
    with inst.working("other"):
        enablement.disable("ledger")
    assert 'href="/analysis"' not in client.get("/").text
    query = {"measure": "ledger.won_amount"}
    assert client.get("/analysis", query_string=query).status_code == 404
    with inst.working("other"):
        enablement.enable("ledger")


def test_ratios_and_figures_of_now(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    page = ask(client, measure="ledger.win_rate", by="user")
    assert ["Ada", "100%"] in table(page)
    now = ask(client, measure="ledger.open_amount", by="user")
    assert "as of now" in now
