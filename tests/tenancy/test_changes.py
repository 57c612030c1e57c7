"""The first wall, by what a session changes, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from core.extensions import db
from core.identity.models import Company, Login, Team, User
from core.tenancy.errors import WallError
from tests.tenancy.companies import Country, Note, Two, slipped_in, teams, users


def test_a_foreign_row_is_neither_merged_nor_changed_nor_deleted(mine: Two) -> None:
    for act in (
        db.session.merge,
        lambda row: setattr(db.session.merge(row, load=False), "name", "z"),
        lambda row: (db.session.add(row), setattr(row, "name", "z")),
        lambda row: (db.session.add(row), db.session.delete(row)),
    ):
        assert db.session.scalar(sa.select(sa.func.count(User.id))) == 2
        with pytest.raises(WallError):
            act(slipped_in(mine, User))
            db.session.flush()
        db.session.rollback()
    assert (mine.theirs.id, "x of theirs") in mine.all_rows(User)


def test_writing_across_is_refused(mine: Two) -> None:
    db.session.add(Team(name="theirs", company_id=mine.theirs.id))
    with pytest.raises(WallError):
        db.session.flush()
    db.session.rollback()
    row = db.session.get(User, mine.ids["mine", "user"])
    row.company_id = mine.theirs.id
    with pytest.raises(WallError):
        db.session.flush()


def test_an_expression_as_a_value_stays_inside(mine: Two) -> None:
    own: Any = db.session.get(User, mine.ids["mine", "user"])
    own.name = sa.select(sa.func.max(teams.c.name)).scalar_subquery()
    db.session.flush()
    made: Any = Team(name=sa.select(sa.func.max(users.c.name)).scalar_subquery())
    db.session.add(made)
    db.session.flush()
    assert (own.name, made.name) == ("team of mine", "y of mine")
    own.name = sa.text("(select max(name) from core_team)")
    with pytest.raises(WallError):
        db.session.flush()


def test_updates_and_deletes_stay_inside(mine: Two) -> None:
    highest = sa.select(sa.func.max(teams.c.name)).scalar_subquery()
    other = aliased(User)
    for change, number in (
        (sa.update(User).values(name="z"), 2),
        (sa.update(User).where(sa.or_(User.id > 0, User.name != "")).values(name="z"), 2),
        (sa.update(users).values(name=highest), 2),
        (sa.update(users.alias()).values(email=None), 2),
        (sa.update(other).where(other.id > 0).values(email=None), 2),
        (sa.update(Company).values(revision=Company.revision + 1), 1),
        (sa.delete(Note).where(Note.team_id.in_(sa.select(teams.c.id))), 1),
        (sa.delete(users), 2),
    ):
        synchronize = {"synchronize_session": False}
        assert db.session.execute(change, execution_options=synchronize).rowcount == number
    db.session.rollback()
    assert len(mine.all_rows(User)) == 4


@pytest.mark.parametrize("change", [sa.update(User).values(name="z"), sa.delete(User)])
def test_a_change_returns_only_rows_of_the_company(mine: Two, change: Any) -> None:
    assert len(db.session.execute(change.returning(User.name)).all()) == 2
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        changed = change.returning(User.name).cte()
        assert len(db.session.execute(sa.select(changed.c.name)).all()) == 2
        other = sa.select(Team.name).add_cte(changed)
        assert db.session.execute(other).all() == [("team of mine",)]
        db.session.rollback()
    assert len(mine.all_rows(User)) == 4


def test_what_an_insert_returns_is_narrowed(mine: Two) -> None:
    highest = sa.select(sa.func.max(users.c.name)).scalar_subquery()
    statement = sa.insert(Team).returning(Team.name, highest)
    assert db.session.execute(statement, [{"name": "new"}]).all() == [("new", "y of mine")]


def test_inserted_rows_are_stamped(mine: Two) -> None:
    rows = [{"name": "one"}, {"name": "two"}]
    db.session.execute(sa.insert(Team), rows)
    assert rows == [{"name": "one"}, {"name": "two"}]
    found = db.session.scalars(sa.select(Team.name).order_by(Team.name))
    assert list(found) == ["one", "team of mine", "two"]


def test_an_insert_does_not_change_what_is_there(mine: Two) -> None:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    row = {"id": mine.ids["theirs", "team"], "name": "z", "version": 1}
    insert = dialect.insert(Team)
    for statement in (
        insert.on_conflict_do_update(index_elements=["id"], set_={"name": "z"}),
        sa.insert(Team).prefix_with("OR REPLACE"),
    ):
        with pytest.raises(WallError):
            db.session.execute(statement, [row])
    db.session.execute(insert.on_conflict_do_nothing(), [row])
    assert (mine.theirs.id, "team of theirs") in mine.all_rows(Team)


def test_what_works_by_key_or_past_the_session_is_refused(mine: Two) -> None:
    theirs = {"id": mine.ids["theirs", "user"], "company_id": mine.theirs.id, "name": "z"}
    session = db.session()
    for act in (
        lambda: session.execute(sa.update(User), [theirs]),
        lambda: session.execute(sa.update(User).values(name="z"), theirs),
        lambda: session.execute(sa.insert(Team), [{"name": "z", "company_id": mine.theirs.id}]),
        lambda: session.bulk_insert_mappings(Team, [{"name": "z"}]),
        lambda: session.bulk_update_mappings(User, [theirs]),
        lambda: session.bulk_save_objects([Team(name="z")]),
        session.connection,
        lambda: session.scalars(sa.select(User), bind_arguments={"bind": db.engine}),
        lambda: session.execute(
            sa.select(User), execution_options={"schema_translate_map": {None: "x"}}
        ),
    ):
        with pytest.raises(WallError):
            act()
        session.rollback()


def test_only_the_platform_writes_what_has_no_company(mine: Two) -> None:
    rows = (
        Login(email="a@b.c", password_hash=""), Company(slug="third", name="third"),
        Country(code="zz"),
    )  # fmt: skip
    for row in rows:
        db.session.add(row)
        with pytest.raises(WallError):
            db.session.flush()
        db.session.rollback()
    for model in (Country, Company):
        row = db.session.scalars(sa.select(model)).first()
        db.session.delete(row)
        with pytest.raises(WallError):
            db.session.flush()
        db.session.rollback()
