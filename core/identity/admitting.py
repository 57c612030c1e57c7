"""Who comes in when a company's own provider vouches for somebody.

Its administrator can have it say anything. So it opens what the administrator holds anyway: people
of this company whose login is of no other. A login that somebody uses elsewhere is never joined,
whatever address is claimed.
"""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.extensions import db
from core.host import services
from core.identity import giving
from core.identity.belonging import belongs_elsewhere
from core.identity.login import LoggedIn
from core.identity.models import Login, User
from core.identity.providers import Provider, SsoIdentity
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, Company, acting_as
from plugin_api.errors import Refused

LONGEST = 255
LONGEST_NAME = 200


def admit(company: Company, provider: Provider, claims: Any) -> LoggedIn | None:
    """The login for whom the provider's claims mean; None for who does not come in.

    A person whom the provider is known to call so is found by that alone. Otherwise the address
    must be verified, in one of the company's domains, and that of somebody here, or of nobody
    where the company lets people be made.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        return None
    with acting_as(company, SYSTEM):
        try:
            user = _linked(provider, subject) or _link(provider, subject, claims)
            login_id = _login_of(user) if user is not None else None
            db.session.commit()
        except (Refused, IntegrityError):
            # Another process was quicker, or the address is somebody's elsewhere.
            db.session.rollback()
            return None
        if login_id is None or belongs_elsewhere(login_id):
            return None
    with platform_session("identify") as session:
        login = session.get(Login, login_id)
    return LoggedIn(login.id, login.epoch, login.language, login.failures) if login else None


def _linked(provider: Provider, subject: str) -> User | None:
    asked = (
        sa.select(User)
        .join(SsoIdentity, SsoIdentity.user_id == User.id)
        .where(SsoIdentity.issuer == provider.issuer, SsoIdentity.subject == subject)
    )
    return db.session.scalar(asked)


def _link(provider: Provider, subject: str, claims: Any) -> User | None:
    email = _address(provider, claims)
    if not email:
        return None
    user = db.session.scalar(sa.select(User).where(User.email == email))
    if user is None:
        if not provider.create:
            return None
        giving.check_address(email)
        user = services().records.create(User, _new(provider, email, claims))
    elif not user.active or (user.login_id is not None and belongs_elsewhere(user.login_id)):
        return None
    # Who has another subject already is refused by the database: an address that was given to
    # somebody else brings nobody into the place of who had it.
    db.session.add(SsoIdentity(issuer=provider.issuer, subject=subject, user_id=user.id))
    db.session.flush()
    return user


def _login_of(user: User) -> int | None:
    if not user.active:
        return None
    if user.login_id is None:
        if not user.email:
            return None
        login_id = giving.login_for(user.email, secrets.token_urlsafe(32))
        user.login_id = login_id
        db.session.flush()
    return user.login_id


def _address(provider: Provider, claims: Any) -> str:
    """The verified address, when its domain is the company's; else nothing."""
    email = str(claims.get("email") or "").strip().lower()
    name, at, domain = email.rpartition("@")
    fits = bool(name and at) and domain in provider.domains and "@" not in name
    return email if fits and email.isprintable() and claims.get("email_verified") is True else ""


def _new(provider: Provider, email: str, claims: Any) -> dict[str, Any]:
    told = claims.get("name")
    name = told.strip()[:LONGEST_NAME] if isinstance(told, str) else ""
    name = name if name.isprintable() else ""
    return {
        "name": name or email, "email": email, "role": provider.role, "team": provider.team,
    }  # fmt: skip
