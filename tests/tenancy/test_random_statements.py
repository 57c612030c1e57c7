"""Statements that nobody thought of: with the other company there or not, they say the same.

Each is made of random parts (classes, aliases, tables, subqueries, joins, conditions) and run
where two companies are, and where only the first one is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import aliased

from core.extensions import db
from core.identity.models import Team, User
from tests.tenancy.companies import Note, Two, make_two, teams, users

pytestmark = pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
NAMES = ["%theirs%", "%mine%", "x%", "team%", "%"]


@dataclass(frozen=True, slots=True)
class Source:
    """Something to select from, with what every one of them has."""

    element: Any
    id: Any
    name: Any
    called: str = ""
    """The name of a table that has no other; no select may name it twice."""


def _of(element: Any, columns: Any, called: str = "") -> Source:
    return Source(element, columns.id, columns.name, called)


@st.composite
def sources(draw: st.DrawFn, depth: int) -> Source:
    kinds = ["class", "alias", "table", "table alias"]
    if depth:
        kinds += ["subquery", "cte", "entity of a subquery"]
    kind = draw(st.sampled_from(kinds))
    model: Any = draw(st.sampled_from([User, Team, Note]))
    if kind == "class":
        return _of(model, model, model.__tablename__)
    if kind == "alias":
        other: Any = aliased(model)
        return _of(other, other)
    if kind == "table":
        table = draw(st.sampled_from([users, teams]))
        return _of(table, table.c, table.name)
    if kind == "table alias":
        alias = draw(st.sampled_from([users, teams])).alias()
        return _of(alias, alias.c)
    if kind == "entity of a subquery":
        inside: Any = aliased(model, sa.select(model).where(model.id > 0).subquery())
        return _of(inside, inside)
    made = draw(selects(depth - 1))
    named = made.subquery() if kind == "subquery" else made.cte()
    return _of(named, named.c)


@st.composite
def conditions(draw: st.DrawFn, seen: list[Source], depth: int) -> Any:
    source = draw(st.sampled_from(seen))
    kinds = ["name", "not", "or"]
    if depth:
        kinds += ["in", "exists", "scalar"]
    kind = draw(st.sampled_from(kinds))
    pattern = source.name.like(draw(st.sampled_from(NAMES)))
    if kind == "name":
        return pattern
    if kind == "not":
        return sa.not_(pattern)
    if kind == "or":
        return sa.or_(pattern, source.id > draw(st.integers(0, 4)))
    if kind == "in":
        made = draw(selects(depth - 1)).subquery()
        return source.id.in_(sa.select(made.c.id))
    if kind == "exists":
        inner = draw(sources(depth - 1))
        return sa.exists().where(inner.id >= source.id, draw(conditions([inner], 0)))
    inner = draw(sources(depth - 1))
    return source.id <= sa.select(sa.func.count(inner.id)).scalar_subquery()


@st.composite
def selects(draw: st.DrawFn, depth: int) -> Any:
    seen = [draw(sources(depth))]
    source: Any = seen[0].element
    for _ in range(draw(st.integers(0, 2))):
        joined = draw(sources(depth))
        if joined.called in {each.called for each in seen if each.called}:
            continue
        seen.append(joined)
        on = draw(st.sampled_from([sa.true(), joined.id == seen[0].id, joined.id > 0]))
        source = sa.join(source, joined.element, on, isouter=draw(st.booleans()))
    first, last = seen[0], seen[-1]
    names = [last.name, sa.func.coalesce(last.name, first.name), sa.func.min(last.name)]
    if depth:
        inner = draw(sources(depth - 1))
        names.append(sa.select(sa.func.max(inner.name)).scalar_subquery())
    chosen = draw(st.sampled_from(range(len(names))))
    made = sa.select(first.id.label("id"), names[chosen].label("name")).select_from(source)
    for _ in range(draw(st.integers(0, 2))):
        made = made.where(draw(conditions(seen, depth)))
    if chosen == 2:
        return made.group_by(first.id)
    if draw(st.booleans()):
        made = made.order_by(first.id, last.name, last.id).limit(draw(st.integers(1, 5)))
    return made


@dataclass(frozen=True, slots=True)
class Pair:
    """The same first company, with the other and without."""

    both: Two
    alone: Two

    def same(self, run: Any) -> Any:
        answers = []
        for two in (self.both, self.alone):
            with two.acting():
                answers.append(run())
        assert answers[0] == answers[1]
        return answers[0]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    with ExitStack() as stack:
        made = []
        for slugs in (("mine", "theirs"), ("mine",)):
            on_sqlite = request.param == "sqlite"
            url = "" if on_sqlite else request.getfixturevalue("new_postgres_url")()
            two = make_two(tmp_path_factory.mktemp("random"), url, slugs=slugs)
            stack.callback(_close, two)
            made.append(two)
        yield Pair(*made)


def _close(two: Two) -> None:
    with two.app.app_context():
        db.session.remove()
        db.engine.dispose()


RANDOMLY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@RANDOMLY
@given(statement=selects(2))
def test_a_select_says_the_same(pair: Pair, statement: Any) -> None:
    found = pair.same(lambda: _answer(statement))
    assert "theirs" not in repr(found)


@RANDOMLY
@given(data=st.data())
def test_a_change_reaches_the_same(pair: Pair, data: st.DataObject) -> None:
    model: Any = data.draw(st.sampled_from([User, Note]))
    target = data.draw(st.sampled_from([model, model.__table__]))
    columns = target if target is model else target.c
    where = data.draw(conditions([_of(target, columns)], 2))
    inner = data.draw(sources(1))
    highest = sa.select(sa.func.max(inner.id)).scalar_subquery()
    change: Any = data.draw(
        st.sampled_from([sa.delete(target), sa.update(target).values(created_by=highest - highest)])
    )
    change = change.where(where).execution_options(synchronize_session=False)
    pair.same(lambda: _changed(change, model))
    assert (pair.both.theirs.id, "x of theirs") in pair.both.all_rows(User)


def _answer(statement: Any) -> Any:
    try:
        return sorted(tuple(map(str, row)) for row in db.session.execute(statement).all())
    except (sa.exc.DBAPIError, sa.exc.InvalidRequestError):
        return "nobody understands it"


def _changed(change: Any, model: Any) -> Any:
    try:
        number = db.session.execute(change).rowcount
    except (sa.exc.DBAPIError, sa.exc.InvalidRequestError):
        return "nobody understands it"
    return number, sorted(db.session.scalars(sa.select(model.name)))
