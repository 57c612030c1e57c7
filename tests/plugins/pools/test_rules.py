"""Claiming, limits, returns, reminders and bans."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.context import clock_at
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.activities.models import Activity
from plugins.activities.services.kinds import by_code
from plugins.crm.models import Account, Contact, Opportunity
from plugins.pools.models import Member, Place
from plugins.pools.services import due, returning
from plugins.pools.settings import ACCOUNT_LIMIT, COUNT_WON
from tests.plugins.pools.kit import (
    account,
    acting,
    at,
    changes,
    held,
    lead,
    place_of,
    pool,
    rule,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")


def call(record: Account, moment: dt.datetime, kind: str = "call", **values: object) -> None:
    """Somebody was in touch."""
    with clock_at(moment):
        host().records.create(
            Activity,
            {
                "kind": by_code(kind).id, "subject": "Ask them", "state": "done",
                "owner_id": record.owner_id, "about_model": record.model_key(),
                "about_id": record.id, **values,
            },
        )  # fmt: skip


def due_day(place: Place) -> dt.date | None:
    return next((each.due for each in due.returns(places=[place.id])), None)


# -- the worked example ---------------------------------------------------------------------


def test_claimed_followed_up_returned_and_claimed_again() -> None:
    of = pool(ban_days=7, remind_days=3)
    rule(of, 15)
    mill = account()
    with clock_at(at(3, 1)):
        place = held(mill, "ann")
        assert mill.owner_id == user("ann")
        assert due_day(place) == dt.date(2026, 3, 16)
    with clock_at(at(3, 13)):
        assert returning.remind() == 1
        assert returning.remind() == 0, "once for each day of return"
        assert place.reminded == dt.date(2026, 3, 16)
    with clock_at(at(3, 15, 15)):
        assert returning.reclaim() == 0, "still the 15th in Shanghai, 23:00"
    with clock_at(at(3, 15, 16)):
        assert returning.reclaim() == 1, "midnight: the 16th"
        assert returning.reclaim() == 0, "the second time finds nothing"
        assert (place.state, place.owner_id, mill.owner_id) == ("free", None, None)
        assert place.former_id == user("ann")
        assert place.reason == "no contact for 15 days, since Mar 1, 2026."
    with clock_at(at(3, 22)), pytest.raises(Rejected, match="again from Mar 23, 2026"):
        held(mill, "ann")
    with clock_at(at(3, 22)):
        held(mill, "bo")
        held(mill, "bo", "give_back", reason="Wrong region")
    with clock_at(at(3, 23)):
        held(mill, "ann")
    assert changes(place) == [
        "entered", "claimed", "reclaimed", "claimed", "given_back", "claimed",
    ]  # fmt: skip


def test_a_follow_up_moves_the_day() -> None:
    of = pool()
    rule(of, 15)
    mill = account()
    with clock_at(at(3, 1)):
        place = held(mill, "ann")
    call(mill, at(3, 10))
    with clock_at(at(3, 11)):
        assert due_day(place) == dt.date(2026, 3, 25)


def test_what_does_not_count_moves_nothing() -> None:
    of = pool()
    rule(of, 15)
    mill = account()
    with clock_at(at(3, 1)):
        place = held(mill, "ann")
    call(mill, at(3, 5), kind="task")
    call(mill, at(3, 6), outcome="unreached")
    with clock_at(at(3, 10)):
        with acting("ann"):
            host().records.update(mill, {"description": "A change is no follow-up"})
        assert due_day(place) == dt.date(2026, 3, 16)


def test_a_call_of_the_future_keeps_nothing() -> None:
    of = pool()
    rule(of, 15)
    mill = account()
    with clock_at(at(3, 1)):
        place = held(mill, "ann")
    call(mill, at(3, 30))
    with clock_at(at(3, 10)):
        assert due_day(place) == dt.date(2026, 3, 16)


def test_rules_by_grade_and_the_first_that_comes() -> None:
    of = pool()
    rule(of, 30)
    rule(of, 10, condition="grade=A")
    best, other = account("Best", grade="A"), account("Other", grade="B")
    with clock_at(at(3, 1)):
        places = [held(each, "ann") for each in (best, other)]
        assert [due_day(place) for place in places] == [dt.date(2026, 3, 11), dt.date(2026, 3, 31)]
    found = due.returns(dt.date(2026, 3, 31))
    assert [(each.title, each.rule) for each in found] == [
        ("Best", "contact 10"), ("Other", "contact 30"),
    ]  # fmt: skip


def test_without_opportunity_and_without_deal() -> None:
    of = pool(exempt_won=False)
    rule(of, 20, "opportunity")
    rule(of, 100, "won")
    mill = account()
    with clock_at(at(3, 1)):
        place = held(mill, "ann")
        assert due_day(place) == dt.date(2026, 3, 21)
    with clock_at(at(3, 5)):
        deal = host().records.create(Opportunity, {"account_id": mill.id, "amount": 100})
        assert due_day(place) == dt.date(2026, 6, 9), "an open one keeps it from the first rule"
    with clock_at(at(3, 8)):
        host().records.transition(deal, "lose")
        assert due_day(place) == dt.date(2026, 3, 25), "20 days after it was opened"
    with clock_at(at(3, 9)):
        more = host().records.create(Opportunity, {"account_id": mill.id, "amount": 100})
        host().records.transition(more, "win")
        assert due_day(place) == dt.date(2026, 3, 29)
    of.exempt_won = True
    assert due_day(place) is None, "won accounts stay"


def test_working_days_and_locks() -> None:
    of = pool()
    rule(of, 5, counts="work")
    mill = account()
    with clock_at(at(3, 6)):
        place = held(mill, "ann")
        assert due_day(place) == dt.date(2026, 3, 13), "five working days after a Friday"
        held(mill, "boss", "lock", locked_until=dt.date(2026, 3, 20))
        assert due_day(place) is None
        held(mill, "boss", "unlock")
        with pytest.raises(Rejected):
            held(mill, "boss", "unlock")
        held(mill, "boss", "lock", locked_until=dt.date(2026, 3, 20))
    with clock_at(at(3, 21)):
        assert due_day(place) == dt.date(2026, 3, 13)
        assert returning.reclaim() == 1


def test_leads_return_unless_converted() -> None:
    of = pool(kind="lead")
    rule(of, 14, "won")
    jo, kim = lead("Jo Park"), lead("Kim Lee")
    with clock_at(at(3, 1)):
        for each in (jo, kim):
            held(each, "ann")
        with acting("ann"):
            host().records.transition(kim, "convert")
    with clock_at(at(3, 15)):
        assert returning.reclaim() == 1
    assert (jo.owner_id, place_of(kim).state) == (None, "closed")
    host().records.transition(jo, "disqualify")
    assert place_of(jo).state == "closed"


# -- limits ---------------------------------------------------------------------------------


def test_the_lower_of_two_limits_holds() -> None:
    of = pool(limit=20)
    mine = [account(f"Mill {i}") for i in range(12)]
    put(ACCOUNT_LIMIT, 10)
    for each in mine[:10]:
        held(each, "ann")
    with pytest.raises(Rejected, match="Ann holds as much in all as is allowed: 10"):
        held(mine[10], "ann")
    put(ACCOUNT_LIMIT, 0)
    of.limit = 10
    with pytest.raises(Rejected, match="from the pool “Pool” as is allowed: 10"):
        held(mine[10], "ann")
    host().records.create(Member, {"pool_id": of.id, "user_id": user("ann"), "limit": 11})
    held(mine[10], "ann")
    held(mine[11], "bo")


def test_won_accounts_count_or_not() -> None:
    of = pool(limit=1)
    first, second, third = (account(name) for name in ("First", "Second", "Third"))
    held(first, "ann")
    host().records.create(Opportunity, {"account_id": first.id, "outcome": "won", "amount": 1})
    with pytest.raises(Rejected):
        held(second, "ann")
    of.count_won = False
    held(second, "ann")
    of.limit = None
    put(ACCOUNT_LIMIT, 2)
    with pytest.raises(Rejected):
        held(third, "ann")
    put(COUNT_WON, False)
    held(third, "ann")


def test_the_limit_holds_on_every_way() -> None:
    pool(limit=1)
    first, second = account("First", "ann"), account("Second", "bo")
    held_place = place_of
    pool_of_free = account("Third")
    host().records.update(pool_of_free, {"owner_id": user("ann")})
    with pytest.raises(Rejected, match="Ann holds"):
        host().records.update(account("Fourth"), {"owner_id": user("ann")})
    put(ACCOUNT_LIMIT, 2)
    with pytest.raises(Rejected, match="Ann holds as much in all"):
        account("Fifth", "ann")
    with pytest.raises(Refused, match="1 rows"):
        host().records.create_many(
            Account, [{"name": f"Six {i}", "owner_id": user("bo")} for i in range(2)]
        )
    with pytest.raises(Rejected):
        host().records.update(second, {"owner_id": user("ann")})
    assert first.owner_id == user("ann") and held_place(pool_of_free).state == "held"


# -- who may --------------------------------------------------------------------------------


def test_members_see_and_claim_what_is_in_their_pools() -> None:
    of = pool(open_to_all=False)
    mill = account()
    place = place_of(mill)
    with acting("ann"):
        assert not host().records.may(place, "read")
    team: type = model_of("core.Team")
    north = host().session.scalar(sa.select(team.id).where(team.name == "North"))
    host().records.create(Member, {"pool_id": of.id, "team_id": north})
    for name, sees in (("ann", True), ("bo", True), ("cai", False), ("eve", True)):
        with acting(name):
            assert host().records.may(place, "read") is sees, name
            found = sa.select(Place.id).where(host().records.visible(Place))
            assert (host().session.scalar(found) is not None) is sees
            assert not host().records.may(mill, "read") or name == "eve"
    with acting("cai"), pytest.raises(NotFound):
        host().records.get(Place, place.id)
    held(mill, "ann")
    with acting("bo"):
        assert host().records.may(place, "read"), "members see who holds what"
    of.shows_held = False
    host().session.flush()
    with acting("bo"):
        assert not host().records.may(place, "read")


def test_who_comes_too_late_is_told_who_has_it() -> None:
    pool()
    mill = account()
    with clock_at(at(3, 1)):
        held(mill, "ann")
        with pytest.raises(Rejected, match="Ann has it already, since Mar 1, 2026"):
            held(mill, "bo")
        with pytest.raises(Rejected, match="You hold it already"):
            held(mill, "ann")


def test_administrators_of_a_pool_assign() -> None:
    of = pool(open_to_all=False, claimable=False)
    mill = account()
    for name in ("ann", "bo"):
        host().records.create(Member, {"pool_id": of.id, "user_id": user(name)})
    with pytest.raises(Rejected, match="its administrators assign"):
        held(mill, "ann")
    with pytest.raises(Forbidden):
        held(mill, "ann", "assign", owner=user("bo"))
    admin = {"pool_id": of.id, "user_id": user("boss"), "role": "admin"}
    host().records.create(Member, admin)
    with pytest.raises(Rejected, match="Cai is no member"):
        held(mill, "boss", "assign", owner=user("cai"))
    place = held(mill, "boss", "assign", owner=user("bo"))
    assert (mill.owner_id, place.state) == (user("bo"), "held")
    held(mill, "boss", "take_back", reason="Needed elsewhere")
    assert (mill.owner_id, place.reason) == (None, "Needed elsewhere")


def test_giving_back_needs_a_reason() -> None:
    pool()
    mill = account()
    held(mill, "ann")
    with pytest.raises(Refused):
        held(mill, "ann", "give_back")
    with pytest.raises(Refused):
        held(mill, "bo", "give_back", reason="Not mine")
    assert mill.owner_id == user("ann")


# -- what happens to the record -------------------------------------------------------------


def test_return_clears_fields_shares_and_contacts() -> None:
    of = pool(clears="description, source")
    mill = account(description="Secret of Ann", source="Fair", city="Wuxi")
    held(mill, "ann")
    kept = host().records.create(Contact, {"name": "Jo", "account_id": mill.id, "owner_id": None})
    theirs = host().records.create(
        Contact, {"name": "Kim", "account_id": mill.id, "owner_id": user("cai")}
    )
    host().records.update(kept, {"owner_id": user("ann")})
    share: type = model_of("core.Share")
    host().records.create(
        share, {"model": "crm.Account", "record_id": mill.id, "user": user("cai")}
    )
    held(mill, "ann", "give_back", reason="No budget")
    assert (mill.description, mill.source, mill.city) == (None, None, "Wuxi")
    assert (kept.owner_id, theirs.owner_id) == (None, user("cai"))
    assert host().session.scalar(sa.select(sa.func.count()).select_from(share)) == 0
    held(mill, "bo")
    assert kept.owner_id == user("bo"), "the contacts come along"
    with pytest.raises(Rejected, match="cannot be emptied"):
        host().records.update(of, {"clears": "name"})
    with pytest.raises(Rejected, match="no field “nonsense”"):
        host().records.update(of, {"clears": "nonsense"})


def test_a_place_follows_its_record_whoever_changes_it() -> None:
    pool()
    mill = account(city="Wuxi")
    place = place_of(mill)
    host().records.update(mill, {"name": "Red Mill", "city": "Suzhou", "grade": "A"})
    assert (place.name, place.city, place.grade) == ("Red Mill", "Suzhou", "A")
    host().records.update(mill, {"owner_id": user("ann")})
    assert (place.state, place.owner_id) == ("held", user("ann"))
    host().records.update(mill, {"owner_id": None})
    assert (place.state, place.former_id) == ("free", user("ann"))
    host().records.update(mill, {"archived": True})
    assert place.state == "closed"
    assert changes(place) == ["entered", "assigned", "taken_back"]
    host().records.delete(mill)
    assert host().session.scalar(sa.select(sa.func.count(Place.id))) == 0


def test_the_first_pool_that_takes_a_record_gets_it() -> None:
    east = pool(name="East", position=1, condition="region=East")
    rest = pool(name="Rest", position=2, takes="all")
    free = account("A", region="East")
    west = account("B", region="West", owner="ann")
    assert (place_of(free).pool_id, place_of(west).pool_id) == (east.id, rest.id)
    assert place_of(west).state == "held"


def test_a_record_is_put_into_a_pool_by_hand() -> None:
    of = pool(takes="hand")
    mill = account(owner="ann")
    with acting("boss"):
        place = host().records.create(Place, {"pool_id": of.id, "account_id": mill.id})
    assert (place.name, place.state, place.owner_id) == ("Blue Mill", "held", user("ann"))
    with pytest.raises(Refused):
        host().records.create(Place, {"pool_id": of.id, "account_id": mill.id})
    with pytest.raises(Rejected, match="holds others"):
        host().records.create(Place, {"pool_id": of.id, "lead_id": lead().id})
    other = pool(name="Other", takes="hand")
    held(mill, "boss", "move", pool=other.id)
    assert (place.pool_id, mill.owner_id) == (other.id, user("ann"))


def test_a_rule_that_is_off_says_what_it_would_do() -> None:
    of = pool()
    off = rule(of, 15, active=False)
    mill = account()
    with clock_at(at(3, 1)):
        held(mill, "ann")
    with clock_at(at(3, 16)):
        assert due.returns(dt.date(2026, 3, 20)) == []
        assert len(due.returns(dt.date(2026, 3, 20), rules=[off.id])) == 1
        assert returning.reclaim() == 0
