"""Two years of a hardware seller's deals, that nobody here made: the figures must be theirs.

Every figure is asked for over REST and compared with what an independent script computed from
the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.data.importing.mapping import read_map
from core.extensions import db
from core.hosting import enablement
from core.identity.service import find_user, role_named
from plugin_api import host
from plugin_api.models import model_of
from plugins.targets.services import outlook, reading
from plugins.targets.services.periods import period_of
from tests.harness import Installation, install
from tests.importing.files import MAPS, real
from tests.importing.kit import Desk

STEPS = (
    ("core.User", "sales_teams", "1_managers"),
    ("core.Team", "sales_teams", "2_regions"),
    ("core.Team", "sales_teams", "3_teams"),
    ("core.User", "sales_teams", "4_agents"),
    ("catalog.Category", "products", "5_categories"),
    ("catalog.Product", "products", "6_products"),
    ("crm.Account", "accounts", "7_accounts"),
    ("crm.Opportunity", "sales_pipeline", "8_opportunities"),
)
YEAR = {"from": "2017-01-01", "to": "2017-12-31"}
PLUGINS = ("catalog", "crm", "targets")


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(real("maven_crm/reference.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def seller(
    tmp_path_factory: pytest.TempPathFactory, reference: dict[str, Any]
) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("maven")
    inst = install(folder)
    for slug, currency in (("maven", "USD"), ("euro", "EUR")):
        inst.company(slug, *PLUGINS, currency=currency, country="US", timezone="UTC", language="en")
        inst.person(slug, "ada", "admin")
        with inst.working(slug):
            desk = Desk(slug, folder, inst)
            for key, file, name in STEPS:
                map = read_map(MAPS / "maven_crm" / f"{name}.toml")
                if slug == "euro" and name.startswith("8"):
                    map = _in_dollars(map)
                    _store_rates()
                report = desk.take(key, real(f"maven_crm/{file}.csv"), map)
                assert report.row_errors == []
    yield inst


def _in_dollars(map: Any) -> Any:
    """The same file for a company that counts in euro: its amounts are dollars."""
    from dataclasses import replace

    return replace(map, defaults={**map.defaults, "currency": "USD"})


def _store_rates() -> None:
    for day, rate in ((date(2016, 1, 1), "0.80"), (date(2017, 7, 1), "0.90")):
        host().records.create(
            model_of("core.ExchangeRate"),
            {"currency": "USD", "day": day, "rate": Decimal(rate)},
        )


class Asker:
    """Asks for measures as a program does."""

    def __init__(self, inst: Installation, slug: str = "maven", name: str = "ada") -> None:
        self.client: FlaskClient = inst.app.test_client()
        self.headers = inst.token(slug, name)

    def items(self, key: str, by: str = "", **query: str) -> list[dict[str, Any]]:
        answer = self.client.get(
            f"/api/v1/measures/crm.{key}",
            query_string={**YEAR, **({"by": by} if by else {}), **query},
            headers=self.headers,
        )
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json["items"]  # type: ignore[index]
        return found

    def value(self, key: str, **query: str) -> Decimal | None:
        return _number(self.items(key, **query)[0]["value"])

    def by(self, key: str, by: str, **query: str) -> dict[Any, Decimal | None]:
        return {
            tuple(_name(item[part]) for part in by.split(",")): _number(item["value"])
            for item in self.items(key, by, **query)
        }


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _name(key: Any) -> Any:
    return key["label"] if isinstance(key, dict) else key


@pytest.fixture(scope="module")
def asker(seller: Installation) -> Asker:
    return Asker(seller)


def test_the_overall_figures(asker: Asker, reference: dict[str, Any]) -> None:
    overall = reference["overall"]
    assert asker.value("won_amount") == overall["revenue"] == 10_005_534
    assert asker.value("won_count") == overall["won"] == 4_238
    assert asker.value("lost_count") == overall["lost"] == 2_473
    assert asker.value("win_rate") == Decimal("0.631501")
    assert asker.value("average_deal") == Decimal("2360.909391")
    assert asker.value("cycle_days") == Decimal("51.781973")


FIGURES = {
    "won": "won_count", "lost": "lost_count", "revenue": "won_amount", "win_rate": "win_rate",
    "avg_deal": "average_deal", "won_cycle_days": "cycle_days",
}  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("table", "by", "columns"),
    [
        ("by_quarter", "quarter", ("q",)),
        ("by_agent", "user", ("sales_agent",)),
        ("by_agent_quarter", "user,quarter", ("sales_agent", "q")),
        ("by_manager", "manager", ("manager",)),
        ("by_manager_quarter", "manager,quarter", ("manager", "q")),
        ("by_product", "product", ("product",)),
    ],
)
def test_the_figures_of_every(
    asker: Asker, reference: dict[str, Any], table: str, by: str, columns: tuple[str, ...],
    figure: str,
) -> None:  # fmt: skip
    found = asker.by(FIGURES[figure], by)
    for row in reference[table]:
        expected = row[figure]
        got = found.get(tuple(row[column] for column in columns))
        if expected is None:
            assert got is None
        elif isinstance(expected, int):
            assert (got or 0) == expected, row
        else:
            assert got is not None
            assert round(got, 6) == round(Decimal(str(expected)), 6), row


def test_revenue_of_every_month(asker: Asker, reference: dict[str, Any]) -> None:
    found = {month: value for (month,), value in asker.by("won_amount", "month").items()}
    assert found == reference["won_by_close_month"]


def test_agents_without_a_deal_show_zero(asker: Asker, reference: dict[str, Any]) -> None:
    idle = reference["agents_without_any_opportunity"]
    assert len(idle) == 5
    amounts, rates = asker.by("won_amount", "user"), asker.by("win_rate", "user")
    for name in idle:
        assert amounts[name,] == 0
        assert rates[name,] is None


def test_open_deals_are_all_there(asker: Asker, reference: dict[str, Any]) -> None:
    def count(**query: str) -> int:
        answer = asker.client.get(
            "/api/v1/crm/opportunities",
            query_string={"count": "true", "limit": "1", **query},
            headers=asker.headers,
        )
        total: int = answer.json["total"]  # type: ignore[index]
        return total

    stages = reference["pipeline_by_stage"]
    assert count() == 8800
    assert count(outcome="won") == stages["Won"]["count"]
    assert count(outcome="lost") == stages["Lost"]["count"]
    assert count(outcome="open", account__isnull="true") == 1_088 + 337
    assert count(**{"stage__name": "Prospecting"}) == stages["Prospecting"]["count"] == 500
    assert count(**{"product__name": "GTX Pro"}) == 1_480


def test_a_page_shows_the_same_figure(seller: Installation) -> None:
    page = seller.client("maven", "ada").get(
        "/targets/attainment",
        query_string={
            "measure": "crm.won_amount", "period": "custom",
            "start": "2017-01-01", "end": "2017-12-31",
        },
    )  # fmt: skip
    assert page.status_code == 200
    assert "$10,005,534.00" in page.text


def test_quarterly_targets_by_a_map_and_attainment_of_every_agent(
    seller: Installation, reference: dict[str, Any], tmp_path: Path
) -> None:
    """Each agent's target of a quarter is what they won in the one before."""
    quarters = ("2017Q1", "2017Q2", "2017Q3", "2017Q4")
    won = {(row["sales_agent"], row["q"]): row["revenue"] for row in reference["by_agent_quarter"]}
    wanted = {
        (agent, after): won[agent, before]
        for before, after in pairwise(quarters)
        for agent in {name for name, _q in won}
        if (agent, before) in won
    }
    file = tmp_path / "targets.csv"
    lines = [
        f"{agent},crm.won_amount,{quarter},{amount}" for (agent, quarter), amount in wanted.items()
    ]
    file.write_text("\n".join(["agent,figure,quarter,target", *lines]), "utf-8")
    map = read_map(MAPS / "maven_crm" / "9_targets.toml")
    with seller.working("maven"):
        desk = Desk("maven", tmp_path, seller)
        report = desk.take("targets.Target", file, map)
        assert (report.row_errors, report.created) == ([], len(wanted))
        again = desk.take("targets.Target", file, map)
        assert (again.created, again.updated, again.unchanged) == (0, 0, len(wanted))
    with seller.working("maven", "ada"):
        stick = reading.yardstick("crm.won_amount")
        assert stick is not None
        for number, quarter in enumerate(quarters[1:], 1):
            period = period_of("quarter", date(2017, 3 * number + 1, 1))
            rows, said = outlook.standing_of(stick, period)
            found = {row.name: row for row in rows if row.level == "user" and row.pacing.quota}
            for (agent, of), amount in wanted.items():
                if of == quarter:
                    actual = Decimal(won.get((agent, of), 0))
                    assert found[agent].pacing.attainment == actual / amount, (agent, of)
                    row = found.pop(agent)
                    reached = said[row.id or 0].mark
                    assert (reached == "reached") == (actual >= amount), (agent, of)
            assert found == {}
    page = seller.client("maven", "ada").get(
        "/targets/attainment",
        query_string={
            "measure": "crm.won_amount", "period": "custom",
            "start": "2017-07-01", "end": "2017-09-30",
        },
    ).text  # fmt: skip
    for name in ("Darcel Schlecht", "Anna Snelling", "Moses Frase"):
        row = page[page.index(name) :]
        row = row[: row.index("</tr>")]
        share = Decimal(won[name, "2017Q3"]) / won[name, "2017Q2"] * 100
        assert f"${won[name, '2017Q2']:,}.00" in row
        assert f"${won[name, '2017Q3']:,}.00" in row
        assert f"{share.quantize(Decimal('0.1'))}%" in row


def test_a_company_in_euro_converts_at_the_stored_rates(seller: Installation) -> None:
    """R11: amounts convert at the rate of the closing day and stay so."""
    asker, euro = Asker(seller), Asker(seller, "euro")
    first = asker.value("won_amount", to="2017-06-30")
    second = asker.value("won_amount", **{"from": "2017-07-01"})
    assert first is not None and second is not None
    assert euro.value("won_amount", to="2017-06-30") == first * Decimal("0.80")
    assert euro.value("won_amount", **{"from": "2017-07-01"}) == second * Decimal("0.90")
    assert euro.value("won_count") == 4_238


def test_crm_off_in_one_company_is_gone_there_and_only_there(seller: Installation) -> None:
    euro, maven = Asker(seller, "euro"), Asker(seller)
    page = seller.client("euro", "ada")
    assert page.get("/crm/opportunities").status_code == 200
    with seller.working("euro"):
        enablement.disable("crm", cascade=True)
    try:
        assert page.get("/crm/opportunities").status_code == 404
        assert "Opportunities" not in page.get("/").text
        listed = euro.client.get("/api/v1/measures", headers=euro.headers).json
        assert not [m for m in listed["items"] if m["key"].startswith("crm.")]  # type: ignore[index]
        for path in ("measures/crm.won_amount", "crm/opportunities", "crm/opportunities/1"):
            answer = euro.client.get(f"/api/v1/{path}", headers=euro.headers)
            assert answer.status_code == 404
        document = euro.client.get("/api/v1/openapi.json", headers=euro.headers)
        assert "/crm/" not in document.text
        assert maven.value("won_amount") == 10_005_534
        assert seller.client("maven", "ada").get("/crm/opportunities").status_code == 200
    finally:
        with seller.working("euro"):
            enablement.enable("crm")


def test_a_rep_sees_their_own_figures_only(seller: Installation, reference: dict[str, Any]) -> None:
    with seller.working("maven"):
        rep = find_user("Anna Snelling")
        rep.email = "anna@maven.example"
        rep.role_id = role_named("rep").id
        db.session.flush()
    asker = Asker(seller, "maven", "anna")
    expected = next(r for r in reference["by_agent"] if r["sales_agent"] == "Anna Snelling")
    assert asker.value("won_amount") == expected["revenue"]
    assert asker.value("won_count") == expected["won"]
    others = {name for (name,), value in asker.by("won_amount", "user").items() if value}
    assert others == {"Anna Snelling"}


def test_a_manager_sees_the_team(seller: Installation, reference: dict[str, Any]) -> None:
    with seller.working("maven"):
        find_user("Cara Losch").email = "cara@maven.example"
    asker = Asker(seller, "maven", "cara")
    expected = next(r for r in reference["by_manager"] if r["manager"] == "Cara Losch")
    assert asker.value("won_amount") == expected["revenue"]
    assert asker.value("lost_count") == expected["lost"]


def test_maps_are_where_the_documentation_says() -> None:
    assert (Path(MAPS) / "maven_crm" / "8_opportunities.toml").is_file()
