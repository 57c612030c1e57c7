"""What an administrator of one company tries on another: by shares, deputies, dashboards, custom
fields, sessions, looking as somebody, handed out data and files of companies."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.access.models import Share
from core.extensions import db
from core.identity import service, sessions
from core.identity.models import Login, User
from core.identity.service import find_user
from core.portability import bringing, taking
from core.portability.layout import PortabilityError
from core.tenancy.platform import platform_session
from tests.security.apart import UNKNOWN, alike
from tests.security.kit import ACME, OTHER, World

SECRET = "zqother"


@pytest.fixture(scope="module")
def theirs(world: World) -> dict[str, int]:
    """Numbers of what the other company has."""
    account = world.make(OTHER, "rick", "crm.Account", name=f"Nord {SECRET}", external_id="u1")
    made = {
        "account": account,
        "user": world.user(OTHER, "rick").id,
        "team": world.make(OTHER, None, "core.Team", name=f"Team {SECRET}"),
        "field": world.make(OTHER, "ada", "core.CustomField", model="crm.Account",
                            label=f"Secret {SECRET}", kind="choice"),
    }  # fmt: skip
    path = f"/crm/accounts/{account}"
    world.post(OTHER, "ada", f"{path}/shares", user="Rita", level="edit")
    with world.inst.working(OTHER):
        made["share"] = db.session.scalars(sa.select(Share.id)).one()
    board = world.post(OTHER, "ada", "/dashboards/new", name=f"All {SECRET}", share="company")
    made["board"] = int(board.headers["Location"].split("/")[2])
    view = world.post(
        OTHER, "ada", "/crm/accounts/views/new", name=f"V {SECRET}", share="company", state="q=x"
    )
    made["view"] = int(view.headers["Location"].rpartition("saved=")[2])
    return made


@pytest.fixture(scope="module")
def own(world: World) -> int:
    """An account of the attacker's company."""
    return world.make(ACME, "rick", "crm.Account", name="Mine")


def as_unknown(world: World, path: str, number: int, who: str = "ada", **form: Any) -> str:
    """The answer about a number of the other company, which is the one about no number at all."""
    client, got = world.client(ACME, who), []
    for each in (number, UNKNOWN):
        given = {name: str(value).format(each) for name, value in form.items()}
        if form:
            got.append(world.post(ACME, who, path.format(each), **given))
        else:
            got.append(client.get(path.format(each)))
    alike(got[0], got[1], path, number, UNKNOWN)
    assert SECRET not in got[0].text
    return got[0].text


def rest_as_unknown(world: World, path: str, body: Any, name: str, number: int) -> int:
    got = [
        world.rest(ACME, "ada", "POST", path, {**body, name: each}) for each in (number, UNKNOWN)
    ]
    alike(got[0], got[1], path, number, UNKNOWN)
    return got[0].status_code


def test_a_record_is_shared_with_nobody_of_another_company(
    world: World, theirs: dict[str, int], own: int
) -> None:
    """Neither picked by number nor by name; and no share of theirs is taken back."""
    path = f"/crm/accounts/{own}/shares"
    for kind, name in (("user", "Rick of theirs"), ("team", f"Team {SECRET}")):
        picked = {kind: "x", f"{kind}__label": "x", f"{kind}__id": "{}"}
        as_unknown(world, path, theirs[kind], "rick", **picked, level="edit")
        world.post(ACME, "rick", path, **{kind: name}, level="edit")
    as_unknown(world, f"{path}/{{}}/revoke", theirs["share"], "rick", x="x")
    with world.inst.working(ACME):
        assert db.session.scalars(sa.select(Share)).all() == []
    with world.inst.working(OTHER):
        assert len(db.session.scalars(sa.select(Share)).all()) == 1


def test_a_share_counts_in_its_own_company_only(world: World, theirs: dict[str, int]) -> None:
    """Even one that names the number of the other's record and of a person who works here."""
    with world.inst.working(ACME):
        rita = find_user("rita@acme.example").id
        share = Share(model="crm.Account", record_id=theirs["account"], user_id=rita, level="edit")
        db.session.add(share)
    as_unknown(world, "/crm/accounts/{}", theirs["account"], "rita")
    as_unknown(world, "/crm/accounts/{}", theirs["account"], "rita", name="Taken")
    with world.inst.working(ACME):
        db.session.delete(db.session.scalars(sa.select(Share)).one())


def test_no_deputy_is_of_another_company(world: World, theirs: dict[str, int]) -> None:
    days = {"first_day": "2026-01-01", "last_day": "2099-01-01"}
    mine = world.user(ACME, "rita").id
    for body, name in (({"user": mine}, "deputy"), ({"deputy": mine}, "user")):
        sent = {**body, **days}
        assert rest_as_unknown(world, "/core/absences", sent, name, theirs["user"]) == 422


def test_a_dashboard_for_the_company_is_for_one(world: World, theirs: dict[str, int]) -> None:
    assert SECRET not in world.client(ACME, "ada").get("/dashboards").text
    for tail in ("", "/edit", "/tiles/1"):
        as_unknown(world, f"/dashboards/{{}}{tail}", theirs["board"])
    for tail, form in (("copy", {"x": "x"}), ("edit", {"do": "deleted", "version": "1"})):
        as_unknown(world, f"/dashboards/{{}}/{tail}", theirs["board"], **form)
    as_unknown(
        world, "/dashboards/put", theirs["board"], kind="records", source="crm.Account",
        state="q=x", title="T", width="1", on="{}", name="N",
    )  # fmt: skip
    assert world.client(OTHER, "ada").get(f"/dashboards/{theirs['board']}").status_code == 200


def test_a_tile_that_names_the_others_records_shows_nothing(
    world: World, theirs: dict[str, int]
) -> None:
    """Their account as a filter, their view as a state: as with numbers that nothing has."""
    for state, what in (
        ("account={}", "account"), ("account__in={},1", "account"), ("owner={}", "user"),
        ("saved={}", "view"),
    ):  # fmt: skip
        for view in ("list", "chart", "pivot", "kanban", "calendar"):
            as_unknown(world, f"/crm/opportunities?view={view}&{state}", theirs[what])
    as_unknown(world, "/analysis?measure=crm.created&account={}", theirs["account"])


def test_a_custom_field_reaches_nothing_of_another_company(
    world: World, theirs: dict[str, int]
) -> None:
    """Not its definition, not by a reference, and a value that is there once is so in one."""
    option = rest_as_unknown(
        world, "/core/custom_options", {"label": "X"}, "field", theirs["field"]
    )
    assert option == 422
    for slug in (ACME, OTHER):
        fields = "core.CustomField"
        world.make(slug, "ada", fields, model="crm.Account", label="Code", kind="text", unique=True)
        world.make(slug, "ada", fields, model="crm.Account", label="Group", kind="reference",
                   target="crm.Account")  # fmt: skip
        for expected in (201, 422):
            sent = {"name": "A", "x_code": "only one"}
            assert world.rest(slug, "ada", "POST", "/crm/accounts", sent).status_code == expected
    body = {"name": "B"}
    assert rest_as_unknown(world, "/crm/accounts", body, "x_group", theirs["account"]) == 422
    as_unknown(world, "/crm/accounts?x_group={}", theirs["account"])


def test_a_lead_becomes_an_account_of_its_own_company(world: World, theirs: dict[str, int]) -> None:
    """One of the same name elsewhere is neither found nor told."""
    lead = world.make(ACME, "ada", "crm.Lead", name="Li", company_name=f"Nord {SECRET}")
    asked = world.client(ACME, "ada").get(f"/crm/leads/{lead}/transitions/convert").text
    assert f"/crm/accounts/{theirs['account']}" not in asked
    moved = world.rest(ACME, "ada", "POST", f"/crm/leads/{lead}/transitions/convert",
                       {"version": 1})  # fmt: skip
    assert moved.status_code == 200, moved.text
    found: Any = world.rest(ACME, "ada", "GET", f"/crm/leads/{lead}").json
    account = found["account"]
    assert (account["id"] if isinstance(account, dict) else account) != theirs["account"]


@pytest.fixture
def shared_login(world: World) -> Iterator[tuple[int, int]]:
    """Somebody who works for both, logged in to each: the login, and the person here."""
    with world.inst.working(OTHER):
        login_id = find_user("rita@other.example").login_id or 0
    with world.inst.working(ACME):
        both = User(name="Both", email="both@acme.example", login_id=login_id, active=True,
                    role_id=find_user("rick@acme.example").role_id)  # fmt: skip
        db.session.add(both)
        db.session.flush()
        user_id = both.id
    with world.app.app_context(), platform_session("identify") as session:
        epoch = session.scalars(sa.select(Login.epoch).where(Login.id == login_id)).one()
    with world.app.app_context():
        for slug, address in ((ACME, "192.0.2.1"), (OTHER, "192.0.2.222")):
            company = service.load_company(slug)
            sessions.begin(login_id, epoch, company.id, address=address, agent="")
    yield login_id, user_id
    with world.inst.working(ACME):
        db.session.delete(db.session.get(User, user_id))


def test_sessions_in_another_company_are_neither_seen_nor_ended(
    world: World, shared_login: tuple[int, int]
) -> None:
    login_id, user_id = shared_login
    page = world.client(ACME, "ada").get(f"/core/users/{user_id}/login").text
    assert "192.0.2.1" in page
    assert "192.0.2.222" not in page
    assert "rita@other.example" not in page
    world.post(ACME, "ada", f"/core/users/{user_id}/sessions/end")
    with world.app.app_context():
        here, there = (service.load_company(slug).id for slug in (ACME, OTHER))
        assert sessions.of_login(login_id, here) == []
        assert "192.0.2.222" in {each.address for each in sessions.of_login(login_id, there)}


def test_nobody_looks_into_another_company_through_a_person(
    world: World, theirs: dict[str, int], shared_login: tuple[int, int]
) -> None:
    """Not as its people, and not as somebody who works there too: they are seen here only."""
    _login_id, user_id = shared_login
    as_unknown(world, "/core/users/{}/look-as", theirs["user"])
    as_unknown(world, "/core/users/{}/look-as", theirs["user"], reason="to help")
    client = world.inst.client(ACME, "ada")
    company = {"_company": str(world.company_id(ACME))}
    begun = client.post(
        f"/core/users/{user_id}/look-as", data={**company, "reason": "to help them"}
    )
    assert begun.status_code == 303
    other = world.company_id(OTHER)
    for path in ("/", "/profile", "/profile/security", "/core/tokens", "/search?q=nord"):
        text = client.get(path).text
        assert SECRET not in text
        assert "192.0.2.222" not in text
        assert f'value="{other}"' not in text
    answer = client.post("/switch", data={"company": other})
    assert answer.status_code >= 400
    assert client.get(f"/crm/accounts/{theirs['account']}").status_code == 404


def test_what_is_handed_out_of_a_person_is_of_one_company(
    world: World, shared_login: tuple[int, int]
) -> None:
    """The same address, the same login, remarks about them there."""
    for slug, word in ((OTHER, SECRET), (ACME, "zqacme")):
        contact = world.make(slug, "ada", "crm.Contact", name="Li", email="same@x.example",
                             description=word)  # fmt: skip
        world.post(slug, "ada", f"/crm/contacts/{contact}/comments", text=f"@Rita {word}")
    for path in (f"/crm/contacts/{contact}", f"/core/users/{shared_login[1]}"):
        with world.post(ACME, "ada", f"{path}/personal/file") as answer:
            assert answer.status_code == 200, path
        with zipfile.ZipFile(io.BytesIO(answer.data)) as made:
            text = "".join(made.read(name).decode() for name in made.namelist())
        for word in (SECRET, "192.0.2.222", "other.example"):
            assert word not in text, path
        assert SECRET not in world.client(ACME, "ada").get(f"{path}/personal").text


def rewritten(file: Path, to: Path, change: Callable[[str, dict[str, Any]], None]) -> None:
    """A company's file with other rows, whose sums are right."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        contents = {name: source.read(name) for name in source.namelist()}
        for name, content in contents.items():
            if name.startswith("tables/"):
                rows = [json.loads(line) for line in content.splitlines()]
                for row in rows:
                    change(name.removeprefix("tables/").removesuffix(".jsonl"), row)
                contents[name] = "".join(json.dumps(row) + "\n" for row in rows).encode()
        sums = {
            name: hashlib.sha256(data).hexdigest()
            for name, data in contents.items()
            if name != taking.SUMS
        }
        for name, data in {**contents, taking.SUMS: json.dumps(sums).encode()}.items():
            target.writestr(name, data)


@pytest.mark.parametrize(
    ("number", "said"), [(2**62, "which is no number"), (-(2**40), "which is no number"),
                         (0, "do not fit together")],
)  # fmt: skip
def test_a_file_cannot_use_up_the_numbers_of_all(
    world: World, theirs: dict[str, int], tmp_path: Path, number: int, said: str
) -> None:
    file, made = tmp_path / "acme.zip", tmp_path / "made.zip"
    with world.app.app_context():
        taking.take(ACME, file, world.inst.instance)

    def far(table: str, row: dict[str, Any]) -> None:
        if table == "core_team":
            row["id"] = number

    rewritten(file, made, far)
    with world.app.app_context(), pytest.raises(PortabilityError, match=said):
        bringing.bring(made, world.inst.instance, "twin")


def test_a_file_of_a_company_that_was_tampered_with_stays_inside(
    world: World, theirs: dict[str, int], tmp_path: Path
) -> None:
    """Its people name logins and its rows a company: both are set anew, whatever the file says."""
    file, made = tmp_path / "acme.zip", tmp_path / "made.zip"
    other, login = world.company_id(OTHER), world.user(OTHER, "ada").login_id
    with world.app.app_context():
        taking.take(ACME, file, world.inst.instance)

    def claim(table: str, row: dict[str, Any]) -> None:
        row["company_id"] = other
        if table == "core_user":
            row["login_id"] = login

    rewritten(file, made, claim)

    def kept() -> Any:
        with world.app.app_context(), platform_session("companies") as session:
            asked = sa.select(User.id, User.login_id, User.name).order_by(User.id)
            return session.execute(asked.where(User.company_id == other)).all()

    before = kept()
    with world.app.app_context():
        number = bringing.bring(made, world.inst.instance, "twin")
    assert kept() == before
    assert number != other
    with world.inst.working("twin"):
        assert set(db.session.scalars(sa.select(User.login_id))) == {None}
