"""Transitions, and what calls for one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from core.extensions import db
from plugin_api.context import clock_at
from plugin_api.errors import Forbidden, Held, Invalid, NotFound, Rejected
from tests.data.workshop import World, add, make, model, records, trail

NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
"""Midday in Shanghai."""


def running(**values: Any) -> Any:
    job = make("Job", **{"name": "Bell", "client": make("Client", name="Acme"), **values})
    records().transition(job, "start")
    return job


def test_a_transition_sets_state_and_what_was_given(workshop: World) -> None:
    with workshop.as_("ada"):
        bench = make("Bench", name="B")
        job = running()
        workshop.calls()
        assert records().transition(job, "place", {"bench": bench}, version=2) == {}
        db.session.expire(job)
        assert (job.state, job.bench_id, job.version) == ("running", bench.id, 3)
        changes = {"bench_id": (None, bench.id)}
        assert [c for c in workshop.calls() if c[0] != "version"] == [
            ("before_transition", "place", "running", {"bench": bench.id}),
            ("before_update", changes),
            ("after_update", changes),
            ("after_transition", "place", "running", "running"),
        ]
        assert [(action, name) for action, name, _ in trail(job)] == [
            ("create", ""), ("transition", "start"), ("transition", "place"),
        ]  # fmt: skip


def test_apply_sees_the_record_as_it_was_and_decides_what_is_put_on_it(workshop: World) -> None:
    with workshop.as_("ada"), clock_at(NOON):
        job = running(fee=100)
        said = records().transition(job, "finish", {"fee": 200, "hours": 3})
        assert said == {"open": job, "days": 3}
        assert job.note == "from running, fee 100, given ['fee', 'hours']"
        assert (job.fee, job.hours, job.state) == (200, None, "done")
        assert job.done_on == dt.date(2026, 3, 10)
        action, name, changes = trail(job)[-1]
        assert (action, name) == ("transition", "finish")
        assert changes["state"] == ("running", "done")
        assert changes["fee"] == (100, 200)
        assert changes["done_on"] == (None, dt.date(2026, 3, 10))


def test_what_is_required_may_be_given_or_be_there(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell")
        with pytest.raises(Invalid) as refused:
            records().transition(job, "start")
        assert refused.value.errors == {"client": ["“Start” needs a value."]}
        # Not among the inputs, but required and empty: it may be given along.
        records().transition(job, "start", {"client": make("Client", name="Acme")})
        assert job.state == "running"
        with pytest.raises(Invalid) as refused:
            records().transition(job, "finish", {"fee": None})
        assert refused.value.errors.keys() == {"fee"}
        records().update(job, {"fee": 1})
        records().transition(job, "finish")
        assert job.fee == 1


def test_only_inputs_are_taken_and_they_must_fit(workshop: World) -> None:
    with workshop.as_("ada"):
        job = running(fee=100)
        for values in (
            {"name": "Other"}, {"state": "done"}, {"nothing": 1}, {"client": 1},
            {"fee": "1"}, {"hours": -1}, {"done_on": "2026-01-01"},
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                records().transition(job, "finish", values)
            assert refused.value.errors.keys() == values.keys()
        with pytest.raises(Invalid) as refused:
            records().transition(job, "place", {"bench": 99999})
        assert refused.value.errors.keys() == {"bench"}
        assert (job.state, job.version) == ("running", 2)


def test_check_refuses_and_nothing_is_changed(workshop: World) -> None:
    with workshop.as_("ada"):
        job = running(fee=100)
        with pytest.raises(Rejected, match="Nothing is done for nothing"):
            records().transition(job, "finish", {"fee": 0})
        assert (job.state, job.fee, job.note, job.version) == ("running", 100, None, 2)


def test_a_transition_leaves_from_its_own_states_only(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", fee=1)
        with pytest.raises(Rejected, match="“Finish” is not possible while this is “Draft”"):
            records().transition(job, "finish")
        with pytest.raises(NotFound):
            records().transition(job, "fly")
        with pytest.raises(NotFound):
            records().transition(make("Client", name="Acme"), "finish")


def test_a_permission_of_its_own_has_its_own_reach(workshop: World) -> None:
    with workshop.as_("ada"):
        north = make("Job", name="North", owner=workshop.people["rita"])
        south = make("Job", name="South", owner=workshop.people["ravi"])
        with workshop.acting("rita"), pytest.raises(Forbidden):
            records().transition(north, "void")
        with workshop.acting("max"):
            records().transition(north, "void")
            assert north.state == "void"
            with pytest.raises(Forbidden):
                records().transition(south, "void")


@pytest.mark.parametrize("by", ["create", "update", "create_many"])
def test_there_is_no_way_round_the_workflow(workshop: World, by: str) -> None:
    with workshop.as_("ada"):
        bench = make("Bench", name="B")
        job = make("Job", name="Bell")
        values: dict[str, Any] = {"name": "Bell", "state": "running"}
        if by == "update":
            with pytest.raises(Invalid) as refused:
                records().update(job, {**values, "bench_id": bench.id})
            assert refused.value.errors == {
                "state": ["This changes only with: “Start”."],
                "bench": ["This changes only with: “Place”."],
            }
            with pytest.raises(Invalid) as refused:
                records().update(job, {"state": "done"})
            assert refused.value.errors == {"state": ["No transition leads there from “Draft”."]}
            # What is the same is no change.
            records().update(job, {"state": "draft", "bench": None, "fee": 5})
            assert job.fee == 5
        elif by == "create":
            with pytest.raises(Invalid) as refused:
                make("Job", **values)
            text = "A new record starts as “Draft”. Then choose: “Start”."
            assert refused.value.errors == {"state": [text]}
            # A guard may be given as long as there is no record.
            assert make("Job", name="Bell", state="draft", bench=bench).bench_id == bench.id
        else:
            with pytest.raises(Exception, match="1 rows cannot be saved"):
                records().create_many(model("Job"), [values])


def test_bring_takes_the_transition_that_a_value_calls_for(workshop: World) -> None:
    with workshop.as_("ada"):
        bench, client = make("Bench", name="B"), make("Client", name="Acme")
        job = make("Job", name="Bell")
        assert records().bring(job, {"fee": 5}, version=1) is job
        records().bring(job, {"bench": bench, "name": "Big bell"}, version=2)
        assert (job.bench_id, job.name) == (bench.id, "Big bell")
        records().bring(job, {"state": "running", "client": client.id})
        assert (job.state, job.client_id) == ("running", client.id)
        day = dt.date(2026, 1, 2)
        # done_on is read-only: it goes along with the transition.
        records().bring(job, {"state": "done", "done_on": day, "fee": 7, "priority": 3})
        assert (job.state, job.done_on, job.fee, job.priority) == ("done", day, 7, 3)
        assert [name for action, name, _ in trail(job) if action == "transition"] == [
            "place", "start", "finish",
        ]  # fmt: skip
        version = job.version
        records().bring(job, {"state": "done", "fee": 7, "bench": bench.id})
        assert job.version == version


def test_bring_moves_on_before_it_ends(workshop: World) -> None:
    with workshop.as_("ada"):
        bench = make("Bench", name="B")
        job = running(fee=1)
        records().bring(job, {"state": "done", "bench": bench})
        assert [name for action, name, _ in trail(job) if action == "transition"] == [
            "start", "place", "finish",
        ]  # fmt: skip
        assert (job.state, job.bench_id) == ("done", bench.id)
        other = make("Bench", name="C")
        records().bring(job, {"state": "draft", "bench": other})
        assert [name for action, name, _ in trail(job) if action == "transition"][3:] == [
            "reopen", "place",
        ]  # fmt: skip


def test_bring_says_what_it_cannot_reach(workshop: World) -> None:
    with workshop.as_("ada"):
        bench = make("Bench", name="B")
        job = make("Job", name="Bell")
        for values in ({"state": "done"}, {"state": "nowhere"}):
            with pytest.raises(Invalid) as refused:
                records().bring(job, {**values, "fee": 9})
            assert refused.value.errors.keys() == {"state"}
        with pytest.raises(Invalid) as refused:
            records().bring(job, {"state": "void", "bench": 99999})
        assert refused.value.errors.keys() == {"bench"}
        done = running(fee=1)
        records().transition(done, "finish")
        with pytest.raises(Invalid) as refused:
            records().bring(done, {"bench": bench})
        assert refused.value.errors == {"bench": ["No transition leads there from “Done”."]}
        assert (job.fee, job.state) == (None, "draft")


def test_bring_asks_the_same_permissions(workshop: World) -> None:
    with workshop.as_("rita"):
        job = make("Job", name="Bell")
        with pytest.raises(Forbidden):
            records().bring(job, {"state": "void"})
        with workshop.acting("ravi"), pytest.raises(Forbidden):
            records().bring(job, {"fee": 1})


def test_a_reference_given_to_a_transition_must_be_readable(workshop: World) -> None:
    with workshop.as_():
        hidden = add("Client", name="Hidden", owner_id=workshop.people["ravi"])
        with workshop.acting("rita"):
            job = make("Job", name="Bell")
            with pytest.raises(Invalid) as refused:
                records().transition(job, "start", {"client": hidden.id})
            assert refused.value.errors.keys() == {"client"}


def test_a_plugin_holds_a_move_back(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="held", client=make("Client", name="Acme"))
        workshop.calls()
        with pytest.raises(Held) as held:
            records().transition(job, "start")
        assert held.value.href == "/workshop/ask"
        assert [call[0] for call in workshop.calls()] == ["before_transition"]
        assert job.state == "draft"
