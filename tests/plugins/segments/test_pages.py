"""Pages, panels, cards, jobs, files and REST of segments, as people use them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from core.data.settings import put
from core.demo.companies import quietly
from core.host import add
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import clock_at, current_company, now, today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.catalog import demo as catalog_demo
from plugins.crm import demo as crm_demo
from plugins.crm.models import Account
from plugins.segments import cards, demo
from plugins.segments.models import (
    GradeChange,
    Grading,
    Health,
    Override,
    Persona,
    Policy,
    Score,
    Segment,
)
from plugins.segments.routes import grades as grade_routes
from plugins.segments.services import health
from plugins.segments.settings import RFM_FEWEST
from tests.harness import Installation
from tests.plugins.segments.kit import account, acting, grade, grading, override, won


@pytest.fixture(scope="module")
def web(inst: Installation) -> Installation:
    """Three accounts of Ann, one of them worth most, and a grading of which nothing is written."""
    with inst.working("web"):
        for name, amount in (("Blue Mill", 900), ("Red Mill", 80), ("Green Mill", 20)):
            won(account(name, "ann"), amount, today() - dt.timedelta(days=20))
        grading(name="By sales", without="keep")
        host().records.create(
            Policy,
            {"grade": "A", "name": "Key accounts", "contact_days": 30, "owner_level": "manager",
             "price_list": "Partner prices", "answer_hours": 4},
        )  # fmt: skip
    return inst


def company(web: Installation) -> int:
    with web.working("web"):
        return current_company().id


def test_grades_are_previewed_and_written(web: Installation) -> None:
    ada = web.client("web", "ada")
    with web.working("web"):
        number = host().session.scalar(sa.select(Grading.id))
    shown = ada.get(f"/segments/gradings/{number}").get_data(True)
    assert "Nothing is graded by it yet." in shown and "Preview and write" in shown
    page = ada.get(f"/segments/grades/{number}").get_data(True)
    assert "3 changes" in page and "Blue Mill" in page and "CN¥900.00" in page
    assert web.client("web", "boss").get(f"/segments/grades/{number}").status_code == 403
    assert ada.get("/segments/grades/999999").status_code == 404
    with web.working("web"):
        assert host().session.scalar(sa.select(sa.func.count(GradeChange.id))) == 0
    answer = ada.post(f"/segments/grades/{number}", data={"_company": company(web)})
    assert answer.status_code == 303
    again = ada.get(f"/segments/grades/{number}").get_data(True)
    assert "3 accounts have another grade." in again
    assert "Every account has its grade already" in again


def test_the_account_says_where_it_stands_and_what_it_gets(web: Installation) -> None:
    with web.working("web"):
        asked = sa.select(Account.id).where(Account.name == "Blue Mill")
        number = host().session.scalar(asked)
    page = web.client("web", "ann").get(f"/crm/accounts/{number}").get_data(True)
    for text in ("Grade A", "1 of 3", "CN¥900.00", "Key accounts", "every 30 days",
                 "should be: Who leads a team", "Partner prices", "4 hours",
                 "Ask for another grade"):  # fmt: skip
        assert text in page, text


def test_an_override_goes_from_the_page_of_the_account_to_the_card_of_who_decides(
    web: Installation,
) -> None:
    ann, boss = web.client("web", "ann"), web.client("web", "boss")
    with web.working("web"):
        number = host().session.scalar(sa.select(Account.id).where(Account.name == "Green Mill"))
        until = today() + dt.timedelta(days=30)
    form = ann.get(f"/segments/overrides/new?account={number}").get_data(True)
    assert "Green Mill" in form
    made = ann.post(
        "/segments/overrides/new",
        data={"_company": company(web), "account": "Green Mill", "account__id": number,
              "grade": "A", "reason": "A pilot", "until": until.isoformat()},
    )  # fmt: skip
    assert made.status_code == 303, made.get_data(True)[-3000:]
    home = boss.get("/home/cards/segments.grades").get_data(True)
    assert "Green Mill: grade A?" in home and "A pilot" in home
    with web.working("web"):
        asked = host().session.scalar(sa.select(Override.id).where(Override.state == "asked"))
    path = f"/segments/overrides/{asked}/transitions/approve"
    refused = ann.post(path, data={"_company": company(web)})
    assert refused.status_code == 403
    assert boss.post(path, data={"_company": company(web)}).status_code == 303
    page = ann.get(f"/crm/accounts/{number}").get_data(True)
    assert "Grade A" in page and "A until" in page
    home = boss.get("/home/cards/segments.grades").get_data(True)
    assert "Green Mill: grade A?" not in home and "C → A" in home


def test_effort_against_value_is_for_who_leads(web: Installation) -> None:
    page = web.client("web", "boss").get("/segments/effort?days=90&kind=visits").get_data(True)
    assert "Effort against value" in page and "Grade A" in page
    assert web.client("web", "ann").get("/segments/effort").status_code == 403


def test_rest_grades_and_what_they_come_from(web: Installation) -> None:
    client = web.app.test_client()
    headers = web.token("web", "ann")
    found = client.get("/api/v1/segments/standings?sort=-value&grade=A", headers=headers)
    assert found.json["items"][0]["value"] == "900.0000"
    assert client.post(
        "/api/v1/segments/standings", json={"account": 1}, headers=headers
    ).status_code in (403, 405)  # fmt: skip
    assert client.get("/api/v1/measures/segments.graded?by=grade", headers=headers).json
    other = client.get("/api/v1/segments/standings", headers=web.token("web", "cai"))
    assert other.json["items"] == []


def test_the_nightly_job_grades_and_ends_overrides(inst: Installation) -> None:
    with inst.working("shop"):
        mill = account("Night Mill", "ann")
        won(mill, 10, today() - dt.timedelta(days=3))
        grading(name="Nightly")
        asked = override(mill, "D", today() + dt.timedelta(days=1))
        with acting("boss"):
            host().records.transition(asked, "approve")
        number = mill.id
    with clock_at(now() + dt.timedelta(days=2)):
        with inst.working("shop"):
            runs.start("segments.grade")
        work_off(inst.app)
    with inst.working("shop"):
        mill = host().session.scalars(sa.select(Account).where(Account.id == number)).one()
        assert grade(mill) == "A"
        assert host().session.scalars(sa.select(Override.state)).all() == ["ended"]


def test_many_grades_are_written_in_the_background(
    web: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade_routes, "AT_ONCE", 0)
    with web.working("web"):
        late = account("Late Mill", "ann")
        won(late, 5_000, today() - dt.timedelta(days=2))
        number, made = late.id, host().session.scalar(sa.select(Grading.id))
    ada = web.client("web", "ada")
    ada.post(f"/segments/grades/{made}", data={"_company": company(web)})
    assert "being written" in ada.get(f"/segments/grades/{made}").get_data(True)
    work_off(web.app)
    with web.working("web"):
        late = host().session.scalars(sa.select(Account).where(Account.id == number)).one()
        assert grade(late) == "A"


def test_a_demo_company_has_graded_accounts(inst: Installation) -> None:
    with inst.app.app_context():
        inst.company("show", "crm", "segments", currency="CNY", country="CN", language="zh")
    inst.person("show", "ann", "rep")
    with inst.working("show"):
        from core.identity.models import Team, User

        team = Team(name="North")
        host().session.add(team)
        host().session.flush()
        for each in host().session.scalars(sa.select(User)):
            each.team_id = team.id
        host().session.flush()
        with quietly():
            for part in (catalog_demo, crm_demo, demo):
                part.load(current_company(), 20)
                host().session.flush()
        counted = dict(
            host()
            .session.execute(sa.select(Account.grade, sa.func.count()).group_by(Account.grade))
            .all()
        )
        assert set(counted) >= {"A", "B", "C", "D"}
        assert host().session.scalar(sa.select(sa.func.count(Override.id))) == 2
        assert cards.grades().facts


def test_segments_are_made_looked_at_and_lead_to_their_accounts(web: Installation) -> None:
    ada, number = web.client("web", "ada"), company(web)
    form = {"_company": number, "name": "Mills", "kind": "dynamic",
            "condition": "/crm/accounts?name__contains=Mill&sort=name", "position": "1",
            "active": "true"}  # fmt: skip
    made = ada.post("/segments/segments/new", data=form)
    assert made.status_code == 303, made.get_data(True)[-2000:]
    page = ada.get("/segments/overview").get_data(True)
    assert "Mills" in page and "Champions" in page
    with web.working("web"):
        mills = host().session.scalars(sa.select(Segment).where(Segment.name == "Mills")).one()
        assert mills.condition == "name__contains=Mill" and mills.members >= 3
        path = f"/crm/accounts?behind=segments.members%3Fby.segment%3D{mills.id}"
        record = f"/segments/segments/{mills.id}"
    listed = ada.get(path).get_data(True)
    assert "Blue Mill" in listed and "Red Mill" in listed
    assert "Over a year" in ada.get(record).get_data(True)
    moved = ada.get("/segments/moves?of=segments").get_data(True)
    assert "Mills" in moved and "moved" in moved
    assert ada.get("/segments/moves?of=grades&month=nonsense").status_code == 200


def test_scores_are_fixed_anew_and_open_their_accounts(web: Installation) -> None:
    ada = web.client("web", "ada")
    assert "Nobody is scored" in ada.get("/segments/rfm").get_data(True)
    with web.working("web"):
        put(RFM_FEWEST, 5)
        rows = [
            {"account": account(f"Buyer {i}", "ann").id, "first": today() - dt.timedelta(days=400),
             "last": today() - dt.timedelta(days=30 * i + 1), "orders": i + 1}
            for i in range(6)
        ]  # fmt: skip
        for row in rows:
            score = {"account_id": row["account"], "cell": "loyal", "r": 3, "f": 2, "m": 1,
                     "first_on": row["first"], "last_on": row["last"], "orders": row["orders"],
                     "money": Decimal(10)}  # fmt: skip
            host().session.add(Score(**score))
    page = ada.get("/segments/rfm").get_data(True)
    assert "Loyal" in page and "CN¥60.00" in page
    behind = "/crm/accounts?behind=segments.scored%3Fby.r%3D3%26by.f%3D2"
    assert "segments.scored?by.r=3" in page or behind in page
    assert "Buyer 0" in ada.get(behind).get_data(True)
    with web.working("web"):
        number = host().session.scalar(sa.select(Account.id).where(Account.name == "Buyer 0"))
    assert "Recency 3/5" in web.client("web", "ann").get(f"/crm/accounts/{number}").get_data(True)
    assert web.client("web", "ann").post(
        "/segments/rfm", data={"_company": company(web)}
    ).status_code == 403  # fmt: skip
    assert ada.post("/segments/rfm", data={"_company": company(web)}).status_code == 303


def test_overdue_money_and_critical_cases_weigh_on_health(web: Installation) -> None:
    case, invoice_due = model_of("service.Case"), model_of("sales.Receivable")
    with web.working("web"):
        mill = account("Owing Mill", "ann")
        add(
            invoice_due,
            [
                {"name": "I-1", "account_id": mill.id, "status": "due", "currency": "CNY",
                 "amount": 100, "open": 100, "amount_company": 100, "open_company": 100,
                 "due_on": today() - dt.timedelta(days=30)},
                {"name": "I-2", "account_id": mill.id, "status": "planned", "currency": "CNY",
                 "amount": 100, "open": 100, "amount_company": 100, "open_company": 100,
                 "due_on": today() - dt.timedelta(days=90)},
            ],
        )  # fmt: skip
        for priority in ("critical", "normal"):
            given = {"name": "It stands still", "account_id": mill.id, "priority": priority}
            host().records.create(case, given)
        health.refresh()
        asked = sa.select(Health.parts).where(Health.account_id == mill.id)
        parts = host().session.scalar(asked)
        assert parts["overdue"] == [30, 50, 20] and parts["cases"] == [1, 67, 10]
        number = mill.id
    page = web.client("web", "ann").get(f"/crm/accounts/{number}").get_data(True)
    assert "Days that money is overdue" in page and "30: 50 points, weight 20" in page
    listed = web.client("web", "ann").get("/segments/health").get_data(True)
    assert "Owing Mill" in listed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_both_languages(web: Installation, language: str) -> None:
    with web.working("web"):
        host().records.create(Persona, {"name": f"Everybody {language}", "position": 9})
        number = host().session.scalar(sa.select(Grading.id))
    client = web.client("web", "ada", language)
    for page in ("overview", "rfm", "moves", "personas-measured", "effort", f"grades/{number}"):
        assert client.get(f"/segments/{page}").status_code == 200, page
