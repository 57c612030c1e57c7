"""The second wall alone: what the tables refuse, through a session that has no first one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.extensions import db
from core.hosting.doctor import holes
from core.identity.models import Team, User
from core.tenancy.platform import platform_session
from plugin_api.models import Base, CompanyModel
from tests.tenancy.companies import Two


def test_the_database_itself_refuses_a_reference_across(mine: Two) -> None:
    theirs = mine.ids["theirs", "team"]
    db.session.add(User(name="spy", team_id=theirs))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    with pytest.raises(IntegrityError), platform_session("logins") as session:
        session.add(User(name="spy", company_id=mine.mine.id, team_id=theirs))
        session.flush()


def test_a_row_does_not_leave_with_what_refers_to_it(mine: Two) -> None:
    move = sa.update(Team).where(Team.id == mine.ids["mine", "team"])
    with pytest.raises(IntegrityError), platform_session("logins") as session:
        session.execute(move.values(company_id=mine.theirs.id))


def test_the_same_name_is_free_in_another_company(mine: Two) -> None:
    db.session.add(Team(name="team of theirs"))
    db.session.flush()


def test_a_refusal_names_nothing_of_another_company(mine: Two) -> None:
    db.session.add(Team(name="team of mine"))
    with pytest.raises(IntegrityError) as caught:
        db.session.flush()
    assert "theirs" not in str(caught.value)


def test_every_table_of_a_company_leads_with_it() -> None:
    tables = [
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, CompanyModel)
    ]
    assert tables
    assert [text for table in tables for text in holes(table)] == []
