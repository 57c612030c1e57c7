"""Pages of analyses, REST and files, as people and programs use them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import current_company, today
from plugin_api.host import host
from plugin_api.paper import font
from plugins.swot import demo
from plugins.swot.models import Analysis, Idea, Item, Option, Pair
from plugins.swot.services import slides
from tests.harness import Installation
from tests.plugins.swot.kit import acting, analysis, item, joined, pair, whole

SECRET = "Zebra prices are too high"


@pytest.fixture(scope="module")
def web(inst: Installation) -> Installation:
    """The boss's analysis of this year, and one of a competitor."""
    with inst.working("web"):
        of, made = whole()
        joined(of, "ann", "bo")
        pair(of, made["s1"], made["o1"], 3)
        pair(of, made["w1"], made["t1"], 2)
        rival = analysis("The rival", kind="competitor", subject="Rival Ltd")
        whole(rival)
    return inst


def one(model: Any, name: str) -> Any:
    return host().session.scalars(sa.select(model).where(model.name == name)).one()


def form(web: Installation, **values: Any) -> dict[str, Any]:
    with web.working("web"):
        return {"_company": str(current_company().id), **values}


def number(web: Installation, name: str = "Us this year") -> int:
    with web.working("web"):
        return int(one(Analysis, name).id)


def test_the_board_and_what_lacks(web: Installation) -> None:
    at = f"/swot/board/{number(web)}"
    boss = web.client("web", "boss")
    page = boss.get(at).get_data(True)
    assert "Strengths" in page and "0.4 × 4 = 1.6" in page and "data-moves" in page
    assert "What lacks to finish it" not in page
    with web.working("web"):
        moved = (
            host()
            .session.scalars(sa.select(Item).where(Item.name == "A cheap rival").order_by(Item.id))
            .first()
        )
        assert moved is not None
        href, version = host().record_url("swot.Item", moved.id), moved.version
    answer = boss.post(
        href, data=form(web, quadrant="weakness", version=version),
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    page = boss.get(at).get_data(True)
    assert "sum to 1.5, not to 1" in page and "sum to 0.5, not to 1" in page
    back = form(web, quadrant="threat", version=answer.json["version"])
    assert boss.post(href, data=back, headers={"Accept": "application/json"}).status_code == 200
    assert "优势" in web.client("web", "boss", "zh").get(at).get_data(True)
    rep = web.client("web", "ann").get(at)
    assert rep.status_code == 200 and "data-moves" not in rep.get_data(True)
    assert web.client("web", "cai").get(at).status_code == 404


def test_the_matrix_is_kept(web: Installation) -> None:
    id_ = number(web)
    at, boss = f"/swot/tows/{id_}", web.client("web", "boss")
    page = boss.get(at).get_data(True)
    assert "Act here first" in page
    with web.working("web"):
        rows = host().session.execute(
            sa.select(Item.id, Item.name).where(Item.analysis_id == id_)
        ).all()  # fmt: skip
        ids = {row.name: row.id for row in rows}
    name = f"fit-{ids['Known in the region']}-{ids['Hospitals renew']}"
    assert boss.post(at, data=form(web, **{name: "2"})).status_code == 303
    with web.working("web"):
        found = host().session.scalars(sa.select(Pair).where(Pair.fit == 2, Pair.posture == "SO"))
        assert [f"{each.score:.2f}" for each in found] == ["0.30"]
    wrong = boss.post(at, data=form(web, **{name: "7"}))
    assert wrong.status_code == 422 and "from 0 to 3" in wrong.get_data(True)
    turned = f"fit-{ids['Hospitals renew']}-{ids['Late deliveries']}"
    wrong = boss.post(at, data=form(web, **{turned: "1"}))
    assert wrong.status_code == 422
    assert "begins with a strength" in wrong.get_data(True).partition("data-error")[2][:200]
    assert web.client("web", "ann").post(at, data=form(web)).status_code == 403


def test_analyses_are_compared(web: Installation) -> None:
    boss = web.client("web", "boss")
    page = boss.get(f"/swot/compare/{number(web)}").get_data(True)
    assert "Rival Ltd" in page and 'class="radar"' in page and "By quadrant" in page
    with web.working("web"):
        since = one(Analysis, "The rival").id
    page = boss.get(f"/swot/compare/{number(web)}?before={since}").get_data(True)
    assert "as before" in page and "What became of it" in page
    assert boss.get(f"/swot/compare/{number(web)}?before=x&with=9999999").status_code == 200


def test_a_workshop_from_the_first_idea_to_the_last_vote(web: Installation) -> None:
    """What one writes silently shows nowhere before the collection ends, whoever looks."""
    with web.working("web"):
        of = analysis("Region East", kind="territory", subject="East")
        joined(of, "ann", "bo")
        host().records.transition(of, "collect")
        id_ = of.id
    at = f"/swot/workshop/{id_}"
    ann, bo, boss = (web.client("web", name) for name in ("ann", "bo", "boss"))
    given = form(web, name=SECRET, quadrant="weakness")
    assert ann.post(at, data={**given, "name": " "}).status_code == 422
    assert ann.post(at, data=given).status_code == 303
    assert SECRET in ann.get(at).get_data(True)
    again = ann.post(at, data=given)
    assert again.status_code == 422 and "already" in again.get_data(True)
    ada = web.client("web", "ada")
    for who in (bo, boss, ada):
        for page in (
            at, f"/swot/board/{id_}", f"/swot/analyses/{id_}", f"/swot/compare/{id_}",
            "/swot/items", "/search?q=Zebra", "/swot/items?format=csv",
        ):  # fmt: skip
            assert SECRET not in who.get(page, follow_redirects=True).get_data(True), page
    admin = web.client("web", "ada")
    assert SECRET not in admin.get("/audit").get_data(True)
    token = web.token("web", "ada")
    for path in ("swot/items", "swot/analyses", f"swot/analyses/{id_}"):
        assert SECRET not in ada.get(f"/api/v1/{path}", headers=token).get_data(True)
    assert ada.get("/api/v1/swot/ideas", headers=token).status_code == 404
    spec = ada.get("/api/v1/openapi.json", headers=token).get_data(True)
    assert "swot/items" in spec and "idea" not in spec.lower().replace("ideal", "")
    made = ada.post(
        "/api/v1/swot/items", headers=token,
        json={"analysis": id_, "name": "Loud", "quadrant": "threat"},
    )  # fmt: skip
    assert made.status_code == 422 and "collected silently" in made.get_data(True)
    assert web.client("web", "cai").get(at).status_code == 404
    end = f"/api/v1/swot/analyses/{id_}/transitions/end_collection"
    ended = ada.post(end, headers=token, json={})
    assert ended.status_code == 200, ended.text
    assert SECRET in bo.get(f"/swot/board/{id_}").get_data(True)
    with web.working("web"):
        found = one(Item, SECRET)
        host().records.transition(one(Analysis, "Region East"), "vote", {"votes_each": 1})
        item_id = found.id
    give = form(web, item=item_id, give="1")
    assert bo.post(f"{at}/vote", data=give).status_code == 303
    assert bo.post(f"{at}/vote", data=give).status_code == 303, "a second click counts nothing"
    assert "Your vote" in bo.get(at).get_data(True) and "0 votes left" in bo.get(at).get_data(True)
    assert "1 vote left" in ann.get(at).get_data(True)
    with web.working("web"):
        host().records.transition(one(Analysis, "Region East"), "end_vote")
        assert one(Item, SECRET).votes == 1
    assert bo.post(f"{at}/vote", data=give).status_code == 422


def test_slides_in_both_languages(web: Installation) -> None:
    boss, id_ = web.client("web", "boss"), number(web)
    answer = boss.get(f"/swot/slides/{id_}.pdf?language=en")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    with web.working("web"), acting("boss"):
        of = one(Analysis, "Us this year")
        if font().path:
            assert slides.pdf(of, "zh").startswith(b"%PDF-")
        for n in range(12):
            item(of, "strength", "0", name=f"Reason {n} " + "which is long " * 15)
        assert slides.pdf(of, "en").startswith(b"%PDF-")
        host().session.rollback()


def test_files_go_in_and_out(web: Installation) -> None:
    """What is refused on a page is refused in a file and over REST."""
    token = web.token("web", "boss")
    client, id_ = web.app.test_client(), number(web)
    with web.working("web"):
        day = today().isoformat()

    def send(path: str, **body: Any) -> Any:
        return client.post(f"/api/v1/swot/{path}", json=body, headers=token)

    bad = send("items", analysis=id_, name="Loud", quadrant="threat", weight="1.5")
    assert bad.status_code == 422 and "weight" in bad.json["errors"]
    made = send("items", analysis=id_, name="Taxes", quadrant="threat", weight="0.1", intensity=3)
    assert made.status_code == 201, made.text
    assert made.json["score"] == "0.3000"
    bad = send("evidence", item=made.json["id"], kind="note", note="Read it")
    assert bad.status_code == 422 and set(bad.json["errors"]) <= {"as_of", "source"}
    good = send("evidence", item=made.json["id"], kind="note", note="Read it", source="Gazette",
                as_of=day)  # fmt: skip
    assert good.status_code == 201, good.text
    done = client.post(f"/api/v1/swot/analyses/{id_}/transitions/finish", json={}, headers=token)
    assert done.status_code == 422 and "sum to 1.1, not to 1" in done.get_data(True)
    state = client.post("/api/v1/swot/analyses", headers=token, json={
        "name": "Sly", "on": day, "state": "finished",
    })  # fmt: skip
    assert state.status_code == 422, "nobody makes a finished one"
    assert json.loads(client.get(f"/api/v1/swot/items?analysis={id_}", headers=token).text)["items"]


def test_the_demo_is_whole_in_both_languages(web: Installation) -> None:
    names = (("en", "Service contracts with every renewal"), ("zh", "设备更新搭配服务合同"))
    for language, name in names:
        with web.working("alone"):
            demo.load(replace(current_company(), language=language), 1)
            options = host().session.scalars(sa.select(Option).order_by(Option.id)).all()
            assert options[0].name == name and options[0].state == "chosen"
            states = host().session.scalars(sa.select(Analysis.state).order_by(Analysis.id)).all()
            assert sorted(states) == ["collecting", "finished", "finished", "finished"]
            assert host().session.scalar(sa.select(sa.func.count(Idea.id)))
            host().session.rollback()


def test_a_new_record_is_asked_nothing_that_comes_later(web: Installation) -> None:
    """What only transitions fill is no question of a new record's form, unless it may be said from
    the start or the address names it."""
    ada = web.client("web", "ada")

    def asked(path: str) -> set[str]:
        return set(re.findall(r'name="(\w+)"', ada.get(path).get_data(True)))

    assert not {"reason", "verdict", "conclusion"} & asked("/plans/strategies/new")
    assert {"name", "hypothesis", "measure"} <= asked("/plans/strategies/new")
    assert "reason" in asked("/plans/strategies/new?reason=Asked")
    assert "reason" not in asked("/swot/options/new")
    assert {"pipeline", "stage", "closed_on"} <= asked("/crm/opportunities/new")
    token = web.token("web", "ada")
    given = {"analysis": number(web), "name": "Old", "reason": "From elsewhere"}
    made = ada.post("/api/v1/swot/options", json=given, headers=token)
    assert made.status_code == 201 and made.json["reason"] == "From elsewhere"
