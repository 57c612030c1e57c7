"""Handing out and erasing what is known about a person, with the rights that the program has."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab import comments
from core.data import sealing, settings, verifying
from core.data.audit import AuditEntry
from core.data.titles import key_of
from core.extensions import db
from core.files import attachments, storage
from core.host import services
from core.identity import factors, links
from core.identity.factors import RecoveryCode
from core.identity.links import LoginLink
from core.identity.models import Login, User
from core.identity.passkeys import Passkey
from core.identity.service import load_company
from core.jobs import sweep
from core.jobs.models import JobRun
from core.jobs.work import work_off
from core.privacy import beyond, erasing, gathering, subjects
from core.tenancy import appendonly
from core.tenancy.platform import platform_session
from plugin_api.context import clock_at, current_company, now
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel, model_of
from tests.harness import Installation, install
from tests.tenancy.roles import close, make_roles

EMAIL, PHONE, NAME = "li.na@dragon.example", "13800138000", "李娜娜"


@pytest.fixture(params=["sqlite", "postgres"])
def made(
    request: pytest.FixtureRequest, tmp_path: Path, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    if request.param == "sqlite":
        installation = install(tmp_path)
    else:
        _admin, access = make_roles(new_postgres_url)
        installation = install(
            tmp_path, database_url=access.app_url, owner_database_url=access.owner_url
        )
    for slug in ("acme", "other"):
        installation.company(slug, "crm", language="en")
        installation.person(slug, "ada", "admin")
        installation.person(slug, "rita", "rep")
        with installation.working(slug, "ada"):
            _fill()
    yield installation
    close(installation)


def _fill() -> None:
    records = services().records
    contact = records.create(
        model_of("crm.Contact"),
        {"name": NAME, "email": EMAIL, "phone": PHONE, "description": "likes tea",
         "country": "China"},
    )  # fmt: skip
    records.update(contact, {"phone": "13900139000"})
    records.update(contact, {"phone": PHONE})
    records.create(model_of("crm.Lead"), {"name": NAME, "email": EMAIL.upper(), "score": 7})
    comments.add(contact, f"Spoke to {NAME}")
    attachments.attach(contact, "card.txt", io.BytesIO(b"a business card"))


def contact_of(email: str = EMAIL) -> Any:
    model: Any = model_of("crm.Contact")
    return db.session.scalars(sa.select(model).where(model.email == email)).one()


def everything(slug: str, made: Installation) -> str:
    """All that the database holds of a company, as text."""
    with made.working(slug):
        company = db.session.scalar(sa.select(sa.func.min(User.company_id)))
    with made.app.app_context():
        models = services().registry.models.values()
        tables = [m.__table__ for m in models if issubclass(m, CompanyModel)]
    with made.app.app_context(), platform_session("companies") as session:
        return "\n".join(
            json.dumps([str(value) for value in row], ensure_ascii=False)
            for table in tables
            for row in session.execute(
                sa.select(table)
                .where(table.c.company_id == company)
                .order_by(*table.primary_key.columns)
            )
        )


def test_it_is_handed_out(made: Installation) -> None:
    with made.working("acme", "ada"):
        people = subjects.called(EMAIL)
        assert [each.model_key() for each in people] == ["crm.Contact", "crm.Lead"]
        to = io.BytesIO()
        gathering.write(people, to)
    with zipfile.ZipFile(to) as archive:
        told = json.loads(archive.read("data.json"))
        page = archive.read("index.html").decode()
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert [archive.read(name) for name in files] == [b"a business card"]
    contact, lead = told["records"]
    assert contact["values"]["phone"] == PHONE
    assert [change["action"] for change in contact["changes"]] == [
        "attach", "update", "update", "create",
    ]  # fmt: skip
    assert contact["comments"][0]["text"] == f"Spoke to {NAME}"
    assert lead["values"]["score"] == 7
    assert "likes tea" in page


def test_nothing_of_the_person_is_left_and_the_chain_stands(made: Installation) -> None:
    before = everything("other", made)
    with made.working("acme", "ada"):
        sealing.seal()
        contact = contact_of()
        number = contact.id
        digest = attachments.of(type(contact), number)[0][0].digest
        place = storage.path_of(digest)
        found = erasing.preview(subjects.same_person(contact))
        assert dict(found.traces)["Files"] == 1
        assert found.reasons == []
        erasing.erase(subjects.same_person(contact))
    held = everything("acme", made)
    for text in (EMAIL, EMAIL.upper(), PHONE, "13900139000", NAME, "likes tea", "card.txt"):
        assert text not in held, text
        assert json.dumps(text)[1:-1] not in held, text
    assert "a business card" not in held
    assert not place.exists()
    with made.working("acme", "ada"):
        again = db.session.get(model_of("crm.Contact"), number)
        assert (again.name, again.email, again.country) == (
            f"Erased person {number}", None, "China",
        )  # fmt: skip
        assert again.title_key == key_of(again.name)
        lead: Any = model_of("crm.Lead")
        assert db.session.scalars(sa.select(lead.score)).all() == [7]
        assert subjects.called(EMAIL) == []
        result = verifying.verify()
        assert (result.is_sound, result.reason) == (True, "")
        sealing.seal()
        result = verifying.verify()
        assert (result.is_sound, result.unsealed) == (True, 0)
        actions = db.session.scalars(sa.select(AuditEntry.action)).all()
        assert actions.count("erase") == 3
    assert everything("other", made) == before


def test_what_is_left_of_an_entry_is_still_proved(made: Installation) -> None:
    with made.working("acme", "ada"):
        erasing.erase(subjects.called(EMAIL))
        sealing.seal()
        entry = db.session.scalar(
            sa.select(sa.func.min(AuditEntry.id)).where(AuditEntry.model == "crm.Contact")
        )
    with made.app.app_context(), platform_session("erase") as session:
        connection = session.connection()
        with appendonly.released(connection):
            table = AuditEntry.__table__
            connection.execute(
                sa.update(table).where(table.c.id == entry).values(title="Somebody else")
            )
    with made.working("acme"):
        assert verifying.verify().entry == entry


def test_an_erasure_that_is_interrupted_is_finished_by_a_worker(
    made: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(run_id: int) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, made.working("acme", "ada"):
        sealing.seal()
        patch.setattr(beyond, "finish", killed)
        with pytest.raises(SystemExit):
            erasing.erase(subjects.called(EMAIL))
    work_off(made.app)
    with made.working("acme"):
        asked = sa.select(JobRun.state).where(JobRun.job == beyond.JOB)
        assert db.session.scalars(asked).all() == ["queued"]
        assert any(NAME in title for title in db.session.scalars(sa.select(AuditEntry.title)))
    with clock_at(now() + timedelta(minutes=2)):
        with made.app.app_context():
            sweep.sweep(timedelta(minutes=1))
        work_off(made.app)
    held = everything("acme", made)
    for text in (EMAIL, PHONE, NAME, "likes tea", "card.txt"):
        assert json.dumps(text)[1:-1] not in held and text not in held, text
    with made.working("acme", "ada"):
        sealing.seal()
        assert (verifying.verify().is_sound, verifying.verify().unsealed) == (True, 0)


def test_a_colleague_goes_with_their_login(made: Installation) -> None:
    login = made.person("acme", "gone", "rep")
    with made.working("acme"):
        company = current_company().id
    with made.app.app_context():
        links.make(links.INVITATION, company, login, "Gone@acme.example")
    with made.app.app_context(), platform_session("logins") as session:
        email = "gone@acme.example"
        number = session.scalars(sa.select(Login.id).where(Login.email == email)).one()
        values = {"totp_secret": "sealed", "totp_step": 7}
        session.execute(sa.update(Login).where(Login.id == number).values(**values))
        session.add(Passkey(login_id=number, credential="c", public_key=b"k", uses=0, name="Phone"))
    with made.app.app_context():
        factors.new_codes(number)
    with made.working("acme", "ada"):
        user: Any = db.session.get(User, login)
        with pytest.raises(Rejected, match="still works here"):
            erasing.erase([user])
        services().records.update(user, {"active": False})
        contact = contact_of()
        comments.add(contact, "@Gone please call")
        services().records.update(contact, {"owner": user})
    with made.working("acme", "ada"):
        user = db.session.get(User, login)
        erasing.erase([user])
    with made.working("acme", "ada"):
        user = db.session.get(User, login)
        assert (user.name, user.email, user.login_id) == (f"Erased person {login}", None, None)
        assert contact_of().owner_id == login
        assert verifying.verify().is_sound
    with made.app.app_context(), platform_session("identify") as session:
        held = session.scalars(sa.select(Login.email)).all()
        for left in (LoginLink, RecoveryCode, Passkey):
            assert session.scalars(sa.select(left)).all() == []
        assert session.execute(
            sa.select(Login.totp_secret, Login.totp_step).where(Login.id == number)
        ).one() == (None, 0)
    assert "gone@acme.example" not in held
    assert "gone@acme.example" not in everything("acme", made)


def test_what_stands_against_it_is_told(made: Installation) -> None:
    """``blockers_for_erase``, of the plugin and of the host."""
    with made.working("acme", "ada"):
        contact = contact_of()
        services().records.create(model_of("crm.Opportunity"), {"name": "Big", "contact": contact})
    with made.working("acme", "ada"):
        with pytest.raises(Rejected, match="1 open opportunity is with this contact"):
            erasing.erase([contact_of()])
        settings.store("core.personal_hold", 30)
        assert len(erasing.preview([contact_of()]).reasons) == 2


def test_the_page_asks_for_the_permission_and_the_name(made: Installation) -> None:
    with made.working("acme"):
        number = contact_of().id
    path = f"/crm/contacts/{number}/personal"
    assert made.client("acme", "rita").get(path).status_code in (403, 404)
    assert made.client("acme", "rita").post(f"{path}/file").status_code in (403, 404)
    ada = made.client("acme", "ada")
    page = ada.get(path).get_data(as_text=True)
    assert "Erase for good" in page
    with made.app.app_context():
        company = str(load_company("acme").id)
    wrong = ada.post(f"{path}/erase", data={"_company": company, "name": "x"})
    assert wrong.status_code == 422
    answer = ada.post(f"{path}/file", data={"_company": company})
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    answer.close()
    done = ada.post(f"{path}/erase", data={"_company": company, "name": NAME})
    assert done.status_code == 303
    assert "Erased person" in ada.get(f"/crm/contacts/{number}").get_data(as_text=True)
