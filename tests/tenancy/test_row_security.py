"""The third wall alone: PostgreSQL, with the role that the application connects as."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.orm import joinedload, selectinload, subqueryload
from sqlalchemy.orm.exc import StaleDataError

from core.extensions import db
from core.identity.models import Company, Team, User
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as
from tests.tenancy.companies import Note, slipped_in
from tests.tenancy.refusals import REFUSED
from tests.tenancy.roles import NAME, Alone, Walled, engine_of
from tests.tenancy.selects import MINE, POSTGRESQL, SEEN

pytestmark = pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
SELECTS = SEEN | POSTGRESQL
THREADS, ROUNDS = 8, 100


@pytest.mark.parametrize("kind", SELECTS)
def test_a_select_sees_only_its_company(alone: Alone, kind: str) -> None:
    make, expected = SELECTS[kind]
    width = len(expected[0]) if expected else 1
    found = [tuple(row)[:width] for row in alone.execute(make()).all()]
    assert sorted(found) == sorted(expected)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")
@pytest.mark.parametrize("kind", REFUSED)
def test_what_the_first_wall_refuses_reaches_nothing(
    walled: Walled, alone: Alone, kind: str
) -> None:
    """It sees or changes rows of its company, or PostgreSQL refuses it."""
    theirs = [name for company, name in walled.all_names() if company == walled.two.theirs.id]
    try:
        result: Any = alone.execute(REFUSED[kind]())
        rows = result.all() if getattr(result, "returns_rows", hasattr(result, "all")) else []
    except SQLAlchemyError:
        return
    assert "theirs" not in repr([tuple(row) for row in rows])
    alone.execute(sa.text(f"set local role {NAME}_platform"))
    left = [
        name
        for model in (User, Team)
        for name in alone.scalars(
            sa.select(model.name).where(model.company_id == walled.two.theirs.id)
        )
    ]
    assert sorted(left) == sorted(theirs)


def test_text_sees_only_its_company(alone: Alone) -> None:
    for text in (
        "select name from core_user",
        "select name from only core_user where company_id = 2 or true",
        "table core_user_names",
    ):
        if "names" in text:
            alone.execute(sa.text("create temp view core_user_names as select name from core_user"))
        assert sorted(row[0] for row in alone.execute(sa.text(text))) == [name for (name,) in MINE]
    alone.rollback()


def test_changes_reach_only_the_company(walled: Walled, alone: Alone) -> None:
    users = User.__table__
    assert alone.execute(sa.update(users).values(name="z")).rowcount == 2
    assert alone.execute(sa.delete(users)).rowcount == 2
    alone.rollback()
    theirs = walled.two.ids["theirs", "user"]
    where = users.c.id == theirs
    assert alone.execute(sa.update(users).where(where).values(name="z")).rowcount == 0
    assert alone.execute(sa.delete(users).where(where)).rowcount == 0
    for refused in (
        sa.update(users).values(company_id=walled.two.theirs.id),
        sa.insert(users).values(
            company_id=walled.two.theirs.id, name="spy", version=1, active=True
        ),
    ):
        with pytest.raises(DBAPIError, match="row-level security"):
            alone.execute(refused)
        alone.rollback()


@pytest.mark.parametrize("load", [selectinload, joinedload, subqueryload, None])
def test_a_load_stays_inside(walled: Walled, alone: Alone, load: Any) -> None:
    for attribute in (Note.people, Note.either):
        statement = sa.select(Note).options(load(attribute)) if load else sa.select(Note)
        (note,) = alone.scalars(statement).unique()
        names = sorted(user.name for user in getattr(note, attribute.key))
        assert names == ["x of mine", "y of mine"]
    pending = User(name="new", company_id=walled.two.mine.id)
    pending.team_id = walled.two.ids["theirs", "team"]
    alone.add(pending)
    with alone.no_autoflush:
        assert pending.team is None


def test_a_foreign_row_is_neither_got_nor_refreshed_nor_changed(
    walled: Walled, alone: Alone
) -> None:
    key = (walled.two.theirs.id, walled.two.ids["theirs", "user"])
    assert alone.get(User, key) is None

    def slip() -> User:
        with walled.two.app.app_context():
            row: User = slipped_in(walled.two, User)
        alone.add(row)
        return row

    with pytest.raises(InvalidRequestError):
        alone.refresh(slip())
    alone.rollback()
    for act in (lambda row: setattr(row, "name", "z"), alone.delete):
        act(slip())
        with pytest.raises(StaleDataError):
            alone.flush()
        alone.rollback()
    assert (key[0], "x of theirs") in walled.two.all_rows(User)


def test_a_bulk_insert_or_update_by_key_does_not_cross(walled: Walled, alone: Alone) -> None:
    theirs = {"company_id": walled.two.theirs.id, "id": walled.two.ids["theirs", "user"]}
    with pytest.raises(DBAPIError, match="row-level security"):
        alone.bulk_insert_mappings(Team.__mapper__, [{"name": "z", **theirs}])
    alone.rollback()
    alone.connection().execute(
        sa.update(User.__table__)
        .where(User.__table__.c.id == sa.bindparam("key"))
        .values(name="z"),
        [{"key": theirs["id"]}],
    )
    alone.commit()
    assert (walled.two.theirs.id, "x of theirs") in walled.two.all_rows(User)


def test_an_upsert_does_not_cross(walled: Walled, alone: Alone) -> None:
    from sqlalchemy.dialects.postgresql import insert

    row = {"company_id": walled.two.theirs.id, "id": walled.two.ids["theirs", "team"], "name": "z"}
    statement = insert(Team).values(**row, version=1)
    with pytest.raises(DBAPIError, match="row-level security"):
        alone.execute(
            statement.on_conflict_do_update(index_elements=["company_id", "id"], set_={"name": "z"})
        )


def test_without_a_company_there_is_nothing(walled: Walled) -> None:
    with walled.session(None) as session:
        for model in (User, Team, Company):
            assert session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
        assert session.execute(sa.update(User.__table__).values(name="z")).rowcount == 0
        assert session.execute(sa.delete(User.__table__)).rowcount == 0
        session.add(Team(name="nobody's", company_id=walled.two.mine.id))
        with pytest.raises(DBAPIError, match="row-level security"):
            session.flush()


@pytest.mark.parametrize("company", ["x", "1 or 1=1", "99999999999999999999"])
def test_a_company_that_is_no_number_sees_nothing(walled: Walled, company: str) -> None:
    with walled.session(None) as session:
        session.info["company"] = company
        with pytest.raises(DBAPIError):
            session.execute(sa.select(User.name)).all()


def test_the_company_is_forgotten_with_the_transaction(walled: Walled) -> None:
    engine = engine_of(walled.access.app_url, pool_size=1, max_overflow=0)
    ask = sa.text("select current_setting('app.company_id', true), current_user")
    for end in ("commit", "rollback"):
        with Alone(engine, info={"company": walled.two.mine.id}) as session:
            assert session.scalar(sa.select(sa.func.count(User.id))) == 2
            getattr(session, end)()
            assert session.scalar(sa.select(sa.func.count(User.id))) == 2
            with session.begin_nested() as nested:
                nested.rollback()
            assert session.scalar(sa.select(sa.func.count(User.id))) == 2
            getattr(session, end)()
        with engine.connect() as connection:
            assert tuple(connection.execute(ask).one()) == ("", NAME)
            assert connection.scalar(sa.text("select count(*) from core_user")) == 0
    engine.dispose()


def test_connections_that_are_shared_do_not_leak(walled: Walled) -> None:
    """Eight threads take turns at two connections, each time for another company."""
    engine = engine_of(walled.access.app_url, pool_size=2, max_overflow=0, pool_timeout=60)
    seen: set[tuple[str, str]] = set()
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(ROUNDS):
                company = (walled.two.mine, walled.two.theirs)[(number + turn) % 2]
                with Alone(engine, info={"company": company.id}) as session:
                    for _ in range(2):
                        names = session.scalars(sa.select(User.name)).all()
                        seen.update((company.slug, name) for name in names)
                        (session.commit, session.rollback)[turn % 3 == 0]()
                if turn % 10 == 0:
                    with Alone(engine) as nobody:
                        seen.update(("", name) for name in nobody.scalars(sa.select(User.name)))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert errors == []
    assert seen == {(slug, f"{n} of {slug}") for slug in ("mine", "theirs") for n in "xy"}


def test_sessions_of_companies_and_the_platform_share_connections(walled: Walled) -> None:
    """The same, through the application's own sessions and both of their roles."""
    two, wrong = walled.two, []

    def work(number: int) -> None:
        for turn in range(25):
            company = (two.mine, two.theirs)[(number + turn) % 2]
            with two.app.app_context():
                with acting_as(company, SYSTEM):
                    names = set(db.session.scalars(sa.select(User.name)))
                    if names != {f"x of {company.slug}", f"y of {company.slug}"}:
                        wrong.append(names)
                    db.session.commit()
                with platform_session("companies") as session:
                    if session.scalar(sa.select(sa.func.count(User.id))) != 4:
                        wrong.append({"the platform"})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
