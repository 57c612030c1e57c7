"""What the past and open deals say about everybody's targets, and the pages that show it.

On Friday 13 June 2025 Ann has won 84,000 of 210,000, Bo nothing of 900,000, Cai all of 10.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import settings
from core.extensions import db
from core.identity.models import Team
from plugin_api.context import clock_at
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.targets.models import Target, TargetAlert
from plugins.targets.services import alerting, outlook
from plugins.targets.services.attainment import Row
from plugins.targets.services.chances import Month
from plugins.targets.services.outlook import Outlook
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import yardstick
from tests.harness import Installation, install
from tests.importing.kit import statements

NOW = dt.datetime(2025, 6, 13, 12, tzinfo=dt.UTC)
JUNE = Period("month", dt.date(2025, 6, 1), dt.date(2025, 6, 30))
WON = "crm.won_amount"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    found = install(tmp_path_factory.mktemp("outlook"))
    found.company(
        "acme", "crm", "targets", currency="USD", country="XX", timezone="UTC", language="en"
    )
    with found.working("acme"):
        team = Team(name="Harbour")
        db.session.add(team)
        db.session.flush()
        team_id = team.id
    ids = {
        name: found.person("acme", name, role, team_id)
        for name, role in (("boss", "manager"), ("ann", "rep"), ("bo", "rep"), ("cai", "rep"))
    }
    with clock_at(NOW), found.working("acme"):
        db.session.get_one(Team, team_id).manager_id = ids["boss"]
        for name, amount in (("ann", 210_000_00), ("bo", 900_000_00), ("cai", 10_00)):
            target(ids[name], JUNE, amount)
        won(ids["ann"], 84_000, dt.date(2025, 6, 3))
        won(ids["cai"], 10, dt.date(2025, 6, 2))
        for month, amounts in PAST.items():
            for name, amount in zip(("ann", "bo"), amounts, strict=True):
                if amount:
                    won(ids[name], amount, dt.date(2025, month, 15))
        for amount, probability, day in OPEN:
            deal(ids["ann"], amount, probability=probability, expected_close=day)
        db.session.commit()
        with clock_at(NOW):
            yield found


PAST = {1: (200_000, 0), 2: (100_000, 5_000), 3: (300_000, 0), 4: (150_000, 0), 5: (250_000, 9_000)}
OPEN = (
    (100_000, 50, dt.date(2025, 6, 20)), (60_000, 20, dt.date(2025, 6, 30)),
    (40_000, 90, dt.date(2025, 6, 27)), (70_000, 60, dt.date(2025, 7, 3)),
    (80_000, 70, dt.date(2025, 6, 1)),
)  # fmt: skip
"""The last two are not to close in June, and overdue."""


def target(user: int, period: Period, amount: int) -> Target:
    values = {
        "measure": WON, "level": "user", "user": user, "period": period.kind,
        "start": period.start, "end": period.end, "amount": amount,
    }  # fmt: skip
    return host().records.create(Target, values)


def deal(user: int, amount: int, **values: Any) -> Opportunity:
    return host().records.create(Opportunity, {"owner": user, "amount": amount * 100, **values})


def won(user: int, amount: int, day: dt.date) -> None:
    deal(user, amount, outcome="won", closed_on=day, created_on=day)


def found(made: Installation, who: str = "boss") -> dict[str, tuple[Row, Outlook | None]]:
    with made.working("acme", who):
        stick = yardstick(WON)
        assert stick is not None
        rows, said = outlook.standing_of(stick, JUNE)
        return {row.name: (row, said.get(row.id or 0)) for row in rows if row.level == "user"}


def test_the_past_and_open_deals_of_everybody(made: Installation) -> None:
    row, ann = found(made)["Ann"]
    assert row.pacing.pace is not None and str(row.pacing.pace) == "0.84"
    assert ann is not None and ann.past is not None and ann.deals is not None
    # 23, 20, 21, 22 and 22 working days, so 9,232.65 a day on average; 11 days are left.
    assert (ann.past.n, round(ann.past.expected / 100)) == (5, 185_559)
    assert (ann.deals.n, ann.deals.expected, ann.overdue) == (3, 182_000_00, 1)
    # 126,000 are missing: the first deal and one of the two others.
    assert round(ann.deals.share, 6) == 0.46
    assert ann.mark == ""


def test_out_of_reach_and_set_too_low(made: Installation) -> None:
    said = {name: each for name, (_row, each) in found(made).items()}
    bo, cai = said["Bo"], said["Cai"]
    assert bo is not None and bo.past is not None
    # From February on, with the months in which he won nothing.
    assert (bo.mark, bo.past.n, bo.deals) == ("out_of_reach", 4, None)
    assert cai is not None and (cai.mark, cai.past) == ("trivial", None)
    assert said["Boss"] is None


def test_months_before_the_first_figure_are_not_of_the_past(made: Installation) -> None:
    with made.working("acme"):
        stick = yardstick(WON)
        assert stick is not None
        bo = made_ids()["Bo"]
        assert outlook.past_months(stick, [bo])[bo] == [
            Month(5_000_00, 20), Month(0, 21), Month(0, 22), Month(9_000_00, 22),
        ]  # fmt: skip


def made_ids() -> dict[str, int]:
    from plugins.targets.services.reading import all_people

    return {person.name: person.id for person in all_people()}


def test_everybody_in_two_statements(made: Installation) -> None:
    with made.working("acme", "boss"):
        stick = yardstick(WON)
        assert stick is not None
        rows, _said = outlook.standing_of(stick, JUNE)
        with statements() as asked:
            outlook.outlooks(stick, JUNE, rows)
    assert len(asked) == 2, asked


def test_the_ladder_ranks_and_says_who_needs_help(made: Installation) -> None:
    client = made.client("acme", "boss")
    path = "/targets/ladder?period=custom&start=2025-06-01&end=2025-06-30"
    page = client.get(path).get_data(True)
    assert page.index(">Cai<") < page.index(">Ann<") < page.index(">Bo<")
    assert "Out of reach" in page and "46%, of 3 deals" in page
    assert "1 deal is overdue and not counted" in page
    page = client.get(f"{path}&order=help").get_data(True)
    assert page.index(">Bo<") < page.index(">Cai<") < page.index(">Ann<")
    rep = made.client("acme", "ann").get(path).get_data(True)
    assert ">Ann<" in rep and ">Bo<" not in rep


def test_the_burn_up_of_a_team_sums_what_is_below(made: Installation) -> None:
    client = made.client("acme", "boss")
    path = "/targets/burn-up?period=custom&start=2025-06-01&end=2025-06-30"
    page = client.get(path).get_data(True)
    assert "Harbour" in page and '<svg class="burnup"' in page
    assert "target $1,110,010.00" in page and "so far $84,010.00" in page
    assert client.get(f"{path}&who=user-99").status_code == 404
    assert client.get(f"{path}&who=company").status_code == 404


def test_days_and_numbers_that_nobody_has_are_told_of(made: Installation) -> None:
    client = made.client("acme", "boss")
    for start, end in (("0001-01-01", "9999-12-31"), ("9999-12-31", "9999-12-31")):
        page = client.get(f"/targets/burn-up?period=custom&start={start}&end={end}")
        assert "between 1950 and 2200" in page.get_data(True)
    path = f"/targets/records?measure={WON}&user={'9' * 30}"
    assert client.get(path).status_code == 302
    with made.working("acme"), pytest.raises(Rejected, match="between 1950 and 2200"):
        host().records.create(
            Target,
            {"measure": WON, "level": "user", "user": made_ids()["Cai"], "period": "month",
             "start": dt.date(9999, 12, 1), "end": dt.date(9999, 12, 31), "amount": 1},
        )  # fmt: skip


def test_the_heat_map_says_the_share_and_leads_to_the_records(made: Installation) -> None:
    page = made.client("acme", "boss").get("/targets/heat?year=2025&by=month").get_data(True)
    cell = page[page.index("40.0%") - 300 : page.index("40.0%")]
    assert "tone-warn" in cell and "start=2025-06-01" in cell
    assert "$84,000.00 of $210,000.00" in cell
    assert page.count("100.0%") == 1 and "tone-bad" in page


def test_a_persons_page_weighs_targets_and_looks_back_a_year(made: Installation) -> None:
    """A year before, in 9 working days up to 13 June, Cai won 8; in 10 this year it is 10. Of 4
    deals that are to be won 1 is."""
    with made.working("acme"):
        cai = made_ids()["Cai"]
        won(cai, 8, dt.date(2024, 6, 4))
        host().records.create(
            Target,
            {
                "measure": "crm.won_count", "level": "user", "user": cai, "period": "month",
                "start": JUNE.start, "end": JUNE.end, "quantity": 4, "weight": 50,
            },
        )  # fmt: skip
    path = f"/targets/people/{cai}?period=custom&start=2025-06-01&end=2025-06-30"
    page = made.client("acme", "boss").get(path).get_data(True)
    assert "Weighted attainment: 75.0%" in page
    assert "weight 50.0%" in page
    assert "+25.0%" in page and "+12.5% per working day" in page
    assert "Set too low?" in page and "Needs help" in page


def test_what_was_confirmed_first_stands_beside_what_was_revised(made: Installation) -> None:
    with made.working("acme"):
        settings.store("targets.smart", False)
        bo = made_ids()["Bo"]
        held = host().session.scalars(sa.select(Target).where(Target.user_id == bo)).one()
        host().records.transition(held, "confirm", {"note": "As said."})
        revised = {"revised": 450_000, "revision_reason": "The harbour is closed."}
        host().records.transition(held, "revise", revised)
        won(bo, 90_000, dt.date(2025, 6, 12))
    path = f"/targets/people/{bo}?period=custom&start=2025-06-01&end=2025-06-30"
    page = made.client("acme", "bo").get(path).get_data(True)
    assert "20.0%" in page and "first $900,000.00: 10.0%" in page


def test_managers_are_told_once_of_what_is_out_of_reach_or_set_too_low(made: Installation) -> None:
    with made.working("acme"):
        ann = made_ids()["Ann"]
        held = host().session.scalars(sa.select(Target).where(Target.user_id == ann)).one()
        host().records.update(held, {"amount": 9_000_000_00})
        assert alerting.run() == 4
        rows = host().session.execute(
            sa.select(Target.name, TargetAlert.mark).join(
                Target, Target.id == TargetAlert.target_id
            )
        )
        assert sorted(map(tuple, rows)) == [
            ("Ann · 2025-06", "out_of_reach"), ("Bo · 2025-06", "out_of_reach"),
            ("Cai · 2025-06", "out_of_reach"), ("Cai · 2025-06", "trivial"),
        ]  # fmt: skip
    with made.working("acme"):
        assert alerting.run() == 0
    boss = made.client("acme", "boss")
    told = boss.get("/notifications").get_data(True)
    assert "looks out of reach." in told and "was set too low, it seems." in told
    listed = boss.get("/targets/alerts").get_data(True)
    assert "Out of reach" in listed
    assert made.client("acme", "ann").get("/targets/alerts").status_code == 403
