"""The first wall, statement by statement, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from core.extensions import db
from core.tenancy.errors import WallError
from tests.tenancy.companies import Two
from tests.tenancy.refusals import REFUSED
from tests.tenancy.selects import POSTGRESQL, SEEN, Rows

pytestmark = pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
ALL = SEEN | POSTGRESQL


def run(statement: Any, width: int) -> Rows:
    rows = db.session.execute(statement).all()
    return sorted(tuple(row)[:width] for row in rows)


@pytest.mark.parametrize("kind", ALL)
def test_a_select_sees_only_its_company(mine: Two, kind: str) -> None:
    if kind in POSTGRESQL and db.engine.dialect.name != "postgresql":
        return
    make, expected = ALL[kind]
    assert run(make(), len(expected[0]) if expected else 1) == sorted(expected)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_condition_can_reach_is_refused(mine: Two, kind: str) -> None:
    with pytest.raises(WallError):
        db.session.execute(REFUSED[kind]())
