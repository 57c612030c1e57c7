"""What a person may do and whose manager they are, remembered per revision of the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import current_app

from core.access.grants import ADMIN, effective_grants
from core.extensions import db
from core.hosting.enabled import enabled_set
from core.identity.models import Role, RoleField, RoleGrant, Team, User
from plugin_api.context import SYSTEM, Actor, Company, FieldRight, Scope, acting_as, now, today
from plugin_api.models import model_of

MOST = 50_000
"""Roles and trees remembered at most."""

Grants = Mapping[str, Scope]


FieldRights = Mapping[str, Mapping[str, FieldRight]]
"""Model key → field → what it is narrowed to."""


@dataclass(frozen=True, slots=True)
class RoleRights:
    """What a role comes to: permission → scope, and the fields that it narrows."""

    grants: Grants = field(default_factory=dict)
    fields: FieldRights = field(default_factory=dict)


NO_ROLE = RoleRights()


@dataclass(frozen=True, slots=True)
class _Absence:
    user_id: int
    deputy_id: int
    role_id: int | None
    first_day: date
    last_day: date


@dataclass(slots=True)
class _Memory:
    roles: dict[tuple[int, int, int, frozenset[str]], RoleRights] = field(default_factory=dict)
    teams: dict[tuple[int, int], tuple[tuple[int, int | None, int | None], ...]] = field(
        default_factory=dict
    )
    absences: dict[tuple[int, int], tuple[_Absence, ...]] = field(default_factory=dict)
    shares: dict[tuple[int, int], Mapping[tuple[str, int], frozenset[str]]] = field(
        default_factory=dict
    )


class Person(Protocol):
    """What an actor is made of; a ``User`` is one."""

    @property
    def id(self) -> int: ...
    @property
    def login_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role_id(self) -> int | None: ...
    @property
    def team_id(self) -> int | None: ...


def actor_of(
    company: Company, user: Person, language: str | None = None, timezone: str | None = None
) -> Actor:
    """The person as they act in the company. No statement while the company is unchanged."""
    held = NO_ROLE if user.role_id is None else rights_of(company, user.role_id)
    teams = _teams(company)
    managed = managed_teams(teams, user.id)
    through = managed | _with_those_above(teams, user.team_id)
    return Actor(
        user_id=user.id,
        login_id=user.login_id,
        name=user.name,
        grants=held.grants,
        fields=held.fields,
        stands_for={
            each.user_id: rights_of(company, each.role_id).grants
            for each in _away_today(company)
            if each.deputy_id == user.id and each.role_id is not None
        },
        shared=_shared_with(company, user.id, through),
        shared_teams=through,
        team_id=user.team_id,
        team_ids=managed,
        language=language,
        timezone=timezone,
    )


def managed_teams(
    teams: tuple[tuple[int, int | None, int | None], ...], user_id: int
) -> frozenset[int]:
    """Teams that the person manages and all below them; teams are (id, parent, manager)."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for id_, parent, _manager in teams:
        below[parent].append(id_)
    found: set[int] = set()
    waiting = [id_ for id_, _parent, manager in teams if manager == user_id]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting.extend(below[id_])
    return frozenset(found)


def deputies_of(company: Company) -> Mapping[int, int]:
    """Person who is away today → deputy. No statement while the company is unchanged."""
    return {each.user_id: each.deputy_id for each in _away_today(company)}


def _away_today(company: Company) -> list[_Absence]:
    known = _absences(company)
    if not known:
        return []
    day = now().astimezone(ZoneInfo(company.timezone)).date()
    return [each for each in known if each.first_day <= day <= each.last_day]


def _with_those_above(
    teams: tuple[tuple[int, int | None, int | None], ...], team_id: int | None
) -> frozenset[int]:
    above = {id_: parent for id_, parent, _manager in teams}
    found: set[int] = set()
    while team_id is not None and team_id not in found:
        found.add(team_id)
        team_id = above.get(team_id)
    return frozenset(found)


def _shared_with(company: Company, user_id: int, team_ids: frozenset[int]) -> frozenset[str]:
    known = _shares(company)
    if not known:
        return frozenset()
    keys = [("user", user_id), *(("team", id_) for id_ in team_ids)]
    return frozenset().union(*(known.get(key, frozenset()) for key in keys))


def grants_of(company: Company, role_id: int) -> Grants:
    """What a role grants in effect: permission → scope."""
    return rights_of(company, role_id).grants


def rights_of(company: Company, role_id: int) -> RoleRights:
    """What a role comes to. No statement while the company is unchanged."""
    enabled = enabled_set(company)
    key = (company.id, company.revision, role_id, enabled)
    memory = _memory().roles
    held = memory.get(key)
    if held is None:
        if len(memory) >= MOST:
            memory.clear()
        held = memory[key] = _read_rights(company, role_id, enabled)
    return held


def _read_rights(company: Company, role_id: int, enabled: frozenset[str]) -> RoleRights:
    with acting_as(company, SYSTEM):
        code = db.session.scalar(sa.select(Role.code).where(Role.id == role_id))
        rows = db.session.execute(
            sa.select(RoleGrant.permission, RoleGrant.scope).where(RoleGrant.role_id == role_id)
        )
        grants = effective_grants(
            code or "", {row[0]: cast(Scope, row[1]) for row in rows}, enabled
        )
        fields: dict[str, dict[str, FieldRight]] = {}
        if code != ADMIN:
            for row in db.session.scalars(sa.select(RoleField).where(RoleField.role_id == role_id)):
                fields.setdefault(row.model, {})[row.field] = cast(FieldRight, row.narrowed)
    return RoleRights(MappingProxyType(grants), MappingProxyType(fields))


def _teams(company: Company) -> tuple[tuple[int, int | None, int | None], ...]:
    memory = _memory().teams
    key = (company.id, company.revision)
    held = memory.get(key)
    if held is None:
        if len(memory) >= MOST:
            memory.clear()
        with acting_as(company, SYSTEM):
            rows = db.session.execute(sa.select(Team.id, Team.parent_id, Team.manager_id))
            held = memory[key] = tuple((row[0], row[1], row[2]) for row in rows)
    return held


def _absences(company: Company) -> tuple[_Absence, ...]:
    """Those that are not over yet, of people who work here."""
    memory, key = _memory().absences, (company.id, company.revision)
    held = memory.get(key)
    if held is None:
        if len(memory) >= MOST:
            memory.clear()
        absent: Any = model_of("core.Absence")
        with acting_as(company, SYSTEM):
            asked = (
                sa.select(
                    absent.user_id, absent.deputy_id, User.role_id,
                    absent.first_day, absent.last_day,
                )
                .join(User, User.id == absent.user_id)
                .where(User.active, absent.last_day >= today())
            )  # fmt: skip
            held = memory[key] = tuple(_Absence(*row) for row in db.session.execute(asked))
    return held


def _shares(company: Company) -> Mapping[tuple[str, int], frozenset[str]]:
    """("user" or "team", id) → models of which a record is shared with them."""
    memory, key = _memory().shares, (company.id, company.revision)
    held = memory.get(key)
    if held is None:
        if len(memory) >= MOST:
            memory.clear()
        share: Any = model_of("core.Share")
        made: dict[tuple[str, int], set[str]] = defaultdict(set)
        with acting_as(company, SYSTEM):
            asked = sa.select(share.model, share.user_id, share.team_id).distinct()
            for model, user_id, team_id in db.session.execute(asked):
                whom = ("team", team_id) if user_id is None else ("user", user_id)
                made[whom].add(model)
        held = memory[key] = {whom: frozenset(models) for whom, models in made.items()}
    return held


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.actors", _Memory())
    return memory
