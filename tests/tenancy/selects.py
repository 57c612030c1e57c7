"""Kinds of selects, by name, and the rows that each sees when the first of two companies runs it.

They hold for the first wall, and for the third alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased, with_loader_criteria

from core.identity.models import Company, Team, User
from tests.tenancy.companies import Country, Note, teams, users

Make = Callable[[], Any]
Rows = list[tuple[Any, ...]]

Other: Any = aliased(User)
OtherTeam: Any = aliased(Team)
alias = teams.alias()
names = sa.select(User.name)
MINE: Rows = [("x of mine",), ("y of mine",)]
TEAM: Rows = [("team of mine",)]
TWICE = TEAM * 2


def _count(source: Any) -> Any:
    return sa.select(sa.func.count()).select_from(source)


def _tree() -> Any:
    tree = sa.select(Team.id, Team.name).cte("tree", recursive=True)
    below = sa.select(Team.id, Team.name).join(tree, Team.parent_id == tree.c.id)
    return sa.select(tree.union_all(below).c.name)


def _core_tree() -> Any:
    tree = sa.select(teams.c.id, teams.c.name).cte("tree", recursive=True)
    below = sa.select(teams.c.id, teams.c.name).where(teams.c.id > tree.c.id)
    return sa.select(tree.union(below).c.name)


ORM: dict[str, tuple[Make, Rows]] = {
    "entity": (lambda: sa.select(User.name, User), MINE),
    "columns": (lambda: names, MINE),
    "count": (lambda: sa.select(sa.func.count(User.id)), [(2,)]),
    "aggregate": (lambda: sa.select(sa.func.min(User.name)), MINE[:1]),
    "alias": (lambda: sa.select(Other.name), MINE),
    "join": (lambda: names.join(User.team), MINE),
    "join by hand": (lambda: names.join(Team, sa.true()), MINE),
    "outer join to an alias": (
        lambda: sa.select(User.name, Other.name).outerjoin(Other, Other.name.contains("theirs")),
        [("x of mine", None), ("y of mine", None)],
    ),
    "outer join of a chain": (
        lambda: sa.select(User.name, Team.name, Other.name)
        .select_from(User)
        .outerjoin(Team, Team.name.contains("theirs"))
        .outerjoin(Other, Other.team_id > 0),
        [(a, None, b) for a, in MINE for b, in MINE],
    ),
    "subquery": (lambda: sa.select(names.subquery()), MINE),
    "entity of a subquery": (
        lambda: sa.select(aliased(User, sa.select(User).subquery()).name), MINE,
    ),
    "cte": (lambda: sa.select(names.cte()), MINE),
    "recursive cte": (_tree, TEAM),
    "union": (lambda: sa.union_all(names, sa.select(Team.name)), [*TEAM, *MINE]),
    "union in a subquery with expressions": (
        lambda: sa.select(
            sa.union(
                sa.select(sa.func.coalesce(User.email, Team.name).label("n")),
                sa.select(sa.func.lower(Note.name)),
            ).subquery().c.n
        ),
        [("note of mine",), *TEAM],
    ),
    "intersection": (lambda: sa.intersect(names, sa.select(Other.name)), MINE),
    "difference": (
        lambda: sa.except_(sa.select(Team.name), sa.select(Note.name)), TEAM,
    ),
    "in": (lambda: names.where(User.team_id.in_(sa.select(Team.id))), MINE),
    "pair in": (
        lambda: names.where(
            sa.tuple_(User.company_id, User.team_id).in_(sa.select(Team.company_id, Team.id))
        ),
        MINE,
    ),
    "exists": (lambda: names.where(sa.exists().where(Team.name == "team of theirs")), []),
    "exists in exists": (
        lambda: names.where(
            sa.exists().where(
                Team.id > 0, sa.exists().where(Note.name == "note of theirs", Note.id != Team.id)
            )
        ),
        [],
    ),
    "exists as a column": (
        lambda: sa.select(sa.exists().where(Team.name == "team of theirs")), [(False,)],
    ),
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
    "scalar subquery": (
        lambda: sa.select(
            Team.name, sa.select(sa.func.count()).where(User.id > 0).scalar_subquery()
        ),
        [("team of mine", 2)],
    ),
    "has": (lambda: names.where(User.team.has(Team.name == "team of theirs")), []),
    "any": (lambda: sa.select(Note.name).where(Note.people.any(User.name.contains("theirs"))), []),
    "window": (
        lambda: sa.select(sa.func.row_number().over(order_by=User.id)).select_from(User),
        [(1,), (2,)],
    ),
    "window alone": (
        lambda: sa.select(sa.func.row_number().over(order_by=User.id)), [(1,), (2,)],
    ),
    "window over a subquery": (
        lambda: sa.select(
            sa.func.count().over(
                partition_by=sa.select(sa.func.count(Team.id)).scalar_subquery(), order_by=User.id
            )
        ),
        [(1,), (2,)],
    ),
    "filtered aggregate alone": (
        lambda: sa.select(sa.func.count().filter(User.id > 0)), [(2,)],
    ),
    "conjunction alone": (
        lambda: sa.select(sa.and_(User.id > 0, User.name != "")), [(True,), (True,)],
    ),
    "part of a date alone": (
        lambda: sa.select(sa.extract("year", User.created_at) > 2000), [(True,), (True,)],
    ),
    "condition only": (lambda: names.where(User.team_id + 100 != Team.id), MINE),
    "condition alone": (lambda: sa.select(sa.literal(1)).where(Team.id > 0), [(1,)]),
    "order by a subquery": (
        lambda: names.order_by(sa.select(sa.func.count(Other.id)).scalar_subquery(), User.name),
        MINE,
    ),
    "groups and having": (
        lambda: sa.select(User.team_id > 0, sa.func.count())
        .group_by(User.team_id)
        .having(sa.func.count() == sa.select(sa.func.count(Other.id)).scalar_subquery()),
        [(True, 2)],
    ),
    "expression of two": (lambda: sa.select(User.name + "/" + Team.name).join(User.team), [
        ("x of mine/team of mine",), ("y of mine/team of mine",)]),
    "expression of two, neither named": (
        lambda: sa.select(sa.func.coalesce(User.email, Team.name)), TWICE,
    ),
    "expression with a condition": (
        lambda: sa.select(sa.func.coalesce(User.email, Team.name)).where(Team.id == User.team_id),
        TWICE,
    ),
    "case": (lambda: sa.select(sa.case((User.id > 0, Team.name))), TWICE),
    "sum of two": (lambda: sa.select(sa.func.length(User.name + Team.name)), [(21,), (21,)]),
    "expression in a subquery": (
        lambda: names.where(User.name.in_(sa.select(sa.func.coalesce(User.email, Team.name)))), [],
    ),
    "join of aliases selected from": (
        lambda: sa.select(Other.name, OtherTeam.name).select_from(
            sa.join(Other, OtherTeam, Other.team_id == OtherTeam.id)
        ),
        [("x of mine", "team of mine"), ("y of mine", "team of mine")],
    ),
    "column property": (lambda: sa.select(Note.name, Note.users_counted), [("note of mine", 2)]),
    "hybrid": (lambda: sa.select(Note.longest), [("y of mine",)]),
    "statement from a statement": (
        lambda: sa.select(User.name).from_statement(sa.select(User.name).order_by(User.id)), MINE,
    ),
    "criteria of one's own": (
        lambda: names.options(with_loader_criteria(User, User.company_id > 0)), MINE,
    ),
    "lambda": (lambda: sa.lambda_stmt(lambda: sa.select(User.name)), MINE),
    "for update": (names.with_for_update, MINE),
    "in parts": (lambda: names.execution_options(yield_per=1), MINE),
    "the company": (lambda: sa.select(Company.slug), [("mine",)]),
    "shared": (lambda: sa.select(Country.code), [("mi",), ("th",)]),
    "no table": (lambda: sa.select(sa.literal(1)), [(1,)]),
}  # fmt: skip

CORE: dict[str, tuple[Make, Rows]] = {
    "table": (lambda: sa.select(teams.c.name, teams), TEAM),
    "column": (lambda: sa.select(users.c.name), MINE),
    "expression": (lambda: sa.select(users.c.name + teams.c.name), [
        ("x of mineteam of mine",), ("y of mineteam of mine",)]),
    "table in a subquery": (lambda: names.where(User.id.in_(sa.select(users.c.id))), MINE),
    "table in exists": (
        lambda: names.where(sa.exists(sa.select(teams.c.id).where(teams.c.name.contains("their")))),
        [],
    ),
    "alias joined": (
        lambda: sa.select(User.name, alias.c.name).outerjoin(
            alias, alias.c.name.contains("theirs")
        ),
        [("x of mine", None), ("y of mine", None)],
    ),
    "table selected from": (lambda: _count(users), [(2,)]),
    "join selected from": (lambda: _count(users.join(teams, sa.true())), [(2,)]),
    "outer join": (
        lambda: _count(users.outerjoin(teams, teams.c.name == "team of theirs")), [(2,)],
    ),
    "join inside a join": (
        lambda: sa.select(User.name, teams.c.name).select_from(
            sa.outerjoin(
                User,
                sa.join(teams, Note.__table__, Note.__table__.c.team_id == teams.c.id),
                teams.c.name.contains("their"),
            )
        ),
        [("x of mine", None), ("y of mine", None)],
    ),
    "full join of subqueries": (
        lambda: sa.select(sa.func.count()).select_from(
            names.subquery("a").join(sa.select(Team.name).subquery("b"), sa.false(), full=True)
        ),
        [(3,)],
    ),
    "recursive cte": (_core_tree, TEAM),
    "column of a cte": (lambda: _count(sa.select(users).cte()), [(2,)]),
    "subquery of a join": (
        lambda: _count(sa.select(users.c.id, teams.c.name).subquery()), [(2,)],
    ),
}  # fmt: skip

POSTGRESQL: dict[str, tuple[Make, Rows]] = {
    "lateral": (
        lambda: sa.select(
            Team.name, sa.select(Other.name).where(Other.team_id == Team.id).lateral("l").c.name
        ),
        [("team of mine", name) for name, in MINE],
    ),
    "lateral of all": (
        lambda: sa.select(User.name, sa.select(teams.c.name).lateral("l").c.name),
        [(name, "team of mine") for name, in MINE],
    ),
    "sample": (lambda: sa.select(sa.tablesample(users, 100).c.name), MINE),
    "distinct on": (
        lambda: sa.select(User.name).ext(postgresql.distinct_on(User.team_id)).order_by(
            User.team_id, User.name
        ),
        MINE[:1],
    ),
    "array of a subquery": (
        lambda: sa.select(
            sa.func.cardinality(sa.func.array(sa.select(users.c.name).scalar_subquery()))
        ),
        [(2,)],
    ),
    "values": (
        lambda: names.join(
            sa.values(sa.column("n", sa.String()), name="v").data([("x of mine",)]),
            sa.column("n") == User.name,
        ),
        MINE[:1],
    ),
    "any of a subquery": (
        lambda: sa.select(
            sa.literal("team of theirs") == sa.any_(sa.select(Team.name).scalar_subquery())
        ),
        [(False,)],
    ),
    "aggregate in order": (
        lambda: sa.select(
            sa.func.string_agg(
                User.name, postgresql.aggregate_order_by(sa.literal("+"), User.name.desc())
            )
        ),
        [("y of mine+x of mine",)],
    ),
    "rows as json": (
        lambda: sa.select(sa.func.count(sa.func.to_jsonb(User.name))), [(2,)],
    ),
    "rows of a function": (
        lambda: sa.select(
            User.name, sa.func.generate_series(1, 2).table_valued("n").render_derived().c.n
        ),
        [(name, n) for name, in MINE for n in (1, 2)],
    ),
    "skip what is locked": (
        lambda: names.with_for_update(skip_locked=True, of=User), MINE,
    ),
}  # fmt: skip

SEEN = {
    **{f"ORM: {kind}": pair for kind, pair in ORM.items()},
    **{f"Core: {kind}": pair for kind, pair in CORE.items()},
}
