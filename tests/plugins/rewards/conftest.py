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
    ("cai", "rep", "South"), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: object) -> Installation:
    """Companies in which the boss leads Ann and Bo; one for tests that commit."""
    made = install(folder, **given)  # type: ignore[arg-type]
    for slug in ("acme", "web"):
        made.company(
            slug, "crm", "incentives", "rewards", currency="CNY", country="CN", language="en"
        )
        ids = {}
        with made.working(slug):
            for name in ("North", "South"):
                team = Team(name=name)
                host().session.add(team)
                host().session.flush()
                ids[name] = team.id
        for name, role, place in PEOPLE:
            made.person(slug, name, role, ids.get(place or ""))
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.query(Team).filter_by(name="North").one().manager_id = boss
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("rewards"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()
