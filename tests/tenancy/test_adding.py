"""Rows without objects: what is put into a session is behind the walls, and there in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.extensions import db
from core.identity.models import Team
from core.tenancy.errors import WallError
from plugin_api.context import SYSTEM, acting_as
from tests.tenancy.companies import Note, Two


def session() -> Any:
    return db.session()


def names() -> list[str]:
    """Of the company's notes that were put, as a statement finds them."""
    asked = sa.select(Note.name).where(Note.name.like("z%")).order_by(Note.id)
    return list(session().scalars(asked))


def test_they_are_stamped_with_company_defaults_and_moment(two: Two, mine: Two) -> None:
    at = dt.datetime(2026, 2, 3, 4, 5, 6, 789, dt.UTC)
    texts = ['z"quoted"', "z\\slash", "z%(x)s", "z销冠\n"]
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=5)
    session().put(
        Note, [{"name": text, "created_at": at} for text in texts], {"custom": {"a": [1]}}
    )
    session().put(Note, [{"name": "z", "custom": None}])
    columns = (Note.company_id, Note.name, Note.kind, Note.custom, Note.version, Note.created_at)
    asked = sa.select(*columns, Note.updated_at).where(Note.name.like("z%")).order_by(Note.id)
    *many, last = session().execute(asked).all()
    company = two.mine.id
    assert [row[:6] for row in many] == [
        (company, text, "note", {"a": [1]}, 1, at) for text in texts
    ]
    assert last[:5] == (company, "z", "note", {}, 1)
    assert all(row.updated_at > before for row in (*many, last))
    assert last.created_at > before


@pytest.mark.parametrize("name", ["company_id", "created_by", "nothing"])
@pytest.mark.parametrize("value", [1, None])
def test_no_row_brings_its_company_along(two: Two, mine: Two, name: str, value: int | None) -> None:
    session().put(Note, [{"name": "z", name: value}])
    with pytest.raises(WallError, match=name):
        names()
    session().rollback()
    assert names() == []


def test_the_other_company_sees_nothing_of_it(two: Two) -> None:
    with two.app.app_context():
        with acting_as(two.mine, SYSTEM):
            session().put(Note, [{"name": "z of mine"}])
            session().commit()
        with acting_as(two.theirs, SYSTEM):
            assert names() == []
            with pytest.raises(WallError):
                session().put(Note, [{"name": "z"}], {"company_id": two.mine.id})
                session().settle()
            session().rollback()
        with acting_as(two.mine, SYSTEM):
            assert names() == ["z of mine"]
            session().execute(sa.delete(Note).where(Note.name == "z of mine"))
            session().commit()


def test_a_savepoint_takes_its_own_along(two: Two, mine: Two) -> None:
    session().put(Note, [{"name": "z1"}])
    with session().begin_nested() as undone:
        session().put(Note, [{"name": "z2"}])
        undone.rollback()
    with session().begin_nested():
        session().put(Note, [{"name": "z3"}])
    assert names() == ["z1", "z3"]
    session().put(Note, [{"name": "z4"}])
    session().rollback()
    assert names() == []


def test_they_are_there_before_anything_could_miss_them(two: Two, mine: Two) -> None:
    session().put(Note, [{"name": "z1"}])
    session().execute(sa.update(Note).where(Note.name == "z1").values(kind="changed"))
    session().put(Note, [{"name": "z2"}])
    session().execute(sa.delete(Note).where(Note.name == "z1"))
    assert names() == ["z2"]
    session().put(Note, [{"name": "z3"}])
    # Of another table: nothing of it could be seen.
    session().scalars(sa.select(Team.id)).all()
    assert "xiaoguan.waiting" in session().info
    assert session().scalar(sa.select(sa.func.count()).select_from(Note)) >= 2
    assert "xiaoguan.waiting" not in session().info


def test_rows_of_a_table_keep_their_order_whatever_they_share(two: Two, mine: Two) -> None:
    for number in range(6):
        session().put(Note, [{"name": f"z{number}"}], {"kind": f"k{number % 2}"})
    assert names() == [f"z{number}" for number in range(6)]


def test_ids_are_had_before(two: Two, mine: Two) -> None:
    first, second = session().numbers(Note, 2)
    (third,) = session().numbers(Note, 1)
    assert first < second < third
    session().put(Note, [{"id": second, "name": "z2"}, {"id": first, "name": "z1"}])
    session().put(Note, [{"id": third, "name": "z3"}])
    assert names() == ["z1", "z2", "z3"]
    session().add(after := Note(name="z4"))
    session().flush()
    assert after.id > third


def test_what_the_database_refuses_ends_the_transaction(two: Two, mine: Two) -> None:
    session().put(Note, [{"name": "z1"}])
    session().settle()
    session().put(Note, [{"name": "z2"}, {"name": "z1"}])
    with pytest.raises(IntegrityError):
        session().settle()
    session().rollback()
    assert names() == []


def test_what_is_sent_is_there_for_the_next_statement(two: Two, mine: Two) -> None:
    with session().begin_nested(), session().sending():
        session().put(Note, [{"name": "z1"}, {"name": "z2"}])
        assert session().is_sending
    assert names() == ["z1", "z2"]
    with session().begin_nested():
        with session().sending():
            session().put(Note, [{"name": "z3"}])
        with session().sending():
            session().put(Note, [{"name": "z4"}])
    assert names() == ["z1", "z2", "z3", "z4"]
    session().rollback()
    assert names() == []


def test_nobody_waits_for_what_is_sent_to_postgresql(two: Two, mine: Two) -> None:
    session().begin_nested()
    with session().sending():
        session().put(
            Note, [{"name": f"z{number}", "custom": {"a": "x" * 2000}} for number in range(900)]
        )
    waits = "xiaoguan.sent" in session().info
    assert waits == (session().get_bind().dialect.name == "postgresql")
    session().rollback()
    assert names() == []


def test_what_the_database_says_to_what_is_sent_can_be_undone(two: Two, mine: Two) -> None:
    session().put(Note, [{"name": "z1"}])
    inner = session().begin_nested()
    with pytest.raises(IntegrityError) as told:
        with session().sending():
            session().put(Note, [{"name": "z2"}, {"name": "z1"}])
        session().settle()
    assert "z1" in str(told.value.orig) or "UNIQUE" in str(told.value.orig)
    inner.rollback()
    assert names() == ["z1"]
    # What is refused is forgotten with the savepoint too, when nobody has asked.
    inner = session().begin_nested()
    if session().get_bind().dialect.name == "postgresql":
        with session().sending():
            session().put(Note, [{"name": "z1"}])
    inner.rollback()
    assert names() == ["z1"]
    session().rollback()
    assert names() == []


def test_a_connection_is_given_back_whole(two: Two, mine: Two) -> None:
    if session().get_bind().dialect.name != "postgresql":
        return
    for end in (session().rollback, session().close):
        session().begin_nested()
        with session().sending():
            session().put(Note, [{"name": "z1"}, {"name": "z1"}])
        end()
        assert names() == []
