"""What is written once and asked again stays behind the wall, and many rows go in at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.extensions import db
from core.identity.models import Team
from core.tenancy import prepared
from core.tenancy.beginning import Question
from core.tenancy.errors import WallError
from plugin_api.context import SYSTEM, acting_as
from tests.tenancy.companies import Note, Two


def names(like: str) -> list[str]:
    """Of the teams that a statement finds which is written once."""
    criteria = (Team.name.like(like),)
    rows, beside = prepared.rows(
        db.session(), "names of teams", criteria, lambda: (sa.select(Team.name).where(*criteria), 7)
    )
    assert beside == 7
    return sorted(row.name for row in rows)


def test_a_kept_statement_takes_other_values_and_sees_one_company_only(two: Two) -> None:
    with two.app.app_context():
        found = {}
        for company in (two.mine, two.theirs):
            with acting_as(company, SYSTEM):
                db.session.add(Team(name=f"Of {company.slug}"))
                db.session.flush()
                found[company.slug] = (names("Of %"), names("Of t%"), names("nobody"))
                db.session.rollback()
    assert found == {
        "mine": (["Of mine"], [], []),
        "theirs": (["Of theirs"], ["Of theirs"], []),
    }


def test_what_was_not_written_behind_the_wall_is_not_asked(two: Two, mine: Two) -> None:
    session: Any = db.session()
    plain = sa.select(Team.name).compile(dialect=db.engine.dialect)
    change = sa.delete(Team).compile(dialect=session.get_bind().dialect)
    for compiled in (plain, change):
        with pytest.raises(WallError):
            session.ask(compiled, [])


def test_many_rows_are_as_they_would_be_one_by_one(two: Two, mine: Two) -> None:
    texts = ['a "quoted" one', "back\\slash", "100 %(x)s", "销冠\n", "", "é", "{}", "null"]
    at = dt.datetime(2026, 2, 3, 4, 5, 6, 789, dt.UTC)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    many = [
        Note(name=text, custom={"n": 2**53 + 1, "of": [text, None]}, created_at=at)
        for text in texts
    ]
    db.session.add_all(many)
    db.session.flush()
    db.session.add(one := Note(name="one", custom={}, created_at=at))
    db.session.flush()
    assert [note.id for note in many] == sorted(note.id for note in many)
    assert many[-1].id < one.id
    columns = (Note.id, Note.name, Note.custom, Note.created_at, Note.version, Note.company_id)
    asked = sa.select(*columns).where(Note.id.in_([note.id for note in many])).order_by(Note.id)
    assert [tuple(row) for row in db.session.execute(asked)] == [
        (note.id, text, {"n": 2**53 + 1, "of": [text, None]}, at, 1, two.mine.id)
        for note, text in zip(many, texts, strict=True)
    ]
    inserts = [each for each in seen if each.startswith("INSERT INTO probe_note")]
    if db.engine.dialect.name == "postgresql":
        assert len(inserts) == 2
        assert "json_to_recordset" in inserts[0]


def test_nothing_in_json_is_told_from_nothing(two: Two, mine: Two) -> None:
    """What only the usual way of inserting can tell apart goes that way."""
    notes: list[Any] = [Note(name=f"n{i}", custom=None if i == 3 else {}) for i in range(9)]
    db.session.add_all(notes)
    db.session.flush()
    held = db.session.scalars(sa.select(Note.custom).where(Note.name.like("n_")).order_by(Note.id))
    assert list(held) == [None if i == 3 else {} for i in range(9)]


def test_what_was_prepared_outlasts_the_end_of_a_transaction(two: Two, mine: Two) -> None:
    if db.engine.dialect.name != "postgresql":
        return  # SQLite prepares nothing.
    with db.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for _ in range(8):
            connection.execute(sa.select(Team.__table__.c.id)).all()
            connection.rollback()
        known = sa.text("select count(*) from pg_prepared_statements")
        assert connection.scalar(known)
        connection.execute(
            sa.insert(Team.__table__).values(company_id=two.mine.id, name="Gone", version=1)
        )
        connection.rollback()
        gone = sa.select(Team.__table__).where(Team.__table__.c.name == "Gone")
        assert connection.execute(gone).all() == []
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text("select 1 / 0"))
        connection.rollback()
        assert raw.pgconn.transaction_status == 0
        assert connection.execute(gone).all() == []


def test_what_is_asked_together_with_begin(two: Two, mine: Two) -> None:
    session: Any = db.session()
    session.rollback()
    text = "select name, null from core_team where company_id = $1::bigint and name = $2"
    session.add(Team(name="asked"))
    session.commit()
    here, there = (Question("xg_test", text, (str(c.id), "asked")) for c in (two.mine, two.theirs))
    if db.engine.dialect.name != "postgresql":
        assert session.begin_asking(here) is None
        return
    for question, rows in ((here, [["asked", None]]), (here, [["asked", None]]), (there, [])):
        assert session.begin_asking(question) == rows
        assert session.begin_asking(question) is None, "the transaction has begun"
        assert session.scalar(sa.select(Team.name).where(Team.name == "asked")) == "asked"
        session.rollback()
    # What cannot be asked on the way leaves a transaction in which it can be asked otherwise.
    assert session.begin_asking(Question("xg_wrong", "select 1 / $1::int", ("0",))) is None
    assert session.scalar(sa.select(Team.name).where(Team.name == "asked")) == "asked"
    session.rollback()
    assert session.begin_asking(here) == [["asked", None]]
    assert here.plain == text.replace("$1", f"'{two.mine.id}'").replace("$2", "'asked'")
    with pytest.raises(ValueError, match="digits"):
        Question("xg_test", text, ("1", "it's"))
