"""Rewards in the browser and over REST, for each role and in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.data.settings import put
from plugin_api.context import current_company, today
from plugin_api.host import host
from plugins.rewards.models import Kudos, Nomination, Round, Value
from plugins.rewards.settings import BOARDS
from tests.harness import Installation
from tests.importing.kit import Desk
from tests.plugins.rewards.kit import acting, award, balance, contest, grant, reward, user, won

ACME = "web"
API = "/api/v1/rewards"


@pytest.fixture(scope="module")
def made(inst: Installation) -> dict[str, int]:
    """A catalogue, kudos, a vote and a contest."""
    with inst.working(ACME):
        value = host().records.create(Value, {"name": "One team"})
        gift = reward(points=400, description="Quiet.")
        reward("Boat", points=90_000, stock=1)
        grant("ann", 1000, "Full pipeline")
        award(reward("Closer", kind="title"), citation="Most won")
        with acting("bo", ACME):
            host().records.create(
                Kudos, {"user_id": user("ann"), "value_id": value.id, "text": "Took over"}
            )
        of = host().records.create(
            Round, {"name": "Colleague", "reward_id": gift.id, "quorum": 1, "opens_on": today(),
                    "closes_on": today()},
        )  # fmt: skip
        nomination = host().records.create(
            Nomination, {"round_id": of.id, "user_id": user("bo"), "reason": "Taught two"}
        )
        won(1500, "2025-03-10", "bo")
        won(1000, "2025-03-10")
        race = contest("2025-03-01", "2025-03-31", reward("Cup"))
        return {"gift": gift.id, "round": of.id, "nomination": nomination.id, "race": race.id,
                "company": current_company().id, "value": value.id}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages(inst: Installation, made: dict[str, int], language: str) -> None:
    for who, path, words in (
        ("ann", "/rewards/wall", ("Took over", "Closer", "Most won", "One team")),
        ("ann", f"/rewards/wall?value={made['value']}", ("Took over",)),
        ("ann", f"/rewards/wall?value={'9' * 40}", ("Closer",)),
        ("ann", "/rewards/mine", ("1,000", "Headphones", "Quiet.", "Full pipeline", "89,000")),
        ("bo", "/rewards/mine", ("Headphones",)),
        ("ann", f"/rewards/rounds/{made['round']}/ballot", ("Taught two", "Bo")),
        ("ann", f"/rewards/contests/{made['race']}/board", ("1,500.00", "Cup", "Bo")),
        ("ann", f"/rewards/contests/{made['race']}", (f"{made['race']}/board",)),
        ("ann", f"/rewards/rounds/{made['round']}", ("/ballot",)),
        ("boss", "/rewards/awards?view=kanban", ("Closer",)),
        ("ada", "/rewards/rewards", ("Headphones",)),
        ("ada", "/rewards/rewards?view=list&kind=gift", ("Boat",)),
    ):  # fmt: skip
        answer = inst.client(ACME, who, language).get(path)
        page = answer.get_data(True)
        assert answer.status_code == 200, path
        for word in words:
            assert word in page, (path, word)


def test_cards(inst: Installation, made: dict[str, int]) -> None:
    for who, card, words in (
        ("ann", "recognition", ("Took over",)), ("ann", "mine", ("1,000", "Race of")),
        ("boss", "asked", ("Nothing is waiting",)),
    ):  # fmt: skip
        page = inst.client(ACME, who).get(f"/home/cards/rewards.{card}").get_data(True)
        for word in words:
            assert word in page, card


def test_a_board_is_hidden_or_nameless_as_the_company_says(
    inst: Installation, made: dict[str, int]
) -> None:
    path = f"/rewards/contests/{made['race']}/board"
    for setting, who, status, names in (
        ("own", "ann", 200, False), ("own", "boss", 200, True), ("off", "ann", 404, False),
        ("off", "boss", 200, True), ("on", "ann", 200, True),
    ):  # fmt: skip
        with inst.working(ACME):
            put(BOARDS, setting)
        answer = inst.client(ACME, who).get(path)
        assert answer.status_code == status
        assert (">Bo" in answer.get_data(True)) is names, (setting, who)
    headers = inst.token(ACME, "ann")
    found = inst.app.test_client().get(f"{API}/standings", headers=headers).get_json()
    assert found["items"] == []


def test_points_are_spent_and_votes_given_by_a_button(
    inst: Installation, made: dict[str, int]
) -> None:
    ann = inst.client(ACME, "ann")
    sent = {"_company": str(made["company"]), "reward": str(made["gift"])}
    assert "asked for" in ann.post("/rewards/mine/redeem", data=sent, follow_redirects=True).text
    sent["reward"] = "99999999999999999999999"
    assert ann.post("/rewards/mine/redeem", data=sent).status_code == 404
    assert ann.post("/rewards/mine/redeem", data={"_company": "0"}).status_code == 409
    with inst.working(ACME):
        assert balance("ann") == 600
    path = f"/rewards/rounds/{made['round']}/vote"
    for nomination, words in ((made["nomination"], "is noted"), ("", "is taken back")):
        sent = {"_company": str(made["company"]), "nomination": str(nomination)}
        assert words in ann.post(path, data=sent, follow_redirects=True).text
    bo = inst.client(ACME, "bo")
    sent = {"_company": str(made["company"]), "nomination": str(made["nomination"])}
    assert "Nobody votes for themselves" in bo.post(path, data=sent, follow_redirects=True).text


def test_rest_gives_each_what_is_theirs(inst: Installation, made: dict[str, int]) -> None:
    client = inst.app.test_client()
    ann, cai, boss = (inst.token(ACME, name) for name in ("ann", "cai", "boss"))
    found = client.get(f"{API}/entries", headers=ann).get_json()["items"]
    assert found and all(each["user"]["label"] == "Ann" for each in found)
    assert client.get(f"{API}/entries", headers=cai).get_json()["items"] == []
    assert client.get(f"{API}/awards", headers=cai).get_json()["items"] == []
    assert len(client.get(f"{API}/kudos", headers=cai).get_json()["items"]) == 1
    with inst.working(ACME):
        bo, boss_id = user("bo"), user("boss")
    for headers, path, body, status in (
        (ann, "grants", {"user": bo, "points": 5, "reason": "x"}, 403),
        (boss, "grants", {"user": bo, "points": 5, "reason": "Helped"}, 201),
        (boss, "grants", {"user": boss_id, "points": 5, "reason": "x"}, 422),
        (boss, "grants", {"user": bo, "points": 0, "reason": "x"}, 422),
        (boss, "awards", {"user": bo, "reward": made["gift"], "source": "won"}, 422),
        (ann, "awards", {"user": bo, "reward": made["gift"]}, 403),
        (ann, "entries", {"user": bo, "points": 5}, 422),
        (boss, "entries", {}, 403),
        (ann, "kudos", {"user": bo, "value": made["value"], "text": "Thanks"}, 201),
        (ann, "kudos", {"user": bo, "text": "Thanks"}, 422),
    ):  # fmt: skip
        answer = client.post(f"{API}/{path}", json=body, headers=headers)
        assert answer.status_code == status, (path, body, answer.get_json())
    answer = client.post(
        f"{API}/rewards/{made['gift']}/transitions/redeem", json={"version": 1}, headers=cai
    )
    assert answer.status_code == 422 and "400 points are needed" in answer.get_data(True)


def test_points_come_by_a_file(inst: Installation, made: dict[str, int], tmp_path: Path) -> None:
    file = "user,points,reason\nCai,30,Trade fair\nCai,0,Nothing\nNobody,5,Trade fair\n"
    with inst.working(ACME):
        desk = Desk(ACME, tmp_path, inst)
        report = desk.take("rewards.Grant", file, on_error="skip")
        assert (report.created, report.errors) == (1, 2)
        assert balance("cai") == 30
