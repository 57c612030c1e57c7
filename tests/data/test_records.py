"""Making, changing and deleting records by the one write path."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.query import Ref
from core.extensions import db
from core.host import services
from plugin_api.errors import Conflict, Forbidden, NotFound, Rejected
from tests.data.workshop import World, make, model, records, statements, trail


def errors(refused: pytest.ExceptionInfo[Any]) -> dict[str, list[str]]:
    return {name: [str(t) for t in texts] for name, texts in refused.value.errors.items()}


def test_a_record_is_made_of_values_by_either_name(workshop: World) -> None:
    with workshop.as_("ada"):
        client = make("Client", name="Acme")
        contact = make("Contact", name="Li", client=client)
        job = make("Job", name="Bell", client_id=client.id, contact=Ref(contact.id, "Li"), fee=100)
        assert (job.client_id, job.contact_id) == (client.id, contact.id)
        assert (job.state, job.kind, job.urgent, job.number) == ("draft", "repair", False, "J-001")
        assert job.version == 1


def test_owner_and_currency_are_completed(workshop: World) -> None:
    with workshop.as_("rita"):
        job = make("Job", name="Bell", fee=1)
        assert job.owner_id == workshop.people["rita"]
        assert job.currency == "CNY"
    with workshop.as_("ada"):
        assert make("Job", name="Bell", owner=None, currency="JPY").owner_id is None
        assert make("Job", name="Bell", owner=workshop.people["ravi"]).owner_id is not None
    with workshop.as_():
        assert make("Job", name="Bell").owner_id is None


def test_a_plugin_refuses_and_nothing_is_left(workshop: World) -> None:
    with workshop.as_("ada"):
        with pytest.raises(Rejected, match=r"Not this one\."):
            make("Job", name="forbidden")
        job = make("Job", name="Bell")
        with pytest.raises(Rejected, match=r"Not this one\."):
            records().update(job, {"name": "forbidden", "priority": 7})
        assert (job.name, job.priority, job.urgent, job.version) == ("Bell", None, False, 1)
        assert db.session.scalars(sa.select(model("Job").name)).all() == ["Bell"]
        assert not db.session.dirty


def test_hooks_are_called_in_order_with_old_and_new(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell")
        assert workshop.calls() == [("before_create", "Bell", None), ("after_create", "Bell", True)]
        records().update(job, {"priority": 7, "name": "Bell"})
        asked = {"priority": (None, 7)}
        assert workshop.calls() == [
            ("before_update", asked),
            ("version", 1),
            ("after_update", asked | {"urgent": (False, True)}),
        ]


def test_no_change_writes_nothing(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", hours=Decimal("1.50"), due=dt.date(2026, 1, 1))
        db.session.flush()
        workshop.calls()
        with statements() as seen:
            same = {"name": "Bell", "hours": Decimal("1.5"), "due": dt.date(2026, 1, 1)}
            assert records().update(job, same, version=1) is job
        assert seen == []
        assert job.version == 1
        assert workshop.calls() == []


def test_a_stale_version_is_a_conflict_that_tells_what_is_there(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", fee=5)
        records().update(job, {"fee": 6}, version=1)
        for act in (
            lambda: records().update(job, {"fee": 7}, version=1),
            lambda: records().delete(job, version=1),
            lambda: records().transition(job, "void", version=1),
        ):
            with pytest.raises(Conflict) as refused:
                act()
            current = refused.value.current
            assert (current["fee"], current["name"], current["version"]) == (6, "Bell", 2)
        assert job.version == 2


def test_permission_and_reach_are_asked_of_every_action(workshop: World) -> None:
    with workshop.as_("rita"):
        own = make("Job", name="Bell")
        with pytest.raises(Forbidden):
            make("Job", name="Bell", owner=workshop.people["ravi"])
        with pytest.raises(Forbidden):
            make("Job", name="Bell", owner=None)
        with pytest.raises(Forbidden, match="Void a job"):
            records().transition(own, "void")
        with workshop.acting("ravi"):
            for act in (
                lambda: records().update(own, {"fee": 1}),
                lambda: records().delete(own),
                lambda: records().transition(own, "place"),
            ):
                with pytest.raises(Forbidden):
                    act()
            with pytest.raises(NotFound):
                records().get(model("Job"), own.id)
        with workshop.acting("ana"):
            assert records().get(model("Job"), own.id) is own
            with pytest.raises(Forbidden, match="Jobs: "):
                records().get(model("Job"), own.id, "update")
            with pytest.raises(Forbidden):
                make("Job", name="Bell")
        with workshop.acting("nora"), pytest.raises(NotFound):
            records().get(model("Job"), own.id)
        with workshop.acting("max"):
            records().update(own, {"fee": 1})
            make("Job", name="For Rita", owner=workshop.people["rita"])
            with pytest.raises(Forbidden):
                make("Job", name="For Ravi", owner=workshop.people["ravi"])


def test_a_record_may_be_handed_over(workshop: World) -> None:
    with workshop.as_("rita"):
        job = make("Job", name="Bell")
        records().update(job, {"owner": workshop.people["ravi"]})
        assert not records().may(job, "read")


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**80, 987654321])
def test_there_is_no_record_with_such_a_number(workshop: World, number: int) -> None:
    with workshop.as_("ada"), pytest.raises(NotFound):
        records().get(model("Job"), number)


def test_a_model_without_a_collection_is_for_code_alone(workshop: World) -> None:
    with workshop.as_("rita"):
        job = make("Job", name="Bell")
        bill = make("Bill", name="One", job=job)
        records().update(bill, {"name": "Uno"})
        assert records().get(model("Bill"), bill.id) is bill


def test_deleting_says_what_stands_against_it(workshop: World) -> None:
    with workshop.as_("ada"):
        client = make("Client", name="Acme")
        for name in ("One", "Two"):
            make("Job", name=name, client=client)
        make("Contact", name="Li", client=client)
        with pytest.raises(Rejected) as refused:
            records().delete(client)
        assert str(refused.value.message) == "Other records refer to it: Contacts (1), Jobs (2)."
        assert records().get(model("Client"), client.id) is client
        with pytest.raises(Rejected, match="It is kept"):
            records().delete(make("Job", name="kept"))
        with pytest.raises(Rejected, match="Other records refer to it"):
            records().delete(db.session.get(model("core.User"), workshop.people["ada"]))


def test_deleting_takes_parts_along_and_leaves_a_trace(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", fee=5)
        part = make("Part", name="Clapper", job=job)
        records().delete(job, version=1)
        parts = sa.select(model("Part").id)
        assert db.session.scalar(parts.where(model("Part").id == part.id)) is None
        *_, (action, _transition, changes) = trail(job)
        assert action == "delete"
        assert changes["fee"] == (5, None)
        assert changes["name"] == ("Bell", None)
        with pytest.raises(NotFound):
            records().get(model("Job"), job.id)


def test_what_a_hook_assigns_afterwards_is_written_and_traced(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="echo")
        db.session.expire(job)
        assert (job.note, job.version) == ("written afterwards", 2)
        assert [action for action, *_ in trail(job)] == ["create", "update"]
        assert trail(job)[1][2] == {"note": (None, "written afterwards")}
        nested = make("Job", name="nested")
        assert [(action, changes.get("note")) for action, _, changes in trail(nested)] == [
            ("create", None),
            ("update", (None, "updated by a hook")),
        ]


def test_a_change_costs_few_statements(workshop: World) -> None:
    def asked(seen: list[str]) -> list[str]:
        return [text for text in seen if "workshop_" in text or "core_audit" in text]

    with workshop.as_("rita"):
        make("Job", name="Warm", external_id="X-0")
        db.session.flush()
        with statements() as seen:
            job = make("Job", name="Bell")
            db.session.flush()
        # The hook counts; the job and its trail go to PostgreSQL together.
        together = services().engine.dialect.name == "postgresql"
        assert len(asked(seen)) == (2 if together else 3), seen
        with statements() as seen:
            records().update(job, {"fee": 5}, version=1)
            db.session.flush()
        # The hook reads; the job, its trail.
        assert len(asked(seen)) == 3, seen
