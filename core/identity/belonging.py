"""Whose login an address is: what one company may do with it depends on all of them."""

from __future__ import annotations

import sqlalchemy as sa

from core.identity.models import Login, User
from core.tenancy.platform import platform_session
from plugin_api.context import current_company


def login_named(email: str) -> int | None:
    """The id of the login of an address, whoever has it."""
    with platform_session("identify") as session:
        found = sa.select(Login.id).where(Login.email == email.strip().lower())
        return session.scalar(found)


def address_of(login_id: int) -> str:
    """The address that a login logs in with."""
    with platform_session("identify") as session:
        return session.scalars(sa.select(Login.email).where(Login.id == login_id)).one()


def belongs_elsewhere(login_id: int) -> bool:
    """Whether a person of another company has the login, active there or not: they may be
    active again tomorrow, with whatever password it has then."""
    with platform_session("companies") as session:
        others = sa.select(User.id).where(
            User.login_id == login_id, User.company_id != current_company().id
        )
        return session.scalar(others.limit(1)) is not None
