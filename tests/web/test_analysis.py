"""Asking measures on a page: the picture, the table, the file and the way to the records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.hosting import enablement
from plugin_api import host
from plugin_api.models import model_of
from tests.harness import Installation, install

LEDGER = Path(__file__).parents[1] / "api" / "plugins" / "ledger"
YEAR = {"from": "2025-01-01", "to": "2025-12-31"}


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = install(tmp_path_factory.mktemp("analysis"), plugins=[LEDGER])
    for slug in ("acme", "other"):
        made.company(slug, "ledger", currency="EUR", country="DE", timezone="UTC", language="en")
        made.person(slug, "ada", "admin")
        made.person(slug, "rita", "rep")
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
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]


def spec(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="chart-spec">(.*?)</script>', page)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_a_series_has_every_month_and_the_total(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="month")
    rows = table(page)
    assert [row[0] for row in rows] == [f"2025-{month:02}" for month in range(1, 13)]
    assert [row[1] for row in rows[:3]] == ["€100.00", "€0.00", "€300.00"]
    assert "€400.00" in page
    values = {v["x"]: v["value"] for v in spec(page)["data"]["values"]}
    assert values["2025-01"] == 100.0 and values["2025-03"] == 300.0


def test_a_split_is_a_pivot(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="quarter", split="user")
    assert table(page) == [["2025Q1", "€350.50", "€49.50"]]
    assert re.findall(r'<th scope="col" class="num-head">(.*?)</th>', page) == ["Rita", "Ada"]


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


def test_labels_cannot_end_the_script(inst: Installation) -> None:
    page = ask(inst.client("acme", "ada"), by="customer")
    assert "<b>Ann" not in page
    assert {v["x"] for v in spec(page)["data"]["values"]} == {"<b>Ann & Co", "Bo"}


def test_the_file_holds_the_table(inst: Installation) -> None:
    answer = inst.client("acme", "ada").get(
        "/analysis/table.csv",
        query_string={"measure": "ledger.won_amount", "by": "customer", **YEAR},
    )
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ledger.won_amount.csv"'
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert lines == ["Customer,Won amount", "Bo,300.0", "<b>Ann & Co,100.0"]


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
    assert "Nothing in this period" in ask(client, by="customer")


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
