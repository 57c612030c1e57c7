"""Whom a token acts for.

Who a token belongs to is remembered for as long as its company's revision stays, which every
change of people and roles raises. On PostgreSQL one short select, in the transaction in which the
work is done, then tells whether token and company are as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from core.extensions import db
from core.identity.actors import actor_of
from core.identity.login import TOKEN_PREFIX, held, token_hash
from core.identity.models import ApiToken, Company
from core.identity.tokens import FEED, narrowed
from core.tenancy import prepared
from plugin_api.context import SYSTEM, Actor, acting_as, now
from plugin_api.context import Company as CompanyValue

MOST = 10_000
"""Tokens remembered at most."""


@dataclass(frozen=True, slots=True)
class ByToken:
    """Whom a token acts for, already narrowed to what it may do."""

    company: CompanyValue
    actor: Actor
    id: int
    reach: str
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Person:
    """What an actor is made of."""

    id: int
    login_id: int | None
    name: str
    role_id: int | None
    team_id: int | None


def identify_token(token: str) -> ByToken | None:
    """Whom a token acts for, as far as it may; None when it is unknown or old."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > 100:
        return None
    kept = token_hash(token)
    known = _memory().get(kept)
    if known is not None and db.engine.dialect.name == "postgresql":
        found = _as_remembered(kept, *known)
        if found is not None:
            return found
        # What has been read so far belongs to the company as it was.
        db.session.rollback()
    return _identified(token, kept)


def _identified(token: str, kept: str) -> ByToken | None:
    row = held(token, ApiToken.reach != FEED)
    if row is None:
        _memory().pop(kept, None)
        return None
    user, company, mine = row[0], row[1].value(), row[2]
    person = _Person(user.id, user.login_id, user.name, user.role_id, user.team_id)
    memory = _memory()
    if len(memory) >= MOST:
        memory.clear()
    memory[kept] = (company, person)
    return _by_token(company, person, (mine.id, mine.reach, mine.chosen, mine.used_at))


def _as_remembered(kept: str, company: CompanyValue, person: _Person) -> ByToken | None:
    """The same, when the company has not changed since."""
    criteria = (ApiToken.token_hash == kept, _lasts(), ApiToken.reach != FEED)

    def build() -> tuple[sa.Select[Any], None]:
        columns: tuple[Any, ...] = (
            ApiToken.id,
            ApiToken.reach,
            ApiToken.chosen,
            ApiToken.used_at,
            ApiToken.user_id,
        )
        asked: sa.Select[Any] = sa.select(*columns, Company.revision)
        joined = asked.join(Company, Company.id == ApiToken.company_id)
        return joined.where(*criteria), None

    with acting_as(company, SYSTEM):
        rows, _ = prepared.rows(db.session(), "bearer", criteria, build)
    if not rows or rows[0][-1] != company.revision or rows[0][-2] != person.id:
        return None
    return _by_token(company, person, rows[0][:-2])


def _by_token(company: CompanyValue, person: _Person, given: Sequence[Any]) -> ByToken:
    """``given``: the token's id, its reach, what it was made for, when it was used last."""
    id_, reach, chosen, used_at = given
    actor = narrowed(actor_of(company, person), reach, chosen)
    return ByToken(company, actor, id_, reach, used_at)


def _lasts() -> sa.ColumnElement[bool]:
    return sa.or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now())


def _memory() -> dict[str, tuple[CompanyValue, _Person]]:
    memory: dict[str, tuple[CompanyValue, _Person]]
    memory = current_app.extensions.setdefault("xiaoguan.bearers", {})
    return memory
