"""From a password, a session or a token to a company and an actor."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from core.config import Config
from core.extensions import db
from core.identity.actors import actor_of
from core.identity.models import ApiToken, Company, Login, LoginSession, Role, User
from core.identity.passwords import fits
from core.identity.tokens import FEED
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, Actor, acting_as, now
from plugin_api.context import Company as CompanyValue

MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)
LONGEST_EMAIL = 200
LOOKS_FOR = timedelta(hours=1)
"""So long one looks as another person at most."""
TOKEN_PREFIX = "xg_"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A login that gave the right password. ``epoch`` ends its sessions when it changes;
    ``failures``: wrong passwords since the last right one; ``has_factor``: a code is asked for
    yet."""

    id: int
    epoch: int
    language: str | None
    failures: int = 0
    has_factor: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a person wants pages: ``theme`` is system, light or dark, ``density`` comfortable or
    compact."""

    theme: str = "system"
    density: str = "comfortable"


@dataclass(frozen=True, slots=True)
class Opened:
    """The session of a request. ``proved_at``: when the person last proved who they are."""

    id: int
    seen_at: datetime
    proved_at: datetime
    factor: str = "password"


@dataclass(frozen=True, slots=True)
class Known:
    """Whose session it is, for which company."""

    company: CompanyValue
    actor: Actor
    look: Look
    session: Opened
    needs_factor: bool = False
    """Whether the person's role asks for a second factor."""
    seen_as: Actor | None = None
    """As whom the person looks at everything. Whether they may is for the gate to ask."""
    companies: int = 1
    """In how many companies the login belongs to an active person."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A company that a login works for."""

    id: int
    name: str
    slug: str


def authenticate(email: str, password: str) -> LoggedIn | None:
    """The login of an address and its password; None for a wrong one and while it is locked.

    Which of them it was, and whether there is such a login, shows in no word and takes as long.
    """
    email = email.strip().lower()
    login = None
    if email.isprintable() and len(email) <= LONGEST_EMAIL:
        with platform_session("identify") as session:
            login = session.scalar(sa.select(Login).where(Login.email == email))
    locked = login is not None and login.is_locked(now())
    right = fits(password, login.password_hash if login and not locked else None)
    has_factor = login is not None and login.totp_secret is not None
    # With a second factor, the code that follows ends the count: else who knows the password
    # could try codes without end.
    if login is not None and not locked and not (right and has_factor):
        note_attempt(login, right)
    if login is None or not right:
        return None
    return LoggedIn(login.id, login.epoch, login.language, login.failures, has_factor)


def reauthenticate(login_id: int, password: str) -> LoggedIn | None:
    """The same for somebody who is logged in, before a step that asks for it."""
    with platform_session("identify") as session:
        email = session.scalar(sa.select(Login.email).where(Login.id == login_id))
    return authenticate(email, password) if email is not None else None


def note_attempt(login: Login, right: bool) -> None:
    """Count a failure, or end the count."""
    values: dict[str, object]
    if right:
        values = {"failures": 0, "locked_until": None, "last_login_at": now()}
    else:
        # Counted in the database: attempts come in through several processes.
        locked: datetime | None = now() + LOCKED_FOR
        full = Login.failures + 1 >= MOST_FAILURES
        values = {
            "failures": sa.case((full, 0), else_=Login.failures + 1),
            "locked_until": sa.case((full, locked), else_=Login.locked_until),
        }
    try:
        with platform_session("login") as session:
            mine = Login.id == login.id
            session.execute(sa.update(Login).where(mine).values(values))
            until = session.scalar(sa.select(Login.locked_until).where(mine))
        if not right and until is not None and until > now():
            _tell_of_lock(login.id)
    except sa.exc.OperationalError:
        # An import may hold SQLite's only lock for long. A wrong password is counted or refused.
        if not right:
            raise


def has_factor(login_id: int) -> bool:
    """Whether a login asks for a code after the password."""
    with platform_session("identify") as session:
        asked = sa.select(Login.totp_secret.is_not(None)).where(Login.id == login_id)
        return bool(session.scalar(asked))


def _tell_of_lock(login_id: int) -> None:
    """In the trail of each company that the login works for."""
    from core.identity import noting  # what it writes with asks this module's neighbours

    with platform_session("companies") as session:
        asked = sa.select(Company, User.id, User.name).where(
            User.login_id == login_id, User.active, Company.id == User.company_id
        )
        rows = [(row[0].value(), row[1], row[2]) for row in session.execute(asked)]
    for company, user_id, name in rows:
        with acting_as(company, SYSTEM):
            noting.note("lock", user_id, name)
            db.session.commit()


def companies_of(login_id: int) -> list[Membership]:
    """Companies in which the login belongs to an active person, by name."""
    with platform_session("companies") as session:
        rows = session.execute(
            sa.select(Company.id, Company.name, Company.slug)
            .join(User, User.company_id == Company.id)
            .where(User.login_id == login_id, User.active)
            .order_by(Company.name)
        )
        return [Membership(*row) for row in rows]


def identify(key: str) -> Known | None:
    """Whose session a key is, and for which company; None when it has ended or the person has
    left. One statement."""
    other, anywhere = sa.orm.aliased(User), sa.orm.aliased(User)
    companies = sa.select(sa.func.count(anywhere.id)).where(
        anywhere.login_id == Login.id, anywhere.active
    )
    found = (
        sa.select(
            User, Company, LoginSession.id, LoginSession.seen_at, LoginSession.proved_at,
            LoginSession.factor, Role.second_factor, other,
            companies.scalar_subquery(),
            Login.language, Login.timezone, Login.theme, Login.density,
        )
        .join(LoginSession, LoginSession.login_id == Login.id)
        .join(User, (User.login_id == Login.id) & (User.company_id == LoginSession.company_id))
        .join(Company, Company.id == User.company_id)
        .outerjoin(Role, (Role.company_id == User.company_id) & (Role.id == User.role_id))
        .outerjoin(
            other,
            (other.company_id == LoginSession.company_id)
            & (other.id == LoginSession.seen_as)
            & (LoginSession.seen_as_at > now() - LOOKS_FOR)
            & other.active,
        )
        .where(LoginSession.key_hash == token_hash(key), *still_open(), User.active)
    )  # fmt: skip
    with platform_session("identify") as session:
        row = session.execute(found).first()
    if row is None:
        return None
    user, found_company, *opened, needs_factor, other_user = row[:-5]
    number, language, timezone, theme, density = row[-5:]
    company = found_company.value()
    actor = actor_of(company, user, language, timezone)
    seen_as = None
    if other_user is not None:
        # No login: what belongs to it is not for who looks as its person.
        seen_as = replace(actor_of(company, other_user, language, timezone), login_id=None)
    look = Look(theme, density)
    return Known(company, actor, look, Opened(*opened), bool(needs_factor), seen_as, number)


def still_open() -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions on sessions, beside their logins, that have not ended by themselves."""
    config: Config = current_app.extensions["xiaoguan.config"]
    return (
        LoginSession.epoch == Login.epoch,
        LoginSession.seen_at > now() - timedelta(hours=config.session_idle),
        LoginSession.created_at > now() - timedelta(days=config.session_longest),
    )


def identify_feed(token: str) -> tuple[CompanyValue, int, ApiToken] | None:
    """Company, person and token of the secret in a feed's address; None when it is taken back."""
    row = held(token, ApiToken.reach == FEED)
    return None if row is None else (row[1].value(), row[0].id, row[2])


def held(token: str, *which: sa.ColumnElement[bool]) -> Any:
    """Person, company and token of a secret that is valid now; None for any other."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > 100:
        return None
    found = (
        sa.select(User, Company, ApiToken)
        .join(ApiToken, (ApiToken.company_id == User.company_id) & (ApiToken.user_id == User.id))
        .where(
            ApiToken.token_hash == token_hash(token),
            sa.or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now()),
            User.active,
            Company.id == User.company_id,
            *which,
        )
    )
    with platform_session("identify") as session:
        return session.execute(found).first()


def new_token() -> str:
    """A secret of 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. It is random, so a quick hash protects it."""
    return hashlib.sha256(token.encode()).hexdigest()
