"""The first two walls, operation by operation, on both databases.

Two companies hold the same kinds of rows; everything is tried as the first. Whatever is
``seen`` must be its own, and whatever would reach further must be refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased, joinedload, selectinload, subqueryload

from core.config import Config
from core.extensions import db
from core.identity.models import Company, Login, Team, User
from core.tenancy.engine import prepare
from core.tenancy.errors import WallError
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, NoCompany, acting_as
from plugin_api.context import Company as CompanyValue
from plugin_api.models import Base

Two = tuple[Flask, CompanyValue, CompanyValue]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_postgres_url")()
    config = Config(instance=tmp_path_factory.mktemp("walls"), database_url=url)
    app = Flask("walls", instance_path=str(config.instance))
    app.config.from_mapping(config.flask())
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        tables = [Base.metadata.tables[n] for n in Base.metadata.tables if n.startswith("core_")]
        Base.metadata.create_all(db.engine, tables=tables)
        made = []
        for slug in ("mine", "theirs"):
            with platform_session("create company") as session:
                company = Company(
                    slug=slug, name=slug, currency="CNY", timezone="UTC", language="en",
                    country="CN",
                )  # fmt: skip
                session.add(company)
                session.flush()
                made.append(company.value())
        for company in made:
            with acting_as(company, SYSTEM):
                team = Team(name=f"team of {company.slug}")
                db.session.add(team)
                db.session.flush()
                people = [User(name=f"{n} of {company.slug}", team_id=team.id) for n in "xy"]
                db.session.add_all(people)
                db.session.commit()
        yield app, made[0], made[1]
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def mine(two: Two) -> Iterator[CompanyValue]:
    app, company, _ = two
    with app.app_context(), acting_as(company, SYSTEM):
        yield company
        db.session.rollback()


def _ids(two: Two, company: int) -> dict[str, int]:
    with two[0].app_context(), platform_session("companies") as session:
        where = User.company_id == two[company].id
        user = session.scalars(sa.select(User).where(where).order_by(User.id)).first()
        assert user is not None and user.team_id is not None
        return {"user": user.id, "team": user.team_id}


def run(statement: Any) -> list[Any]:
    return [tuple(row) for row in db.session.execute(statement).all()]


Other: Any = aliased(User)
_names = sa.select(User.name)
MINE = [("x of mine",), ("y of mine",)]

SEEN: dict[str, tuple[Callable[[], Any], list[Any]]] = {
    "entity": (lambda: sa.select(User.name, User), MINE),
    "columns": (lambda: _names, MINE),
    "count": (lambda: sa.select(sa.func.count(User.id)), [(2,)]),
    "aggregate": (lambda: sa.select(sa.func.min(User.name)), MINE[:1]),
    "alias": (lambda: sa.select(Other.name), MINE),
    "join": (lambda: _names.join(User.team), MINE),
    "join by hand": (lambda: sa.select(User.name).join(Team, sa.true()), MINE),
    "outer join to an alias": (
        lambda: sa.select(User.name, Other.name).outerjoin(Other, Other.name.contains("theirs")),
        [("x of mine", None), ("y of mine", None)],
    ),
    "subquery": (lambda: sa.select(_names.subquery()), MINE),
    "entity of a subquery": (
        lambda: sa.select(aliased(User, sa.select(User).subquery()).name), MINE,
    ),
    "cte": (lambda: sa.select(_names.cte()), MINE),
    "union": (lambda: sa.union_all(_names, sa.select(Team.name)), [("team of mine",), *MINE]),
    "in": (lambda: _names.where(User.team_id.in_(sa.select(Team.id))), MINE),
    "exists": (lambda: _names.where(sa.exists().where(Team.name == "team of theirs")), []),
    "correlated": (
        lambda: sa.select(
            Team.name,
            sa.select(sa.func.count(User.id)).where(User.team_id == Team.id).scalar_subquery(),
        ),
        [("team of mine", 2)],
    ),
    "scalar of all": (
        lambda: sa.select(sa.select(sa.func.count(Other.id)).scalar_subquery()), [(2,)],
    ),
    "has": (lambda: _names.where(User.team.has(Team.name == "team of theirs")), []),
    "window": (
        lambda: sa.select(sa.func.row_number().over(order_by=User.id)).select_from(User),
        [(1,), (2,)],
    ),
    "condition only": (lambda: _names.where(User.team_id + 100 != Team.id), MINE),
    "condition alone": (lambda: sa.select(sa.literal(1)).where(Team.id > 0), [(1,)]),
    "expression of two": (
        lambda: sa.select(User.name + "/" + Team.name).join(User.team),
        [("x of mine/team of mine",), ("y of mine/team of mine",)],
    ),
    "expression with a condition": (
        lambda: sa.select(sa.func.coalesce(User.email, Team.name)).where(Team.id == User.team_id),
        [("team of mine",), ("team of mine",)],
    ),
    "scalar subquery": (
        lambda: sa.select(
            Team.name, sa.select(sa.func.count()).where(User.id > 0).scalar_subquery()
        ),
        [("team of mine", 2)],
    ),
    "the company": (lambda: sa.select(Company.slug), [("mine",)]),
    "no table": (lambda: sa.select(sa.literal(1)), [(1,)]),
}  # fmt: skip


@pytest.mark.parametrize("kind", SEEN)
def test_a_select_sees_only_its_company(mine: CompanyValue, kind: str) -> None:
    statement, expected = SEEN[kind]
    found = [row[: len(expected[0])] if expected else row for row in run(statement())]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("load", [selectinload, joinedload, subqueryload, None])
def test_relationships_load_inside_the_company(mine: CompanyValue, load: Any) -> None:
    statement = sa.select(User).options(load(User.team)) if load else sa.select(User)
    teams = {user.team.name for user in db.session.scalars(statement).unique()}
    assert teams == {"team of mine"}


def test_a_legacy_query_is_narrowed_too(mine: CompanyValue) -> None:
    assert db.session.query(User).count() == 2
    assert db.session.query(User.name).filter(User.name.contains("theirs")).all() == []


def test_a_key_of_another_company_is_not_found(two: Two, mine: CompanyValue) -> None:
    theirs = _ids(two, 2)["user"]
    assert db.session.get(User, theirs) is None
    assert db.session.get(User, (two[2].id, theirs)) is None
    assert db.session.get(User, {"id": theirs}) is None
    found = db.session.get(User, _ids(two, 1)["user"])
    assert found is not None and found.name == "x of mine"


def test_a_pending_row_does_not_load_across(two: Two, mine: CompanyValue) -> None:
    row = User(name="new", team_id=_ids(two, 2)["team"])
    db.session.add(row)
    with db.session.no_autoflush:
        assert row.team is None


table: Any = User.__table__
REFUSED: dict[str, Callable[[], Any]] = {
    "text": lambda: sa.text("select name from core_user"),
    "text as a statement of an entity": lambda: sa.select(User).from_statement(
        sa.text("select * from core_user")
    ),
    "text inside": lambda: _names.where(sa.text("1 = 1")),
    "a literal with a statement": lambda: sa.select(
        sa.literal_column("(select count(*) from core_user)")
    ),
    "core table": lambda: sa.select(table),
    "core column": lambda: sa.select(table.c.name),
    "core table in a subquery": lambda: _names.where(User.id.in_(sa.select(table.c.id))),
    "core table in exists": lambda: _names.where(sa.exists(sa.select(table.c.id))),
    "core alias joined": lambda: _names.join(table.alias("t"), sa.true()),
    "core table selected from": lambda: sa.select(sa.func.count()).select_from(table),
    "lightweight table": lambda: sa.select(sa.table("core_user", sa.column("name")).c.name),
    "core update": lambda: sa.update(table).values(name="z"),
    "core delete": lambda: sa.delete(table),
    "core insert": lambda: sa.insert(table).values(name="z"),
    "a table of the platform": lambda: sa.select(Login.email),
    "expression of two, one named": lambda: sa.select(sa.func.coalesce(User.email, Team.name)),
    "case": lambda: sa.select(sa.case((User.id > 0, Team.name))),
    "window alone": lambda: sa.select(sa.func.row_number().over(order_by=User.id)),
    "filtered aggregate alone": lambda: sa.select(sa.func.count().filter(User.id > 0)),
    "conjunction alone": lambda: sa.select(sa.and_(User.id > 1, User.name != "")),
    "part of a date alone": lambda: sa.select(sa.extract("year", User.created_at)),
    "sum of two": lambda: sa.select(User.name + Team.name),
    "expression in a subquery": lambda: _names.where(
        User.name.in_(sa.select(sa.func.coalesce(User.email, Team.name)))
    ),
    "update returning another": lambda: sa.update(User).values(name="z").returning(Team.name),
    "update from a second table": lambda: (
        sa.update(User).where(User.team_id == Team.id).values(name="z")
    ),
    "update of the company": lambda: sa.update(User).values(company_id=2),
    "insert of values": lambda: sa.insert(Team).values(name="z"),
    "insert from a select": lambda: sa.insert(Team).from_select(["name"], sa.select(User.name)),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_narrowed_is_refused(mine: CompanyValue, kind: str) -> None:
    with pytest.raises(WallError):
        db.session.execute(REFUSED[kind]())


def test_bulk_operations_by_key_are_refused(two: Two, mine: CompanyValue) -> None:
    theirs = {"id": _ids(two, 2)["user"], "company_id": two[2].id, "name": "z"}
    for act in (
        lambda: db.session.execute(sa.update(User), [theirs]),
        lambda: db.session.execute(sa.insert(Team), [{"name": "z", "company_id": two[2].id}]),
        lambda: db.session.bulk_insert_mappings(Team, [{"name": "z"}]),
        lambda: db.session.bulk_update_mappings(User, [theirs]),
        lambda: db.session.bulk_save_objects([Team(name="z")]),
        lambda: db.session().connection(),
    ):
        with pytest.raises(WallError):
            act()


def test_bulk_inserts_are_stamped(mine: CompanyValue) -> None:
    db.session.execute(sa.insert(Team), [{"name": "one"}, {"name": "two"}])
    assert sorted(run(sa.select(Team.name))) == [("one",), ("team of mine",), ("two",)]


def test_updates_and_deletes_stay_inside(two: Two, mine: CompanyValue) -> None:
    assert db.session.execute(sa.update(User).values(name="changed")).rowcount == 2  # type: ignore[attr-defined]
    assert db.session.execute(sa.delete(User)).rowcount == 2  # type: ignore[attr-defined]
    db.session.rollback()
    with platform_session("companies") as session:
        assert session.scalar(sa.select(sa.func.count(User.id))) == 4


def test_writing_across_is_refused(two: Two, mine: CompanyValue) -> None:
    db.session.add(Team(name="theirs", company_id=two[2].id))
    with pytest.raises(WallError):
        db.session.flush()
    db.session.rollback()
    row = db.session.get(User, _ids(two, 1)["user"])
    row.company_id = two[2].id
    with pytest.raises(WallError):
        db.session.flush()


def test_only_the_platform_writes_what_has_no_company(mine: CompanyValue) -> None:
    for row in (Login(email="a@b.c", password_hash=""), Company(slug="third", name="third")):
        db.session.add(row)
        with pytest.raises(WallError):
            db.session.flush()
        db.session.rollback()


def test_the_database_itself_refuses_a_reference_across(two: Two, mine: CompanyValue) -> None:
    """The second wall, alone: through a session that has no first one."""
    theirs = _ids(two, 2)["team"]
    db.session.add(User(name="spy", team_id=theirs))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    with pytest.raises(IntegrityError), platform_session("logins") as session:
        session.add(User(name="spy", company_id=mine.id, team_id=theirs))
        session.flush()


def test_the_same_name_is_free_in_another_company(mine: CompanyValue) -> None:
    db.session.add(Team(name="team of theirs"))
    db.session.flush()


def test_without_a_company_nothing_runs(two: Two) -> None:
    with two[0].app_context():
        with pytest.raises(NoCompany):
            db.session.execute(_names)
        db.session.add(Team(name="nobody's"))
        with pytest.raises(NoCompany):
            db.session.flush()
        db.session.rollback()


def test_the_company_does_not_change_inside_a_transaction(two: Two) -> None:
    app, first, second = two
    with app.app_context():
        with acting_as(first, SYSTEM):
            assert len(run(_names)) == 2
            with acting_as(second, SYSTEM), pytest.raises(WallError):
                run(_names)
            db.session.commit()
        with acting_as(second, SYSTEM):
            assert run(sa.select(Company.slug)) == [("theirs",)]
            db.session.rollback()


def test_a_row_that_slipped_in_is_not_shown(two: Two, mine: CompanyValue) -> None:
    """However a row of another company got into the session: reading it again is refused."""
    with platform_session("companies") as session:
        row = session.scalars(sa.select(User).where(User.company_id == two[2].id)).first()
        assert row is not None
        session.expunge(row)
    db.session.add(row)
    db.session.expire(row)
    with pytest.raises(WallError):
        _ = row.name


def test_crossing_companies_needs_a_purpose(two: Two) -> None:
    with two[0].app_context(), pytest.raises(KeyError), platform_session("curiosity"):
        pass
