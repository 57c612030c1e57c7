"""Looking as another person: seen, told, noted, and no way up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from core.data.audit import AuditEntry
from core.extensions import db
from core.identity.models import Role, RoleGrant, Team
from core.identity.service import find_user, role_named
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import START, log_in, noted, post


@pytest.fixture
def ada(inst: Installation) -> FlaskClient:
    return log_in(inst, "ada@acme.example")


def look(
    inst: Installation, client: FlaskClient, name: str = "rick", reason: str = "to help"
) -> int:
    path = f"/core/users/{inst.user_id('acme', name)}/look-as"
    return post(inst, client, path, reason=reason).status_code


def test_everything_is_as_the_person_sees_it_until_it_stops(
    inst: Installation, ada: FlaskClient
) -> None:
    assert ada.get("/core/settings").status_code == 200
    assert look(inst, ada) == 303
    home = ada.get("/").text
    assert "Ada, you look as Rick." in home
    assert ada.get("/core/settings").status_code == 403
    assert ada.post("/look-as/stop").status_code == 303
    assert "you look as" not in ada.get("/").text
    assert ada.get("/core/settings").status_code == 200
    acts = noted(inst, "rick")
    assert [action for action, _facts in acts] == ["look_as", "look_stop"]
    assert acts[0][1] == {"reason": "to help"}


def test_what_is_changed_names_both_and_the_person_is_told(
    inst: Installation, ada: FlaskClient
) -> None:
    with inst.working("acme"):
        rep = role_named("rep").id
        for action in ("read", "create", "update"):
            key = f"core.Team.{action}"
            held = sa.select(RoleGrant).where(RoleGrant.role_id == rep, RoleGrant.permission == key)
            if db.session.scalar(held) is None:
                db.session.add(RoleGrant(role_id=rep, permission=key, scope="company"))
    look(inst, ada)
    assert post(inst, ada, "/core/teams/new", name="North").status_code == 303
    ada.post("/look-as/stop")
    with inst.working("acme"):
        team = db.session.scalars(sa.select(Team.id)).one()
        entry = db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.model == "core.Team")
        ).one()
        rick, admin = find_user("rick@acme.example").id, find_user("ada@acme.example").id
        assert (entry.record_id, entry.user_id, entry.behind_id) == (team, rick, admin)
    assert "Ada as Rick" in ada.get("/core/audit").text
    told = log_in(inst).get("/notifications").text
    assert "Ada looked at everything as you: to help" in told


def test_it_needs_a_reason_a_permission_and_a_proof(inst: Installation, ada: FlaskClient) -> None:
    assert look(inst, ada, reason="") == 422
    assert look(inst, log_in(inst, "rita@acme.example")) == 403
    with clock_at(START):
        early = log_in(inst, "ada@acme.example")
    with clock_at(START + timedelta(minutes=11)):
        assert look(inst, early) == 403
        assert "you look as" not in early.get("/").text


def test_it_never_leads_upwards_or_to_another_company(inst: Installation, ada: FlaskClient) -> None:
    with inst.working("acme"):
        desk = Role(code="desk", name="Desk")
        db.session.add(desk)
        db.session.flush()
        for permission in ("core.User.read", "core.impersonate", "core.tokens"):
            db.session.add(RoleGrant(role_id=desk.id, permission=permission, scope="company"))
        find_user("rita@acme.example").role_id = desk.id
    rita = log_in(inst, "rita@acme.example")
    assert look(inst, rita, "ada") == 403 and look(inst, rita, "rick") == 403
    far = inst.user_id("other", "olga") + 1000
    assert post(inst, ada, f"/core/users/{far}/look-as", reason="to help").status_code == 404


def test_it_ends_when_the_person_comes_to_more(inst: Installation) -> None:
    """What was allowed is asked again with every click."""
    with inst.working("acme"):
        desk = Role(code="desk", name="Desk")
        nobody = Role(code="nobody", name="Nobody")
        db.session.add_all([desk, nobody])
        db.session.flush()
        for permission in ("core.User.read", "core.impersonate"):
            db.session.add(RoleGrant(role_id=desk.id, permission=permission, scope="company"))
        find_user("rita@acme.example").role_id = desk.id
        find_user("rick@acme.example").role_id = nobody.id
    rita = log_in(inst, "rita@acme.example")
    assert look(inst, rita) == 303 and "you look as" in rita.get("/").text
    with inst.working("acme"):
        find_user("rick@acme.example").role_id = role_named("admin").id
    assert "you look as" not in rita.get("/").text
    assert rita.get("/core/settings").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/core/tokens", "/profile/security/password", "/profile/security/sessions/end",
     "/profile/security/second-factor/off", "/profile", "/switch"],
)  # fmt: skip
def test_dangerous_steps_are_refused_meanwhile(
    inst: Installation, ada: FlaskClient, path: str
) -> None:
    look(inst, ada)
    form = {"old_password": "x", "new_password": "y", "again_password": "y", "name": "x"}
    assert post(inst, ada, path, **form).status_code == 403


def test_an_administrator_as_another_makes_no_third(inst: Installation, ada: FlaskClient) -> None:
    inst.person("acme", "abel", "admin")
    assert look(inst, ada, "abel") == 303
    path = f"/core/users/{inst.user_id('acme', 'rick')}"
    assert ada.get(f"{path}/login").status_code == 403
    assert look(inst, ada, "rick") == 403


def test_it_ends_by_itself(inst: Installation) -> None:
    with clock_at(START):
        ada = log_in(inst, "ada@acme.example")
        look(inst, ada)
    with clock_at(START + timedelta(minutes=59)):
        assert "you look as" in ada.get("/").text
    with clock_at(START + timedelta(minutes=61)):
        assert "you look as" not in ada.get("/").text
