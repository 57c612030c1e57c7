"""Pages, REST, files, jobs and the demo of risks, in a company that uses nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import make_map
from core.demo.companies import quietly
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import current_company, today
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugin_api.paper import Font
from plugins.risk import cards, demo
from plugins.risk.models import Control, Indicator, Response, Risk, Rule, Score
from plugins.risk.services import paper
from tests.harness import Installation
from tests.importing.files import written
from tests.importing.kit import reasons
from tests.plugins.risk.kit import control, in_money, response, risk, user

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def web(inst: Installation) -> Installation:
    """A risk of Ann with a control, two causes and an acceptance that the boss is asked for."""
    with inst.working("alone"):
        made = risk(
            "ann", name="Key customer leaves", cause="Late deliveries\nPrice war",
            effect="Revenue falls", inherent_likelihood=4, inherent_impact=5,
            **in_money("inherent", 30, 200_000, inherent_low=100_000_00, inherent_high=300_000_00),
        )  # fmt: skip
        control(made, name="Quarterly meeting", cost=12_000_00)
        control(made, name="Second source", kind="corrective")
        response(
            made, "accept", name="Go on until the fair", approver_id=user("boss"),
            expires_on=today() + 30 * DAY,
        )  # fmt: skip
        risk("bo", name="Data get out", category="own", **in_money("inherent", 10, 50_000))
    return inst


def number(web: Installation, model: Any, name: str) -> int:
    with web.working("alone"):
        return int(host().session.scalar(sa.select(model.id).where(model.name == name)))


def company(web: Installation) -> str:
    with web.working("alone"):
        return str(current_company().id)


def test_the_map_leads_to_records(web: Installation) -> None:
    page = web.client("alone", "boss").get("/risk/map").text
    assert "2 risks on the map" in page
    href = "/risk/risks?state=open&amp;likelihood=4&amp;impact=5"
    assert href in page
    listed = web.client("alone", "boss").get(href.replace("&amp;", "&")).text
    assert "Key customer leaves" in listed and "Data get out" not in listed
    own = web.client("alone", "ann").get("/risk/map").text
    assert "1 risk on the map" in own and "Report (PDF)" not in own
    narrowed = web.client("alone", "boss").get("/risk/map?category=own&level=inherent").text
    assert "1 risk on the map" in narrowed and "a score up to 9" in narrowed
    assert web.client("alone", "boss", "zh").get("/risk/map?level=x&category=y").status_code == 200


def test_the_bow_tie_is_drawn_and_listed(web: Installation) -> None:
    path = f"/risk/bow-tie/{number(web, Risk, 'Key customer leaves')}"
    page = web.client("alone", "ann").get(path).text
    assert page.count("<rect") == 6
    for words in ("Late deliveries", "Price war", "Quarterly meeting", "Second source"):
        assert page.count(words) >= 2, "drawn, and in the list"
    assert web.client("alone", "bo").get(path).status_code == 404


def test_the_simulation_says_what_it_assumes(web: Installation) -> None:
    boss = web.client("alone", "boss")
    page = boss.get("/risk/simulation?common=0&within=0&runs=1000&seed=3").text
    assert "P95" in page and "With 0 and 0 they are independent" in page
    assert "37 %" in page, "1 − 0.7 × 0.9"
    assert boss.get("/risk/simulation?common=0&within=0&runs=1000&seed=3").text.count("CN¥") > 5
    for odd in ("common=900&within=x", "runs=-1&seed=99999999999", "level=all&common=95"):
        assert boss.get(f"/risk/simulation?{odd}").status_code == 200
    assert web.client("alone", "ann").get("/risk/simulation").status_code == 403


def test_the_report_is_made_in_both_languages(web: Installation) -> None:
    boss = web.client("alone", "boss")
    found = boss.get("/risk/report.pdf?language=zh")
    assert found.data.startswith(b"%PDF-") and found.mimetype == "application/pdf"
    assert found.headers["Content-Disposition"].endswith("-zh.pdf")
    with web.working("alone", "boss"):
        assert paper.pdf("en", Font()).startswith(b"%PDF-")
        with pytest.raises(Rejected):
            paper.pdf("zh", Font())
    assert web.client("alone", "ann").get("/risk/report.pdf").status_code == 403


def test_looking_for_risks_shows_what_rests(web: Installation) -> None:
    boss = web.client("alone", "boss")
    page = boss.get("/risk/detection").text
    assert "It rests while these are switched off: sales, crm" in page
    form = {"_company": company(web), "rule": str(number(web, Rule, "Deal that slips"))}
    assert boss.post("/risk/detection", data=form).status_code == 303
    for wrong in ("x", "987654321"):
        assert boss.post("/risk/detection", data={**form, "rule": wrong}).status_code == 404
    assert web.client("alone", "ann").get("/risk/detection").status_code == 403


def test_a_record_page_says_what_controls_bring(web: Installation) -> None:
    ann, number_ = web.client("alone", "ann"), number(web, Risk, "Key customer leaves")
    with web.working("alone", "ann"):
        made = host().records.get(Risk, number_)
        given = {"residual_likelihood": 2, "residual_impact": 4, "inherent_low": None,
                 "inherent_high": None, **in_money("residual", 10, 150_000)}  # fmt: skip
        host().records.update(made, given)
    page = ann.get(f"/risk/risks/{number_}").text
    assert "Benefit of the controls" in page and "CN¥33,000.00" in page
    assert "Bow tie" in page and "a score up to 9" in page


# -- the same refusals on every path -------------------------------------------------------------


def test_rest_refuses_for_the_same_reasons(web: Installation) -> None:
    client, headers = web.app.test_client(), web.token("alone", "ann")

    def post(path: str, values: Any) -> Any:
        return client.post(f"/api/v1/risk/{path}", json=values, headers=headers)

    about = number(web, Risk, "Key customer leaves")
    lone = post("risks", {"name": "By REST", "inherent_likelihood": 3, "inherent_impact": 3})
    assert lone.status_code == 201 and lone.json["state"] == "open" and lone.json["score"] == 9
    refused = client.patch(
        f"/api/v1/risk/risks/{lone.json['id']}", headers=headers,
        json={"residual_likelihood": 1, "residual_impact": 1, "version": lone.json["version"]},
    )  # fmt: skip
    assert refused.status_code == 422 and "needs a control" in refused.text
    for strategy, field in (("transfer", "counterparty"), ("accept", "approver"),
                            ("avoid", "given_up"), ("mitigate", "due")):  # fmt: skip
        given = {"name": "X", "risk": about, "strategy": strategy, "owner": user_id(web, "ann")}
        refused = post("responses", given)
        assert refused.status_code == 422 and field in refused.text
    accepts = number(web, Response, "Go on until the fair")
    url = f"responses/{accepts}/transitions/approve"
    assert "approver" in post(url, {}).text
    boss = client.post(f"/api/v1/risk/{url}", json={}, headers=web.token("alone", "boss"))
    assert boss.status_code == 200
    scores = client.get(f"/api/v1/risk/scores?risk={about}", headers=headers).json["items"]
    assert scores and client.patch(
        f"/api/v1/risk/scores/{scores[0]['id']}", json={"score": 1, "version": 1}, headers=headers
    ).status_code in (403, 404, 405)


def user_id(web: Installation, name: str) -> int:
    return web.user_id("alone", name)


def test_files_and_many_at_once_refuse_for_the_same_reasons(
    web: Installation, tmp_path: Path
) -> None:
    def taken(model: Any, rows: str) -> Any:
        path = written(tmp_path, rows)
        return run_import(Order(model=model, path=path, map=make_map({})))

    with web.working("alone"):
        found = taken(
            Risk,
            "name,category,inherent_likelihood,inherent_impact,residual_likelihood,"
            "residual_impact\nBy file,market,3,4,,\nWithout control,market,3,4,1,1\n",
        )
        assert [(line, field) for line, field, _why in reasons(found)] == [
            (3, "residual_likelihood")
        ]
        assert "needs a control" in reasons(found)[0][2]
        found = taken(Response, "name,risk,strategy\nX,Data get out,transfer\n")
        assert "To transfer a risk, say to whom." in reasons(found)[0][2]
        of = host().session.scalars(sa.select(Risk).where(Risk.name == "Data get out")).one()
        made_id = response(of, "transfer", name="Insure", counterparty="A bank").id
    form = {
        "_company": company(web), "action": "edit", "field": "strategy", "strategy": "accept",
        "ids": [str(made_id)], "confirmed": "1",
    }  # fmt: skip
    many = web.client("alone", "ada").post("/risk/responses/bulk", data=form)
    assert many.status_code == 422 and "say who approves it" in many.text


def test_an_export_holds_what_a_file_needs(web: Installation) -> None:
    file = web.client("alone", "boss").get("/risk/risks/export?format=csv")
    assert file.status_code == 200 and "Key customer leaves" in file.text
    file.close()


# -- jobs, cards, statements, the demo -------------------------------------------------------------


def test_jobs_work_alone_and_are_repeatable(web: Installation) -> None:
    with web.working("alone"):
        host().records.create(
            Indicator,
            {"name": "Risks", "measure": "risk.open", "alarm_at": 1, "owner_id": user("boss")},
        )
        for job in ("risk.detect", "risk.measure", "risk.escalate") * 2:
            runs.start(job)
    work_off(web.app)
    with web.working("alone"):
        run: Any = model_of("core.JobRun")
        asked = sa.select(run.state, run.result).where(run.job.like("risk.%")).order_by(run.id)
        results = [tuple(row) for row in host().session.execute(asked)]
        assert {state for state, _result in results} == {"done"}
        assert {"measured": 1} in [result for _state, result in results]
        found = host().session.scalars(sa.select(Indicator)).one()
        assert found.standing == "alarm" and found.value >= 2


def test_cards_say_what_waits(web: Installation) -> None:
    with web.working("alone"):
        made = risk("ann", name="To review", review_on=today())
        response(
            made, "accept", name="Wait for spring", approver_id=user("eve"),
            expires_on=today() + DAY,
        )  # fmt: skip
    with web.working("alone", "ann"):
        assert [line.text for line in cards.mine().lines] == ["To review"]
        assert "Key customer leaves" in [line.text for line in cards.over().lines]
    with web.working("alone", "eve"):
        assert [line.text for line in cards.mine().lines] == ["Wait for spring"]


def test_pages_send_as_many_statements_for_many_risks_as_for_few(
    web: Installation, counted: Any
) -> None:
    boss, ids = web.client("alone", "boss"), [web.user_id("alone", name) for name in ("ann", "bo")]

    def statements() -> dict[str, int]:
        sent_ = {}
        for path in ("/risk/risks?sort=-priority", "/risk/map"):
            with web.app.app_context(), counted() as seen:
                assert boss.get(path).status_code == 200
            sent_[path] = len(seen)
        return sent_

    statements()
    few = statements()
    rows = [
        {"name": f"Many {i}", "owner_id": ids[i % 2],
         "category": ("market", "own", "customer")[i % 3], "inherent_likelihood": 1 + i % 5,
         "inherent_impact": 1 + i // 5 % 5}
        for i in range(300)
    ]  # fmt: skip
    with web.working("alone"), quietly():
        host().records.create_many(Risk, rows)
    assert statements() == few


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_has_something_of_everything(inst: Installation, language: str) -> None:
    slug = f"demo-{language}"
    inst.company(slug, "risk", currency="CNY", country="CN", language=language)
    for name, role in (("li", "manager"), ("wu", "rep")):
        inst.person(slug, name, role)
    with inst.working(slug), quietly():
        demo.load(current_company(), 20)
        count = {
            model: host().session.scalar(sa.select(sa.func.count(model.id)))
            for model in (Risk, Control, Response, Score)
        }
        assert count[Risk] == 6 and count[Control] >= 5 and count[Score] >= 9
        assert count[Response] == 4
        demo.load(current_company(), 20)
        assert host().session.scalar(sa.select(sa.func.count(Risk.id))) == 6
        name = host().session.scalar(sa.select(Risk.name).order_by(Risk.id).limit(1))
        assert (ord(name[0]) > 255) == (language == "zh")
