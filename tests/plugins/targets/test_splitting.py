"""Handing a target down: to the cent, around what was set by hand or agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from core.extensions import db
from core.identity.models import Team
from plugin_api.context import current_company
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.targets.models import Target, TargetCycle
from tests.harness import Installation, install

YEAR = {"measure": "crm.won_amount", "period": "custom", "start": "2026-01-01",
        "end": "2026-12-31", "over": "months", "by": "even"}  # fmt: skip
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Boss leads North; Ann, Bo and Cai sell. In the two years before most came in December."""
    found = install(tmp_path_factory.mktemp("splitting"))
    found.company("acme", "crm", "targets", currency="CNY", country="CN", language="en")
    with found.working("acme"):
        north = Team(name="North")
        db.session.add(north)
        db.session.flush()
        parts = [Team(name=name, parent_id=north.id) for name in ("East", "West")]
        db.session.add_all(parts)
        db.session.flush()
        top, east, west = north.id, *(team.id for team in parts)
    homes = {"boss": top, "ann": east, "bo": east, "cai": west}
    ids = {
        name: found.person("acme", name, "manager" if name == "boss" else "rep", team)
        for name, team in homes.items()
    }
    with found.working("acme"):
        db.session.get_one(Team, top).manager_id = ids["boss"]
        for year in (2024, 2025):
            for month in range(1, 13):
                host().records.create(
                    Opportunity,
                    {
                        "name": "Won", "owner": ids["ann"], "outcome": "won",
                        "amount": 900_00 if month == 12 else 100_00,
                        "closed_on": date(year, month, 15),
                    },
                )  # fmt: skip
        host().records.create(
            TargetCycle,
            {
                "name": "Odd quarters", "start": date(2011, 5, 31), "end": date(2012, 5, 30),
                "grain": "custom", "cuts": "2011-08-31, 2011-12-01; 2012-03-01",
            },
        )  # fmt: skip
    return found


def parent(made: Installation) -> str:
    with made.working("acme"):
        return f"team-{db.session.scalars(sa.select(Team.id).where(Team.name == 'North')).one()}"


def propose(made: Installation, **asked: Any) -> str:
    given = {**YEAR, "parent": parent(made), **asked}
    return made.client("acme", "boss").get("/targets/split", query_string=given).text


def save(made: Installation, parts: dict[str, Any], **asked: Any) -> TestResponse:
    with made.working("acme"):
        company = str(current_company().id)
    form = {**YEAR, "parent": parent(made), "_company": company, **asked, **parts}
    return made.client("acme", "boss").post("/targets/split", data=form)


def held(made: Installation) -> dict[str, tuple[int, bool]]:
    """Period → amount, and whether it was set by hand."""
    with made.working("acme"):
        rows = db.session.scalars(
            sa.select(Target).where(Target.level == "team", Target.start >= date(2026, 1, 1))
        )
        return {row.name.partition(" · ")[2]: (row.amount or 0, row.by_hand) for row in rows}


def versions(made: Installation) -> dict[str, int]:
    with made.working("acme"):
        rows = db.session.scalars(sa.select(Target).where(Target.level == "team"))
        return {f"version-month-{row.start}": row.version for row in rows}


def test_a_million_over_twelve_months_and_a_month_by_hand(made: Installation) -> None:
    page = propose(made, total="1,000,000")
    assert page.count('value="83333.34"') == 4
    assert page.count('value="83333.33"') == 8
    parts = {f"month-{month}-01": "83333.33" for month in MONTHS}
    parts |= {f"month-{month}-01": "83333.34" for month in MONTHS[:4]}
    assert save(made, parts, total="1000000").status_code == 302
    found = held(made)
    assert sum(found[month][0] for month in MONTHS) == found["2026-01-01 – 2026-12-31"][0]
    assert {found[month][1] for month in MONTHS} == {False}

    # The manager sets February by hand in the list; a split again goes around it.
    with made.working("acme", "boss"):
        february = db.session.scalars(
            sa.select(Target).where(Target.start == date(2026, 2, 1), Target.level == "team")
        ).one()
        host().records.update(february, {"amount": 100_000_00})
        assert february.by_hand
        assert february.parent.start == date(2026, 1, 1)
    page = propose(made, total="1,000,000")
    assert "Set by hand: release" in page
    assert 'value="100000.00"' in page
    assert (page.count('value="81818.18"'), page.count('value="81818.19"')) == (9, 2)
    released = propose(made, total="1,000,000", release="month-2026-02-01")
    assert released.count('value="83333.34"') == 4


def test_a_season_and_days_that_are_worked(made: Installation) -> None:
    page = propose(made, total="2,000", by="season", start="2026-01-01")
    assert 'value="900.00"' not in page, "February is kept"
    page = propose(made, total="2,000", by="season", release="month-2026-02-01")
    assert page.count('value="900.00"') == 1
    assert page.count('value="100.00"') == 11
    with made.working("acme"):
        days = host().calendar.work_days
        assert days(date(2026, 2, 1), date(2026, 2, 28)) < days(date(2026, 3, 1), date(2026, 3, 31))
    page = propose(made, total="2,000", by="days", release="month-2026-02-01")
    assert page.count('value="166.67"') < 12


def test_teams_by_headcount_and_their_sum(made: Installation) -> None:
    page = propose(made, total="300", over="teams", by="headcount")
    assert 'value="200.00"' in page and 'value="100.00"' in page
    page = propose(made, by="sum")
    assert 'name="total" inputmode="decimal" value="1016666.66"' in page


def test_a_part_that_was_agreed_is_not_touched(made: Installation) -> None:
    with made.working("acme"):
        march = db.session.scalars(
            sa.select(Target).where(Target.start == date(2026, 3, 1), Target.level == "team")
        ).one()
        march.state = "confirmed"
    page = propose(made, total="1,000,000")
    assert 'name="month-2026-03-01"' not in page
    parts = {f"month-{month}-01": "50000" for month in MONTHS}
    given = {**parts, **versions(made), "accept_remainder": "1"}
    assert save(made, given, total="1000000").status_code == 302
    found = held(made)
    assert found["2026-03"][0] == 83_333_34
    assert found["2026-04"] == (50_000_00, True)


def test_the_odd_quarters_of_a_cycle(made: Installation) -> None:
    page = propose(made, total="100", over="cycle", start="2011-05-31", end="2012-05-30")
    for day in ("2011-05-31", "2011-08-31", "2011-12-01", "2012-03-01"):
        assert f'name="period-{day}"' in page
    assert page.count('value="25.00"') == 4
