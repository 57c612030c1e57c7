"""What a person may do and whose manager they are, remembered per revision of the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

import sqlalchemy as sa
from flask import current_app

from core.access.grants import ADMIN, effective_grants
from core.extensions import db
from core.hosting.enabled import enabled_set
from core.identity.models import Role, RoleField, RoleGrant, Team, User
from plugin_api.context import SYSTEM, Actor, Company, FieldRight, Scope, acting_as

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


@dataclass(slots=True)
class _Memory:
    roles: dict[tuple[int, int, int, frozenset[str]], RoleRights] = field(default_factory=dict)
    teams: dict[tuple[int, int], tuple[tuple[int, int | None, int | None], ...]] = field(
        default_factory=dict
    )


def actor_of(
    company: Company, user: User, language: str | None = None, timezone: str | None = None
) -> Actor:
    """The person as they act in the company. No statement while the company is unchanged."""
    held = NO_ROLE if user.role_id is None else rights_of(company, user.role_id)
    return Actor(
        user_id=user.id,
        login_id=user.login_id,
        name=user.name,
        grants=held.grants,
        fields=held.fields,
        team_id=user.team_id,
        team_ids=managed_teams(_teams(company), user.id),
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


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.actors", _Memory())
    return memory
