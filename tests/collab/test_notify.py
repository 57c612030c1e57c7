"""What people are told of besides comments."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core.collab import following, inbox
from core.collab.models import Follower
from core.collab.notify import quietly
from core.extensions import db
from core.host import services
from tests.collab.kit import World, model, record, statements, user


def test_a_new_owner_is_told_unless_it_is_who_did_it(either: World) -> None:
    with either.acting("max"):
        made = (
            services().records.create(model("Job"), {"name": "Saw", "owner": either.ids["rita"]}).id
        )
    assert either.told("rita") == [("assigned", made)]
    with either.acting("ada"):
        services().records.update(record(made), {"owner": either.ids["ravi"]})
    assert either.told("ravi") == [("assigned", made)]
    with either.acting("ravi"):
        services().records.create(model("Job"), {"name": "Mine"})
    assert len(either.told("ravi")) == 1
    assert either.told("max") == either.told("ada") == []


def test_an_owner_who_may_not_see_the_record_is_not_told(world: World) -> None:
    with world.made.working("acme"):
        services().records.create(model("Client"), {"name": "Hidden", "owner": world.ids["ann"]})
    assert world.told("ann") == [], "analysts read no clients"


def test_followers_are_told_of_a_transition(either: World) -> None:
    job = either.job("rita")
    with either.acting("ann"):
        following.choose(record(job), True)
    either.forget()
    with either.acting("ada"):
        services().records.transition(record(job), "void")
    assert either.told("rita") == either.told("ann") == [("transition", job)]
    with either.acting("rita"):
        notices, _more = inbox.latest()
        assert [(n.words, n.title, n.unread) for n in notices] == [
            ("Ada chose “Void”", "Lathe", True)
        ]


def test_who_does_not_want_to_follow_is_left_alone(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        following.choose(record(job), False)
    world.forget()
    with world.acting("ada"):
        services().records.transition(record(job), "void")
    assert world.told("rita") == []
    with world.acting("rita"):
        following.choose(record(job), True)
        assert following.followers_of(record(job)) == {world.ids["rita"]}


def test_who_made_a_record_for_somebody_follows_it(world: World) -> None:
    with world.acting("max"):
        made = services().records.create(model("Job"), {"name": "Saw", "owner": world.ids["rita"]})
        assert following.followers_of(made) == {world.ids["rita"], world.ids["max"]}
    with world.acting("rita"):
        own = services().records.create(model("Job"), {"name": "Own"})
        assert following.followers_of(own) == {world.ids["rita"]}
        asked = sa.select(Follower.id).where(Follower.record_id == own.id)
        assert db.session.scalars(asked).all() == [], "an owner needs no row"


def test_a_kind_that_is_switched_off_is_not_written(world: World) -> None:
    with world.made.working("acme"):
        user("rita").muted = ["assigned"]
    try:
        world.job("rita", told=True)
        assert world.told("rita") == []
    finally:
        with world.made.working("acme"):
            user("rita").muted = []


def test_who_has_left_is_not_told(world: World) -> None:
    with world.made.working("acme"):
        user("ravi").active = False
    try:
        world.job("ravi", told=True)
        assert world.told("ravi") == []
    finally:
        with world.made.working("acme"):
            user("ravi").active = True


def test_nothing_is_told_while_it_is_quiet(world: World) -> None:
    with world.made.working("acme"), quietly():
        made = services().records.create(model("Job"), {"name": "Old", "owner": world.ids["rita"]})
        services().records.transition(made, "void")
    assert world.told("rita") == []


def test_a_refused_change_tells_nobody(world: World) -> None:
    job = world.job("rita")
    world.forget()
    with pytest.raises(RuntimeError), world.made.working("acme"):
        services().records.update(record(job), {"owner": world.ids["ravi"]})
        db.session.rollback()
        raise RuntimeError
    assert world.told("ravi") == []


def test_a_record_out_of_sight_says_nothing_any_more(world: World) -> None:
    with world.acting("max"):
        made = (
            services()
            .records.create(model("Job"), {"name": "Secret", "owner": world.ids["rita"]})
            .id
        )
    with world.acting("ada"):
        services().records.update(record(made), {"owner": world.ids["ravi"]})
    with world.acting("rita"):
        notices, _more = inbox.latest()
        assert [(n.title, n.href) for n in notices] == [("", "")]
        assert "Secret" not in str(notices)
        assert inbox.unread_count() == 1


def test_reading(world: World) -> None:
    first, second = world.job("rita", told=True), world.job("rita", told=True)
    with world.acting("rita"):
        assert inbox.unread_count() == 2
        assert inbox.mark_read(about=(model("Job"), first)) == 1
        assert inbox.mark_read(about=(model("Job"), first)) == 0
        notices, more = inbox.latest(unread=True)
        assert [n.href.rpartition("/")[2] for n in notices] == [str(second)] and not more
    with world.acting("max"):
        assert inbox.mark_read([n.id for n in notices]) == 0, "they are Rita's"
    with world.acting("rita"):
        assert inbox.mark_read() == 1
        assert inbox.unread_count() == 0


def test_pages_of_notifications(world: World) -> None:
    jobs = [world.job("rita", name=f"Job {i}", told=True) for i in range(5)]
    with world.acting("rita"):
        first, more = inbox.latest(limit=3)
        second, end = inbox.latest(before=more, limit=3)
        assert [n.title for n in (*first, *second)] == [f"Job {i}" for i in (4, 3, 2, 1, 0)]
        assert end == 0 and len(jobs) == 5


def test_the_count_is_one_statement_and_the_list_is_few(world: World) -> None:
    for _ in range(12):
        world.job("rita", told=True)
    with world.acting("rita"):
        with statements(world.made.app) as seen:
            assert inbox.unread_count() == 12
        assert len(seen) == 1
        with statements(world.made.app) as seen:
            inbox.latest()
        assert len(seen) == 2


def test_many_new_records_are_told_in_few_statements(world: World) -> None:
    def cost(count: int) -> int:
        rows = [{"name": f"Job {i}", "owner": world.ids["rita"]} for i in range(count)]
        with world.acting("ada"), statements(world.made.app) as seen:
            services().records.create_many(model("Job"), rows)
        told = ("core_notification", "core_follower")
        return len([each for each in seen if any(name in each for name in told)])

    assert cost(3) == cost(60) <= 2
    assert len(world.told("rita")) == 63


def test_a_change_of_nothing_that_matters_costs_nothing(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        found = record(job)
        with statements(world.made.app) as seen:
            services().records.update(found, {"note": "x"})
        assert not [s for s in seen if "core_notification" in s or "core_follower" in s]
