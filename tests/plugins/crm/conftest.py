from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from tests.harness import Installation, install

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("cai", "rep", "South"), ("eve", "analyst", None), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: Any) -> Installation:
    """A company that sells: the boss leads Ann and Bo, Cai works in another team.

    And the same once more, for tests that commit.
    """
    made = install(folder, **given)
    for slug in ("acme", "web"):
        made.company(
            slug, "crm", currency="CNY", country="CN", timezone="Asia/Shanghai", language="en"
        )
        with made.working(slug):
            teams = {name: Team(name=name) for name in ("North", "South")}
            host().session.add_all(teams.values())
            host().session.flush()
            ids = {name: team.id for name, team in teams.items()}
        for name, role, team in PEOPLE:
            made.person(slug, name, role, ids.get(team or ""))
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, ids["North"]).manager_id = boss
    return made


@pytest.fixture(scope="session")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("crm"))


@pytest.fixture
def acme(crm: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with crm.working("acme"):
        yield crm
        db.session.rollback()


Make = Callable[..., Opportunity]


@pytest.fixture
def deal(acme: Installation) -> Make:
    """Makes opportunities: ``deal(amount=100_00, outcome="won")``."""

    def make(**values: Any) -> Opportunity:
        return host().records.create(Opportunity, {"amount": 100_000_00, **values})

    return make


@pytest.fixture
def account(acme: Installation) -> Account:
    return host().records.create(Account, {"name": "Blue Mill", "industry": "Paper"})
