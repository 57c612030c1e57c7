"""From a password, a session or a token to a company and an actor."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from core.identity.actors import actor_of
from core.identity.models import ApiToken, Company, Login, User
from core.identity.passwords import fits
from core.tenancy.platform import platform_session
from plugin_api.context import Actor, now
from plugin_api.context import Company as CompanyValue

MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)
LONGEST_EMAIL = 200
TOKEN_PREFIX = "xg_"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A login that gave the right password. ``epoch`` ends its sessions when it changes."""

    id: int
    epoch: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a person wants pages: ``theme`` is system, light or dark, ``density`` comfortable or
    compact."""

    theme: str = "system"
    density: str = "comfortable"


@dataclass(frozen=True, slots=True)
class Known:
    """Whose session it is, for which company."""

    company: CompanyValue
    actor: Actor
    look: Look


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
    locked = login is not None and login.locked_until is not None and login.locked_until > now()
    right = fits(password, login.password_hash if login and not locked else None)
    if login is not None and not locked:
        _note(login, right)
    return LoggedIn(login.id, login.epoch, login.language) if login and right else None


def reauthenticate(login_id: int, password: str) -> LoggedIn | None:
    """The same for somebody who is logged in, before a step that asks for it."""
    with platform_session("identify") as session:
        email = session.scalar(sa.select(Login.email).where(Login.id == login_id))
    return authenticate(email, password) if email is not None else None


def _note(login: Login, right: bool) -> None:
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
            session.execute(sa.update(Login).where(Login.id == login.id).values(values))
    except sa.exc.OperationalError:
        # An import may hold SQLite's only lock for long. A wrong password is counted or refused.
        if not right:
            raise


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


def identify(company_id: int, login_id: int, epoch: int) -> Known | None:
    """The company and the person of a session; None when either is gone. One statement."""
    wanted = (Login.language, Login.timezone, Login.theme, Login.density)
    found = sa.select(User, Company, *wanted).where(
        User.company_id == company_id,
        User.login_id == login_id,
        User.active,
        Company.id == User.company_id,
        Login.id == User.login_id,
        Login.epoch == epoch,
    )
    with platform_session("identify") as session:
        row = session.execute(found).first()
    if row is None:
        return None
    user, found_company, language, timezone, theme, density = row
    company = found_company.value()
    return Known(company, actor_of(company, user, language, timezone), Look(theme, density))


def identify_token(token: str) -> tuple[CompanyValue, Actor] | None:
    """The company and the person that a token acts for; None when it is unknown or old."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > 100:
        return None
    found = (
        sa.select(User, Company)
        .join(ApiToken, (ApiToken.company_id == User.company_id) & (ApiToken.user_id == User.id))
        .where(
            ApiToken.token_hash == token_hash(token),
            sa.or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now()),
            User.active,
            Company.id == User.company_id,
        )
    )
    with platform_session("identify") as session:
        row = session.execute(found).first()
    if row is None:
        return None
    company = row[1].value()
    return company, actor_of(company, row[0])


def new_token() -> str:
    """A secret of 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. It is random, so a quick hash protects it."""
    return hashlib.sha256(token.encode()).hexdigest()
