"""Records about people that nobody needs any more are erased by the company's own rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from core.data import sealing, verifying
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.hosting.contribution import UnusableError
from core.identity.service import load_company
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.work import work_off
from core.privacy import erasing, holds, retaining
from plugin_api.context import SYSTEM, Company, acting_as, clock_at
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugin_api.retention import Retention
from tests.harness import Installation, install
from tests.hosting.test_contribution import ask
from tests.tenancy.roles import close, make_roles

START = datetime(2024, 1, 10, 9, tzinfo=UTC)
LATER = START + timedelta(days=800)
"""More than 24 months, less than 36."""
LOST, QUIET, CONTACTS = "crm.lost_leads", "crm.quiet_leads", "crm.quiet_contacts"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def made(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    new_postgres_url: Callable[[], str],
) -> Iterator[Installation]:
    """Two companies with one lead after the other, disqualified long ago."""
    folder = tmp_path_factory.mktemp("retention")
    if request.param == "sqlite":
        inst = install(folder)
    else:
        _admin, access = make_roles(new_postgres_url)
        inst = install(folder, database_url=access.app_url, owner_database_url=access.owner_url)
    for slug in ("acme", "other"):
        inst.company(slug, "crm", language="en", timezone="UTC")
        inst.person(slug, "ada", "admin")
        inst.person(slug, "rita", "rep")
    yield inst
    close(inst)


def make(kind: str, **values: Any) -> Any:
    return services().records.create(model_of(kind), values)  # type: ignore[type-var]


def lost(name: str, **values: Any) -> Any:
    """A lead that leads nowhere."""
    lead = make(
        "crm.Lead", name=name, email=f"{name.lower().replace(' ', '.')}@x.example", **values
    )
    services().records.transition(lead, "disqualify", {"disqualify_reason": "no budget"})
    return lead


def names(key: str) -> list[str]:
    [due] = [each for each in retaining.preview() if each.key == key]
    assert due.count == len(due.records)
    return [name for _record, name, _reasons in due.records]


def work(made: Installation, slug: str = "acme") -> dict[str, Any]:
    """The job, once; what it tells."""
    with made.working(slug):
        run_id = runs.start("core.retention")
    work_off(made.app)
    with made.working(slug):
        run = db.session.scalars(sa.select(JobRun).where(JobRun.id == run_id)).one()
        assert run.state == "done", run.error
        return {name: run.result[name] for name in ("erased", "kept")}


def named(kind: str) -> list[str]:
    model: Any = model_of(kind)
    return list(db.session.scalars(sa.select(model.name).order_by(model.id)))


@pytest.fixture(scope="module")
def leads(made: Installation) -> dict[str, int]:
    """Of acme, by name; the same of other."""
    with clock_at(START):
        with made.working("other", "rita"):
            lost("Nina Other")
        with made.working("acme", "rita"):
            ids = {each: lost(each).id for each in ("Anna Gone", "Bert Held", "Carl Fresh")}
            ids["Dora Open"] = make("crm.Lead", name="Dora Open").id
    with clock_at(LATER - timedelta(days=30)), made.working("acme", "rita"):
        fresh = services().records.get(model_of("crm.Lead"), ids["Carl Fresh"])
        services().records.update(fresh, {"campaign": "spring"})
    return ids


def test_rules_work_as_the_company_says(made: Installation, leads: dict[str, int]) -> None:
    with clock_at(LATER):
        with made.working("acme", "ada"):
            assert names(LOST) == ["Anna Gone", "Bert Held"], "proposed, not on"
        assert work(made) == {"erased": 0, "kept": 0}, "no rule is on"
        with made.working("acme", "ada"):
            held = services().records.get(model_of("crm.Lead"), leads["Bert Held"])
            holds.keep(held, "Lawsuit 4711")
            retaining.switch(LOST, 24)
            retaining.switch(QUIET, 36)
        with made.working("acme", "ada"):
            assert names(LOST) == ["Anna Gone"] and names(QUIET) == []
        assert work(made) == {"erased": 1, "kept": 0}
        assert work(made) == {"erased": 0, "kept": 0}, "each is taken once"
        with made.working("acme"):
            gone = f"Erased person {leads['Anna Gone']}"
            assert named("crm.Lead") == [gone, "Bert Held", "Carl Fresh", "Dora Open"]
            record: Any = services().records.get(model_of("crm.Lead"), leads["Anna Gone"])
            assert (record.email, record.disqualify_reason) == (None, "no budget")
            said = db.session.scalars(
                sa.select(AuditEntry.changes).where(
                    AuditEntry.model == "crm.Lead", AuditEntry.record_id == record.id
                )
            ).all()
            assert "Anna" not in str(said)
        with made.working("other"):
            assert named("crm.Lead") == ["Nina Other"], "another company's rules are its own"
        with made.working("acme"):
            sealing.seal()
        with made.working("acme"):
            assert verifying.verify().reason == ""


def test_what_comes_back_to_life_is_taken_again_later(
    made: Installation, leads: dict[str, int]
) -> None:
    """A record that was erased, filled in again and forgotten again."""
    with clock_at(LATER + timedelta(days=1)), made.working("acme", "ada"):
        record = services().records.get(model_of("crm.Lead"), leads["Anna Gone"])
        services().records.update(record, {"name": "Anna Again"})
    with clock_at(LATER + timedelta(days=2)), made.working("acme", "ada"):
        assert names(LOST) == []
    with clock_at(LATER + timedelta(days=900)), made.working("acme", "ada"):
        assert "Anna Again" in names(LOST)


def test_a_hold_keeps_a_record_from_everybody(made: Installation, leads: dict[str, int]) -> None:
    with made.working("acme", "ada"):
        record = services().records.get(model_of("crm.Lead"), leads["Bert Held"])
        assert [str(each) for each in erasing.reasons([record])] == ["It is on hold: Lawsuit 4711"]
        with pytest.raises(Rejected, match="on hold"):
            erasing.erase([record])
        with pytest.raises(Rejected, match="on hold"):
            services().records.delete(record)
        with pytest.raises(Rejected, match="Say why"):
            holds.keep(record, "  ")
        holds.keep(record, "Lawsuit 4711, second instance")
        assert "second" in holds.reasons(record)[0]
        holds.lift(record)
        holds.lift(record)
        assert holds.reasons(record) == []
        db.session.commit()
        services().records.delete(record)
        db.session.rollback()


def test_contacts_are_needed_while_somebody_deals_with_them(made: Installation) -> None:
    with clock_at(START), made.working("other", "rita"):
        account = make("crm.Account", name="Nord")
        for name in ("Ola Open", "Paul Past", "Quinn Quiet"):
            make("crm.Contact", name=name, account=account.id)
        by_name = {row[0]: row[1] for row in db.session.execute(_contacts())}
        for name in ("Ola Open", "Paul Past"):
            make("crm.Opportunity", name=name, account=account.id, contact=by_name[name],
                 expected_close=dt.date(2024, 3, 1), amount=100)  # fmt: skip
    with clock_at(START + timedelta(days=200)), made.working("other", "rita"):
        model: Any = model_of("crm.Opportunity")
        past = db.session.scalars(sa.select(model).where(model.name == "Paul Past")).one()
        services().records.update(past, {"description": "asked once more"})
    with clock_at(START + timedelta(days=60 * 31)), made.working("other", "ada"):
        assert names(CONTACTS) == ["Quinn Quiet"], "open opportunities keep theirs"


def _contacts() -> Any:
    model: Any = model_of("crm.Contact")
    return sa.select(model.name, model.id)


def test_the_page_shows_what_goes_and_keeps_what_is_said(
    made: Installation, leads: dict[str, int]
) -> None:
    with clock_at(LATER), made.app.app_context():
        client, rep = made.client("acme", "ada"), made.client("acme", "rita")
        company = str(load_company("acme").id)
    with clock_at(LATER):
        assert rep.get("/core/retention").status_code == 403
        page = client.get("/core/retention")
        text = page.get_data(as_text=True)
        assert page.status_code == 200 and "Leads that were disqualified" in text
        assert "1 record goes on" in text and "Bert Held" in text and "Nina" not in text
        sent = {"_company": company, LOST: "12", QUIET: "", CONTACTS: "6"}
        assert client.post("/core/retention", data=sent).status_code == 303
        wrong = client.post("/core/retention", data={**sent, LOST: "0", QUIET: "many"})
        text = wrong.get_data(as_text=True)
        assert wrong.status_code == 422 and "From 1 to 600 months." in text
        assert "Not a whole number." in text and 'value="many"' in text
        assert rep.post("/core/retention", data=sent).status_code == 403
        with made.working("acme"):
            assert [retaining.months_of(key) for key in (LOST, QUIET, CONTACTS)] == [12, None, 6]
        personal = f"/crm/leads/{leads['Carl Fresh']}/personal"
        empty = client.post(f"{personal}/hold", data={"_company": company, "reason": ""})
        assert empty.status_code == 422 and "Say why" in empty.get_data(as_text=True)
        form = {"_company": company, "reason": "Audit 2026"}
        assert client.post(f"{personal}/hold", data=form).status_code == 303
        assert "Audit 2026" in client.get(personal).get_data(as_text=True)
        assert client.post(f"{personal}/lift", data=form).status_code == 303
        assert rep.post(f"{personal}/hold", data=form).status_code in (403, 404)
        record = client.get(f"/crm/leads/{leads['Carl Fresh']}").get_data(as_text=True)
        assert "put it on hold" in record and "lifted the hold" in record


@given(
    st.timedeltas(timedelta(0), timedelta(days=3650)),
    st.integers(1, retaining.LONGEST),
)
def test_months_are_counted_by_the_calendar(after: timedelta, months: int) -> None:
    company = Company(
        id=1, slug="a", name="A", currency="EUR", timezone="Asia/Shanghai", language="en",
        country="CN", fiscal_year_start=1, work_days=frozenset({1}),
    )  # fmt: skip
    at, zone = START + after, ZoneInfo("Asia/Shanghai")
    with acting_as(company, SYSTEM):
        begun = retaining.before(at, months)
    here, there = (each.astimezone(zone) for each in (at, begun))
    passed = (here.year - there.year) * 12 + here.month - there.month
    assert passed == months and there.day <= here.day and there.time() == dt.time()
    assert there.day == here.day or (there + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"model": "core.CompanyPlugin"}, "no model with personal fields"),
        ({"model": "core.Nothing"}, "no model with personal fields"),
        ({"months": 0}, "0 months are none"),
    ],
)
def test_register_retention_refuses_what_makes_no_sense(rule: dict[str, Any], why: str) -> None:
    given: dict[str, Any] = {
        "id": "old", "model": "core.User", "label": "Old", "due": lambda before: sa.true(),
        "months": 12, **rule,
    }  # fmt: skip
    with pytest.raises(UnusableError, match=why):
        ask({"register_retention": (Retention(**given),)})
    fits = {**given, "model": "core.User", "months": 12}
    assert len(ask({"register_retention": (Retention(**fits),)}).retention) == 1
    with pytest.raises(UnusableError, match="registered twice"):
        ask({"register_retention": (Retention(**fits), Retention(**fits))})
