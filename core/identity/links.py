"""Links by which somebody sets a password or logs in with another address: for once, for a while.

A link is the signed key of a row. The row says what for and whether it was used; who reads the
database cannot make the link, for that takes the installation's secret.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.identity.models import User
from core.tenancy.platform import platform_session
from plugin_api.context import now
from plugin_api.models import Base, UTCDateTime

INVITATION, RESET = "invitation", "reset"
ADDRESS, BACK = "address", "back"
VALID = {
    INVITATION: timedelta(days=7),
    RESET: timedelta(minutes=60),
    ADDRESS: timedelta(minutes=60),
    BACK: timedelta(days=7),
}


def _new_key() -> str:
    return secrets.token_hex(16)


class LoginLink(Base):
    """A link that was made. ``user_id`` is of a person of the company; whose login it is about
    follows from it. ``email``: where the link goes, and for ADDRESS and BACK, with what to log
    in."""

    __tablename__ = "core_login_link"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=_new_key)
    """Drawn: a number would come again after its row is gone, and with it an old link."""
    purpose: Mapped[str] = mapped_column(sa.String(12))
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("core_company.id"))
    user_id: Mapped[int] = mapped_column(sa.BigInteger())
    email: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime())

    __table_args__ = (sa.Index(None, "company_id", "user_id"),)


def make(purpose: str, company_id: int, user_id: int, email: str) -> str:
    """Make a link in place of earlier ones for the same; its key. The way back to an address
    stays when the next one is left too."""
    with platform_session("login") as session:
        if purpose != BACK:
            old = (LoginLink.company_id == company_id, LoginLink.user_id == user_id)
            session.execute(sa.delete(LoginLink).where(*old, LoginLink.purpose == purpose))
        link = LoginLink(
            purpose=purpose,
            company_id=company_id,
            user_id=user_id,
            email=email,
            expires_at=now() + VALID[purpose],
        )
        session.add(link)
        session.flush()
        return link.id


def signed(link_id: str) -> str:
    """What stands in the address of a link."""
    return str(_signer().dumps(link_id))


def find(text: str, *purposes: str) -> LoginLink | None:
    """The link of an address that is good now for one of the purposes; None for any other."""
    try:
        key = _signer().loads(text)
    except BadData:
        return None
    with platform_session("identify") as session:
        mine = (LoginLink.id == str(key), LoginLink.purpose.in_(purposes))
        return session.scalar(sa.select(LoginLink).where(*mine, *_good()))


def by_id(link_id: str) -> LoginLink | None:
    """A link that is good now, by its key."""
    with platform_session("identify") as session:
        return session.scalar(sa.select(LoginLink).where(LoginLink.id == link_id, *_good()))


def pending(company_id: int, user_id: int, purpose: str = INVITATION) -> LoginLink | None:
    """The link of a person that waits to be used."""
    with platform_session("identify") as session:
        return session.scalar(
            sa.select(LoginLink).where(
                LoginLink.company_id == company_id,
                LoginLink.user_id == user_id,
                LoginLink.purpose == purpose,
                *_good(),
            )
        )


def login_of(link: LoginLink) -> int | None:
    """The login that a link is about; None when the person has none."""
    mine = (User.company_id == link.company_id, User.id == link.user_id)
    with platform_session("identify") as session:
        return session.scalar(sa.select(User.login_id).where(*mine))


def use(link_id: str) -> bool:
    """Mark a link as used; False when it was used, ran out or was taken back meanwhile."""
    with platform_session("login") as session:
        statement = sa.update(LoginLink).where(LoginLink.id == link_id, *_good())
        done = session.execute(statement.values(used_at=now()).returning(LoginLink.id))
        return done.first() is not None


def revoke(company_id: int, user_id: int, *purposes: str) -> None:
    """Take back the links of a person for some purposes."""
    with platform_session("login") as session:
        session.execute(
            sa.delete(LoginLink).where(
                LoginLink.company_id == company_id,
                LoginLink.user_id == user_id,
                LoginLink.purpose.in_(purposes),
            )
        )


def forget(session: Session, login_id: int, *purposes: str) -> None:
    """Take back the links of a login for some purposes, in whatever company they were made."""
    theirs = sa.exists().where(
        User.company_id == LoginLink.company_id,
        User.id == LoginLink.user_id,
        User.login_id == login_id,
    )
    session.execute(
        sa.delete(LoginLink)
        .where(LoginLink.purpose.in_(purposes), theirs)
        .execution_options(synchronize_session=False)
    )


def _good() -> tuple[sa.ColumnElement[bool], ...]:
    return LoginLink.used_at.is_(None), LoginLink.expires_at > now()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="login link")
