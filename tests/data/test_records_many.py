"""Many records with one flush."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from core.data.audit import AuditEntry
from core.data.records import RowsRefused
from core.extensions import db
from plugin_api.errors import Forbidden
from tests.data.workshop import World, add, make, model, records, statements


def rows_refused(world: World, kind: str, rows: list[dict[str, Any]]) -> dict[int, set[str]]:
    with pytest.raises(RowsRefused) as refused:
        records().create_many(model(kind), rows)
    return {i: set(errors) for i, errors in refused.value.rows.items()}


def count(kind: str) -> int:
    return db.session.scalar(sa.select(sa.func.count(model(kind).id))) or 0


def test_they_come_in_the_order_given_with_hooks_and_history(workshop: World) -> None:
    with workshop.as_("rita"):
        client = make("Client", name="Acme")
        db.session.flush()
        workshop.calls()
        rows = [{"name": f"n{i}", "client": client.id, "fee": i} for i in range(50)]
        with statements() as seen:
            made = records().create_many(model("Job"), rows)
        assert [job.name for job in made] == [row["name"] for row in rows]
        assert [job.id for job in made] == sorted(job.id for job in made)
        assert {job.owner_id for job in made} == {workshop.people["rita"]}
        assert len(workshop.calls()) == 100
        # One of the hook, for each, and one for the clients; SQLite tells ids only row by row.
        assert sum("FROM workshop_" in text for text in seen) == 51
        assert sum("INTO core_audit_entry" in text for text in seen) == 1
        told = sa.select(AuditEntry.title).where(AuditEntry.model == "workshop.Job")
        titles = db.session.scalars(told.order_by(AuditEntry.id)).all()
        assert titles == [f"n{i}" for i in range(50)]


def test_every_faulty_row_is_named_and_none_is_made(workshop: World) -> None:
    with workshop.as_("ada"):
        make("Job", name="Bell", external_id="X-1")
        rows: list[dict[str, Any]] = [
            {"name": "good"},
            {"name": "x" * 21, "nothing": 1},
            {},
            {"name": "forbidden"},
            {"name": "A", "client": 99999},
            {"name": "B", "external_id": "X-1"},
            {"name": "C", "external_id": "X-2"},
            {"name": "D", "external_id": "X-2"},
            {"name": "E", "state": "done"},
            {"name": "no number"},
        ]
        found = rows_refused(workshop, "Job", rows)
        assert found.pop(2) <= {"name", "number"}
        assert found == {
            1: {"name", "nothing"}, 3: {"name"}, 4: {"client"}, 5: {"external_id"},
            7: {"external_id"}, 8: {"state"}, 9: {"number"},
        }  # fmt: skip
        assert count("Job") == 1


def test_pairs_that_must_be_unique(workshop: World) -> None:
    with workshop.as_("ada"):
        make("Bench", name="B", floor=1)
        rows = [{"name": "B", "floor": 2}, {"name": "B", "floor": 1}, {"name": "B", "floor": 2}]
        assert rows_refused(workshop, "Bench", rows) == {1: {"name"}, 2: {"name"}}
        assert len(records().create_many(model("Bench"), [{"name": "C"}, {"name": "D"}])) == 2


def test_rows_of_other_people_are_out_of_reach(workshop: World) -> None:
    with workshop.as_("max"):
        people = workshop.people
        rows = [{"name": "A", "owner": people[name]} for name in ("rita", "ravi", "max")]
        assert rows_refused(workshop, "Job", rows) == {1: {""}}
        assert len(records().create_many(model("Job"), [rows[0], rows[2]])) == 2
    with workshop.as_("ana"), pytest.raises(Forbidden):
        records().create_many(model("Job"), [])


def test_references_are_looked_up_at_once(workshop: World) -> None:
    with workshop.as_():
        mine = [add("Client", name=f"c{i}", owner_id=workshop.people["rita"]).id for i in range(20)]
        theirs = add("Client", name="Theirs", owner_id=workshop.people["ravi"]).id
        with workshop.acting("rita"):
            rows = [{"name": f"k{i}", "client_id": id_} for i, id_ in enumerate([*mine, theirs])]
            assert rows_refused(workshop, "Contact", rows[:0] or [*rows, {"name": "x"}]) == {
                20: {"client"}, 21: {"client"},
            }  # fmt: skip
            with statements() as seen:
                records().create_many(model("Contact"), rows[:20])
            assert sum("FROM workshop_client" in text for text in seen) == 1, seen


def test_nothing_is_made_of_nothing(workshop: World) -> None:
    with workshop.as_("ada"):
        assert records().create_many(model("Job"), []) == []


def test_losing_a_race_leaves_the_transaction_usable(
    workshop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workshop.as_("ada"):
        make("Client", name="Acme")
        monkeypatch.setattr("core.data.uniqueness.clashes", lambda *given: {})
        with pytest.raises(Exception, match="already exists"):
            records().create_many(model("Client"), [{"name": "Beta"}, {"name": "Acme"}])
        assert count("Client") == 1
        records().create_many(model("Client"), [{"name": "Beta"}])
        assert count("Client") == 2
