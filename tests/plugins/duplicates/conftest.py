from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from plugins.duplicates.services import indexing
from tests.harness import Installation, install

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("ada", "admin", None),
)  # fmt: skip
COMPANIES = ("acme", "other")


def settled(folder: Path, **given: Any) -> Installation:
    """Two companies, in each of which the boss leads Ann and Bo. Acme's tests leave nothing
    behind; those of the other commit."""
    made = install(folder, **given)
    for slug in COMPANIES:
        made.company(slug, "crm", "duplicates", currency="CNY", country="CN", language="en")
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
            list(indexing.rebuild())
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("duplicates"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()


@pytest.fixture(scope="package")
def ids(inst: Installation) -> dict[str, int]:
    """The people of Acme."""
    return {name: inst.user_id("acme", name) for name, _role, _team in PEOPLE}
