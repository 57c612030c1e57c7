"""Deputies and shares of single records, as people meet them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from core.access import sharing
from core.access.explain import explain
from core.access.models import Absence
from core.collab.models import Notification
from core.collab.notify import notify
from core.data import audit
from core.extensions import db
from core.identity.models import User
from core.identity.service import actor_for
from plugin_api.context import clock_at, current_company, now, today
from plugin_api.errors import Forbidden, NotFound, Rejected
from tests.data.workshop import World, add, model, records, statements


@pytest.fixture(autouse=True)
def forgotten(workshop: World) -> Iterator[None]:
    """Nothing here is committed, so no revision of the company tells that something changed."""
    yield
    workshop.app.extensions.pop("xiaoguan.actors", None)


@contextmanager
def acting(world: World, name: str) -> Iterator[None]:
    world.app.extensions.pop("xiaoguan.actors", None)
    with world.acting(name):
        yield


def away(world: World, absent: str, deputy: str, first: int = 0, last: int = 3) -> Absence:
    day = today()
    return records().create(
        Absence,
        {
            "user": world.people[absent], "deputy": world.people[deputy],
            "first_day": day + dt.timedelta(first), "last_day": day + dt.timedelta(last),
        },
    )  # fmt: skip


def client_of(world: World, name: str) -> Any:
    return add("Client", name=f"Of {name}", owner_id=world.people[name])


def person(world: World, name: str) -> User:
    found = db.session.get(User, (current_company().id, world.people[name]))
    assert found is not None
    return found


def test_a_deputy_works_with_the_records_of_who_is_away(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        with acting(workshop, "ravi"), pytest.raises(NotFound):
            records().get(model("Client"), client.id)
        with acting(workshop, "rita"):
            away(workshop, "rita", "ravi")
        with acting(workshop, "ravi"):
            found = records().get(model("Client"), client.id, "update")
            records().update(found, {"name": "Changed"})
            [told] = audit.entries_of(model("Client"), client.id, 1)
            assert told.user == "Ravi for Rita"
            reason = explain(model("Client"), client.id, person(workshop, "ravi"), ["update"])[0]
            assert (reason.allowed, reason.matched) == (True, "deputy")
            assert "Rita, who owns the record, is away today" in str(reason.words)


def test_it_begins_and_ends_by_the_date(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        away(workshop, "rita", "ravi", first=1, last=2)
        for days, seen in ((0, False), (1, True), (2, True), (3, False)):
            with clock_at(now() + dt.timedelta(days=days)), acting(workshop, "ravi"):
                assert records().may(client, "read") is seen, days


def test_a_deputy_of_a_deputy_reaches_nothing(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        away(workshop, "rita", "ravi")
        with pytest.raises(Rejected, match="is somebody's deputy"):
            away(workshop, "ravi", "fay")
        with pytest.raises(Rejected, match="is away from"):
            away(workshop, "max", "rita")
        with pytest.raises(Rejected, match="is away already"):
            away(workshop, "rita", "fay", first=2, last=9)
        with pytest.raises(Rejected, match="own deputy"):
            away(workshop, "fay", "fay")
        with pytest.raises(Rejected, match="before it begins"):
            away(workshop, "fay", "max", first=3, last=2)
        away(workshop, "rita", "fay", first=4, last=9)
        with acting(workshop, "fay"):
            assert not records().may(client, "update")


def test_nobody_makes_themselves_a_deputy(workshop: World) -> None:
    with workshop.as_(), acting(workshop, "max"):
        with pytest.raises(Rejected, match="Somebody else"):
            away(workshop, "rita", "max")
        away(workshop, "rita", "fay")


def test_a_rep_sends_only_themselves_away(workshop: World) -> None:
    with workshop.as_(), acting(workshop, "rita"), pytest.raises(Forbidden):
        away(workshop, "ravi", "fay")


def test_a_deputy_cannot_make_the_absence_longer(workshop: World) -> None:
    with workshop.as_():
        made = away(workshop, "rita", "ravi")
        with acting(workshop, "ravi"), pytest.raises(Forbidden):
            records().update(made, {"last_day": today() + dt.timedelta(90)})


def test_a_deputy_is_told_too(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        away(workshop, "rita", "ravi")
        told = notify("reminder", client, [workshop.people["rita"]], {"text": "x"})
        assert set(told) == {workshop.people["rita"], workshop.people["ravi"]}
        rows = db.session.scalars(sa.select(Notification.user_id)).all()
        assert set(rows) >= set(told)


def test_nobody_away_costs_no_statement(workshop: World) -> None:
    with workshop.as_():
        workshop_person = person(workshop, "rita")
        actor_for(workshop_person)
        with statements() as asked:
            actor_for(workshop_person)
        assert asked == []


def test_a_record_is_shared_for_a_time(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        with acting(workshop, "ravi"):
            assert not records().may(client, "read")
        with acting(workshop, "rita"):
            until = today() + dt.timedelta(2)
            sharing.share(client, user_id=workshop.people["ravi"], until=until)
        with acting(workshop, "ravi"):
            assert records().may(client, "read")
            assert not records().may(client, "update")
            reason = explain(model("Client"), client.id, person(workshop, "ravi"), ["read"])[0]
            assert reason.matched == "given"
            assert "Rita shares the record with Ravi" in str(reason.words)
        with acting(workshop, "rita"):
            sharing.share(client, user_id=workshop.people["ravi"], level="edit", until=until)
            [one] = sharing.shares_of(client)
        with acting(workshop, "ravi"):
            assert records().may(client, "update")
            assert not records().may(client, "delete")
            assert not sharing.may_share(client)
            with pytest.raises(Forbidden):
                sharing.share(client, user_id=workshop.people["fay"])
        with clock_at(now() + dt.timedelta(days=3)), acting(workshop, "ravi"):
            assert not records().may(client, "read")
        with acting(workshop, "rita"):
            sharing.revoke(client, one.id)
        with acting(workshop, "ravi"):
            assert not records().may(client, "read")
        words = [entry.action for entry in audit.entries_of(model("Client"), client.id)]
        assert words[:3] == ["unshare", "share", "share"]


def test_a_record_that_goes_takes_its_shares_along(workshop: World) -> None:
    with workshop.as_():
        client = client_of(workshop, "rita")
        sharing.share(client, user_id=workshop.people["ravi"])
        records().delete(client)
        assert sharing.shares_of(client) == []


def test_what_is_personal_is_not_shared(workshop: World) -> None:
    with workshop.as_():
        made = away(workshop, "rita", "ravi")
        assert not sharing.may_share(made)
        with pytest.raises(Forbidden):
            sharing.share(made, user_id=workshop.people["fay"])
