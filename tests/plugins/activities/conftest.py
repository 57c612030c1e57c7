from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.extensions import db
from plugin_api.host import host
from plugins.activities.models import Activity
from plugins.activities.services.kinds import by_code
from plugins.crm.models import Account, Contact
from tests.harness import Installation, install
from tests.plugins.activities.kit import account_id
from tests.plugins.crm.conftest import PEOPLE
from tests.plugins.crm.kit import user

Make = Callable[..., Activity]


def settled(folder: Path, *plugins: str, **given: Any) -> Installation:
    """A company that sells and plans: the boss leads Ann and Bo, Cai works in another team."""
    from core.identity.models import Team

    made = install(folder, **given)
    for slug in ("acme", "web"):
        made.company(
            slug, *(plugins or ("crm", "activities")), currency="CNY", country="CN",
            timezone="Asia/Shanghai", language="en",
        )  # fmt: skip
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


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("activities")
    return settled(folder, mail="folder", url="https://x.example", hosts="localhost")


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()


@pytest.fixture
def mill(acme: Installation) -> Account:
    return host().records.create(Account, {"name": "Blue Mill", "owner": user("ann")})


@pytest.fixture
def make(acme: Installation) -> Make:
    """Makes activities of Ann's: ``make(kind="call", state="done")``."""

    def make(kind: str = "call", about: Any = None, **values: Any) -> Activity:
        sort = by_code(kind)
        given: dict[str, Any] = {"kind": sort.id, "subject": "Ask them", "owner": user("ann")}
        if about is not None:
            given |= {"about_model": about.model_key(), "about_id": about.id}
        return host().records.create(Activity, given | values)

    return make


@pytest.fixture(scope="package")
def web(inst: Installation) -> Iterator[Installation]:
    """A company whose records stay, with an account of Ann's."""
    with inst.working("web"):
        account = host().records.create(Account, {"name": "Blue Mill", "owner": user("ann")})
        host().records.create(
            Contact, {"name": "Li Wei", "email": "LI@mill.example", "account": account.id,
                      "owner": user("ann")},
        )  # fmt: skip
    yield inst


@pytest.fixture
def ann(web: Installation) -> FlaskClient:
    return web.client("web", "ann")


@pytest.fixture
def about(web: Installation) -> str:
    with web.working("web"):
        return f"crm.Account:{account_id()}"
