"""Whom a token acts for.

Who a token belongs to is remembered for as long as its company's revision stays, which every
change of people and roles raises. On PostgreSQL one short select, in the transaction in which the
work is done, then tells whether token and company are as they were.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import sqlalchemy as sa
from flask import current_app

from core.extensions import db
from core.identity.actors import actor_of
from core.identity.login import TOKEN_PREFIX, held, token_hash
from core.identity.models import ApiToken, Company
from core.identity.tokens import FEED, narrowed
from core.tenancy import prepared
from core.tenancy.beginning import Question
from core.tenancy.session import CompanySession
from plugin_api.context import SYSTEM, Actor, acting_as, now
from plugin_api.context import Company as CompanyValue

ASKED = f"""
select t.id, t.reach, t.chosen::text, extract(epoch from t.used_at),
    extract(epoch from t.expires_at), t.user_id, c.revision
from core_api_token t join core_company c on c.id = t.company_id
where t.token_hash = $1 and t.company_id = $2::bigint and t.reach <> '{FEED}'
"""
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
    """The same, when the company has not changed since: asked together with BEGIN, or, in a
    transaction that has begun, by a select of its own."""
    with acting_as(company, SYSTEM):
        session = cast(CompanySession, db.session())
        answer = session.begin_asking(Question("xg_bearer", ASKED, (kept, str(company.id))))
    if answer is None:
        return _as_selected(kept, company, person)
    if len(answer) != 1:
        return None
    id_, reach, chosen, used, expires, user_id, revision = answer[0]
    if int(revision or 0) != company.revision or int(user_id or 0) != person.id:
        return None
    if (until := _instant(expires)) is not None and until <= now():
        return None
    given = (int(id_ or 0), reach, json.loads(chosen or "{}"), _instant(used))
    return _by_token(company, person, given)


def _instant(seconds: str | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(float(seconds), UTC)


def _as_selected(kept: str, company: CompanyValue, person: _Person) -> ByToken | None:
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
