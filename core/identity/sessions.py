"""Sessions: begun by a log-in, seen by their person, ended by whoever may."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from core.identity.login import Opened, still_open, token_hash
from core.identity.models import Login, LoginSession
from core.tenancy.engine import at_once
from core.tenancy.platform import platform_session
from plugin_api.context import now

SEEN = timedelta(minutes=5)
"""So exactly is it known when a session was last used."""
LONG_AGO = timedelta(days=1)
"""A proof that is as old is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A session as its person sees it."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    browser: str
    system: str


def begin(login_id: int, epoch: int, company_id: int, *, address: str, agent: str,
          factor: str = "password", is_proof: bool = True) -> str:  # fmt: skip
    """Make a session; the key that its cookie holds, which is not kept. What has ended by itself
    goes with this. Without ``is_proof`` dangerous steps ask at once who it is."""
    key = secrets.token_urlsafe(32)
    with platform_session("login") as session:
        ended = sa.select(LoginSession.id).join(Login, Login.id == LoginSession.login_id)
        open_ = ended.where(Login.id == login_id, *still_open())
        session.execute(
            sa.delete(LoginSession)
            .where(LoginSession.login_id == login_id, LoginSession.id.not_in(open_))
            .execution_options(synchronize_session=False)
        )
        session.add(
            LoginSession(
                key_hash=token_hash(key),
                login_id=login_id,
                company_id=company_id,
                epoch=epoch,
                address=address[:45],
                agent=agent[:300],
                factor=factor,
                proved_at=now() if is_proof else now() - LONG_AGO,
            )
        )
    return key


def seen(opened: Opened) -> None:
    """Note that a session is in use, when that was not noted lately. Waits for nobody."""
    if now() - opened.seen_at < SEEN:
        return
    try:
        with at_once():
            _change(opened.id, seen_at=now())
    except OperationalError:
        return  # Somebody writes; the next click notes it.


def proved(session_id: int) -> None:
    """Note that the person of a session has proved anew who they are."""
    _change(session_id, proved_at=now())


def work_for(session_id: int, company_id: int) -> None:
    """Let a session go on in another company. Whether its login works there is for the caller."""
    _change(session_id, company_id=company_id, seen_as=None)


def look_as(session_id: int, user_id: int | None) -> None:
    """Show everything as a person of the session's company sees it; None: as oneself."""
    _change(session_id, seen_as=user_id, seen_as_at=now() if user_id is not None else None)


def _change(session_id: int, **values: object) -> None:
    with platform_session("login") as session:
        session.execute(
            sa.update(LoginSession).where(LoginSession.id == session_id).values(**values)
        )


def of_login(login_id: int, company_id: int | None = None) -> list[Listed]:
    """Sessions of a login that are open, the last used first; only those in a company if named."""
    asked = (
        sa.select(LoginSession)
        .join(Login, Login.id == LoginSession.login_id)
        .where(Login.id == login_id, *still_open())
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
    )
    if company_id is not None:
        asked = asked.where(LoginSession.company_id == company_id)
    with platform_session("identify") as session:
        return [_listed(row) for row in session.scalars(asked)]


def end(
    login_id: int,
    *,
    only: int | None = None,
    but: int | None = None,
    company_id: int | None = None,
) -> int:
    """End sessions of a login: one of them, all but one, or those in a company; how many."""
    which = [LoginSession.login_id == login_id]
    if only is not None:
        which.append(LoginSession.id == only)
    if but is not None:
        which.append(LoginSession.id != but)
    if company_id is not None:
        which.append(LoginSession.company_id == company_id)
    with platform_session("login") as session:
        found = session.scalars(sa.select(LoginSession.id).where(*which)).all()
        session.execute(sa.delete(LoginSession).where(LoginSession.id.in_(found)))
    return len(found)


def end_by_key(key: str) -> None:
    """End the session whose cookie says the key."""
    with platform_session("login") as session:
        session.execute(sa.delete(LoginSession).where(LoginSession.key_hash == token_hash(key)))


BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
"""What stands in the name that a browser gives itself → what people call it; the first counts."""
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def _listed(row: LoginSession) -> Listed:
    return Listed(
        id=row.id,
        created_at=row.created_at,
        seen_at=row.seen_at,
        address=row.address,
        browser=_name(row.agent, BROWSERS),
        system=_name(row.agent, SYSTEMS),
    )


def _name(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in agent), "")
