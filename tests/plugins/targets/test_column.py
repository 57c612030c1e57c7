"""How far people are, in the list of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.context import current_company, today
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.targets.models import Target
from plugins.targets.services.periods import period_of
from tests.harness import Installation, install


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Ann reached 40 of 100 this quarter and Bo nothing; Cai has no target."""
    found = install(tmp_path_factory.mktemp("column"))
    found.company("acme", "crm", "targets", currency="CNY", country="CN")
    with found.working("acme"):
        team = Team(name="North")
        db.session.add(team)
        db.session.flush()
        team_id = team.id
    people = {
        name: found.person("acme", name, role, team_id if name in ("boss", "ann") else None)
        for name, role in (("boss", "manager"), ("ann", "rep"), ("bo", "rep"), ("cai", "rep"))
    }
    with found.working("acme"):
        db.session.get_one(Team, team_id).manager_id = people["boss"]
        quarter = period_of("quarter", today(), current_company().fiscal_year_start)
        for name in ("ann", "bo"):
            host().records.create(
                Target,
                {
                    "measure": "crm.won_amount", "level": "user", "user": people[name],
                    "period": "quarter", "start": quarter.start, "end": quarter.end,
                    "amount": 100_00,
                },
            )  # fmt: skip
        host().records.create(
            Opportunity,
            {"owner": people["ann"], "amount": 40_00, "outcome": "won", "closed_on": today()},
        )
    yield found


def column(made: Installation, who: str) -> dict[str, str]:
    """Name → attainment, as somebody sees the list of people."""
    page = made.client("acme", who).get("/core/users").text
    found = {}
    for row in re.findall(r"<tr data-row=.*?</tr>", page, re.S):
        name = re.search(r"<td[^>]*id=.*?<a[^>]*>(.*?)</a>", row, re.S)
        share = re.search(r"([\d.]+%)", row)
        assert name is not None
        found[name[1]] = share[1] if share else ""
    return found


def test_attainment_of_whoever_has_a_target(made: Installation) -> None:
    assert column(made, "ann") == {"Ann": "40.0%", "Bo": "", "Boss": "", "Cai": ""}
    assert column(made, "boss") == {"Ann": "40.0%", "Bo": "", "Boss": "", "Cai": ""}


def test_nothing_for_who_may_not_see_targets(made: Installation) -> None:
    page = made.client("acme", "ann").get("/core/users?columns=name,targets.attainment").text
    assert "Attainment this quarter" in page
    with made.working("acme"):
        from core.hosting import enablement

        enablement.disable("targets")
        db.session.commit()
    page = made.client("acme", "ann").get("/core/users").text
    assert "Attainment" not in page
