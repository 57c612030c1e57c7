"""Points, rewards, kudos, nominations: what is given, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.data.settings import put
from plugin_api.context import today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.rewards import hooks, models
from plugins.rewards.models import (
    Award,
    Budget,
    Entry,
    Grant,
    Kudos,
    Nomination,
    Reward,
    Round,
    Value,
    Vote,
)
from plugins.rewards.services import wall
from plugins.rewards.settings import GRANT_LIMIT, KUDOS_LIMIT, KUDOS_POINTS
from tests.harness import Installation
from tests.plugins.incentives.kit import plan, takes_part
from tests.plugins.rewards.kit import (
    acting,
    award,
    balance,
    contest,
    grant,
    on,
    refused,
    reward,
    user,
    won,
)


def entries(name: str = "ann") -> list[tuple[str, int, int]]:
    asked = sa.select(Entry.kind, Entry.points, Entry.balance).where(Entry.user_id == user(name))
    return [tuple(row) for row in host().session.execute(asked.order_by(Entry.number))]  # type: ignore[misc]


def redeem(of: Reward, name: str = "ann") -> Award:
    with acting(name):
        return host().records.transition(of, "redeem")["open"]  # type: ignore[no-any-return]


def test_points_are_granted_spent_and_returned_line_by_line(acme: Installation) -> None:
    with acting("boss"):
        grant("ann", 500)
    gift = reward(points=400, cost=80_000, stock=1)
    had = redeem(gift)
    assert (had.state, had.source, had.points, balance("ann")) == ("asked", "redeemed", 400, 100)
    with acting("ann"), refused("This needs the permission"):
        host().records.transition(had, "hand_out")
    with acting("boss"):
        host().records.transition(had, "refuse", {"note": "Sold out"})
    assert entries() == [("granted", 500, 500), ("spent", -400, 100), ("returned", 400, 500)]
    again = redeem(gift)
    with acting("boss"):
        host().records.transition(again, "hand_out")
    assert again.state == "given"
    with refused("None is left of “Headphones”"):
        award(gift, "bo")


def test_points_are_never_below_zero(acme: Installation) -> None:
    given = grant("ann", 100)
    with refused("400 points are needed, there are 100"):
        redeem(reward(points=400))
    redeem(reward("Cup", points=60))
    with refused("100 points are needed, there are 40"):
        host().records.delete(given)
    host().records.delete(grant("bo", 10))
    assert entries("bo") == [("granted", 10, 10), ("taken_back", -10, 0)]
    with refused("cannot be had for points"):
        redeem(reward("Only given"))


def test_a_manager_gives_so_many_points_a_month_to_others(acme: Installation) -> None:
    put(GRANT_LIMIT, 100)
    with acting("boss"):
        with refused("Nobody rewards themselves"):
            grant("boss", 1)
        grant("ann", 60)
        with refused("You may give 100 points a month, and have given 60"):
            grant("bo", 41)
        grant("bo", 40)
        with refused(""):
            grant("cai", 1)
    put(GRANT_LIMIT, 200)
    rows = [{"user_id": user(name), "points": 60, "reason": "Well"} for name in ("ann", "bo")]
    with acting("boss"), refused("You may give 200 points a month"):
        host().records.create_many(Grant, rows)


def test_a_reward_is_for_who_reaches_it(acme: Installation) -> None:
    quarter = {"measure": "crm.won_amount", "threshold": Decimal(1000), "span": "quarter"}
    title = reward("Closer of the quarter", kind="title", days=90, **quarter)
    won(1500, "2025-02-10")
    won(900, "2025-03-10", "bo")
    won(900, "2025-04-10", "bo")
    with on("2025-04-20"), acting("boss"):
        made = award(title, citation="Most won")
        assert (made.day, made.valid_to) == (date(2025, 4, 20), date(2025, 7, 18))
        with refused("1,000.00 were needed from 2025-01-01 to 2025-03-31, and 900.00 reached"):
            award(title, "bo")
    south = host().session.scalar(
        sa.select(model_of("core.Team").id).where(model_of("core.Team").name == "South")  # type: ignore[attr-defined]
    )
    only = reward("For the south", condition=f"team={south}")
    award(only, "cai")
    with refused("for other people"):
        award(only, "ann")


def test_a_budget_is_not_overdrawn(acme: Installation) -> None:
    year = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    budget = host().records.create(Budget, {"name": "2025", "amount": 150_000, **year})
    gift = reward(cost=80_000, budget_id=budget.id)
    with on("2025-06-01"):
        first = award(gift)
        with refused("The budget “2025” does not allow it"):
            award(gift, "bo")
        host().records.transition(first, "withdraw", {"note": "By mistake"})
        award(gift, "bo")
    with on("2026-01-01"), refused("is for 2025-01-01 to 2025-12-31"):
        award(gift, "cai")


def test_many_at_once_are_no_more_than_there_are(acme: Installation) -> None:
    year = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    budget = host().records.create(Budget, {"name": "2025", "amount": 150_000, **year})
    for of, words in (
        (reward(stock=1), "None is left of “Headphones”"),
        (reward("Cup", cost=80_000, budget_id=budget.id), "The budget “2025” does not allow it"),
    ):
        rows = [{"reward_id": of.id, "user_id": user(name)} for name in ("ann", "bo")]
        with on("2025-06-01"), refused(words):
            host().records.create_many(Award, rows)
        with on("2025-06-01"), refused("between 1950 and 2200"):
            award(of, day=date(9999, 12, 31))


def test_money_goes_on_to_pay_once_and_comes_back(acme: Installation) -> None:
    of = plan()
    takes_part(of)
    bonus = reward("Spot bonus", kind="money", amount=100_000)
    with on("2025-03-05"), acting("boss"):
        made = award(bonus, citation="Saved the deal")
        alone = award(bonus, "bo")
    adjustment: Any = model_of("incentives.Adjustment")
    found = host().session.scalars(sa.select(adjustment)).all()
    assert [(a.user_id, a.amount, a.state, a.asked_id) for a in found] == [
        (user("ann"), 100_000, "asked", user("boss"))
    ]
    assert made.passed == [{"key": f"incentives.Adjustment:{found[0].id}"}] and not alone.passed
    host().records.transition(found[0], "approve")
    host().records.transition(made, "withdraw", {"note": "By mistake"})

    def amounts() -> list[int]:
        host().session.flush()
        return list(host().session.scalars(sa.select(adjustment.amount).order_by(adjustment.id)))

    assert amounts() == [100_000, -100_000]
    for is_refused in (True, False):
        with on("2025-03-05"), acting("boss"):
            other = award(bonus, citation="Once more")
            last = host().session.scalars(sa.select(adjustment).order_by(adjustment.id.desc()))
            mine = last.first()
        assert amounts()[2:].count(100_000) == len(amounts()[2:]) >= 1
        if is_refused:
            host().records.transition(mine, "refuse")
        with acting("boss"):
            host().records.transition(other, "withdraw", {"note": "By mistake"})
        assert amounts()[2:] == [100_000], "the refused one stays; nothing was paid for either"
        assert len(other.passed) == is_refused
    grant("ann", 10)
    host().records.update(bonus, {"points": 10})
    with on("2025-03-06"):
        had = redeem(bonus)
        host().records.update(bonus, {"amount": 900_000})
        host().records.transition(had, "hand_out")
    newest = host().session.scalar(sa.select(adjustment.amount).order_by(adjustment.id.desc()))
    assert newest == 100_000, "what it came to when it was asked for"


def test_what_a_reward_must_be_like(acme: Installation) -> None:
    for given, words in (
        ({"kind": "money"}, "Say how much"),
        ({"amount": 5}, "Only money has an amount"),
        ({"days": 5}, "Only a title has a term"),
        ({"measure": "crm.won_amount"}, "Give both, or neither"),
        ({"measure": "crm.win_rate", "threshold": Decimal(1)}, "adds up over days"),
        ({"condition": "nonsense"}, "No filter in it"),
    ):
        with refused(words):
            reward("Wrong", **given)
    stopped = reward()
    host().records.transition(stopped, "stop")
    with refused("no longer offered"):
        award(stopped)
    cup = reward("Cup")
    with acting("boss"), refused("Nobody rewards themselves"):
        award(cup, "boss")


def test_kudos_are_for_others_for_a_value_and_so_many_a_month(acme: Installation) -> None:
    put(KUDOS_LIMIT, 2)
    put(KUDOS_POINTS, 5)
    value = host().records.create(Value, {"name": "One team"})
    thanks = {"user_id": user("bo"), "value_id": value.id, "text": "Took over my visits"}
    create = host().records.create
    with on("2025-03-30"), acting("ann"):
        made = create(Kudos, thanks)
        assert (made.giver_id, made.day) == (user("ann"), date(2025, 3, 30))
        with refused("Kudos are for others"):
            create(Kudos, thanks | {"user_id": user("ann")})
        with refused("Say which value"):
            create(Kudos, {"user_id": user("bo"), "text": "Thanks"})
        create(Kudos, thanks)
        with refused("You have given all 2 kudos of this month"):
            create(Kudos, thanks)
    assert balance("bo") == 10
    with on("2025-04-01"), acting("ann"):
        create(Kudos, thanks)
    figure = host().measures.value("rewards.kudos_received", date(2025, 3, 1), date(2025, 3, 31))
    assert figure == 2
    assert host().measures.value("rewards.points_earned") == 15
    host().records.delete(made)
    assert balance("bo") == 10


def test_of_who_is_erased_no_word_is_left(acme: Installation) -> None:
    put(KUDOS_POINTS, 5)
    words = "Ann drove all night"
    value = host().records.create(Value, {"name": "One team"})
    thanks = {"user_id": user("ann"), "value_id": value.id, "text": words}
    for _time in range(2):
        made = host().records.create(Kudos, thanks)
    host().records.delete(made)
    award(reward(), citation=words)
    award(reward("Cup"), "bo", citation="Stayed late")
    of = of_round()
    values = {"round_id": of.id, "user_id": user("ann"), "reason": words}
    host().records.create(Nomination, values)
    won(1000, "2025-03-03")
    race = contest("2025-03-01", "2025-03-31")
    with on("2025-04-02"):
        host().records.transition(race, "finish")
    texts = host().session.execute(sa.select(Entry.text, Entry.points).order_by(Entry.id)).all()
    assert [tuple(row) for row in texts] == [("One team", 5), ("One team", 5), ("One team", -5)]
    ann: Any = host().session.get_one(model_of("core.User"), (race.company_id, user("ann")))
    ann.name = "Erased person 1"
    hooks.after_erase("core.User", ann)
    host().session.flush()
    held = [
        str([getattr(row, each.key) for each in sa.inspect(model).column_attrs])
        for model in models.ALL
        for row in host().session.scalars(sa.select(model))
    ]
    assert not [row for row in held if "Ann" in row]
    assert [row for row in held if "Headphones · Erased person 1" in row]
    assert [row for row in held if "Cup · Bo" in row and "Stayed late" in row]


def test_the_wall_shows_what_is_public_and_in_force_without_amounts(acme: Installation) -> None:
    with on("2025-03-01"):
        award(reward("Bonus", kind="money", amount=500), citation="Saved the deal")
        award(reward("Title", kind="title", days=10), "bo")
        award(reward("Cup"), "cai", public=False)
        host().records.create(Kudos, {"user_id": user("bo"), "text": "Helped"})
        found = {(note.kind, note.person, note.said) for note in wall.notes()}
        assert ("money", "Ann", "Saved the deal") in found and len(found) == 3
    with on("2025-03-20"):
        assert "title" not in {note.kind for note in wall.notes()}


def of_round(**given: Any) -> Round:
    values = {"name": "Colleague", "reward_id": reward("Badge", kind="badge").id, "quorum": 2,
              "opens_on": today(), "closes_on": today() + timedelta(days=5), **given}  # fmt: skip
    return host().records.create(Round, values)


def nominate(of: Round, by: str, name: str) -> Nomination:
    with acting(by):
        values = {"round_id": of.id, "user_id": user(name), "reason": f"For {name}"}
        return host().records.create(Nomination, values)


def vote(by: str, nomination: Nomination) -> Vote:
    with acting(by):
        return host().records.create(Vote, {"nomination_id": nomination.id})


def test_a_vote_is_one_each_and_none_for_oneself(acme: Installation) -> None:
    of = of_round()
    with refused("Nobody nominates themselves"):
        nominate(of, "ann", "ann")
    ann, bo = nominate(of, "bo", "ann"), nominate(of, "ann", "bo")
    with refused("Nobody votes for themselves"):
        vote("ann", ann)
    mine = vote("ann", bo)
    with refused("You have voted"):
        vote("ann", bo)
    with acting("ann"):
        host().records.delete(mine)
    vote("ann", bo)
    with refused("Votes are taken until"):
        host().records.transition(of, "decide")
    with on((today() + timedelta(days=6)).isoformat()):
        with refused("The vote is closed"):
            vote("cai", ann)
        with refused("1 votes: 2 are needed"):
            host().records.transition(of, "decide")
        host().records.transition(of, "fail")
    assert (of.state, of.votes, bo.votes, ann.votes) == ("failed", 1, 1, 0)


def test_most_votes_win_and_of_equal_ones_somebody_chooses(acme: Installation) -> None:
    of = of_round()
    ann, bo = nominate(of, "bo", "ann"), nominate(of, "ann", "bo")
    vote("bo", ann)
    vote("ann", bo)
    with on((today() + timedelta(days=6)).isoformat()):
        with refused("These have equally many votes: Ann, Bo"):
            host().records.transition(of, "decide")
        with refused("equally many"):
            host().records.transition(of, "decide", {"winner": user("cai")})
        host().records.transition(of, "decide", {"winner": user("bo")})
    made = host().session.scalars(sa.select(Award)).one()
    assert (made.user_id, made.source, made.citation) == (user("bo"), "voted", "For bo")
    assert (of.state, of.winner_id, of.votes) == ("decided", user("bo"), 2)


def test_nobody_chooses_themselves_of_equal_votes(acme: Installation) -> None:
    of = of_round()
    boss, bo = nominate(of, "ann", "boss"), nominate(of, "boss", "bo")
    vote("bo", boss)
    vote("ann", bo)
    later = (today() + timedelta(days=6)).isoformat()
    with on(later), acting("boss"), refused("Somebody else decides"):
        host().records.transition(of, "decide", {"winner": user("boss")})


def test_a_title_for_points_is_held_from_when_it_is_handed_out(acme: Installation) -> None:
    grant("ann", 10)
    title = reward("Title", kind="title", days=10, points=5)
    with on("2025-03-01"):
        had = redeem(title)
    with on("2025-03-20"):
        host().records.transition(had, "hand_out")
    assert had.valid_to == date(2025, 3, 29)


def test_votes_stay_with_who_gave_them(acme: Installation) -> None:
    of = of_round()
    vote("ann", nominate(of, "ann", "bo"))
    for name, seen in (("ann", 1), ("boss", 0), ("bo", 0)):
        with acting(name):
            asked = sa.select(sa.func.count(Vote.id)).where(host().records.visible(Vote))
            assert host().session.scalar(asked) == seen, name
