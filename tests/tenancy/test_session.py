"""The first wall, by what a session does besides running statements, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    Query,
    aliased,
    contains_eager,
    joinedload,
    selectinload,
    subqueryload,
    with_expression,
    with_loader_criteria,
)
from sqlalchemy.orm.exc import ObjectDeletedError

from core.extensions import db
from core.identity.models import Company, Login, Team, User
from core.tenancy.errors import WallError
from core.tenancy.platform import platform_session
from core.tenancy.statements import NAME
from plugin_api.context import SYSTEM, NoCompany, acting_as
from tests.tenancy.companies import Note, Two, slipped_in, teams

pytestmark = pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
LOADS: list[Any] = [selectinload, joinedload, subqueryload, None]


@pytest.mark.parametrize("load", LOADS)
def test_a_reference_loads_inside_the_company(mine: Two, load: Any) -> None:
    statement = sa.select(User).options(load(User.team)) if load else sa.select(User)
    found = {user.team.name for user in db.session.scalars(statement).unique()}
    assert found == {"team of mine"}


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("name", ["people", "either"])
def test_a_list_loads_inside_the_company(mine: Two, load: Any, name: str) -> None:
    """One is ordered by a subquery of a table; the other joins by one condition or another."""
    statement = sa.select(Note)
    if load:
        statement = statement.options(load(getattr(Note, name)))
    (note,) = db.session.scalars(statement).unique()
    assert sorted(user.name for user in getattr(note, name)) == ["x of mine", "y of mine"]


@pytest.mark.parametrize("load", LOADS)
def test_a_load_over_a_second_table_stays_inside(mine: Two, load: Any) -> None:
    statement = sa.select(Note).options(load(Note.marked)) if load else sa.select(Note)
    (note,) = db.session.scalars(statement).unique()
    assert {team.name for team in note.marked} == {"team of mine"}


def test_a_load_with_a_limit_stays_inside(mine: Two) -> None:
    statement = sa.select(Note).options(joinedload(Note.either)).limit(5)
    (note,) = db.session.scalars(statement).unique()
    assert len(note.either) == 2


def test_a_load_with_criteria_of_its_own_stays_inside(mine: Two) -> None:
    reaching = sa.exists().where(teams.c.name == "team of theirs")
    for options in (
        [selectinload(Note.people.and_(reaching))],
        [selectinload(Note.people), with_loader_criteria(User, reaching)],
    ):
        (note,) = db.session.scalars(sa.select(Note).options(*options)).unique()
        assert note.people == []
        db.session.expire_all()


def test_an_expression_with_a_load_stays_inside(mine: Two) -> None:
    highest = sa.select(sa.func.max(teams.c.name)).scalar_subquery()
    statement = sa.select(Note).options(with_expression(Note.given, highest))
    assert [note.given for note in db.session.scalars(statement)] == ["team of mine"]


def test_a_join_that_fills_a_list_stays_inside(mine: Two) -> None:
    other = aliased(User)
    statement = (
        sa.select(Note).join(other, sa.true()).options(contains_eager(Note.people.of_type(other)))
    )
    (note,) = db.session.scalars(statement).unique()
    assert sorted(user.name for user in note.people) == ["x of mine", "y of mine"]


def test_a_mapped_expression_stays_inside_when_it_is_read_again(mine: Two) -> None:
    note = db.session.scalars(sa.select(Note)).one()
    assert note.users_counted == 2
    db.session.refresh(note)
    assert note.users_counted == 2
    made = Note(name="new")
    db.session.add(made)
    db.session.flush()
    assert made.users_counted == 2


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.LegacyAPIWarning")
def test_a_legacy_query_is_narrowed_too(mine: Two) -> None:
    query: Query[Any] = db.session.query(User)
    assert query.count() == 2
    assert query.filter(User.name.contains("theirs")).all() == []
    assert query.join(Team, sa.true()).count() == 2
    assert query.with_entities(Team.name).all() == [("team of mine",)]
    assert db.session.query(query.filter(User.name.contains("theirs")).exists()).scalar() is False
    theirs = mine.ids["theirs", "user"]
    assert query.get((mine.theirs.id, theirs)) is None
    assert query.filter(User.id == theirs).update({"name": "z"}) == 0
    assert query.filter(User.id == theirs).delete() == 0
    with pytest.raises(WallError):
        query.from_statement(sa.text("select * from core_user")).all()


def test_a_key_of_another_company_is_not_found(mine: Two) -> None:
    theirs = mine.ids["theirs", "user"]
    for key in (theirs, (mine.theirs.id, theirs), {"id": theirs}):
        assert db.session.get(User, key) is None
        assert db.session.get(User, key, with_for_update=True) is None
    assert db.session.get(Company, mine.theirs.id) is None
    own = db.session.get(User, mine.ids["mine", "user"])
    assert own is not None and own.name == "x of mine"
    with pytest.raises(WallError):
        db.session.get(Login, 1)


def test_reading_again_stays_inside(mine: Two) -> None:
    own = db.session.get(User, mine.ids["mine", "user"])
    db.session.refresh(own, with_for_update=True)
    foreign = slipped_in(mine, User)
    db.session.add(foreign)
    with pytest.raises(InvalidRequestError):
        db.session.refresh(foreign)
    db.session.expire(foreign)
    with pytest.raises(ObjectDeletedError):
        _ = foreign.name


def test_what_the_session_holds_of_another_company_is_not_handed_out(mine: Two) -> None:
    db.session.add(slipped_in(mine, User))
    theirs = mine.ids["theirs", "user"]
    for key in (theirs, (mine.theirs.id, theirs), (mine.mine.id, theirs)):
        assert db.session.get(User, key) is None
    assert sorted(user.name for user in db.session.scalars(sa.select(User))) == [
        "x of mine", "y of mine",
    ]  # fmt: skip


def test_a_pending_row_does_not_load_across(mine: Two) -> None:
    row = User(name="new", team_id=mine.ids["theirs", "team"])
    db.session.add(row)
    with db.session.no_autoflush:
        assert row.team is None


def test_a_row_outside_of_the_session_does_not_load_across(mine: Two) -> None:
    row = User(name="new", company_id=mine.theirs.id, team_id=mine.ids["theirs", "team"])
    db.session().enable_relationship_loading(row)
    assert row.team is None


def test_nobody_names_the_company_to_a_statement(mine: Two) -> None:
    statement = sa.select(User.name).where(User.company_id == sa.bindparam(NAME, type_=sa.Integer))
    found = db.session.execute(statement, {NAME: mine.theirs.id}).all()
    assert sorted(found) == [("x of mine",), ("y of mine",)]


def test_a_statement_is_kept_for_all_companies_and_the_platform(two: Two) -> None:
    statement = sa.select(User.name).order_by(User.name).limit(1)
    for _ in range(2):
        for company in (two.mine, two.theirs):
            with two.app.app_context(), acting_as(company, SYSTEM):
                assert db.session.scalar(statement) == f"x of {company.slug}"
        with two.app.app_context(), platform_session("companies") as session:
            assert len(session.scalars(statement.limit(None)).all()) == 4


def test_without_a_company_nothing_runs(two: Two) -> None:
    with two.app.app_context():
        with pytest.raises(NoCompany):
            db.session.execute(sa.select(User.name))
        db.session.add(Team(name="nobody's"))
        with pytest.raises(NoCompany):
            db.session.flush()
        db.session.rollback()


def test_the_company_does_not_change_inside_a_transaction(two: Two) -> None:
    with two.app.app_context():
        with acting_as(two.mine, SYSTEM):
            own = db.session.scalars(sa.select(User)).all()
            assert len(own) == 2
            with acting_as(two.theirs, SYSTEM), pytest.raises(WallError):
                db.session.execute(sa.select(User.name))
            db.session.commit()
        with acting_as(two.theirs, SYSTEM):
            assert db.session.scalars(sa.select(Company.slug)).all() == ["theirs"]
            assert own[0] not in db.session
            db.session.rollback()


def test_crossing_companies_needs_a_purpose(two: Two) -> None:
    with two.app.app_context(), pytest.raises(KeyError), platform_session("curiosity"):
        pass
