"""The audit trail of a company, searched by who may."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from core.data.rates import ExchangeRate
from core.extensions import db
from core.hosting import enablement
from core.web import audit
from plugin_api.context import today
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from tests.harness import Installation, install


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def inst(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    url = request.getfixturevalue("new_postgres_url")() if request.param == "postgres" else ""
    made = install(tmp_path_factory.mktemp("trail"), database_url=url)
    for slug in ("acme", "other"):
        made.company(slug, "crm", currency="EUR", country="DE", language="en")
        for name, role in (("ada", "admin"), ("rita", "rep"), ("otto", "auditor")):
            made.person(slug, name, role)
    with made.working("acme"):
        host().session.add(ExchangeRate(currency="USD", day=today(), rate=Decimal("0.9")))
    with made.working("acme", "rita"):
        account = host().records.create(Account, {"name": "Blue Mill 蓝磨坊"})
        deal = host().records.create(
            Opportunity, {"name": "Rolls", "account_id": account.id, "amount": 1_000_00}
        )
        host().records.update(deal, {"amount": 2_500_00, "currency": "USD"})
        host().records.update(deal, {"amount": 3_000_00})
        gone = host().records.create(Account, {"name": "Short lived"})
        host().records.delete(gone)
    with made.working("other", "rita"):
        host().records.create(Account, {"name": "Elsewhere Ltd"})
    yield made
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def otto(inst: Installation) -> FlaskClient:
    return inst.client("acme", "otto")


def test_who_may_search(inst: Installation, otto: FlaskClient) -> None:
    assert otto.get("/core/audit").status_code == 200
    assert inst.client("acme", "ada").get("/core/audit").status_code == 200
    rita = inst.client("acme", "rita")
    assert rita.get("/core/audit").status_code == 403
    assert rita.get("/core/audit/entries.csv").status_code == 403
    assert "/core/audit" in otto.get("/").text
    assert "/core/audit" not in rita.get("/").text


def test_no_other_company_is_told_of(otto: FlaskClient) -> None:
    for path in ("/core/audit", "/core/audit?q=Elsewhere", "/core/audit/entries.csv"):
        with otto.get(path) as answer:
            assert "Elsewhere Ltd" not in answer.text


def test_changes_are_told_with_what_was_before(otto: FlaskClient) -> None:
    page = otto.get("/core/audit?model=crm.Opportunity&action=update").text
    assert "<del>$2,500.00</del> → $3,000.00" in page
    assert "<del>€1,000.00</del> → $2,500.00" in page
    assert "Rita" in page
    assert 'href="/crm/opportunities/' in page


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("q=蓝磨坊", "Blue Mill", "Short lived"),
        ("q=blue mill", "Blue Mill", "Short lived"),
        ("q=usd", "Rolls", "Short lived"),
        ("action=delete", "Short lived", "Rolls"),
        ("model=crm.Account", "Blue Mill", "Rolls"),
        ("user=rita@acme.example", "Rolls", "—"),
        ("q=%25", "Nothing was found", "Rolls"),
        ("q=_olls", "Nothing was found", "Rolls"),
        ("model=crm.Nothing", "Nothing was found", "Rolls"),
    ],
)
def test_it_is_narrowed(otto: FlaskClient, query: str, found: str, missing: str) -> None:
    page = otto.get(f"/core/audit?{query}").text
    rows = page[page.index("<main") :]
    assert found in rows
    assert missing not in rows


def test_days_are_those_of_the_company(inst: Installation, otto: FlaskClient) -> None:
    with inst.working("acme"):
        day = today()
    for first, last, there in (
        (day, day, True),
        (day + timedelta(days=1), "", False),
        ("", day - timedelta(days=1), False),
    ):
        page = otto.get(f"/core/audit?from={first}&to={last}&model=crm.Opportunity").text
        assert ("Rolls" in page) is there


@pytest.mark.parametrize("query", ["from=yesterday", "record=x", "before=-1", "user=nobody"])
def test_what_cannot_be_read_is_told(otto: FlaskClient, query: str) -> None:
    page = otto.get(f"/core/audit?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text


def test_it_goes_on_page_by_page(otto: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.trail.search.__defaults__", (2,))
    seen, path = [], "/core/audit?model=crm.Opportunity"
    while path:
        page = otto.get(path).text
        seen.append(page.count('class="trail-row"'))
        mark = page.find('">Older</a>')
        path = page[:mark].rsplit('href="', 1)[1].replace("&amp;", "&") if mark > 0 else ""
    assert seen == [2, 1]


def test_the_file_has_a_line_for_each_field(otto: FlaskClient) -> None:
    with otto.get("/core/audit/entries.csv?model=crm.Opportunity&action=update") as answer:
        rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert {row["field"] for row in rows} >= {"Amount", "Currency"}
    amounts = [(row["before"], row["after"]) for row in rows if row["field"] == "Amount"]
    assert amounts == [("$2,500.00", "$3,000.00"), ("€1,000.00", "$2,500.00")]
    assert {row["who"] for row in rows} == {"Rita"}


def test_a_file_that_would_be_too_long_is_refused(
    otto: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST_ROWS", 1)
    answer = otto.get("/core/audit/entries.csv")
    assert answer.status_code == 422
    assert "Narrow the search" in answer.text


def test_a_plugin_that_is_off_is_not_told_of(inst: Installation, otto: FlaskClient) -> None:
    with inst.working("acme"):
        enablement.disable("crm", cascade=True)
    try:
        page = otto.get("/core/audit").text
        assert "Rolls" not in page
        assert "crm.Account" not in page
    finally:
        with inst.working("acme"):
            enablement.enable("crm")
