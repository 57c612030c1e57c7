"""Scopes, shares of records and deputies, over random companies: the statement, the record at
hand and a plain model of the rules say the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access.models import Absence, Share
from core.access.rules import beyond, scope_criteria
from core.extensions import db
from core.identity.models import Role, RoleGrant, Team, User
from core.identity.service import actor_for
from core.tenancy.session import raise_revision
from plugin_api.context import SCOPES, acting_as, current_company, today
from tests.data.workshop import World, add, model

PEOPLE, TEAMS, CLIENTS = 5, 4, 6
ACTIONS = ("read", "update", "delete")


@dataclass(frozen=True)
class Company:
    """A company in numbers: all refer to places in lists."""

    parents: tuple[int | None, ...]
    managers: tuple[int | None, ...]
    teams: tuple[int | None, ...]
    grants: tuple[dict[str, str], ...]
    owners: tuple[int | None, ...]
    shares: tuple[tuple[int, int | None, int | None, str, int | None], ...]
    """Client, person or team, level, days until it ends."""
    absences: tuple[tuple[int, int, int, int], ...]
    """Absent, deputy, first and last day from today."""


def maybe(most: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, most - 1)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    parents = tuple(draw(maybe(i)) if i else None for i in range(TEAMS))
    grants = st.dictionaries(st.sampled_from(ACTIONS), st.sampled_from(SCOPES))
    share = st.tuples(
        st.integers(0, CLIENTS - 1), maybe(PEOPLE), st.integers(0, TEAMS - 1),
        st.sampled_from(("read", "edit")), st.none() | st.integers(-2, 2),
    )  # fmt: skip
    shares = [
        (client, person, None if person is not None else team, level, until)
        for client, person, team, level, until in draw(st.lists(share, max_size=5))
    ]
    absence = st.tuples(
        st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.integers(-2, 1),
        st.integers(0, 3),
    )  # fmt: skip
    away = [
        (a, b, first, first + days) for a, b, first, days in draw(st.lists(absence, max_size=3))
    ]
    return Company(
        parents=parents,
        managers=tuple(draw(maybe(PEOPLE)) for _ in range(TEAMS)),
        teams=tuple(draw(maybe(TEAMS)) for _ in range(PEOPLE)),
        grants=tuple(draw(grants) for _ in range(PEOPLE)),
        owners=tuple(draw(maybe(PEOPLE)) for _ in range(CLIENTS)),
        shares=tuple(shares),
        absences=tuple((a, b, first, last) for a, b, first, last in away if a != b),
    )


def above(made: Company, team: int | None) -> set[int]:
    found: set[int] = set()
    while team is not None:
        found.add(team)
        team = made.parents[team]
    return found


def managed(made: Company, person: int) -> set[int]:
    return {
        team
        for team in range(TEAMS)
        if any(made.managers[each] == person for each in above(made, team))
    }


def allowed(made: Company, person: int, client: int, action: str) -> bool:
    """The rules as one would say them."""
    scope, owner = made.grants[person].get(action), made.owners[client]
    if scope is None:
        return False
    if scope == "company" or owner == person:
        return True
    if owner is not None:
        theirs = made.teams[owner]
        if scope == "team" and theirs is not None and theirs == made.teams[person]:
            return True
        if scope == "subtree" and theirs in managed(made, person):
            return True
        for absent, deputy, first, last in made.absences:
            is_now = first <= 0 <= last
            if (absent, deputy) == (owner, person) and is_now and action in made.grants[absent]:
                return True
    teams = managed(made, person) | above(made, made.teams[person])
    for shared, whom, team, level, until in made.shares:
        reaches = whom == person if whom is not None else team in teams
        enough = action == "read" or (action == "update" and level == "edit")
        if shared == client and reaches and enough and (until is None or until >= 0):
            return True
    return False


def build(made: Company) -> tuple[list[int], list[Any]]:
    """The company in the database: ids of the people, and the clients."""
    day = today()
    teams = [Team(name=f"T{i}") for i in range(TEAMS)]
    roles = [Role(name=f"R{i}", code=f"r{i}") for i in range(PEOPLE)]
    db.session.add_all([*teams, *roles])
    db.session.flush()
    people = [
        User(
            name=f"P{i}", role_id=roles[i].id,
            team_id=None if team is None else teams[team].id,
        )
        for i, team in enumerate(made.teams)
    ]  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    for i, team_of in enumerate(teams):
        parent, manager = made.parents[i], made.managers[i]
        team_of.parent_id = None if parent is None else teams[parent].id
        team_of.manager_id = None if manager is None else people[manager].id
    for role, grants in zip(roles, made.grants, strict=True):
        for action, scope in grants.items():
            permission = f"workshop.Client.{action}"
            db.session.add(RoleGrant(role_id=role.id, permission=permission, scope=scope))
    clients = [
        add("Client", name=f"C{i}", owner_id=None if owner is None else people[owner].id)
        for i, owner in enumerate(made.owners)
    ]
    for client, person, team, level, until in made.shares:
        db.session.add(
            Share(
                model="workshop.Client", record_id=clients[client].id, level=level,
                user_id=None if person is None else people[person].id,
                team_id=None if team is None else teams[team].id,
                until=None if until is None else day + dt.timedelta(until),
            )
        )  # fmt: skip
    for absent, deputy, first, last in made.absences:
        db.session.add(
            Absence(
                name="x", user_id=people[absent].id, deputy_id=people[deputy].id,
                first_day=day + dt.timedelta(first), last_day=day + dt.timedelta(last),
            )
        )  # fmt: skip
    db.session.flush()
    raise_revision(db.session())
    return [person.id for person in people], clients


@pytest.mark.parametrize("where", ["workshop_on_sqlite", "workshop_on_postgres"])
def test_statement_record_and_rules_agree(where: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(where)

    @settings(
        max_examples=40, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(companies())
    def agree(made: Company) -> None:
        with world.as_():
            people, clients = build(made)
            ids = [client.id for client in clients]
            world.app.extensions.pop("xiaoguan.actors", None)
            for person, user_id in enumerate(people):
                actor = actor_for(db.session.get(User, (current_company().id, user_id)))
                with acting_as(current_company(), actor):
                    for action in ACTIONS:
                        expected = {
                            id_ for place, id_ in enumerate(ids)
                            if allowed(made, person, place, action)
                        }  # fmt: skip
                        asked = sa.select(model("Client").id).where(
                            model("Client").id.in_(ids),
                            scope_criteria(model("Client"), action, actor),
                        )
                        assert set(db.session.scalars(asked)) == expected
                        out = beyond(clients, f"workshop.Client.{action}", actor)
                        assert {ids[i] for i in range(CLIENTS) if i not in out} == expected
        world.app.extensions.pop("xiaoguan.actors", None)

    agree()
