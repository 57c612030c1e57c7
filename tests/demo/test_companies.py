"""The demo companies: complete, different, and kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from core.data import sealing
from core.demo import companies
from core.demo.people import COMPANIES
from core.extensions import db
from core.hosting import enablement
from core.identity.models import Team, User
from core.web.pages import DEMO_PASSWORD
from plugin_api.context import current_company
from tests.harness import Installation, with_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    yield with_demo(tmp_path_factory.mktemp("demo"))


def test_people_of_every_role_can_log_in(demo: Installation) -> None:
    with demo.app.app_context():
        for people in companies.logins().values():
            assert len({role for _, role in people}) >= 6
            assert len(people) >= 9
    client = demo.app.test_client()
    answer = client.post(
        "/login", data={"email": "admin@xiaoguan.example", "password": DEMO_PASSWORD}
    )
    assert answer.status_code == 303
    assert client.get("/core/plugins").status_code == 200


def test_the_login_page_names_everybody_and_logs_in_with_one_click(demo: Installation) -> None:
    with demo.app.app_context():
        companies.show_logins(demo.app)
    client = demo.app.test_client()
    page = client.get("/login").text
    assert 'value="wanglei@qinghe.example"' in page
    assert "业务代表" in page
    answer = client.post(
        "/login", data={"email": "wanglei@qinghe.example", "password": DEMO_PASSWORD}
    )
    assert answer.status_code == 303


def test_what_the_demo_wrote_is_sealed(demo: Installation) -> None:
    with demo.app.app_context():
        assert sealing.late() == []


def test_the_companies_use_different_plugins(demo: Installation) -> None:
    used = []
    for company in COMPANIES:
        with demo.working(company.slug):
            used.append(enablement.enabled_set(current_company()))
    assert used[0] > used[1] > {"core"}


def test_managers_manage_and_teams_hang_together(demo: Installation) -> None:
    with demo.working("qinghe"):
        office = db.session.scalars(sa.select(Team).where(Team.parent_id.is_(None))).one()
        assert {team.parent_id for team in db.session.scalars(sa.select(Team))} == {
            None,
            office.id,
        }
        members = db.session.scalar(
            sa.select(sa.func.count(User.id)).where(User.team_id != office.id)
        )
        assert members == 10


def test_a_second_start_keeps_what_was_changed(demo: Installation) -> None:
    with demo.working("harbour"):
        db.session.scalars(sa.select(User).where(User.name == "Ann Petersen")).one().name = "Anna"
    said: list[str] = []
    with demo.app.app_context():
        companies.ensure(said.append)
    assert said == []
    with demo.working("harbour"):
        assert db.session.scalar(sa.select(User.name).where(User.name == "Anna")) == "Anna"
