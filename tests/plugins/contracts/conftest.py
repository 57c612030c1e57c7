from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from tests.harness import Installation, install

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("eve", "analyst", None), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: object) -> Installation:
    """A company in which the boss leads Ann and Bo, one for tests that commit, and one that keeps
    neither orders nor approvals."""
    made = install(folder, **given)  # type: ignore[arg-type]
    for slug in ("acme", "web", "bare"):
        more = () if slug == "bare" else ("sales", "approvals")
        made.company(slug, "crm", "contracts", *more, currency="CNY", country="CN", language="en")
        with made.working(slug):
            north = Team(name="North")
            host().session.add(north)
            host().session.flush()
            team_id = north.id
        for name, role, team in PEOPLE:
            made.person(slug, name, role, team_id if team else None)
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, team_id).manager_id = boss
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("contracts"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()
