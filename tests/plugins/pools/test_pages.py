"""Pages, cards, columns, jobs, files and REST of the pools, as people use them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
import sqlalchemy as sa

from core.demo.companies import quietly
from core.identity.models import Team
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import current_company, today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.catalog import demo as catalog_demo
from plugins.crm import demo as crm_demo
from plugins.pools import cards, demo
from plugins.pools.models import Place, Pool
from tests.harness import Installation
from tests.plugins.pools.kit import account, changes, lead, place_of, pool, rule, user


@pytest.fixture(scope="module")
def web(inst: Installation) -> Installation:
    """A pool in which three accounts lie, one of them claimed by Ann ten days ago."""
    with inst.working("web"):
        of = pool(
            name="Open pool", takes="all", ban_days=7, description="Claim what you can follow up."
        )
        rule(of, 15, name="A call in 15 days")
        account("Blue Mill", phone="13812345678", email="jo@blue.example", city="Wuxi")
        account("Red Mill", phone="13987654321", city="Suzhou")
        mine = account("My Mill", "ann", phone="13700000000")
        place = place_of(mine)
        place.pool_id, place.since = of.id, today() - dt.timedelta(days=12)
        pool(name="Leads", kind="lead")
        lead("Jo Park", company_name="Green Mill", phone="13612345678")
    return inst


def path(web: Installation, name: str) -> str:
    with web.working("web"):
        place = host().session.scalars(sa.select(Place).where(Place.name == name)).one()
        return f"/pools/places/{place.id}"


def test_a_rep_looks_through_the_pool_and_claims(web: Installation) -> None:
    rep = web.client("web", "ann")
    page = rep.get("/pools/overview").get_data(True)
    assert "Open pool" in page and "Leads" in page
    listed = rep.get("/pools/places?state=free").get_data(True)
    assert "Blue Mill" in listed and "138****5678" in listed
    assert "13812345678" not in listed
    at = path(web, "Blue Mill")
    shown = rep.get(at).get_data(True)
    assert "138****5678" in shown and "j***@blue.example" in shown
    assert "13812345678" not in shown and "Shown whole once it is claimed" in shown
    answer = rep.post(f"{at}/transitions/claim", data={"_company": company(web)})
    assert answer.status_code == 303 and "/crm/accounts/" in answer.headers["Location"]
    account_page = rep.get(answer.headers["Location"]).get_data(True)
    assert "13812345678" in account_page and "Give back" in account_page
    late = web.client("web", "bo").post(f"{at}/transitions/claim", data={"_company": company(web)})
    assert late.status_code == 422
    assert "Ann has it already" in late.get_data(True)
    given = rep.post(
        f"{at}/transitions/give_back", data={"_company": company(web), "reason": "Too far"}
    )
    assert given.status_code == 303, re.findall(
        "(?s)(?:alert|feedback)[^>]*>([^<]+)", given.get_data(True)
    )
    timeline = web.client("web", "ada").get(account_path(web, "Blue Mill")).get_data(True)
    assert "Given back" in timeline and "Too far" in timeline


def test_claiming_several_at_once_from_the_list(web: Installation) -> None:
    rep = web.client("web", "cai")
    ids = [path(web, name).rsplit("/", 1)[1] for name in ("Blue Mill", "Red Mill")]
    form = {"_company": company(web), "action": "transition:claim", "ids": ids, "confirmed": "1"}
    assert rep.post("/pools/places/bulk", data=form).status_code == 303
    with web.working("web"):
        held = sa.select(sa.func.count(Place.id)).where(Place.owner_id == user("cai"))
        assert host().session.scalar(held) == 2
        for place in host().session.scalars(sa.select(Place).where(Place.owner_id == user("cai"))):
            host().records.transition(place, "take_back", {"reason": "Test"})


def test_what_returns_is_shown_before(web: Installation) -> None:
    rep = web.client("web", "ann")
    page = rep.get("/pools/returns?days=7").get_data(True)
    assert "My Mill" in page and "1 record returns" in page and "A call in 15 days" in page
    assert "My Mill" not in web.client("web", "bo").get("/pools/returns").get_data(True)
    team = web.client("web", "boss").get("/pools/returns").get_data(True)
    assert "My Mill" in team and "Ann" in team
    with web.working("web", "ann"):
        [line] = cards.soon().lines
        assert line.text == "My Mill" and line.note.startswith("no contact for 15 days")
        assert [fact.label for fact in cards.free().facts] == ["Open pool", "Leads"]
    listed = rep.get("/crm/accounts").get_data(True)
    assert "Returns" in listed
    record = rep.get(account_path(web, "My Mill")).get_data(True)
    assert "A call in 15 days" in record and "Open pool" in record
    with web.working("web"):
        of = host().session.scalars(sa.select(Pool).where(Pool.name == "Open pool")).one()
        at = f"/pools/pools/{of.id}"
    shown = web.client("web", "ada").get(at).get_data(True)
    assert "Returns with its rules" in shown


def test_programs_claim_through_rest(web: Installation) -> None:
    client, headers = web.app.test_client(), web.token("web", "bo")
    found = client.get("/api/v1/pools/places?state=free&kind=lead", headers=headers).json["items"]
    [place] = found
    assert place["name"] == "Green Mill · Jo Park"
    url = f"/api/v1/pools/places/{place['id']}/transitions/claim"
    assert client.post(url, json={}, headers=headers).status_code == 200
    late = client.post(url, json={}, headers=web.token("web", "ann"))
    assert late.status_code == 422 and "Bo has it already" in late.get_data(True)
    back = url.replace("claim", "give_back")
    assert client.post(back, json={}, headers=headers).status_code == 422, "no reason"
    assert client.post(back, json={"reason": "No"}, headers=headers).status_code == 200


def test_records_are_put_into_pools_by_a_file(web: Installation) -> None:
    with web.working("web"):
        pool(name="By hand", takes="hand", position=9)
        account("Grey Mill", "ann", archived=True)
    boss = web.client("web", "ada")
    rows = b"pool,account\nBy hand,Blue Mill\n"
    sent = {"_company": company(web), "file": (io.BytesIO(rows), "a.csv")}
    answer = boss.post("/pools/places/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code in (200, 303)


def test_the_morning_is_repeatable_and_told(web: Installation) -> None:
    with web.working("web"):
        of = pool(name="Old", kind="lead", takes="all", position=-1, condition="city=Old")
        rule(of, 1, "won")
        jo = lead("Old Jo", "bo", city="Old")
        place = place_of(jo)
        place.since, place_id = today() - dt.timedelta(days=3), place.id
        runs.start("pools.return_due")
    work_off(web.app)
    with web.working("web"):
        place = host().session.scalars(sa.select(Place).where(Place.id == place_id)).one()
        assert (place.state, changes(place)) == ("free", ["entered", "reclaimed"])
        runs.start("pools.return_due")
        runs.start("pools.remind")
    work_off(web.app)
    with web.working("web"):
        place = host().session.scalars(sa.select(Place).where(Place.id == place_id)).one()
        assert changes(place) == ["entered", "reclaimed"]
        run: Any = model_of("core.JobRun")
        asked = sa.select(run.result).where(run.job.like("pools.%")).order_by(run.id)
        assert list(host().session.scalars(asked)) == [
            {"entered": 0, "returned": 1}, {"entered": 0, "returned": 0}, {"reminded": 1},
        ]  # fmt: skip


def test_measures_count_who_got_and_lost_what(web: Installation) -> None:
    with web.working("web"):
        table = host().measures.table("pools.claimed", by=("user",))
        assert {point.labels[0]: int(point.value or 0) for point in table}["Ann"] >= 1
        assert (host().measures.value("pools.free") or 0) >= 2
        assert host().measures.value("pools.reclaimed") is not None


def test_the_demo_has_something_of_everything(inst: Installation) -> None:
    inst.company("demo", "crm", "activities", "pools", currency="CNY", country="CN")
    with inst.working("demo"):
        north = Team(name="North")
        host().session.add(north)
        host().session.flush()
        team_id = north.id
    for name in ("li", "wu"):
        inst.person("demo", name, "rep", team_id)
    with inst.working("demo"), quietly():
        for each in (catalog_demo, crm_demo, demo):
            each.load(current_company(), 20)
        free = sa.select(Place.kind, sa.func.count()).where(Place.state == "free")
        counts = dict(host().session.execute(free.group_by(Place.kind)).all())
        assert counts["account"] >= 10 and counts["lead"] >= 10
        before = host().session.scalar(sa.select(sa.func.count(Place.id)))
        demo.load(current_company(), 20)
        assert host().session.scalar(sa.select(sa.func.count(Place.id))) == before


def company(web: Installation) -> str:
    with web.working("web"):
        return str(current_company().id)


def account_path(web: Installation, name: str) -> str:
    with web.working("web"):
        place = host().session.scalars(sa.select(Place).where(Place.name == name)).one()
        return f"/crm/accounts/{place.account_id}"
