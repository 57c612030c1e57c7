"""The audit trail that cannot be altered unseen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import sealing, verifying
from core.data.audit import AuditEntry
from core.data.sealing import ENTRY, SEAL, AuditSeal
from core.data.verifying import Outcome
from core.extensions import db
from core.host import services
from core.hosting.doctor import audit_trail
from core.tenancy import appendonly
from plugin_api.context import clock_at
from tests.data import writer
from tests.data.workshop import (
    World,
    forget_changes,
    make,
    make_world,
    records,
    tampering,
)
from tests.processes import together

ROOT = Path(__file__).parents[2]
NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=3)


@pytest.fixture
def world(workshop: World) -> Iterator[World]:
    yield workshop
    with workshop.as_():
        forget_changes()


def changed(world: World, times: int = 6) -> list[int]:
    """Ids of entries that are sealed, in order."""
    with world.as_(), clock_at(NOON):
        job = make("Job", name="Bell", fee=0)
        for fee in range(1, times):
            records().update(job, {"fee": fee})
        db.session.commit()
        sealing.seal()
        asked = sa.select(SEAL.entry_id).order_by(SEAL.number)
        return list(db.session.scalars(asked))


def verified(world: World, *anchors: verifying.Anchor) -> Outcome:
    with world.as_(), clock_at(LATER):
        return verifying.verify(anchors)


def test_what_is_sealed_is_sound_and_what_waits_is_told(world: World) -> None:
    changed(world)
    found = verified(world)
    assert (found.sealed, found.unsealed, found.is_sound) == (6, 0, True)
    with world.as_(), clock_at(LATER):
        make("Job", name="Cart")
        db.session.commit()
    found = verified(world)
    assert (found.sealed, found.unsealed, found.since, found.is_sound) == (6, 1, LATER, True)
    with world.as_(), clock_at(LATER):
        assert sealing.seal() == 1
        assert sealing.seal() == 0
    assert (verified(world).sealed, verified(world).unsealed) == (7, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"changes": {"fee": [1, 99]}}, {"title": "Another"}, {"user_id": 7},
        {"created_at": NOON - dt.timedelta(days=1)}, {"model": "workshop.Client"},
        {"record_id": 4711}, {"action": "delete"}, {"transition": "finish"},
    ],
    ids=lambda values: next(iter(values)),
)  # fmt: skip
def test_an_altered_entry_is_named(world: World, values: dict[str, Any]) -> None:
    third = changed(world)[2]
    with world.as_(), tampering() as run:
        run(sa.update(AuditEntry.__table__).where(ENTRY.id == third).values(**values))
    found = verified(world)
    assert (found.entry, found.sealed, found.is_sound) == (third, 2, False)


def test_a_deleted_entry_is_named(world: World) -> None:
    third = changed(world)[2]
    with world.as_(), tampering() as run:
        run(sa.delete(AuditEntry.__table__).where(ENTRY.id == third))
    assert (verified(world).entry, verified(world).reason) == (third, "the entry was deleted")
    with world.as_(), tampering() as run:
        run(sa.delete(AuditSeal.__table__).where(SEAL.entry_id == third))
    assert verified(world).reason == "seal 3 is missing"


def test_one_that_was_put_in_is_named(world: World) -> None:
    entries = changed(world)
    with world.as_(), tampering() as run:
        run(sa.delete(AuditSeal.__table__).where(SEAL.entry_id > entries[3]))
        run(sa.delete(AuditEntry.__table__).where(ENTRY.id == entries[4]))
    with world.as_(), clock_at(NOON):
        # The last is sealed without the one before it, which comes afterwards.
        sealing.seal()
        row = db.session.execute(sa.select(*ENTRY).where(ENTRY.id == entries[5])).mappings().one()
        db.session.execute(sa.insert(AuditEntry), [{**row, "id": entries[4]}])
        db.session.commit()
    found = verified(world)
    assert (found.entry, found.unsealed) == (entries[4], 1)
    assert "put in" in found.reason
    with world.as_(), clock_at(LATER):
        assert sealing.seal() == 0


def test_two_that_were_swapped_are_named(world: World) -> None:
    entries = changed(world)
    second, third = entries[1:3]
    with world.as_():
        asked = sa.select(ENTRY.id, ENTRY.changes).where(ENTRY.id.in_((second, third)))
        held = {row.id: row.changes for row in db.session.execute(asked)}
        db.session.rollback()
        with tampering() as run:
            table = AuditEntry.__table__
            run(sa.update(table).where(ENTRY.id == second).values(changes=held[third]))
            run(sa.update(table).where(ENTRY.id == third).values(changes=held[second]))
    assert verified(world).entry == second


def test_seals_that_were_swapped_are_named(world: World) -> None:
    entries = changed(world)
    with world.as_(), tampering() as run:
        table = AuditSeal.__table__
        for number, to in ((2, 100), (3, 2), (100, 3)):
            run(sa.update(table).where(SEAL.number == number).values(number=to))
    assert verified(world).entry == entries[2]


def test_an_end_that_was_cut_off_shows_against_an_anchor(world: World) -> None:
    entries = changed(world)
    with world.as_():
        anchor = verifying.anchor()
    assert anchor.number == 6
    assert verified(world, anchor).is_sound
    with world.as_(), tampering() as run:
        run(sa.delete(AuditSeal.__table__).where(SEAL.number > 4))
        run(sa.delete(AuditEntry.__table__).where(ENTRY.id > entries[3]))
    assert verified(world).is_sound
    found = verified(world, anchor)
    assert found.reason == "the chain ends at 4, but was at 6 once"


def test_a_chain_that_was_made_anew_shows_against_an_anchor(world: World) -> None:
    entries = changed(world)
    with world.as_():
        anchor = verifying.anchor()
        with tampering() as run:
            run(sa.delete(AuditSeal.__table__))
            run(sa.update(AuditEntry.__table__).where(ENTRY.id == entries[0]).values(title="x"))
        with clock_at(NOON):
            sealing.seal()
    assert verified(world).is_sound
    assert "another chain" in verified(world, anchor).reason


def test_the_application_cannot_alter_it_on_sqlite(workshop_on_sqlite: World) -> None:
    world = workshop_on_sqlite
    third = changed(world)[2]
    for statement in (
        sa.update(AuditEntry).where(AuditEntry.id == third).values(title="x"),
        sa.delete(AuditEntry).where(AuditEntry.id == third),
        sa.update(AuditSeal).values(salt=""),
        sa.delete(AuditSeal),
    ):
        with world.as_(), pytest.raises(sa.exc.IntegrityError, match="only added"):
            db.session.execute(statement, execution_options={"synchronize_session": False})
    with world.as_():
        with services().engine.begin() as connection:
            connection.exec_driver_sql("drop trigger core_audit_entry_no_update")
        assert [f.state for f in audit_trail()] == ["fail"]
        with services().engine.begin() as connection:
            appendonly.guard(connection)
        assert [f.state for f in audit_trail()] == ["ok"]
        forget_changes()


def test_the_doctor_tells_what_waits_for_long(world: World) -> None:
    with world.as_(), clock_at(NOON):
        make("Job", name="Bell")
        db.session.commit()
    with world.as_(), clock_at(LATER):
        found = next(audit_trail())
        assert (found.state, "acme" in str(found.text)) == ("warn", True)
        assert sealing.seal_all() >= 1
    with world.as_(), clock_at(LATER):
        assert next(audit_trail()).state == "ok"


WRITERS = 4


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_many_who_write_and_seal_make_one_chain(
    workshop_instance: Path,
    new_postgres_url: Callable[[], str],
    tmp_path: Path,
    database: str,
    request: pytest.FixtureRequest,
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}" if database == "sqlite" else new_postgres_url()
    world = make_world(workshop_instance, url)
    with world.app.app_context():
        request.addfinalizer(services().engine.dispose)
    calls = [(str(workshop_instance), url, str(seed)) for seed in range(WRITERS)]
    written = sum(json.loads(said)["written"] for said in together(writer.main, *calls))
    with world.as_():
        sealing.seal()
        found = verifying.verify()
        numbers = list(db.session.scalars(sa.select(SEAL.number).order_by(SEAL.number)))
    assert (found.is_sound, found.unsealed) == (True, 0), found
    assert found.sealed >= written
    assert numbers == list(range(1, found.sealed + 1))
