"""The trail that every change leaves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data import audit
from core.data.audit import AuditEntry
from core.data.checks import state_of
from core.data.query import Ref
from core.extensions import db
from plugin_api.context import clock_at
from plugin_api.errors import Refused
from tests.data.workshop import World, forget_changes, make, model, records, statements, trail

NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)


def test_an_entry_tells_who_changed_what_and_when(workshop: World) -> None:
    with workshop.as_("rita"), clock_at(NOON):
        client = make("Client", name="Acme")
        job = make("Job", name="Bell", hours=Decimal("1.50"), due=dt.date(2026, 1, 2))
        with workshop.acting(""):
            called = dt.datetime(2026, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
            values = {"client": client, "hours": Decimal(2), "called_at": called, "urgent": True}
            records().update(job, values)
        newest, oldest = audit.entries_of(model("Job"), job.id)
        assert (oldest.user, oldest.action, oldest.at) == ("Rita", "create", NOON)
        assert oldest.changes == {
            "name": (None, "Bell"),
            "number": (None, "J-001"),
            "owner": (None, Ref(workshop.people["rita"], "Rita")),
            "state": (None, "draft"),
            "kind": (None, "repair"),
            "currency": (None, "CNY"),
            "hours": (None, Decimal("1.50")),
            "due": (None, dt.date(2026, 1, 2)),
            "urgent": (None, False),
        }
        assert (newest.user, newest.title) == ("", "Bell")
        assert newest.changes == {
            "client": (None, Ref(client.id, "Acme")),
            "hours": (Decimal("1.50"), Decimal(2)),
            "called_at": (None, called),
            "urgent": (False, True),
        }


def test_it_is_read_with_two_statements_newest_first(workshop: World) -> None:
    with workshop.as_("ada"):
        clients = [make("Client", name=f"c{i}") for i in range(5)]
        job = make("Job", name="Bell")
        for client in clients:
            contact = make("Contact", name="Li", client=client)
            records().update(job, {"client": client, "contact": contact})
        with statements() as seen:
            found = audit.entries_of(model("Job"), job.id, 4)
        assert len(seen) == 2
        assert [entry.changes["client"][1].label for entry in found] == ["c4", "c3", "c2", "c1"]
        with statements() as seen:
            assert audit.entries_of(model("Job"), 999999) == []
        assert len(seen) == 1


def test_what_is_gone_or_hidden_keeps_its_number(workshop: World) -> None:
    with workshop.as_("ada"):
        client = make("Client", name="Acme")
        job = make("Job", name="Bell", client=client)
        records().update(job, {"client": None})
        records().delete(client)
        gone = (Ref(client.id, f"#{client.id}"), None)
        assert trail(job)[1][2] == {"client": gone}
        other = make("Job", name="Other", client=make("Client", name="Hidden"))
        with workshop.acting("ana"):
            # She reads jobs, but no clients.
            label = trail(other)[0][2]["client"][1].label
            assert label == f"#{other.client_id}"


def test_it_is_the_company_s_own(workshop: World) -> None:
    with workshop.as_("", "other"):
        job = make("Job", name="Foreign")
        db.session.commit()
        number = job.id
    try:
        with workshop.as_("ada"):
            assert audit.entries_of(model("Job"), number) == []
    finally:
        with workshop.as_("", "other"):
            db.session.execute(sa.delete(model("Job")))
            db.session.commit()
            forget_changes()


def test_it_is_undone_with_the_change(workshop: World) -> None:
    with workshop.as_("ada"):
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            make("Job", name="Bell")
            raise ZeroDivisionError
        told = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.model == "workshop.Job")
        assert db.session.scalar(told) == 0


NAMES = st.sampled_from(["Bell", "Cart", "forbidden", "", "x" * 21, "张三", "echo"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "fee": st.none() | st.integers(-5, 5),
        "hours": st.none() | st.decimals(-1, 5, places=3),
        "priority": st.none() | st.integers(0, 10),
        "due": st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 5)),
        "client": st.none() | st.integers(0, 3),
        "bench": st.none() | st.integers(0, 2),
        "state": st.sampled_from(["draft", "running", "done", "void"]),
        "external_id": st.none() | st.sampled_from(["a", "b"]),
        "nothing": st.just(1),
    },
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["update", "bring"]), st.integers(0, 2), VALUES),
        st.tuples(
            st.sampled_from(["start", "place", "finish", "void", "reopen"]),
            st.integers(0, 2),
            st.fixed_dictionaries({}, optional={"fee": st.integers(0, 2)}),
        ),
        st.tuples(st.just("delete"), st.integers(0, 2), st.just({})),
    ),
    max_size=12,
)


def replayed(record: Any) -> dict[str, Any]:
    """What a record's history says that it holds."""
    state: dict[str, Any] = {}
    for action, _name, changes in trail(record):
        for name, (old, new) in changes.items():
            assert state.get(name) == (old.id if isinstance(old, Ref) else old)
            state[name] = new.id if isinstance(new, Ref) else new
        if action == "delete":
            assert all(value is None for value in state.values())
    return {name: value for name, value in state.items() if value is not None}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_trail_always_adds_up_to_the_record(workshop: World, steps: Any) -> None:
    with workshop.as_("ada"), clock_at(NOON):
        clients = [make("Client", name=f"c{i}").id for i in range(3)]
        benches = [make("Bench", name=f"b{i}").id for i in range(2)]
        jobs = [make("Job", name=f"j{i}") for i in range(3)]
        live = dict(enumerate(jobs))
        for act, which, values in steps:
            job = live.get(which)
            if job is None:
                continue
            pools = {"client": clients, "bench": benches}
            given_values = {
                name: (
                    [*pools[name], 999999][value] if name in pools and value is not None else value
                )
                for name, value in values.items()
            }
            before, version = state_of(job), job.version
            try:
                if act == "update":
                    records().update(job, given_values)
                elif act == "bring":
                    with db.session.begin_nested():
                        records().bring(job, given_values)
                elif act == "delete":
                    records().delete(live.pop(which))
                else:
                    records().transition(job, act, given_values)
            except Refused:
                assert (state_of(job), job.version) == (before, version)
        db.session.flush()
        for i, job in enumerate(jobs):
            if i in live:
                db.session.expire(job)
                held = {n: v for n, v in state_of(job).items() if v is not None}
                assert replayed(job) == held
            else:
                assert replayed(job) == {}
