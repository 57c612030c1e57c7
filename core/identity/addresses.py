"""Logging in with another address: a link to it proves that one reads it, and for a week a link to
the one before takes it back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.extensions import db
from core.identity import links, noting
from core.identity.belonging import address_of, login_named
from core.identity.links import LoginLink
from core.identity.models import Login, LoginSession, User
from core.tenancy.platform import platform_session
from plugin_api.context import gettext
from plugin_api.errors import Refused, Rejected

LONGEST = 200
"""Characters of an address."""


def clean(text: str) -> str:
    """An address as logins have them. Raises Rejected for what is none."""
    address = text.strip().lower()
    name, _at, host = address.partition("@")
    is_one = name and "." in host and "@" not in host and not any(c.isspace() for c in address)
    if not is_one or not address.isprintable() or len(address) > LONGEST:
        raise Rejected("email", gettext("This is no e-mail address."))
    return address


def change(login_id: int, address: str) -> str:
    """Have a login log in with an address, which somebody has shown to be theirs; the address
    before. Raises Refused when it is taken. Links for a password, which went to the one before,
    end."""
    before = address_of(login_id)
    _set(login_id, address)
    return before


def person_of(login_id: int) -> int:
    """The person of the company who has a login."""
    return db.session.scalars(sa.select(User.id).where(User.login_id == login_id)).one()


def follow(user_id: int, before: str, address: str, action: str = "address") -> None:
    """Write it down with the person of the company: they are written to at the address that
    they log in with, unless a colleague has it or they were written to elsewhere already."""
    user = db.session.scalars(sa.select(User).where(User.id == user_id)).one()
    colleague = sa.select(User.id).where(User.email == address, User.id != user_id)
    if user.email in (before, None) and db.session.scalar(colleague) is None:
        user.email = address
    noting.note_of(action, user, before=before, to=address)
    db.session.commit()


def take_back(link: LoginLink) -> int | None:
    """Return to the address of a BACK link and log out whoever is logged in; the login, None
    when the person has none any more. Raises Refused when the address is somebody else's or the
    link was used meanwhile."""
    login_id = links.login_of(link)
    if login_id is None:
        return None
    owner = login_named(link.email)
    if owner not in (None, login_id):
        raise Refused(_taken())
    if not links.use(link.id):
        raise Refused(gettext("The link was used, taken back or has run out."))
    before = address_of(login_id)
    _set(login_id, link.email, ends=True)
    follow(link.user_id, before, link.email, "address_back")
    return login_id


def _set(login_id: int, address: str, *, ends: bool = False) -> None:
    """``ends``: whoever is logged in is logged out, and every link is taken back."""
    purposes = (links.RESET, links.ADDRESS, *((links.BACK,) if ends else ()))
    try:
        with platform_session("logins", f"address of {login_id}") as session:
            links.forget(session, login_id, *purposes)
            mine = sa.update(Login).where(Login.id == login_id)
            session.execute(mine.values(email=address))
            if ends:
                session.execute(mine.values(epoch=Login.epoch + 1))
                theirs = LoginSession.login_id == login_id
                session.execute(sa.delete(LoginSession).where(theirs))
    except IntegrityError:
        raise Refused(_taken()) from None


def _taken() -> str:
    return str(gettext("Somebody else logs in with this address."))
