"""Who takes which part, who lacks, and the picture of who reports to whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from core.extensions import db
from core.identity.models import RoleField
from core.identity.service import role_named
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugins.crm.models import Account, Contact, OpportunityContact
from plugins.crm.services import coverage
from plugins.crm.services.map import HEIGHT, WIDTH, draw
from tests.harness import Installation
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import figure


def contact(name: str, account: Account, **values: object) -> Contact:
    return host().records.create(Contact, {"name": name, "account_id": account.id, **values})


def part(opportunity: int, contact_id: int, role: str, attitude: str = "unknown") -> None:
    values = {
        "opportunity_id": opportunity, "contact_id": contact_id, "role": role,
        "attitude": attitude,
    }  # fmt: skip
    host().records.create(OpportunityContact, values)


def test_gaps() -> None:
    assert coverage.gaps((), 0) == ["Nobody is known there."]
    assert coverage.gaps(("user",), 1) == [
        "Only one contact is known.", "No decision maker is known.",
    ]  # fmt: skip
    assert coverage.gaps(("buyer", "user"), 2) == ["Nobody there speaks for us."]
    assert coverage.gaps(("decider", "user"), 2, ["for"]) == []
    assert coverage.gaps(("decider", "champion"), 2) == []


def test_figures(acme: Installation, deal: Make) -> None:
    mill = host().records.create(Account, {"name": "Mill"})
    ann, bo = contact("Ann Li", mill), contact("Bo Wu", mill)
    one = deal(account_id=mill.id, contact_id=ann.id)
    two = deal(account_id=mill.id)
    deal(account_id=mill.id, outcome="lost")
    host().session.flush()
    assert (figure("open_without_decider"), figure("open_single_contact")) == (2, 2)
    part(one.id, bo.id, "decider", "for")
    part(two.id, ann.id, "user")
    host().session.flush()
    assert (figure("open_without_decider"), figure("open_single_contact")) == (1, 1)
    # The main contact is not counted twice.
    part(one.id, ann.id, "champion")
    assert [(each.name, each.role) for each in coverage.parts(one.id)] == [
        ("Bo Wu", "decider"), ("Ann Li", "champion"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        part(one.id, bo.id, "blocker")


def test_nobody_reports_to_themselves(acme: Installation) -> None:
    mill = host().records.create(Account, {"name": "Mill"})
    other = host().records.create(Account, {"name": "Quay"})
    boss, clerk = contact("Boss", mill), contact("Clerk", mill)
    host().records.update(clerk, {"reports_to_id": boss.id})
    with pytest.raises(Rejected, match="themselves"):
        host().records.update(boss, {"reports_to_id": clerk.id})
    with pytest.raises(Refused):
        contact("Stranger", other, reports_to_id=boss.id)


def test_a_part_stays_with_its_opportunity(acme: Installation, deal: Make) -> None:
    mill = host().records.create(Account, {"name": "Mill"})
    one, two, ann = deal(account_id=mill.id), deal(account_id=mill.id), contact("Ann", mill)
    part(one.id, ann.id, "user")
    made = host().session.query(OpportunityContact).one()
    with pytest.raises(Rejected):
        host().records.update(made, {"opportunity_id": two.id})


def test_a_tree_from_above_to_below() -> None:
    made = draw([1, 2, 3, 4, 5], {2: 1, 3: 1, 4: 9, 5: 5})
    assert made.spots[1].x == (made.spots[2].x + made.spots[3].x) // 2
    assert made.spots[2].y == made.spots[3].y > made.spots[1].y
    assert sorted(made.lines) == [(1, 2), (1, 3)]
    assert made.spots[4].y == made.spots[5].y > made.spots[2].y
    assert draw([], {}).lines == []


people = st.integers(0, 12).flatmap(
    lambda n: st.tuples(
        st.just(list(range(1, n + 1))),
        st.dictionaries(st.integers(1, 12), st.none() | st.integers(0, 14)),
    )
)


@given(people)
def test_nobody_stands_where_another_does(drawn: tuple[list[int], dict[int, int | None]]) -> None:
    known, above = drawn
    made = draw(known, above)
    assert list(made.spots) == known
    spots = list(made.spots.values())
    for i, one in enumerate(spots):
        assert 0 <= one.x <= made.width - WIDTH and 0 <= one.y <= made.height - HEIGHT
        for other in spots[:i]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    for leader, each in made.lines:
        assert made.spots[leader].y < made.spots[each].y


def test_page(crm: Installation) -> None:
    ann, cai = crm.user_id("web", "ann"), crm.user_id("web", "cai")
    with crm.working("web"):
        mill = host().records.create(Account, {"name": "Map Mill", "owner_id": ann})
        boss = contact("Wu Boss", mill, owner_id=ann, title="Director")
        contact("Li Clerk", mill, owner_id=ann, reports_to_id=boss.id)
        contact("Hidden One", mill, owner_id=cai)
        from plugins.crm.models import Opportunity

        crane = host().records.create(
            Opportunity, {"name": "Cranes", "account_id": mill.id, "owner_id": ann}
        )
        part(crane.id, boss.id, "decider", "doubtful")
        numbers = mill.id, crane.id
    client = crm.client("web", "ann")
    page = client.get(f"/crm/accounts/{numbers[0]}/people").text
    assert "<svg" in page and "Wu Boss, Director, Decision maker, Doubtful" in page
    assert "Decision maker, influence: Medium · " in page
    assert "Hidden One" not in page and "Nobody there speaks for us." in page
    assert page.index("Wu Boss</a>") < page.index("Li Clerk</a>")
    record = client.get(f"/crm/opportunities/{numbers[1]}").text
    assert "Who decides" in record and "Decision maker · Doubtful" in record
    assert "Only one contact is known." in record and "Relationship map" in record
    assert crm.client("web", "cai").get(f"/crm/accounts/{numbers[0]}/people").status_code == 404
    with crm.working("web"):
        for model, name in (("crm.OpportunityContact", "role"), ("crm.Contact", "title")):
            narrowed = RoleField(
                role_id=role_named("rep").id, model=model, field=name, narrowed="hidden"
            )
            db.session.add(narrowed)
    page = client.get(f"/crm/accounts/{numbers[0]}/people").text
    assert "Wu Boss" in page and "Director" not in page and "Decision maker" not in page
    assert "Nobody there speaks for us." not in page, "nobody is told what they may not see"
    assert "Who decides" not in client.get(f"/crm/opportunities/{numbers[1]}").text


@pytest.mark.parametrize(
    "found", [StaleDataError(), IntegrityError("insert", {}, Exception("twice"))]
)
def test_what_others_did_at_once_is_told(
    crm: Installation, monkeypatch: pytest.MonkeyPatch, found: Exception
) -> None:
    def at_once(*_given: object) -> None:
        raise found

    with crm.working("web"):
        values = {"name": "At Once", "owner_id": crm.user_id("web", "ann")}
        number = host().records.create(Account, values).id
    monkeypatch.setattr("plugins.crm.routes.people.draw", at_once)
    answer = crm.client("web", "ann").get(f"/crm/accounts/{number}/people")
    assert answer.status_code == 409 and "This page is out of date" in answer.text
