"""Who is in which segment, since when; what became of it; scores over won and over orders."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.context import clock_at
from plugin_api.errors import Invalid, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Account
from plugins.segments.models import Figure, Membership, Score, Segment
from plugins.segments.services import history, members, rfm
from plugins.segments.settings import RFM_FEWEST
from tests.plugins.segments.kit import account, acting, at, grading, won

pytestmark = pytest.mark.usefixtures("acme")


def segment(**values: object) -> Segment:
    return host().records.create(Segment, {"name": "East", **values})


def stays(of: Account) -> list[tuple[dt.date, dt.date | None]]:
    host().session.flush()
    asked = sa.select(Membership.joined, Membership.left).where(Membership.account_id == of.id)
    rows = host().session.execute(asked.order_by(Membership.joined))
    return [(row[0], row[1]) for row in rows]


# -- membership -------------------------------------------------------------------------------


def test_members_by_conditions_join_and_leave_with_their_days() -> None:
    mill = account(region="East")
    with clock_at(at(1, 10)):
        made = segment(condition="region=East")
        assert (made.members, made.counted_on) == (1, dt.date(2026, 1, 10))
    host().records.update(mill, {"region": "West"})
    with clock_at(at(3, 5)):
        assert members.refresh_all() == (0, 1)
        assert members.refresh_all() == (0, 0)
    host().records.update(mill, {"region": "East"})
    with clock_at(at(4, 1)):
        members.refresh_all()
    assert stays(mill) == [
        (dt.date(2026, 1, 10), dt.date(2026, 3, 5)), (dt.date(2026, 4, 1), None),
    ]  # fmt: skip
    ends = [dt.date(2026, 1, 31), dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
    assert history.counts(ends)[made.id] == [1, 0, 1]


def test_who_leaves_and_comes_back_on_one_day_was_never_away() -> None:
    mill = account(region="East")
    with clock_at(at(1, 10)):
        segment(condition="region=East")
    with clock_at(at(2, 10)):
        host().records.update(mill, {"region": "West"})
        members.refresh_all()
        host().records.update(mill, {"region": "East"})
        members.refresh_all()
    assert stays(mill) == [(dt.date(2026, 1, 10), None)]
    other = account("Red Mill", region="East")
    with clock_at(at(3, 1)):
        members.refresh_all()
        host().records.update(other, {"region": "West"})
        members.refresh_all()
    assert stays(other) == []


def test_figures_narrow_a_segment() -> None:
    big, small, none = account("Big"), account("Small"), account("None")
    won(big, 500), won(small, 20)
    with clock_at(at(9, 1)):
        made = segment(name="Buyers", condition="name__in=Big,Small,None")
        given = {"segment_id": made.id, "measure": "crm.won_amount", "at_least": Decimal(100)}
        host().records.create(Figure, given)
        assert members.now_in(made.id) == {big.id}
        other = segment(name="Weak", condition="name__in=Big,Small,None")
        host().records.create(Figure, {**given, "segment_id": other.id, "at_least": None,
                                       "at_most": Decimal(20)})  # fmt: skip
        assert members.now_in(other.id) == {small.id, none.id}
        with pytest.raises(Rejected):
            host().records.create(Figure, {**given, "at_least": None})


def test_members_by_hand_are_put_in_with_their_days() -> None:
    mill, others = account(owner="ann"), account("Other", "cai")
    with clock_at(at(5, 1)):
        made = segment(name="Fair", kind="static")
        with acting("ann"):
            member = host().records.create(
                Membership, {"account_id": mill.id, "segment_id": made.id}
            )
            assert member.joined == dt.date(2026, 5, 1)
            with pytest.raises(Invalid):
                host().records.create(Membership, {"account_id": others.id, "segment_id": made.id})
        assert made.members == 1
        with pytest.raises(Rejected, match="in this segment in this time already"):
            host().records.create(Membership, {"account_id": mill.id, "segment_id": made.id})
        host().records.update(member, {"left": dt.date(2026, 5, 1)})
        assert made.members == 0
        with pytest.raises(Rejected, match="From the day of joining"):
            host().records.update(member, {"left": dt.date(2026, 6, 1)})
        dynamic = segment(name="All", condition="archived=false")
        with pytest.raises(Rejected, match="follows from its conditions"):
            host().records.create(Membership, {"account_id": mill.id, "segment_id": dynamic.id})
    with pytest.raises(Rejected, match="have no conditions"):
        segment(name="Both", kind="static", condition="region=East")


def test_a_segment_is_a_condition_for_lists_and_for_other_rules() -> None:
    mill = account("Inside", region="East")
    account("Outside", region="West")
    with clock_at(at(5, 1)):
        made = segment(condition="region=East")
        address = host().list_url(
            "crm.Account", {"behind": f"segments.members?by.segment={made.id}"}
        )
        assert host().measures.value("segments.members", filters={"segment": made.id}) == 1
        pool = model_of("pools.Pool")
        given = {"name": "Pool", "kind": "account", "takes": "all", "condition": address}
        kept = host().records.create(pool, given)
        assert "segments.members" in kept.condition
        first = grading(condition=address)
        from plugins.segments.services import grading as runs

        assert [each.id for each in runs.plan(first).results] == [mill.id]
        nested = segment(name="Nested", condition=address)
        assert members.now_in(nested.id) == {mill.id}


def test_who_moved_where_between_two_days() -> None:
    mills = [account(f"Mill {i}", region="East") for i in range(3)]
    with clock_at(at(1, 10)):
        east, west = segment(condition="region=East"), segment(name="W", condition="region=West")
    host().records.update(mills[0], {"region": "West"})
    host().records.update(mills[1], {"region": None})
    new = account("New", region="West")
    with clock_at(at(2, 10)):
        members.refresh_all()
    days, both = (dt.date(2026, 1, 31), dt.date(2026, 2, 28)), [east.id, west.id]
    assert history.of_segments(*days, both) == {
        (east.id, west.id): 1, (east.id, None): 1, (east.id, east.id): 1, (None, west.id): 1,
    }  # fmt: skip
    assert new.id
    with acting("cai"):
        assert history.of_segments(*days, both) == {}


# -- scores -----------------------------------------------------------------------------------

DAYS = (3, 10, 10, 25, 40, 60, 90, 120, 200, 400)


def buyers() -> list[Account]:
    found = []
    for i, days in enumerate(DAYS):
        found.append(account(f"Buyer {i}"))
        won(found[-1], 100 * (i + 1), dt.date(2026, 9, 1) - dt.timedelta(days=days))
    return found


def scores(which: list[Account], name: str) -> list[object]:
    host().session.flush()
    asked = sa.select(Score).order_by(Score.account_id)
    held = {row.account_id: getattr(row, name) for row in host().session.scalars(asked)}
    return [held.get(each.id) for each in which]


def test_scores_over_what_was_won_are_those_of_the_worked_example() -> None:
    put(RFM_FEWEST, 10)
    found = buyers()
    with clock_at(at(9, 1)):
        assert rfm.refresh() == 10
        assert scores(found, "r") == [5, 4, 4, 4, 3, 3, 2, 2, 1, 1]
        assert scores(found, "m") == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
        assert scores(found, "f") == [1] * 10
        assert scores(found, "cell")[0] == "new"
        champions = sa.select(Segment).where(Segment.cell == "new")
        members.refresh_all()
        held = host().session.scalars(champions).one()
        assert held.members == sum(each == "new" for each in scores(found, "cell"))
        assert host().measures.value("segments.scored", filters={"r": 4}) == 3
    # A month later others have bought: the limits stay, so who did nothing only grows older.
    late = account("Late")
    for day in (1, 5, 20):
        won(late, 10_000, dt.date(2026, 9, day))
    with clock_at(at(9, 30)):
        rfm.refresh()
        assert scores(found, "m") == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
        assert scores([late], "f") == [5] and scores(found, "r")[0] == 3
        fixed_on, _limits = rfm.kept()
        assert fixed_on == dt.date(2026, 9, 1)
    with clock_at(at(9, 2, 2027)):
        rfm.refresh()
        assert rfm.kept()[0] == dt.date(2027, 9, 2)


def test_fifths_of_a_handful_say_nothing() -> None:
    found = buyers()
    with clock_at(at(9, 1)):
        assert rfm.refresh() == 0
        assert scores(found, "r") == [None] * 10
