from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from tests.harness import Installation, install

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("zoe", "rep", None), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, *plugins: str, **given: Any) -> Installation:
    """A company with nothing on but training and what is named; the boss leads Ann and Bo."""
    made = install(folder, **given)
    made.company("acme", "training", *plugins, currency="CNY", country="CN", language="en")
    with made.working("acme"):
        north = Team(name="North")
        host().session.add(north)
        host().session.flush()
        team_id = north.id
    for name, role, team in PEOPLE:
        made.person("acme", name, role, team_id if team else None)
    boss = made.user_id("acme", "boss")
    with made.working("acme"):
        host().session.get_one(Team, (1, team_id)).manager_id = boss
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("training"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()
