"""Nobody comes back by what they left behind, and nobody gets in by what was meant for another."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa

from core.access import sharing
from core.collab.models import Draft
from core.extensions import db
from core.host import services
from core.identity import factors, links
from core.identity.models import Login, LoginSession, RoleField, User
from core.identity.passkeys import Passkey
from core.identity.service import find_user, role_named, set_password
from core.identity.standing import Behind, standing
from core.tenancy.platform import platform_session
from core.web import kept
from plugin_api.context import now
from plugin_api.errors import Forbidden, Rejected
from plugin_api.models import model_of
from tests.security.kit import ACME, OTHER, World

NEW = "seven lamps on a purple wall"
ENTER = re.compile(r'value="http://localhost(/enter/[^"]+)"')


def enter(world: World, path: str) -> int:
    form = {"new_password": NEW, "again_password": NEW}
    return world.app.test_client().post(path, data=form).status_code


def signed(world: World, purpose: str, slug: str, user_id: int, email: str) -> str:
    """The address of a link that was made for a person."""
    with world.app.app_context():
        return f"/enter/{links.signed(links.make(purpose, world.company_id(slug), user_id, email))}"


def desk(world: World, code: str, name: str) -> None:
    """A person who may give logins and see nobody's figures."""
    grants = {"core.User.read": "company", "core.User.update": "company", "core.logins": "company"}
    role = world.role(ACME, code, grants)
    world.inst.person(ACME, name)
    with world.inst.working(ACME):
        find_user(f"{name}@acme.example").role_id = role


def test_who_had_a_login_keeps_no_key_to_it(world: World) -> None:
    """An administrator could make a login for an address of another company, leave a passkey and
    recovery codes in it, and wait until that company gives the address to its own person."""
    bait = world.inst.person(ACME, "bait")
    login_id = world.user(ACME, "bait").login_id or 0
    with world.app.app_context():
        with platform_session("logins", "a key") as session:
            session.add(
                Passkey(login_id=login_id, credential="k", public_key=b"", uses=0, name="mine")
            )
            session.execute(
                sa.update(Login).where(Login.id == login_id).values(totp_secret="sealed")
            )
        factors.new_codes(login_id)
    with world.inst.working(ACME):
        db.session.delete(db.session.get_one(User, (world.company_id(ACME), bait)))
    number = world.make(OTHER, "ada", "core.User", name="Owner")
    path = f"/core/users/{number}/login"
    given = world.post(OTHER, "ada", path, email="bait@acme.example", password=NEW)
    assert given.status_code == 303
    with world.app.app_context(), platform_session("identify") as session:
        keys = session.scalar(sa.select(sa.func.count()).where(Passkey.login_id == login_id))
        secret = session.scalar(sa.select(Login.totp_secret).where(Login.id == login_id))
        assert (keys, secret) == (0, None)
    with world.app.app_context():
        assert factors.codes_left(login_id) == 0


def test_the_link_of_who_may_more_is_not_shown(world: World) -> None:
    """Without mail the page of a login shows the link that sets the password."""
    desk(world, "hatch", "hanna")
    with world.inst.working(ACME):
        admin = role_named("admin").id
    boss = world.make(ACME, "ada", "core.User", name="Boss", role=admin)
    page = f"/core/users/{boss}/login"
    world.post(ACME, "ada", f"/core/users/{boss}/invitation", email="boss@acme.example")
    assert ENTER.search(world.client(ACME, "ada").get(page).text)
    answer = world.client(ACME, "hanna").get(page)
    assert answer.status_code == 403 and "/enter/" not in answer.text


def test_an_invitation_does_not_outlive_the_login_that_was_given_otherwise(world: World) -> None:
    """It may have gone to a wrong address, which is why somebody gave the login by hand."""
    number = world.make(ACME, "ada", "core.User", name="Mila")
    path = signed(world, links.INVITATION, ACME, number, "mistyped@acme.example")
    given = world.post(
        ACME, "ada", f"/core/users/{number}/login", email="mila@acme.example", password=NEW
    )
    assert given.status_code == 303
    assert enter(world, path) in (410, 422)
    with world.app.app_context(), platform_session("identify") as session:
        assert session.scalar(sa.select(Login.epoch).where(Login.email == "mila@acme.example")) == 0


def test_a_copied_link_does_not_open_a_second_company(world: World) -> None:
    """An administrator copied it while the person worked for them alone."""
    number = world.inst.person(ACME, "lone")
    login_id = world.user(ACME, "lone").login_id
    path = signed(world, links.RESET, ACME, number, "lone@acme.example")
    with world.inst.working(OTHER):
        db.session.add(User(name="Lone", email="lone@acme.example", login_id=login_id))
    assert enter(world, path) == 422
    with world.app.app_context(), platform_session("identify") as session:
        assert session.scalar(sa.select(Login.epoch).where(Login.id == login_id)) == 0


def test_a_new_password_takes_waiting_links_back(world: World) -> None:
    number = world.inst.person(ACME, "lia")
    path = signed(world, links.RESET, ACME, number, "lia@acme.example")
    assert world.app.test_client().get(path).status_code == 200
    with world.inst.working(ACME):
        set_password(find_user("lia@acme.example").login_id or 0, NEW)
    assert enter(world, path) == 410


def test_a_password_that_proves_is_never_kept(world: World) -> None:
    """The session ended while the page waited that asks for it: the form is kept, it is not."""
    stranger = world.app.test_client()
    form = {"_company": "1", "name": "Rick", "role": "1", "_proof": NEW, "_left_out": "1"}
    page = stranger.post("/core/users/1", data=form, headers={"Origin": "http://localhost"})
    assert page.status_code == 401
    held = re.search(r'name="kept" value="([^"]+)"', page.text)
    assert held
    with world.app.app_context():
        found = kept.read(held[1])
    assert found is not None and {"_proof", "_left_out"} & dict(found[1]).keys() == set()
    with world.inst.working(ACME):
        assert NEW not in str(db.session.scalars(sa.select(Draft.values)).all())


def test_without_a_factor_a_role_that_needs_one_is_closed_again(world: World) -> None:
    """It could be switched off in another company, which does not need it."""
    world.inst.person(ACME, "fay")
    login_id = world.user(ACME, "fay").login_id or 0
    client = world.client(ACME, "fay")
    with world.app.app_context():
        with platform_session("login") as session:
            mine = LoginSession.login_id == login_id
            session.execute(sa.update(LoginSession).where(mine).values(factor="code"))
        factors.switch_off(login_id)
        with platform_session("identify") as session:
            held = session.scalars(sa.select(LoginSession.factor).where(mine)).all()
    assert set(held) == {"password"}
    assert client.get("/").status_code == 200


def test_who_looks_as_somebody_leaves_no_way_behind(world: World) -> None:
    """Being somebody's deputy would last longer than the look."""
    rick = world.user(ACME, "rick").id
    ada = world.user(ACME, "ada").id
    model: Any = model_of("core.Absence")
    with world.inst.working(ACME, "rick"), standing(Behind(ada, "ada")):
        values = {"user": rick, "deputy": ada, "first_day": now().date(), "last_day": now().date()}
        with pytest.raises(Rejected) as refused:
            services().records.create(model, values)
        db.session.rollback()
    assert refused.value.errors.keys() == {"deputy"}


def test_who_is_shared_a_record_does_not_make_it_their_own(world: World) -> None:
    """A share ends; an owner stays."""
    rita, account = (
        world.user(ACME, "rita").id,
        world.make(ACME, "rick", "crm.Account", name="Lent"),
    )
    model: Any = model_of("crm.Account")
    with world.inst.working(ACME, "rick"):
        record: Any = services().records.get(model, account)
        sharing.share(record, user_id=rita, level="edit")
    with world.inst.working(ACME, "rita"):
        record = services().records.get(model, account, "update")
        with pytest.raises(Forbidden):
            services().records.update(record, {"owner": rita})
        services().records.update(record, {"phone": "13912345678"})


def test_looking_asks_for_the_fields_too(world: World) -> None:
    """A person who sees a field that oneself does not is somebody who may more."""
    grants = {"core.User.read": "company", "core.impersonate": "company",
              "crm.Account.read": "company"}  # fmt: skip
    narrow, wide = world.role(ACME, "narrow", grants), world.role(ACME, "wide", grants)
    for name, role in (("nina", narrow), ("wim", wide)):
        world.inst.person(ACME, name)
        with world.inst.working(ACME):
            find_user(f"{name}@acme.example").role_id = role
    number = world.user(ACME, "wim").id
    path = f"/core/users/{number}/look-as"
    assert world.post(ACME, "nina", path, reason="to help").status_code == 303
    assert "you look as" in world.client(ACME, "nina").get("/").text
    with world.inst.working(ACME, "ada"):
        services().records.create(
            RoleField,
            {"role": narrow, "model": "crm.Account", "field": "phone", "narrowed": "hidden"},
        )
    assert "you look as" not in world.client(ACME, "nina").get("/").text


def test_a_hidden_field_of_the_companys_own_is_nowhere(world: World) -> None:
    """Its search, lists, history and figures answer, and say nothing of it."""
    made = world.make(
        ACME, "ada", "core.CustomField", model="crm.Account", kind="text", label="Codename",
        name="x_codename", searchable=True,
    )  # fmt: skip
    assert made
    account = world.make(ACME, "rick", "crm.Account", name="Plain", x_codename="Turmfalke77")
    with world.inst.working(ACME, "ada"):
        services().records.create(
            RoleField,
            {"role": role_named("rep").id, "model": "crm.Account", "field": "x_codename",
             "narrowed": "hidden"},
        )  # fmt: skip
    for who, seen in (("ada", True), ("rick", False)):
        client, found = world.client(ACME, who), []
        for path in (
            "/search?q=Plain", "/search?q=Turmfalke", "/search/palette?q=Turmfalke",
            "/crm/accounts?q=Turmfalke&columns=name,x_codename", f"/crm/accounts/{account}",
            f"/crm/accounts/{account}/edit", f"/crm/accounts/new?copy={account}",
            "/crm/accounts?view=pivot&rows=x_codename", "/crm/accounts?view=chart&by=x_codename",
            "/crm/accounts?x_codename__startswith=Turmfalke", "/crm/accounts/export?format=csv",
            "/crm/accounts/lookup?q=Turmfalke",
        ):  # fmt: skip
            with client.get(path) as answer:
                assert answer.status_code < 500, path
                text = answer.get_data().decode("utf-8", "ignore")
            if "Turmfalke77" in text or ("Plain" in text and "q=Turm" in path):
                found.append(path)
        rest = world.rest(ACME, who, "GET", "/crm/accounts?q=Turmfalke")
        assert bool(rest.get_json()["items"]) == seen
        assert bool(found) == seen, found
