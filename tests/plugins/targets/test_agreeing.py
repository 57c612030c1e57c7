"""Targets are proposed, answered, confirmed and revised; every figure is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.identity.models import Team
from plugin_api.context import current_company
from plugin_api.errors import Forbidden, Refused, Rejected
from plugin_api.host import host
from plugins.targets.models import Target, TargetVersion
from tests.harness import Installation, install

Q1, Q2 = (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Boss leads North, where Ann and Bo sell; Eve is of another team."""
    found = install(tmp_path_factory.mktemp("agreeing"))
    found.company("acme", "crm", "targets", currency="CNY", country="CN", language="en")
    with found.working("acme"):
        teams = [Team(name="North"), Team(name="South")]
        db.session.add_all(teams)
        db.session.flush()
        north, south = (team.id for team in teams)
    homes = {"boss": north, "ann": north, "bo": north, "eve": south}
    ids = {
        name: found.person("acme", name, "manager" if name == "boss" else "rep", team)
        for name, team in homes.items()
    }
    with found.working("acme"):
        db.session.get_one(Team, north).manager_id = ids["boss"]
        for start, end in (Q1, Q2):
            host().records.create(
                Target,
                {
                    "measure": "crm.won_amount", "level": "company", "period": "quarter",
                    "start": start, "end": end, "amount": 1_000_000_00,
                },
            )  # fmt: skip
    return found


def make(made: Installation, who: str, amount: int, days: Any = Q1, **more: Any) -> int:
    with made.working("acme", "boss"):
        target = host().records.create(
            Target,
            {
                "measure": "crm.won_amount", "level": "user", "user": made.user_id("acme", who),
                "period": "quarter", "start": days[0], "end": days[1], "amount": amount, **more,
            },
        )  # fmt: skip
        return target.id


def move(made: Installation, who: str, target: int, name: str, **values: Any) -> None:
    with made.working("acme", who):
        host().records.transition(db.session.get_one(Target, target), name, values)


def state(made: Installation, target: int) -> Target:
    with made.working("acme"):
        found = db.session.get_one(Target, target)
        db.session.refresh(found)
        db.session.expunge(found)
        return found


def versions(made: Installation, target: int) -> list[tuple[Any, ...]]:
    with made.working("acme"):
        asked = sa.select(
            TargetVersion.kind, TargetVersion.number, TargetVersion.value, TargetVersion.reason
        ).where(TargetVersion.target_id == target)
        return [tuple(row) for row in db.session.execute(asked.order_by(TargetVersion.id))]


def test_a_counter_proposal_keeps_both_figures(made: Installation) -> None:
    target = make(made, "ann", 100_000_00)
    move(made, "boss", target, "propose", note="As last year, and a bit")
    with pytest.raises(Forbidden):
        move(made, "boss", target, "accept")
    move(made, "ann", target, "counter", countered=Decimal(80_000), counter_reason="Two left")
    held = state(made, target)
    assert (held.state, held.amount, held.countered) == ("countered", 100_000_00, 80_000)
    assert held.answered_at is not None
    with pytest.raises(Rejected, match="Say why the counter-proposal is not followed"):
        move(made, "boss", target, "confirm")
    move(made, "boss", target, "agree")
    held = state(made, target)
    assert (held.state, held.amount, held.original) == ("confirmed", 80_000_00, 80_000)
    assert held.confirmed_by_id == made.user_id("acme", "boss")
    assert versions(made, target) == [
        ("proposed", 0, 100_000, "As last year, and a bit"),
        ("countered", 0, 80_000, "Two left"),
        ("confirmed", 0, 80_000, None),
    ]


def test_what_is_agreed_is_revised_and_never_overwritten(made: Installation) -> None:
    target = make(made, "bo", 50_000_00)
    move(made, "boss", target, "propose")
    move(made, "bo", target, "accept")
    move(made, "boss", target, "confirm")
    move(made, "boss", target, "lock")
    for values in ({"amount": 1}, {"start": Q2[0], "end": Q2[1]}, {"weight": 10}):
        with made.working("acme", "boss"), pytest.raises(Rejected, match="use “Revise”"):
            host().records.update(db.session.get_one(Target, target), values)
    with made.working("acme", "boss"), pytest.raises(Rejected, match="not deleted"):
        host().records.delete(db.session.get_one(Target, target))
    with pytest.raises(Rejected, match="Say why"):
        move(made, "boss", target, "revise", revised=Decimal(45_000))
    move(made, "boss", target, "revise", revised=Decimal(45_000), revision_reason="Plant closed")
    held = state(made, target)
    assert (held.state, held.revision, held.amount, held.original) == (
        "locked", 1, 45_000_00, 50_000,
    )  # fmt: skip
    assert versions(made, target)[-1] == ("revised", 1, 45_000, "Plant closed")
    with made.working("acme"):
        from plugins.crm.models import Opportunity

        won = {"name": "Won", "owner": made.user_id("acme", "bo"), "amount": 36_000_00}
        host().records.create(Opportunity, {**won, "outcome": "won", "closed_on": Q1[0]})
    page = made.client("acme", "bo").get(f"/targets/targets/{target}").text
    assert "Attainment: 80.0% of CN¥45,000.00" in page
    assert "Of the original target: 72.0% of CN¥50,000.00" in page
    with made.working("acme", "boss"):
        joined = {"active_from": date(2026, 2, 1)}
        host().records.update(db.session.get_one(Target, target), joined)


def test_over_rest_and_in_a_list_the_agreed_is_not_overwritten_either(made: Installation) -> None:
    target = make(made, "bo", 10_000_00, Q2)
    move(made, "boss", target, "confirm", note="Agreed by telephone")
    client, head = made.client("acme", "boss"), made.token("acme", "boss")
    address = f"/api/v1/targets/targets/{target}"
    version = client.get(address, headers=head).json["version"]
    said = client.patch(address, json={"amount": "1.00", "version": version}, headers=head)
    assert said.status_code == 422
    assert "Revise" in said.json["errors"]["amount"][0]
    bulk = client.post(
        "/api/v1/targets/targets/bulk",
        json={"items": [{"id": target, "version": version, "amount": "1.00"}]}, headers=head,
    )  # fmt: skip
    assert state(made, target).amount == 10_000_00, bulk.json


def test_another_figure_meanwhile_is_another_proposal(made: Installation) -> None:
    target = make(made, "ann", 10_000_00, Q2)
    move(made, "boss", target, "propose")
    move(made, "ann", target, "accept")
    with made.working("acme", "boss"):
        host().records.update(db.session.get_one(Target, target), {"amount": 12_000_00})
    held = state(made, target)
    assert (held.state, held.answered_at) == ("proposed", None)
    assert [row[0] for row in versions(made, target)] == ["proposed", "accepted", "proposed"]


def test_nobody_confirms_their_own(made: Installation) -> None:
    target = make(made, "boss", 10_000_00)
    with pytest.raises(Forbidden, match="own target"):
        move(made, "boss", target, "confirm", note="Why not")
    with pytest.raises(Refused):
        move(made, "ann", target, "confirm", note="Not hers")


def test_of_one_account_by_name_or_number(made: Installation) -> None:
    with made.working("acme"):
        from plugins.crm.models import Account

        acme = host().records.create(
            Account, {"name": "Acme Tools", "owner": made.user_id("acme", "ann")}
        )
        number = str(acme.id)
    by_name = make(made, "ann", 1_00, dimension="account", member="Acme Tools")
    held = state(made, by_name)
    assert (held.member, held.member_key) == ("Acme Tools", number)
    assert held.name == "Ann · Acme Tools · 2026 Q1"
    with pytest.raises(Rejected, match="There is a target already"):
        make(made, "ann", 1_00, dimension="account", member=number)
    for member, said in (("Nobody", "There is no “Nobody”"), (None, "Say which one counts")):
        with pytest.raises(Rejected, match=said):
            make(made, "ann", 1_00, dimension="account", member=member)
    with pytest.raises(Refused):
        make(made, "ann", 1_00, dimension="moon", member="x")


def test_what_is_not_smart_is_not_confirmed(made: Installation) -> None:
    """Eve won +4 %, +12 % and +20 % in the first quarters: half as much again is too much."""
    eve = made.user_id("acme", "eve")
    with made.working("acme"):
        from plugins.crm.models import Opportunity

        won = {2022: 625_000_00, 2023: 650_000_00, 2024: 728_000_00, 2025: 873_600_00}
        for year, amount in won.items():
            host().records.create(
                Opportunity,
                {
                    "name": f"Won in {year}", "owner": eve, "amount": amount, "outcome": "won",
                    "closed_on": date(year, 2, 2),
                },
            )  # fmt: skip
    with made.working("acme"):
        target = host().records.create(
            Target,
            {
                "measure": "crm.won_amount", "level": "user", "user": eve, "period": "quarter",
                "start": Q1[0], "end": Q1[1], "amount": 1_310_400_00,
            },
        ).id  # fmt: skip
    with made.working("acme"), pytest.raises(Rejected) as refused:
        host().records.transition(db.session.get_one(Target, target), "confirm", {"note": "Go"})
    said = str(refused.value.message)
    assert "A: +50.0% against the usual +12.0% ± 8.0%: z = 4.75." in said
    assert "Within reach is 1,118,208." in said
    page = made.client("acme", "eve").get(f"/targets/targets/{target}").text
    assert "A · attainable: 0 of 2" in page
    assert "Not to be confirmed yet: A is missing." in page
    with made.working("acme"):
        held = db.session.get_one(Target, target)
        host().records.update(held, {"amount": 900_000_00})
        host().records.transition(held, "confirm", {"note": "Go"})


def test_who_is_asked_accepts_by_one_click(made: Installation) -> None:
    july = (date(2026, 7, 1), date(2026, 9, 30))
    target = make(made, "ann", 10_000_00, july)
    move(made, "boss", target, "propose", note="As agreed in June")
    boss = made.client("acme", "boss").get("/targets/agree").text
    assert "Not confirmed yet" in boss and "Ann · 2026 Q3" in boss
    ann = made.client("acme", "ann")
    assert state(made, target).read_at is None
    card = ann.get("/home/cards/targets.agree").text
    accept = f"/targets/targets/{target}/transitions/accept"
    assert accept in card
    page = ann.get("/targets/agree").text
    assert "As agreed in June" in page and accept in page
    read_at = state(made, target).read_at
    assert read_at is not None
    ann.get("/targets/agree")
    assert state(made, target).read_at == read_at
    with made.working("acme"):
        company = str(current_company().id)
    said = ann.post(accept, data={"_company": company, "next": "/targets/agree"})
    assert (said.status_code, said.headers["Location"]) == (303, "/targets/agree")
    held = state(made, target)
    assert (held.state, held.read_at) == ("accepted", read_at)
    assert "Your answers, not confirmed yet" in ann.get("/targets/agree").text
    other = made.client("acme", "bo").get("/targets/agree").text
    assert "Ann · 2026 Q3" not in other
