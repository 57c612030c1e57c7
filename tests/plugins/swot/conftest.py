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
    ("cai", "rep", "South"), ("eve", "analyst", None), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: Any) -> Installation:
    """A company that sells and plans: the boss leads Ann and Bo. The same once more for tests that
    commit, and one that uses nothing but this plugin."""
    made = install(folder, **given)
    for slug, plugins in (
        ("acme", ("crm", "plans", "swot")), ("web", ("crm", "plans", "swot")), ("alone", ("swot",)),
    ):  # fmt: skip
        made.company(slug, *plugins, currency="CNY", country="CN", timezone="Asia/Shanghai",
                     language="en")  # fmt: skip
        with made.working(slug):
            teams = {name: Team(name=name) for name in ("North", "South")}
            host().session.add_all(teams.values())
            host().session.flush()
            ids = {name: team.id for name, team in teams.items()}
        few = (*PEOPLE[:3], PEOPLE[-1])
        for name, role, team in few if slug == "alone" else PEOPLE:
            made.person(slug, name, role, ids.get(team or ""))
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, ids["North"]).manager_id = boss
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("swot"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()
