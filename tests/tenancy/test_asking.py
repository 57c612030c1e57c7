"""Selects that are asked again past SQLAlchemy, and transactions whose end is not waited for."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.extensions import db
from core.identity.models import Team
from core.tenancy import prepared
from core.tenancy.engine import reading
from tests.tenancy.companies import Note, Two


def note_of(name: str) -> Any:
    """What was kept of a note, its JSON and moment read as such."""

    def build() -> sa.Select[Any]:
        wanted = Note.name == sa.bindparam("name", type_=sa.String())
        return sa.select(Note.name, Note.custom, Note.created_at).where(wanted)

    return [tuple(row) for row in prepared.asked(db.session(), "a note", {"name": name}, build)]


def teams(like: str, most: int) -> list[str]:
    """Names of a few teams; how many stands in the text of the statement."""
    criteria = (Team.name.like(like),)

    def build() -> tuple[sa.Select[Any], None]:
        limit = sa.bindparam(None, most, sa.Integer(), literal_execute=True)
        return sa.select(Team.name).where(*criteria).order_by(Team.name).limit(limit), None

    rows, _processes, _none = prepared.plain_rows(db.session(), ("few", most), criteria, build)
    return [row[0] for row in rows]


def test_asked_again_it_says_the_same_of_the_same_kinds(two: Two, mine: Two) -> None:
    held = Note(name="asked again", custom={"n": [1, None, "销冠"]})
    db.session.add(held)
    db.session.flush()
    expected = [("asked again", {"n": [1, None, "销冠"]}, held.created_at)]
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert [note_of("asked again") for _ in range(3)] == [expected] * 3
    assert note_of("nobody") == []
    asked = [text for text in seen if text.startswith("SELECT probe_note")]
    assert len(asked) == 4
    assert len(set(asked)) == 1


def test_what_stands_in_the_text_is_as_it_was_written(two: Two, mine: Two) -> None:
    db.session.add_all(Team(name=f"Few {letter}") for letter in "abc")
    db.session.flush()
    for _ in range(2):
        assert teams("Few %", 2) == ["Few a", "Few b"]
        assert teams("Few %", 3) == ["Few a", "Few b", "Few c"]
        assert teams("Few c", 2) == ["Few c"]


def test_what_the_database_refuses_is_told_as_by_sqlalchemy(two: Two, mine: Two) -> None:
    def build() -> sa.Select[Any]:
        wanted = Note.id == sa.bindparam("id", type_=sa.BigInteger())
        return sa.select(Note.name).where(wanted)

    for _ in range(2):
        assert prepared.asked(db.session(), "a note by id", {"id": 1}, build) is not None
    with pytest.raises(sa.exc.StatementError):
        prepared.asked(db.session(), "a note by id", {"id": 2**70}, build)
    db.session.rollback()
    assert prepared.asked(db.session(), "a note by id", {"id": -1}, build) == []


def test_the_end_of_what_only_reads_is_not_waited_for(two: Two, mine: Two) -> None:
    if db.engine.dialect.name != "postgresql":
        return  # There is no server.
    seen: list[int] = []

    def note(connection: Any, record: object) -> None:
        seen.append(connection.pgconn.transaction_status)

    event.listen(db.engine, "checkin", note)
    try:
        for reads in (True, False, True, True):
            with reading() if reads else nullcontext():
                db.session.scalars(sa.select(Team.id)).all()
            db.session.rollback()
    finally:
        event.remove(db.engine, "checkin", note)
    assert seen == [1, 0, 1, 1]


def test_what_wants_more_of_a_connection_waits_for_its_end(two: Two, mine: Two) -> None:
    """The pool itself sets back how a connection behaves once it is given back."""
    if db.engine.dialect.name != "postgresql":
        return
    for _ in range(2):
        with (
            reading(),
            db.engine.connect().execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ) as connection,
        ):
            assert connection.scalar(sa.text("show transaction_isolation")) == "repeatable read"
        with reading():
            db.session.scalars(sa.select(Team.id)).all()
        db.session.rollback()


def test_a_server_that_goes_meanwhile_is_asked_anew(two: Two, mine: Two) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    with reading(), db.engine.connect() as connection:
        gone = connection.scalar(sa.text("select pg_backend_pid()"))
    with sa.create_engine(db.engine.url).connect() as other:
        assert other.scalar(sa.text(f"select pg_terminate_backend({gone}, 5000)"))
    with reading(), db.engine.connect() as connection:
        assert connection.scalar(sa.text("select pg_backend_pid()")) != gone


def test_a_value_that_a_condition_writes_into_the_text_is_a_new_one_each_time(
    two: Two, mine: Two
) -> None:
    db.session.add_all(Team(name=f"Lit {letter}") for letter in "ab")
    db.session.flush()

    def called(name: str) -> list[str]:
        value = sa.bindparam(None, name, sa.String(), literal_execute=True, unique=True)
        criteria = (Team.name == value,)
        rows, _processes, _none = prepared.plain_rows(
            db.session(), "literally", criteria, lambda: (sa.select(Team.name).where(*criteria), 0)
        )
        return [row[0] for row in rows]

    for _ in range(2):
        assert [called(name) for name in ("Lit a", "Lit b", "Lit c")] == [["Lit a"], ["Lit b"], []]


def test_what_was_interrupted_at_a_statement_is_not_gone_on_with(two: Two, mine: Two) -> None:
    """Its transaction is still open: whoever got the connection next would commit it."""
    if db.engine.dialect.name != "postgresql":
        return
    insert = sa.insert(Team.__table__).values(company_id=two.mine.id, name="Left over", version=1)
    connection = db.engine.connect()
    connection.execute(insert)
    raw: Any = connection.connection.driver_connection
    raw.pgconn.send_query(b"select pg_sleep(0.1)")
    with suppress(Exception):
        connection.close()
    for _ in range(3):
        with db.engine.connect() as other:
            other.execute(sa.text("select 1"))
            other.commit()
    left = sa.select(Team.id).where(Team.name == "Left over")
    assert db.session.scalars(left).all() == []
