"""Contests: places, handicap, what looks odd, prizes, and who sees the board."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.host import host
from plugins.rewards import jobs
from plugins.rewards.models import Award, Contest, Prize, Standing
from plugins.rewards.services import boards
from plugins.rewards.settings import BOARDS
from tests.harness import Installation
from tests.plugins.rewards.kit import acting, contest, on, refused, reward, user, won


def standings(of: Contest) -> dict[str, Standing]:
    asked = sa.select(Standing).where(Standing.contest_id == of.id)
    return {each.name.rsplit(" · ", 1)[1]: each for each in host().session.scalars(asked)}


def winners() -> list[int]:
    return sorted(host().session.scalars(sa.select(Award.user_id)))


def test_who_brings_most_wins_and_what_is_cancelled_no_longer_counts(acme: Installation) -> None:
    cup = reward("Cup")
    won(1000, "2025-03-03")
    deal = won(1500, "2025-03-10", "bo")
    of = contest("2025-03-01", "2025-03-31", cup)
    with on("2025-03-31"), refused("It goes until 2025-03-31"):
        host().records.transition(of, "finish")
    with on("2025-04-02"):
        host().records.transition(of, "finish")
        assert {name: each.place for name, each in standings(of).items()} == {"Bo": 1, "Ann": 2}
        with refused("Prizes are given after 2025-04-14"):
            host().records.transition(of, "award")
        host().records.transition(deal, "reopen")
    with on("2025-04-20"):
        host().records.transition(of, "look")
        found = standings(of)
        assert (found["Bo"].figure, found["Bo"].later) == (1500, 0)
        assert found["Bo"].flags == [{"key": "cancelled", "lost": "1500.00"}]
        assert (found["Bo"].place, found["Ann"].place) == (None, 1)
        host().records.transition(of, "award")
    assert winners() == [user("ann")] and of.state == "awarded"


def test_a_beginner_may_win_by_history(acme: Installation) -> None:
    for month in ("2025-01", "2025-02"):
        won(10_000, f"{month}-10")
        won(1000, f"{month}-10", "bo")
    won(11_000, "2025-03-10")
    won(2000, "2025-03-10", "bo")
    of = contest("2025-03-01", "2025-03-28", score="history", history=2)
    with on("2025-03-20"):
        found = boards.of(of)
    assert [(row.name, row.line.score) for row in found.rows] == [
        ("Bo", Decimal(200)), ("Ann", Decimal(110))
    ]  # fmt: skip


def test_teams_are_ranked_a_head_and_each_of_them_wins(acme: Installation) -> None:
    won(900, "2025-03-10")
    won(800, "2025-03-11", "cai")
    of = contest("2025-03-01", "2025-03-31", reward("Cup"), of="teams", score="head", hold_days=0)
    with on("2025-03-20"):
        # North has three heads, South one.
        assert [(row.name, row.line.score) for row in boards.of(of).rows] == [
            ("South", Decimal(800)), ("North", Decimal(300))
        ]  # fmt: skip
    with on("2025-04-02"):
        host().records.transition(of, "finish")
        host().records.transition(of, "award")
    assert winners() == [user("cai")]


def test_who_is_excluded_has_no_place(acme: Installation) -> None:
    won(1000, "2025-03-03")
    won(1500, "2025-03-10", "bo")
    of = contest("2025-03-01", "2025-03-31", reward("Cup"), hold_days=0)
    with on("2025-04-02"):
        host().records.transition(of, "finish")
        bo = standings(of)["Bo"]
        with acting("bo"), refused("This needs the permission"):
            host().records.transition(bo, "exclude", {"reason": "No"})
        with acting("boss"):
            host().records.transition(bo, "exclude", {"reason": "Booked early"})
        assert (bo.place, standings(of)["Ann"].place) == (None, 1)
        host().records.transition(bo, "include")
        assert (bo.place, standings(of)["Ann"].place) == (1, 2)
        host().records.transition(bo, "exclude", {"reason": "Booked early"})
        host().records.transition(of, "award")
        with refused("Only while the contest is being checked"):
            host().records.transition(bo, "include")
    assert winners() == [user("ann")]


def test_a_company_shows_all_only_ones_own_or_nothing(acme: Installation) -> None:
    won(1000, "2025-03-03")
    won(1500, "2025-03-10", "bo")
    of = contest("2025-03-01", "2025-03-31")

    def seen(name: str) -> list[tuple[str, int | None]]:
        with on("2025-03-20"), acting(name):
            return [(row.name, row.line.place) for row in boards.of(of).rows]

    assert seen("ann") == [("Bo", 1), ("Ann", 2)]
    put(BOARDS, "own")
    assert seen("ann") == [("", 2)] and seen("cai") == []
    assert seen("boss") == [("Bo", 1), ("Ann", 2)]
    put(BOARDS, "off")
    with acting("ann"):
        assert not boards.may_look()
    with acting("boss"):
        assert boards.may_look()


def test_rules_stay_as_they_are_once_it_has_begun(acme: Installation) -> None:
    cup = reward("Cup")
    of = contest("2025-03-01", "2025-03-31", cup)
    with refused("its rules stay as they are"):
        host().records.update(of, {"ends_on": date(2025, 4, 30)})
    later = {"name": "Later", "measure": "crm.won_amount", "starts_on": date(2025, 5, 1),
             "ends_on": date(2025, 5, 31)}  # fmt: skip
    planned = host().records.create(Contest, later)
    [won_by] = host().session.scalars(sa.select(Prize).where(Prize.contest_id == of.id))
    for given in ({"reward_id": reward("Pin").id}, {"place": 2}, {"contest_id": planned.id}):
        with refused("its prizes stay as they are"):
            host().records.update(won_by, given)
    with refused("its prizes stay as they are"):
        host().records.delete(won_by)
    with refused("its prizes stay as they are"):
        host().records.create(Prize, {"contest_id": of.id, "place": 2, "reward_id": cup.id})
    host().records.create(Prize, {"contest_id": planned.id, "place": 1, "reward_id": cup.id})
    host().records.delete(planned)
    with refused("call it off instead"):
        host().records.delete(of)
    for given, words in (
        ({"measure": "crm.win_rate"}, "adds up over days"),
        ({"ends_on": date(2025, 2, 1)}, "before the start"),
        ({"ends_on": date(2027, 2, 1)}, "for a year at most"),
        ({"score": "head"}, "Only teams have heads"),
        ({"measure": "incentives.earned"}, "kept from others"),
        ({"starts_on": date(1, 1, 5), "ends_on": date(1, 1, 9)}, "between 1950 and 2200"),
    ):
        values: dict[str, Any] = {
            "name": "Wrong", "measure": "crm.won_amount", "starts_on": date(2025, 3, 1),
            "ends_on": date(2025, 3, 31), **given,
        }  # fmt: skip
        with refused(words):
            host().records.create(Contest, values)


def test_contests_move_on_by_themselves(
    acme: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(type(host().jobs), "result", lambda self, **done: told.append(done))
    values = {"name": "Race", "measure": "crm.won_amount", "starts_on": date(2025, 3, 1),
              "ends_on": date(2025, 3, 31)}  # fmt: skip
    gone = host().records.create(Contest, {**values, "name": "Gone"})
    gone.measure = "gone.figure"
    of = host().records.create(Contest, values)
    for day, state in (
        ("2025-02-28", "planned"), ("2025-03-01", "running"), ("2025-03-31", "running"),
        ("2025-04-01", "checking"), ("2025-04-02", "checking"),
    ):  # fmt: skip
        with on(day):
            jobs.move_on()
        assert of.state == state, day
    left = ["Gone: This figure is not available."]
    assert told[-1] == {"begun": 0, "finished": 0, "checked": 1, "left": left}
    assert gone.state == "running"
